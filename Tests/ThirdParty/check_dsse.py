#!/usr/bin/env python3
"""Checks exported events with the libraries that the in-toto community publishes.

Usage: check_dsse.py EXPORT, a directory with `SEQ.envelope.json` (`winnow show SEQ --envelope`) and
`SEQ.json` (`winnow show SEQ --json`) for each event. Every envelope must verify with securesystemslib
and hold a valid in-toto Statement v1; with any one thing altered it must not.
"""

import base64
import copy
import json
import pathlib
import sys

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from google.protobuf import json_format
from in_toto_attestation.v1 import statement_pb2
from in_toto_attestation.v1.statement import Statement
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey

from report import Report


def key_of(signer):
    raw = base64.b64decode(signer["publicKey"], validate=True)
    key = Ed25519PublicKey.from_public_bytes(raw)
    return SSlibKey.from_crypto(key, keyid=signer["keyId"], scheme="ed25519")


def verify(envelope, keys):
    """Every one of `keys` has signed, or an error."""
    Envelope.from_dict(copy.deepcopy(envelope)).verify(keys, threshold=len(keys))


def flipped(text, index=0):
    data = bytearray(base64.b64decode(text))
    data[index] ^= 1
    return base64.b64encode(data).decode()


def twins(envelope):
    """The envelope with one thing altered, each with a name."""
    twin = copy.deepcopy(envelope)
    twin["payload"] = flipped(twin["payload"], len(base64.b64decode(twin["payload"])) // 2)
    yield "payload", twin
    twin = copy.deepcopy(envelope)
    twin["payloadType"] = "application/json"
    yield "payloadType", twin
    for index in range(len(envelope["signatures"])):
        for place in (0, 40):
            twin = copy.deepcopy(envelope)
            signature = twin["signatures"][index]
            signature["sig"] = flipped(signature["sig"], place)
            yield f"signature {index}, byte {place}", twin
        twin = copy.deepcopy(envelope)
        del twin["signatures"][index]
        yield f"signature {index} left out", twin


def main(folder):
    report = Report()
    for path in sorted(pathlib.Path(folder).glob("*.envelope.json")):
        sequence = path.name.split(".")[0]
        envelope = json.loads(path.read_bytes())
        shown = json.loads((path.parent / f"{sequence}.json").read_bytes())
        keys = [key_of(signer) for signer in shown["signers"]]
        ids = [signature["keyid"] for signature in envelope["signatures"]]
        report.check(ids == [key.keyid for key in keys], f"{sequence}: other signers are shown")
        try:
            verify(envelope, keys)
            report.check(True, sequence)
        except Exception as error:
            report.check(False, f"{sequence}: securesystemslib refuses the envelope: {error!r}")
        for name, twin in twins(envelope):
            report.refuses(
                lambda: verify(twin, keys), f"{sequence} with another {name}",
                VerificationError, ValueError,
            )  # fmt: skip
        payload = base64.b64decode(envelope["payload"], validate=True)
        try:
            parsed = json_format.Parse(payload, statement_pb2.Statement())
            Statement.copy_from_pb(parsed).validate()
            report.check(True, sequence)
        except Exception as error:
            report.check(False, f"{sequence}: in-toto-attestation refuses the statement: {error!r}")
            continue
        report.check(
            json_format.MessageToDict(parsed)["predicate"] == json.loads(payload)["predicate"],
            f"{sequence}: in-toto-attestation reads another predicate",
        )
        for field in ("_type", "subject", "predicateType"):
            twin = json.loads(payload)
            del twin[field]
            report.refuses(
                lambda: Statement.copy_from_pb(
                    json_format.ParseDict(twin, statement_pb2.Statement())
                ).validate(),
                f"{sequence} without {field}",
            )
    report.finish()


if __name__ == "__main__":
    main(sys.argv[1])
