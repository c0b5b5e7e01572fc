#!/usr/bin/env python3
"""Verifies a Winnow bundle without Winnow.

Exit code: 0 verified, 1 failed, 3 not enough evidence, 4 a file of the verifier's own (bundle not
readable, policy, row, secret) cannot be used.
"""

import argparse
import json
import pathlib
import sys

from verifier.note import Policy
from verifier.rows import read_row
from verifier.verdict import BadInput
from verifier.verify import CODES, Verifier


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bundle")
    parser.add_argument("--policy", help="tlog-policy: which log and witnesses to trust")
    parser.add_argument("--genesis", help="the event of sequence 0, in hexadecimal")
    parser.add_argument("--row", help="a row as a JSON object of its columns")
    parser.add_argument("--secret-file", help="the 32 bytes of a keyed dataset's secret")
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
        )
        verdict = verifier.verify(options.bundle)
    except (BadInput, OSError) as error:
        print(error, file=sys.stderr)
        return 4
    print(json.dumps({"verdict": verdict, "checks": verifier.checks}))
    return CODES[verdict]


if __name__ == "__main__":
    sys.exit(main())
