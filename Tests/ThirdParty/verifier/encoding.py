"""Hashes, base64 in one spelling, Ed25519."""

import base64
import binascii
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .verdict import Failed


def sha256(*parts):
    h = hashlib.sha256()
    for part in parts:
        h.update(part)
    return h.digest()


def unbase64(text):
    """The bytes of standard base64 with padding and zero spare bits, or `Failed`."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise Failed("not base64") from None
    if base64.b64encode(data).decode() != text:
        raise Failed("not the one base64 spelling of its bytes")
    return data


# The y coordinates of the points of small order, for which anyone can make signatures; the last two
# spell the first two plus the prime.
_PRIME = 2**255 - 19
_ORDER_8 = 2707385501144840649318225287225658788936804267575313519463743609750303402022
_WEAK = {0, 1, _PRIME - 1, _ORDER_8, _PRIME - _ORDER_8, _PRIME, _PRIME + 1}


def is_weak(key):
    """Whether a raw public key is a point of small order, in any of its spellings."""
    return int.from_bytes(key, "little") & (2**255 - 1) in _WEAK


def verifies(key, signature, message):
    """Whether `signature` over `message` is valid under the raw public `key`."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
