#!/usr/bin/env python3
"""Compares Winnow's strict JSON reader and canonical writer with PyPI's rfc8785.

Usage: check_jcs.py WINNOW [COUNT [SEED]]. Writes COUNT generated documents, one in a line, to
`WINNOW debug canonicalize`, which answers each with its canonical bytes or `refused`. Sound documents
are spelled with random spaces, escapes and member order; the others have one thing that I-JSON with
integers only does not allow.
"""

import random
import subprocess
import sys

import rfc8785

from report import Report

LIMIT = 2**53 - 1
TEXTS = ["", "a", "\u00e9", "e\u0301", "\u20ac", "\U0001f600", "\ufb33", "\u007f", "\u0080", "/",
         '"', "\\", "\b\f\n\r\t", "\x00\x1f", "\u2028", "\ud7ff\ue000", "\uffff", "\U0010ffff",
         "1", "10", "peach", "p\u00eache", "\ufdfa", "\U00010000"]  # fmt: skip
EDGES = [0, 1, -1, 9, 10, LIMIT, -LIMIT, LIMIT - 1, 2**31, 2**32, 10**15]


class Speller:
    """Writes values as JSON in one of the many ways there are."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def text(self):
        return "".join(self.random.choice(TEXTS) for _ in range(self.random.randrange(4)))

    def value(self, depth=0):
        kind = self.random.randrange(9 if depth < 5 else 6)
        if kind < 2:
            return self.random.choice([None, True, False])
        if kind < 4:
            return self.random.choice([*EDGES, self.random.randint(-LIMIT, LIMIT)])
        if kind < 6:
            return self.text()
        count = self.random.randrange(5)
        if kind == 6:
            return [self.value(depth + 1) for _ in range(count)]
        return {self.text(): self.value(depth + 1) for _ in range(count)}

    def space(self):
        return "".join(self.random.choice(" \t\r") for _ in range(self.random.randrange(3) // 2 * 2))

    def string(self, text):
        out = ['"']
        for character in text:
            code = ord(character)
            short = {8: "b", 9: "t", 10: "n", 12: "f", 13: "r", 34: '"', 47: "/", 92: "\\"}.get(code)
            units = character.encode("utf-16-be").hex()
            escaped = "".join("\\u" + units[i : i + 4] for i in range(0, len(units), 4))
            if self.random.randrange(2):
                escaped = "".join(self.random.choice([c, c.upper()]) if c != "u" else c for c in escaped)
            ways = [escaped]
            if short:
                ways.append("\\" + short)
            if code >= 0x20 and character not in '"\\':
                ways += [character] * 3
            out.append(self.random.choice(ways))
        return "".join(out) + '"'

    def spell(self, value):
        s = self.space
        if value is None or isinstance(value, bool):
            return {None: "null", True: "true", False: "false"}[value]
        if isinstance(value, int):
            return str(value)
        if isinstance(value, str):
            return self.string(value)
        if isinstance(value, list):
            return "[" + ",".join(s() + self.spell(v) + s() for v in value) + s() + "]"
        members = list(value.items())
        self.random.shuffle(members)
        return "{" + ",".join(
            s() + self.string(k) + s() + ":" + s() + self.spell(v) + s() for k, v in members
        ) + s() + "}"  # fmt: skip

    def bad(self):
        """A document that is to be refused, and why."""
        sound = self.spell(self.value(3)).encode()
        name = self.string(self.text()).encode()
        other = self.string(self.text() + "x").encode()
        deep = self.random.randrange(33, 60)
        return self.random.choice([
            (b"{" + name + b":1," + other + b":2," + name + b":3}", "a name stands twice"),
            (b'{"a":1,"\\u0061":1}', "a name stands twice in two spellings"),
            (str(self.random.choice([1, -1]) * (LIMIT + self.random.randrange(1, 9))).encode(), "2^53"),
            (b"[" * deep + b"]" * deep, "nested too deeply"),
            (b'["\\ud800"]', "a surrogate stands alone"),
            (b'["\\udc00\\ud800"]', "surrogates stand the wrong way"),
            (b'"\xed\xa0\x80"', "a surrogate in UTF-8"),
            (b'"\xc0\xaf"', "an overlong sequence"),
            (b'"\xff"', "a byte that is not UTF-8"),
            (b'"\xf4\x90\x80\x80"', "a scalar past U+10FFFF"),
            (b"\xef\xbb\xbf" + sound, "a byte order mark"),
            (b'"a\tb"', "a raw control character"),
            (b'"\\x41"', "an unknown escape"),
            (b'"\\u12g4"', "an escape that is not hexadecimal"),
            (b"-0", "minus zero"),
            (self.random.choice([b"1.0", b"1e0", b"0.5", b"1E+2", b"-0.0"]), "not an integer"),
            (self.random.choice([b"01", b"+1", b"-", b".5", b"1.", b"0x1", b"--1"]), "no number"),
            (self.random.choice([b"NaN", b"Infinity", b"True", b"nul", b"'a'"]), "no word"),
            (b"[" + sound + b",]", "a comma at the end"),
            (b"{" + name + b"}", "a member without value"),
            (b"{1:2}", "a name that is no string"),
            (b"[" + sound, "not closed"),
            (sound + b" " + sound, "two documents"),
            (sound + b"]", "bytes follow"),
            (b"/**/" + sound, "a comment"),
            (b"\xc2\xa0" + sound, "a space that is none"),
            (b" ", "only a space"),
            (b"", "nothing"),
        ])  # fmt: skip


def main(winnow, count=10_000, seed=1):
    speller, report, documents = Speller(seed), Report(), []
    while len(documents) < count:
        if speller.random.randrange(4):
            value = speller.value()
            line = (speller.space() + speller.spell(value) + speller.space()).encode()
            documents.append((line, rfc8785.dumps(value), "sound"))
        else:
            line, why = speller.bad()
            documents.append((line, b"refused", why))
    # At the limit of nesting, and one past it.
    documents.append((b"[" * 32 + b"]" * 32, b"[" * 32 + b"]" * 32, "32 levels"))
    documents.append((b"[" * 33 + b"]" * 33, b"refused", "33 levels"))
    answer = subprocess.run(
        [winnow, "debug", "canonicalize"],
        input=b"".join(line + b"\n" for line, _, _ in documents),
        stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    lines = answer.stdout.split(b"\n")
    report.check(lines.pop() == b"" and len(lines) == len(documents), "one answer for each line")
    for (line, expected, why), actual in zip(documents, lines):
        report.check(actual == expected, f"{line!r} ({why}): {actual!r} instead of {expected!r}")
    report.finish()


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
