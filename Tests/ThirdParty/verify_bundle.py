#!/usr/bin/env python3
"""Verifies a Winnow bundle without Winnow.

Exit code: 0 verified, 1 failed, 3 not enough evidence, 4 a file of the verifier's own (bundle not
readable, policy, row, secret) cannot be used.
"""

import argparse
import base64
import binascii
import json
import pathlib
import sys

from verifier.encoding import sha256
from verifier.files import read_listing
from verifier.note import Policy
from verifier.rows import read_row
from verifier.verdict import BadInput
from verifier.verify import CODES, Verifier


def pin(text):
    """The key id and the actor of an ACTOR=KEY."""
    actor, _, key = text.partition("=")
    try:
        return sha256(base64.b64decode(key, validate=True)).hex(), actor
    except binascii.Error:
        raise BadInput("--trust takes ACTOR=KEY with a base64 public key") from None


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bundle")
    parser.add_argument("--policy", help="tlog-policy: which log and witnesses to trust")
    parser.add_argument("--genesis", help="the event of sequence 0, in hexadecimal")
    parser.add_argument("--row", help="a row as a JSON object of its columns")
    parser.add_argument("--secret-file", help="the 32 bytes of a keyed dataset's secret")
    parser.add_argument(
        "--trust", action="append", default=[], help="ACTOR=KEY, a base64 public key to pin"
    )
    parser.add_argument("--release", help="NAME@V, of which --listing lists the files")
    parser.add_argument("--listing", help="what a repository lists: the tree API's JSON, or lines")
    options = parser.parse_args(arguments)

    def read(path):
        return pathlib.Path(path).read_bytes() if path else None

    try:
        policy, row = read(options.policy), read(options.row)
        verifier = Verifier(
            policy=None if policy is None else Policy(policy),
            genesis=options.genesis,
            row=None if row is None else read_row(row),
            secret=read(options.secret_file),
            trust=map(pin, options.trust),
            files=None
            if options.listing is None
            else (options.release, read_listing(read(options.listing))),
        )
        verdict = verifier.verify(options.bundle)
    except (BadInput, OSError) as error:
        print(error, file=sys.stderr)
        return 4
    print(
        json.dumps({"verdict": verdict, "checks": verifier.checks, "claims": verifier.signers})
    )
    return CODES[verdict]


if __name__ == "__main__":
    sys.exit(main())
