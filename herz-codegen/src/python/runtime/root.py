

def read(value: object) -> _s.Reading[_s.Document]:
    """Reads a document of any kind from a value as `parse_json` or `json.loads` give it."""
    at, found = _s.kind_of(value, [(kind.API_VERSION, kind.KIND) for kind in KINDS])
    return _s.Reading(None, found) if at is None else KINDS[at].read(value)


def parse(text: str | bytes) -> _s.Reading[_s.Document]:
    """
    Reads a document of any kind from JSON. Raises a `ValueError` if the text is none; the findings tell
    what does not fit, and there is no value if an error is among them.
    """
    return read(_s.parse_json(text))
