#!/usr/bin/env python3
"""Holds `winnow audit verify` and the verifier here to the same rows and policies of the verifier's own.

Usage: check_inputs.py WINNOW. Each row must have a key in both, the same one, or in neither; each
policy must be met in both or in neither.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import make_ledger as m
from report import Report
from verifier import rows
from verifier.verdict import BadInput

TYPES = ["string", "int", "float32", "float64", "timestamp", "list<int>"]
# By type: values that have a key, and values that have none.
VALUES = {
    "string": (['"a"', '"\\u0000"', '"\\ud83d\\ude00"', "null"], ['"\\ud83d"', "1"]),
    "int": (["0", "18446744073709551615"], ["18446744073709551616", "1.0", "9" * 5000, "01"]),
    "float32": (
        ["0", "-0", "0e100", "-0e100", "0e9999999999999999999", "1e-9999999999999999999",
         "3.4028235677973366e38", "-3.4028235677973366e38", "1e-46", "16777216", "16777217.0",
         "0." + "0" * 100],
        ["3.4028235677973367e38", "340282356779733661637539395458142568448", "1e39", "-1e70",
         "1e9999999999999999999", "NaN", "16777217", "18446744073709551616"],
    ),
    "float64": (
        ["0e999999999999", "1e-400", "0.1", "9007199254740992", "9007199254740993.0",
         "18446744073709549568", "-9223372036854775808", "1e20"],
        ["1e999", "Infinity", "-Infinity", ".5", "9007199254740993", "18446744073709551616",
         "-9223372036854777856", "100000000000000000000", "9" * 400],
    ),
    "timestamp": (
        ['"2024-01-01T00:00:00+23:59"', '"2024-01-01t00:00:00.5000000z"',
         '"0001-01-01T00:00:00-23:59"', '"9999-12-31T23:59:59.999999Z"'],
        ['"2024-01-01T00:00:00+24:00"', '"2024-01-01T00:00:00+00:60"',
         '"2024-01-01T24:00:00Z"', '"0001-01-01T00:00:00+00:01"',
         '"9999-12-31T23:59:59-00:01"', '"0000-12-31T23:59:59-00:01"',
         '"2016-12-31T23:59:60Z"', '"2024-01-01T00:00:00.0000001Z"'],
    ),
    "list<int>": (["[]", "[1]", "[null]"], ["[[1]]", "[1,]", "1"]),
}  # fmt: skip
# Rows with other columns than the one of the key, an integer.
ROWS = (
    ['{"d":1e999,"c":1}', '{"d":[[]],"c":1}', '{"d":' + "[" * 31 + "]" * 31 + ',"c":1}',
     ' {\n"c":\r\n1} \n', '{"d":{"a":[null]},"c":1}'],
    ['{"d":NaN,"c":1}', '{"d":[-Infinity],"c":1}', '{"d":"\\ud800","c":1}',
     '{"d":["\\udc00"],"c":1}', '{"\\ud800":1,"c":1}', '{"c":1,"c":1}', '{"c":1}{"c":1}',
     '{"d":' + "[" * 32 + "]" * 32 + ',"c":1}', '{"d":' + "[" * 2000 + "]" * 2000 + ',"c":1}',
     '[{"c":1}]', "{}", "", '{"C":1}',
     "{" + ",".join(f'"d{n}":1' for n in range(10_000)) + ',"c":1}'],
)  # fmt: skip


def key_here(type, data):
    try:
        return rows.key_of([("c", type)], rows.read_row(data))
    except BadInput:
        return None


def check_rows(report, winnow, folder):
    story, places = m.Story(), {}
    for number, type in enumerate(TYPES):
        columns = {"identity": [["c", type]], "content": [["c", type]]}
        story.append("dataset-registered", dataset=f"t{number}", identity=["c"], tagging="plain")
        story.publish(f"t{number}@1", {}, columns=columns)
        places[type] = len(story.ids) - 1
    cases = [(t, f'{{"c":{v}}}', ok) for t in TYPES for ok in (True, False)
             for v in VALUES[t][not ok]]  # fmt: skip
    cases += [("int", text, ok) for ok in (True, False) for text in ROWS[not ok]]
    bundle, path = folder / "b.winnow.jsonl", folder / "row.json"
    for type, text, is_good in cases:
        path.write_text(text, encoding="utf-8")
        key, at = key_here(type, path.read_bytes()), places[type]
        claim = {"type": "absence", "sequence": at, "key": (key or bytes(32)).hex(),
                 "witness": m.b64(b"\0")}  # fmt: skip
        story.write(bundle, [claim], sorted({*m.key_entries(story), at - 1, at}), {})
        command = [winnow, "audit", "verify", bundle, "--policy", folder / "policy.txt"]
        run = subprocess.run([*command, "--row", path], capture_output=True, timeout=60)
        report.check((key is not None) == is_good, f"here, {type}: {text[:60]}")
        expected = (0,) if is_good else (3, 4)
        report.check(run.returncode in expected, f"winnow {run.returncode}, {type}: {text[:60]}")


def check_policies(report, winnow, folder):
    """Groups within groups, as deep as anyone likes."""
    story = m.Story()
    bundle, policy = folder / "b.winnow.jsonl", folder / "deep.txt"
    story.write(bundle, [{"type": "event", "sequence": 0}], [0], {})
    witness = m.vkey(m.SECOND, "witness.example.org", b"\x04")
    groups = "".join(f"group g{n + 1} any g{n}\n" for n in range(20_000))
    verifier = pathlib.Path(__file__).with_name("verify_bundle.py")
    for quorum, expected in (("none", 0), ("g20000", 3), ("g20001", 4)):
        policy.write_text(
            f"log {m.VKEY}\nwitness w {witness}\ngroup g0 all w\n{groups}quorum {quorum}\n"
        )
        for command in ([winnow, "audit", "verify"], [sys.executable, verifier]):
            run = subprocess.run(
                [*command, bundle, "--policy", policy], capture_output=True, timeout=60
            )
            report.check(run.returncode == expected, f"{command[0]} {run.returncode}: {quorum}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("winnow")
    winnow = parser.parse_args().winnow
    report = Report()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "policy.txt").write_text(f"log {m.VKEY}\nquorum none\n")
        check_rows(report, winnow, folder)
        check_policies(report, winnow, folder)
    report.finish()


if __name__ == "__main__":
    main()
