#!/usr/bin/env python3
"""Holds two readers of statements to one grammar.

Usage: check_statements.py WINNOW [--count N] [--seed S]. Takes the events of a log that was made
without Winnow, alters a member or two of one, has the right keys sign it again, and lets
`winnow audit verify` and the verifier here judge the log up to it. They must agree.
"""

import argparse
import copy
import json
import pathlib
import random
import tempfile

import make_ledger as m
import make_records
from check_bundles import Both, put
from report import Report
from verifier.encoding import sha256
from verifier.bodies import subjects
from verifier.event import pre_authentication
from verifier.verdict import Failed

WORDS = [
    "", "a", "A", "a/b", "a//b", "a/./b", "a/.", "..", "a..b", ".a", "-a", "a@1", "a@", "@1",
    "a@1@2", "a/b@1.0", "a@1/2", "a@A", "x" * 64, "x" * 65, "x" * 128, "x" * 129,
    "a@" + "1" * 64, "a@" + "1" * 65, "0" * 32, "0" * 63, "0" * 64, "F" * 64, "\u00e9", "e\u0301",
    "\u00e9" * 64, "\u00e9" * 65, "\0", "\u007f", "\u0080", "\u009f", "\u00a0", "\ufeff", "a b",
    " a", "a\n", "open", "sealed", "own", "interval", "keyed", "list<int>", "list<int",
    "list<" * 8 + "int" + ">" * 8, "list<" * 9 + "int" + ">" * 9, "text/plain", "text/", "a/b/c",
    "TEXT/plain", "a" * 61 + "/bc", "a" * 62 + "/bc", "2026-01-31T12:00:00.000Z",
    "2026-01-31t12:00:00z", "2026-01-31T12:00:60Z", "2026-01-31T24:00:00Z", "2026-02-29T00:00:00Z",
    "2024-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2000-02-29T00:00:00Z", "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-01-31T12:00:00+00:00", "x+y", "x://y",
    "~!*", m.b64(bytes(31)), m.b64(bytes(33)), m.b64(b"\2" * 32)[:-2] + "B=", "exact", "confirmed",
    "administrator", "third-party-import", "keys", "laion", "laion@1.0", "laion@1.1", "hotline",
]  # fmt: skip
NUMBERS = [0, 1, -1, 2, 9, 60, 62, 63, 64, 65, 2**31, 2**53 - 1, 2**53, -(2**53) + 1]


class Mutator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.story = m.Story()
        m.go_on(self.story)
        make_records.tell(self.story)
        make_records.change_log_key(self.story)
        self.statements = [json.loads(m.base64_payload(e)) for e in self.story.entries]
        signers = (m.PUBLISHER, m.HOTLINE, m.FOUNDATION, m.SECOND, m.LOG, m.NEXT_LOG)
        self.signers = {signer.id: signer for signer in signers}

    def altered(self, predicate):
        """A copy of `predicate` with a member or two altered, and where."""
        rng, twin, where = self.random, copy.deepcopy(predicate), []
        for _ in range(rng.choice([1, 1, 1, 2])):
            path, old = rng.choice(list(self.spots(twin)))
            parent = twin
            for step in path[:-1]:
                parent = parent[step]
            way = rng.randrange(6)
            where.append(".".join(map(str, path)))
            if way == 0:
                del parent[path[-1]]
            elif way == 1:
                other = rng.choice(self.statements)["predicate"]
                name = rng.choice(list(other))
                twin[name] = copy.deepcopy(other[name])
                where[-1] = name
            elif way == 2:
                put(twin, path, rng.choice([None, [], {}, True, 0, ""]))
            elif isinstance(old, bool):
                put(twin, path, not old)
            elif isinstance(old, int):
                put(twin, path, rng.choice([*NUMBERS, old + 1, old - 1]))
            elif isinstance(old, str):
                put(twin, path, rng.choice([*WORDS, *self.story.ids, old + "a", old + "\n", old[:-1]]))
            elif isinstance(old, list):
                put(twin, path, rng.choice([old[:-1], [*old, *old[-1:]], old[::-1], old[:1]]))
            else:
                old[rng.choice(["comment", *old])] = 1
        return twin, where

    def spots(self, value, path=()):
        """Every place below `value`."""
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        for step, part in parts:
            yield (*path, step), part
            if isinstance(part, (dict, list)):
                yield from self.spots(part, (*path, step))

    def log(self):
        """A log that ends in an altered event, and what was altered."""
        index = self.random.randrange(len(self.statements))
        statement = copy.deepcopy(self.statements[index])
        original = statement["predicate"]
        predicate, where = self.altered(original)
        statement["predicate"] = predicate
        kind = statement["predicateType"].split("/")[-2]
        try:
            statement["subject"] = subjects(kind, predicate)
        except (KeyError, TypeError, AttributeError, ValueError, Failed):
            pass
        payload = m.canonical(statement)
        message = pre_authentication(payload)
        stated = predicate.get("signers")
        ids = [s for s in stated if isinstance(s, str)] if isinstance(stated, list) else []
        signatures = []
        for id in ids or original["signers"]:
            signer = self.signers.get(id)
            signature = signer.private.sign(message) if signer else bytes(64)
            signatures.append({"keyid": id, "sig": m.b64(signature)})
        entry = json.loads(self.story.entries[index])
        entry["envelope"].update(payload=m.b64(payload), signatures=signatures)
        log = self.story.copy()
        log.entries = [*self.story.entries[:index], m.canonical(entry)]
        log.ids = [*self.story.ids[:index], sha256(message).hex()]
        # A bundle holds no attachment that nothing names.
        payloads = b"".join(map(m.base64_payload, log.entries))
        log.attachments = {
            digest: data for digest, data in log.attachments.items() if digest.encode() in payloads
        }
        return log, f"{kind}: {', '.join(where)}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("winnow")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    report, mutator, seen = Report(), Mutator(options.seed), {}
    with tempfile.TemporaryDirectory() as folder:
        path, policy = pathlib.Path(folder, "log.winnow.jsonl"), pathlib.Path(folder, "policy.txt")
        policy.write_text(f"log {m.VKEY}\nquorum none\n")
        both = Both(options.winnow, str(policy))
        for number in range(options.count):
            log, what = mutator.log()
            log.write(path, [{"type": "complete"}])
            theirs, ours, checks = both.codes(path)
            why = [check["why"] for check in checks if check["outcome"] == "fail"]
            seen[ours] = seen.get(ours, 0) + 1
            report.check(
                theirs == ours,
                f"seed {options.seed}, number {number}, {what}: winnow {theirs}, here {ours}: {why}",
            )
    print("altered statements by exit code: " + json.dumps(seen, sort_keys=True))
    report.finish()


if __name__ == "__main__":
    main()
