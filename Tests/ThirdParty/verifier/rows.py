"""The key of a row: the tag of its identity columns."""

import hmac
import json
import re
import struct
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

from .encoding import sha256
from .jcs import canonical
from .verdict import BadInput


class Number(str):
    """A JSON number as it is spelled."""


def read_row(data):
    """A row from a JSON object, its numbers as they are spelled."""

    def members(pairs):
        if len(dict(pairs)) != len(pairs):
            raise ValueError("a column stands twice")
        return dict(pairs)

    try:
        row = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=members,
            parse_int=Number,
            parse_float=Number,
        )
    except (ValueError, RecursionError) as error:
        raise BadInput(f"row: {error}") from None
    if not isinstance(row, dict):
        raise BadInput("row: not a JSON object")
    return row


def float32_bits(text):
    """The bits of the float32 nearest to the decimal `text`, ties to even."""
    decimal = Decimal(text)
    if decimal.adjusted() < -60:
        decimal = Decimal(0).copy_sign(decimal)
    if decimal.adjusted() > 60:
        raise BadInput("row: a number is out of float32's range")
    exact = Fraction(decimal)
    guess = struct.unpack(">I", struct.pack(">f", float(decimal)))[0]
    magnitude, sign = guess & 0x7FFFFFFF, guess & 0x80000000

    def distance(bits):
        if bits > 0x7F7FFFFF:
            # Past the last finite value lies 2^128, as if exponents went on.
            value = Fraction(2) ** 128
        else:
            value = Fraction(struct.unpack(">f", struct.pack(">I", bits))[0])
        return abs(value - abs(exact)), bits & 1

    near = min((m for m in (magnitude - 1, magnitude, magnitude + 1) if m >= 0), key=distance)
    if near > 0x7F7FFFFF:
        raise BadInput("row: a number is out of float32's range")
    return sign | near


def microseconds(text):
    match = re.fullmatch(
        r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)", text, re.ASCII
    )
    if not match or (match[3] or "")[6:].strip("0"):
        raise BadInput(f"row: {text!r} is not a time")
    try:
        time = datetime.fromisoformat(f"{match[1]}T{match[2]}").replace(tzinfo=timezone.utc)
    except ValueError:
        raise BadInput(f"row: {text!r} is not a time") from None
    offset = 0
    if match[4] not in "Zz":
        hours, minutes = int(match[4][1:3]), int(match[4][4:])
        offset = (hours * 60 + minutes) * (1 if match[4][0] == "+" else -1)
    seconds = (time - datetime(1970, 1, 1, tzinfo=timezone.utc)) // timedelta(seconds=1)
    return (seconds - offset * 60) * 1_000_000 + int((match[3] or "0").ljust(6, "0")[:6])


def cell(value, type):
    """The bytes of one value."""
    if value is None:
        return b"\x00"
    is_number, is_text = isinstance(value, Number), type == "string"
    is_string = isinstance(value, str) and not is_number
    if type == "bool" and isinstance(value, bool):
        return bytes([1, value])
    if type == "int" and is_number and re.fullmatch("-?(0|[1-9][0-9]*)", value):
        number = int(value)
        if -(2**63) <= number < 2**63:
            return b"\x02" + number.to_bytes(8, "big", signed=True)
        if 2**63 <= number < 2**64:
            return b"\x08" + number.to_bytes(8, "big")
    if type == "float64" and is_number:
        bits = struct.pack(">d", float(value))
        if bits[0] & 0x7F != 0x7F or bits[1] < 0xF0:
            return b"\x03" + bits
    if type == "float32" and is_number:
        try:
            return b"\x04" + struct.pack(">I", float32_bits(value))
        except OverflowError:
            pass
    if is_text and is_string:
        try:
            data = value.encode("utf-8")
        except UnicodeEncodeError:
            raise BadInput("row: a surrogate stands alone") from None
        return b"\x05" + len(data).to_bytes(4, "big") + data
    if type == "bytes" and is_string and re.fullmatch("([0-9A-Fa-f]{2})*", value):
        data = bytes.fromhex(value)
        return b"\x06" + len(data).to_bytes(4, "big") + data
    if type == "timestamp" and is_string:
        return b"\x07" + microseconds(value).to_bytes(8, "big", signed=True)
    if type.startswith("list<") and isinstance(value, list):
        element = type[5:-1]
        return b"\x09" + len(value).to_bytes(4, "big") + b"".join(cell(v, element) for v in value)
    raise BadInput(f"row: a value is not of the type {type}")


def tag(word, columns, row, secret=None):
    """The 32-byte tag of `row` over `columns`, pairs of name and type."""
    head = sha256(word.encode()) + sha256(canonical([list(column) for column in columns]))
    message = head + b"".join(cell(row.get(name), type) for name, type in columns)
    if secret is None:
        return sha256(message)
    return hmac.new(secret, message, "sha256").digest()


def key_of(columns, row, secret=None):
    missing = [name for name, _ in columns if name not in row]
    if missing:
        raise BadInput(f"row: the column {missing[0]} is missing")
    return tag("winnow key v1", columns, row, secret)
