"""The generated tests; `python -m unittest` runs them."""

from __future__ import annotations

import math
import os
import unittest
from collections.abc import Iterator
from pathlib import Path

import PACKAGE
from PACKAGE import spec

_DATA = Path(__file__).parent / "data"


def _lines(path: Path) -> Iterator[dict[str, spec.Json]]:
    """The lines of a file of JSON lines."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            row = spec.parse_json(line)
            assert isinstance(row, dict)
            yield row


def _written(value: object) -> object:
    """A value whose numbers are compared by value."""
    if isinstance(value, list):
        return [_written(item) for item in value]
    if isinstance(value, dict):
        return {key: _written(entry) for key, entry in value.items()}
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return (type(value).__name__, value)
    if isinstance(value, float) and (not value.is_integer() or abs(value) >= 2**53):
        return value
    return ("minus zero",) if value == 0 and math.copysign(1, value) < 0 else int(value)


class Models(unittest.TestCase):
    def test_scalars_mean_what_they_mean_in_herz(self) -> None:
        wrong: list[str] = []
        for row in _lines(_DATA / "scalars.jsonl"):
            dialect, text = row["dialect"], row["text"]
            assert isinstance(text, str)
            known = next(one for one in spec.ALLOWED if one == dialect)
            parsed = spec.parse_scalar(known, text)
            got: object
            want: object
            if parsed.problem is not None:
                got = (parsed.problem, parsed.allowed)
            else:
                value = None if parsed.magnitude is None else parsed.magnitude.value
                got = repr(value)
            if "message" in row:
                want = (row["message"], row["allowed"])
            else:
                number = row["value"]
                want = repr(None if number is None else float(str(number)))
            if got != want:
                wrong.append(f"{dialect} {text!r}: {got}, want {want}")
        self.assertEqual(wrong[:20], [])

    def test_the_examples_fit_and_hold_and_are_written_as_they_were(self) -> None:
        for row in _lines(_DATA / "documents.jsonl"):
            reading = PACKAGE.read(row["document"])
            self.assertIsNotNone(reading.value, reading.found)
            assert reading.value is not None
            errors = [str(one) for one in reading.value.validate() if one.level == "error"]
            self.assertEqual(errors, [])
            self.assertEqual(_written(spec.parse_json(reading.value.dumps())), _written(row["document"]))

    def test_texts_that_are_no_json_are_refused(self) -> None:
        for text in ["", "{", "[1,]", '{"a":1,}', "01", "NaN", "-Infinity", "1e999", "[" * 100000, "1 2"]:
            with self.assertRaises(ValueError, msg=text[:20]):
                spec.parse_json(text)
        self.assertEqual(spec.write_json(spec.parse_json("[5.0,-0,18446744073709551616]")), "[5.0,-0.0,18446744073709551616]")

    @unittest.skipUnless("HERZ_VECTORS" in os.environ, "HERZ_VECTORS names no file")
    def test_verdicts_are_those_of_herz(self) -> None:
        """
        HERZ_VECTORS names a file of JSON lines, each with a document, what Herz itself found in it, and how
        it is written if it fits.
        """
        count = 0
        wrong: list[str] = []
        for row in _lines(Path(os.environ["HERZ_VECTORS"])):
            count += 1
            reading = PACKAGE.read(row["document"])
            found = list(reading.found)
            if reading.value is not None:
                found.extend(reading.value.validate())
            got = [f"{one.level} {one}" for one in found]
            expected = row["found"]
            assert isinstance(expected, list)
            want: list[str] = []
            for one in expected:
                assert isinstance(one, dict)
                want.append(f"{one['level']} {one['path']}: {one['message']} [{one['code']}]")
            if got != want or ("written" in row) != (reading.value is not None):
                wrong.append(f"line {count}: {row['document']}\ngot: {got}\nwant: {want}")
            elif reading.value is not None:
                again = reading.value.dumps()
                if _written(spec.parse_json(again)) != _written(row["written"]):
                    wrong.append(f"line {count}: written as\n{again}\nwant\n{row['written']}")
        print(f"{count} documents, {len(wrong)} differences")
        self.assertEqual(wrong[:10], [])


if __name__ == "__main__":
    unittest.main()
