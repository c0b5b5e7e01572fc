"""The key of a row: the tag of its identity columns."""

import hmac
import json
import re
import struct
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

from .encoding import sha256
from .jcs import canonical, check
from .verdict import BadInput, Failed

COLUMNS = 10_000
EXPONENT = 10**12


class Number(str):
    """A JSON number as it is spelled."""


def read_row(data):
    """A row from a JSON object, its numbers as they are spelled."""

    def refused(text):
        raise ValueError(f"{text} is no JSON")

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
            parse_constant=refused,
        )
        check(row)
    except (Failed, ValueError, RecursionError) as error:
        raise BadInput(f"row: {error}") from None
    if not isinstance(row, dict):
        raise BadInput("row: not a JSON object")
    if len(row) > COLUMNS:
        raise BadInput("row: too many columns")
    return row


def exact(text):
    """The decimal `text`; its exponent is held within a bound that no row's digits make up for."""
    digits, _, exponent = text.lower().partition("e")
    size = exponent.lstrip("+-").lstrip("0") or "0"
    power = EXPONENT if len(size) > 12 else int(size)
    return Decimal(f"{digits}e{-power if exponent.startswith('-') else power}")


def float32_bits(text):
    """The bits of the float32 nearest to the decimal `text`, ties to even."""
    decimal = exact(text)
    sign = 0x80000000 if decimal.is_signed() else 0
    if not decimal or decimal.adjusted() < -60:
        return sign
    if decimal.adjusted() > 60:
        raise BadInput("row: a number is out of float32's range")
    fraction = abs(Fraction(decimal))
    try:
        magnitude = struct.unpack(">I", struct.pack(">f", float(fraction)))[0]
    except OverflowError:
        # It may still round down to the last finite value.
        magnitude = 0x7F7FFFFF

    def distance(bits):
        if bits > 0x7F7FFFFF:
            # Past the last finite value lies 2^128, as if exponents went on.
            value = Fraction(2) ** 128
        else:
            value = Fraction(struct.unpack(">f", struct.pack(">I", bits))[0])
        return abs(value - fraction), bits & 1

    near = min((m for m in (magnitude - 1, magnitude, magnitude + 1) if m >= 0), key=distance)
    if near > 0x7F7FFFFF:
        raise BadInput("row: a number is out of float32's range")
    return sign | near


def check_exact(text, type):
    """No integer is rounded: one that the float does not hold exactly is no value of it."""
    if not re.fullmatch("-?[0-9]+", text):
        return
    bits = float32_bits(text) if type == "float32" else None
    held = float(text) if bits is None else struct.unpack(">f", struct.pack(">I", bits))[0]
    if len(text) > 20 or not -(2**63) <= int(text) < 2**64 or Fraction(held) != int(text):
        raise BadInput("row: a float does not hold an integer exactly")


def microseconds(text):
    match = re.fullmatch(
        r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)", text, re.ASCII
    )
    if not match or (match[3] or "")[6:].strip("0"):
        raise BadInput(f"row: {text!r} is not a time")
    hours, minutes = (0, 0) if match[4] in "Zz" else (int(match[4][1:3]), int(match[4][4:]))
    if match[2].startswith("24") or hours > 23 or minutes > 59:
        raise BadInput(f"row: {text!r} is not a time")
    try:
        time = datetime.fromisoformat(f"{match[1]}T{match[2]}").replace(tzinfo=timezone.utc)
    except ValueError:
        raise BadInput(f"row: {text!r} is not a time") from None
    offset = timedelta(hours=hours, minutes=minutes)
    try:
        time = time + offset if match[4][0] == "-" else time - offset
    except OverflowError:
        raise BadInput(f"row: {text!r} is out of the years 1 to 9999") from None
    seconds = (time - datetime(1970, 1, 1, tzinfo=timezone.utc)) // timedelta(seconds=1)
    return seconds * 1_000_000 + int((match[3] or "0").ljust(6, "0")[:6])


def cell(value, type):
    """The bytes of one value."""
    if value is None:
        return b"\x00"
    is_number, is_text = isinstance(value, Number), type == "string"
    is_string = isinstance(value, str) and not is_number
    if type == "bool" and isinstance(value, bool):
        return bytes([1, value])
    if type == "int" and is_number and re.fullmatch("-?(0|[1-9][0-9]{0,19})", value):
        number = int(value)
        if -(2**63) <= number < 2**63:
            return b"\x02" + number.to_bytes(8, "big", signed=True)
        if 2**63 <= number < 2**64:
            return b"\x08" + number.to_bytes(8, "big")
    if type in ("float64", "float32") and is_number:
        check_exact(value, type)
    if type == "float64" and is_number:
        bits = struct.pack(">d", float(value))
        if bits[0] & 0x7F != 0x7F or bits[1] < 0xF0:
            return b"\x03" + bits
    if type == "float32" and is_number:
        return b"\x04" + struct.pack(">I", float32_bits(value))
    if is_text and is_string:
        data = value.encode("utf-8")
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
