#!/usr/bin/env python3
"""Holds `winnow audit verify` and the verifier here to the same verdict.

Usage: check_bundles.py WINNOW BUNDLES POLICY [--expect CODE | --forged] [--count N] [--seed S]. Both
verify each `*.winnow.jsonl` of the folder BUNDLES to the exit code CODE (0). With --forged each must
fail, without a policy too, and here for what `words.json` of the folder says. Of bundles that are
verified, both verify N altered copies too: bits flipped, lines dropped, swapped or repeated, numbers
and characters altered within the JSON and written back canonically, the end cut off; and without a
policy there is not enough evidence.
"""

import argparse
import base64
import json
import pathlib
import random
import re
import subprocess
import tempfile

from report import Report
from verifier.jcs import canonical
from verifier.note import Policy
from verifier.verify import CODES, Verifier


class Both:
    """The two verifiers, on a bundle in a folder of its own."""

    def __init__(self, winnow, policy):
        self.winnow, self.policy_path = winnow, policy
        self.policy = Policy(pathlib.Path(policy).read_bytes())

    def codes(self, path, with_policy=True):
        """The exit codes: Winnow's, and the one of the verifier here with its checks."""
        verifier = Verifier(policy=self.policy if with_policy else None)
        ours = CODES[verifier.verify(path)]
        command = [self.winnow, "audit", "verify", str(path), "--json"]
        if with_policy:
            command += ["--policy", self.policy_path]
        run = subprocess.run(command, capture_output=True, timeout=60)
        return run.returncode, ours, verifier.checks


def places(value, path=()):
    """Where in a JSON value numbers and strings stand."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from places(part, (*path, name))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from places(part, (*path, index))
    elif isinstance(value, (int, str)) and value != "":
        yield path, value


def put(value, path, new):
    for step in path[:-1]:
        value = value[step]
    value[path[-1]] = new


def alter_json(rng, line, type):
    """The line with one number, or one character of one string, altered."""
    value = json.loads(line)
    path, old = rng.choice([p for p in places(value) if isinstance(p[1], type)])
    if type is int:
        new = rng.choice([old + 1, max(old - 1, 0), 0, old * 2 + 1, 2**53 - 1])
    else:
        index = rng.randrange(len(old))
        new = old[:index] + rng.choice("09afAZ+/=g \n") + old[index + 1 :]
    put(value, path, new)
    return canonical(value), f"{'.'.join(map(str, path))} altered"


def alter_bytes(rng, line):
    """The line with one bit flipped inside a base64 string, so that the line stays well-formed."""
    value = json.loads(line)
    found = [(p, v) for p, v in places(value) if p[-1] in ("bytes", "witness") or "inclusion" in p]
    found = [(p, v) for p, v in found if isinstance(v, str)]
    if not found:
        return alter_json(rng, line, str)
    path, old = rng.choice(found)
    data = bytearray(base64.b64decode(old))
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    put(value, path, base64.b64encode(data).decode())
    return canonical(value), f"a bit of {'.'.join(map(str, path))} flipped"


def altered(rng, data):
    """An altered copy of a bundle, and what was done."""
    lines = data.split(b"\n")[:-1]
    index = rng.randrange(len(lines))
    way = rng.randrange(9)
    if way == 0:
        copy = bytearray(data)
        place = rng.randrange(len(copy))
        copy[place] ^= 1 << rng.randrange(8)
        return bytes(copy), f"a bit of byte {place} flipped"
    if way == 1:
        return data[: rng.randrange(len(data))], "cut off"
    what = f"line {index + 1} "
    if way == 2:
        del lines[index]
        what += "dropped"
    elif way == 3:
        other = rng.randrange(len(lines))
        lines[index], lines[other] = lines[other], lines[index]
        what += f"and {other + 1} swapped"
    elif way == 4:
        lines.insert(index, lines[index])
        what += "repeated"
    elif way == 5:
        del lines[index:]
        what += "and what follows dropped"
    else:
        if way == 6:
            numbered = [i for i, x in enumerate(lines) if any(
                isinstance(v, int) for _, v in places(json.loads(x)))]  # fmt: skip
            index = rng.choice(numbered or [0])
            if numbered:
                lines[index], how = alter_json(rng, lines[index], int)
            else:
                lines[index], how = alter_json(rng, lines[index], str)
        elif way == 7:
            lines[index], how = alter_json(rng, lines[index], str)
        else:
            lines[index], how = alter_bytes(rng, lines[index])
        what = f"line {index + 1}: {how}"
    return b"".join(line + b"\n" for line in lines), what


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("winnow")
    parser.add_argument("bundles", type=pathlib.Path)
    parser.add_argument("policy")
    parser.add_argument("--expect", type=int, choices=[0, 1, 3], default=0)
    parser.add_argument("--forged", action="store_true")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    report, both = Report(), Both(options.winnow, options.policy)
    rng = random.Random(options.seed)

    paths = sorted(options.bundles.glob("*.winnow.jsonl"))
    expected = 1 if options.forged else options.expect
    is_good = expected == 0
    words = json.loads((options.bundles / "words.json").read_text()) if options.forged else {}
    report.check(paths, f"there are bundles in {options.bundles}")
    for path in paths:
        theirs, ours, checks = both.codes(path)
        what = f"{path.name}: winnow {theirs}, here {ours}, expected {expected}: {checks}"
        report.check(theirs == ours == expected, what)
        if is_good or options.forged:
            theirs, ours, _ = both.codes(path, with_policy=False)
            report.check(
                theirs == ours == (1 if options.forged else 3),
                f"{path.name} without policy: winnow {theirs}, here {ours}",
            )
        if options.forged:
            whys = [check["why"] for check in checks if check["outcome"] == "fail"]
            expected_words = words[path.name.removesuffix(".winnow.jsonl")]
            report.check(
                any(re.search(expected_words, why) for why in whys),
                f"{path.name} fails for another reason than {expected_words!r}: {whys}",
            )
    seen = {}
    for number in range(options.count if is_good else 0):
        path = rng.choice(paths)
        data, what = altered(rng, path.read_bytes())
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / path.name
            copy.write_bytes(data)
            for beside in path.parent.glob(f"{path.name}.*"):
                (copy.parent / beside.name).symlink_to(beside.resolve())
            theirs, ours, checks = both.codes(copy)
        seen[ours] = seen.get(ours, 0) + 1
        wrong = [check for check in checks if check["outcome"] != "pass"]
        report.check(
            theirs == ours,
            f"seed {options.seed}, number {number}, {path.name}, {what}: winnow {theirs}, "
            f"here {ours}: {wrong}",
        )
    if seen:
        print("altered bundles by exit code: " + json.dumps(seen, sort_keys=True))
    report.finish()


if __name__ == "__main__":
    main()
