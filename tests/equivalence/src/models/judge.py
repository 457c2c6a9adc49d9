"""Reads documents, one a line, and tells what the generated types say of each."""

import io
import sys

import herz_models
from herz_models import spec


def errors(found):
    return [[one.code, spec.path_text(one.path)] for one in found if one.level == "error"]


def judge(line):
    reading = herz_models.read(spec.parse_json(line)["document"])
    if reading.value is None:
        return {"unread": errors(reading.found)}
    found = [*reading.found, *reading.value.validate()]
    return {"errors": errors(found), "written": spec.parse_json(reading.value.dumps())}


lines = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline="\n")
for line in lines:
    sys.stdout.buffer.write(spec.write_json(judge(line)).encode() + b"\n")
