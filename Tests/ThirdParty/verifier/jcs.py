"""Strict JSON and its canonical form: RFC 8785 under I-JSON, integers only, at most 32 levels."""

import json

from .verdict import Failed

LIMIT = 2**53 - 1
DEPTH = 32


def _object(pairs):
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a name stands twice")
    return result


def _integer(text):
    if text == "-0" or len(text) > 17 or abs(int(text)) > LIMIT:
        raise ValueError("an integer is out of range")
    return int(text)


def _refused(text):
    raise ValueError(f"{text} is not an integer")


def parse(data):
    """The value of strict JSON in UTF-8."""
    try:
        value = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_refused,
            parse_constant=_refused,
        )
    except (ValueError, RecursionError) as error:
        raise Failed(f"not strict JSON: {error}") from None
    check(value)
    return value


def check(value, depth=0):
    """Refuses surrogates that stand alone, and what is nested too deeply."""
    if isinstance(value, str):
        if any("\ud800" <= c <= "\udfff" for c in value):
            raise Failed("not strict JSON: a surrogate stands alone")
    elif isinstance(value, (dict, list)):
        if depth >= DEPTH:
            raise Failed("not strict JSON: nested too deeply")
        if isinstance(value, dict):
            for name in value:
                check(name, depth + 1)
            value = value.values()
        for item in value:
            check(item, depth + 1)


def canonical(value):
    """The bytes that RFC 8785 gives `value`."""
    out = []
    _write(value, out)
    return "".join(out).encode("utf-8")


_SHORT = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}
_ESCAPES = {c: _SHORT.get(c, f"\\u{c:04x}") for c in [*range(32), 34, 92]}


def _write(value, out):
    if value is None or isinstance(value, bool):
        out.append({None: "null", True: "true", False: "false"}[value])
    elif isinstance(value, int):
        out.append(str(value))
    elif isinstance(value, str):
        out.append('"' + value.translate(_ESCAPES) + '"')
    elif isinstance(value, list):
        for index, item in enumerate(value):
            out.append("," if index else "[")
            _write(item, out)
        out.append("]" if value else "[]")
    else:
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        for index, name in enumerate(names):
            out.append("," if index else "{")
            _write(name, out)
            out.append(":")
            _write(value[name], out)
        out.append("}" if names else "{}")


def parse_canonical(data):
    """The value of bytes that are exactly their own canonical form."""
    value = parse(data)
    if canonical(value) != data:
        raise Failed("the JSON is not in its canonical form")
    return value
