#!/usr/bin/env python3
"""Holds the second verifier's reader of manifests to the names that the tests hold Winnow's to.

Usage: check_manifests.py. Reads `Tests/Vectors/shard-names.json`.
"""

import copy
import json
from pathlib import Path

from report import Report
from verifier.files import read_manifest
from verifier.jcs import canonical
from verifier.verdict import Failed

NAMES = json.loads((Path(__file__).parent.parent / "Vectors/shard-names.json").read_bytes())


def manifest(*names):
    shards = [{"name": n, "rows": 1, "sha256": "0a" * 32, "size": 7} for n in names]
    return {"shards": shards, "winnow": "manifest/1"}


def read(document):
    release = {"shards": len(document["shards"]), "tally": {"rows": len(document["shards"])}}
    return read_manifest(canonical(document), release)


report = Report()
for name in NAMES["good"]:
    report.check(list(read(manifest("other.csv", name))) == ["other.csv", name], f"{name!r:.40}")
for name in NAMES["bad"]:
    for document in (manifest(name), manifest("other.csv", name), manifest(name, "other.csv")):
        report.refuses(lambda: read(document), f"{name!r:.40}", Failed)
report.refuses(lambda: read(manifest("a.csv", "a.csv")), "a name twice", Failed)

FLAWS = [
    ("rows", -1), ("rows", "1"), ("rows", None), ("rows", True), ("size", -1), ("size", 2**53), ("name", 1),
    ("sha256", "0a" * 31), ("sha256", "0A" * 32), ("sha256", 1), ("more", 1),
]  # fmt: skip
for member, value in FLAWS:
    document = manifest("a.csv")
    document["shards"][0][member] = value
    report.refuses(lambda: read(document), f"{member} {value!r:.20}")
for member in ("name", "rows", "sha256", "size"):
    document = manifest("a.csv")
    del document["shards"][0][member]
    report.refuses(lambda: read(document), f"no {member}")
document = manifest("a.csv")
document["more"] = 1
report.refuses(lambda: read(document), "a member more", Failed)
report.finish()
