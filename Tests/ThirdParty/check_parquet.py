#!/usr/bin/env python3
"""Holds the root that winnow computes of Parquet files to one that is computed here from pyarrow's own rows,
and cleaned Parquet files to pyarrow's reading of both.

Usage: check_parquet.py WINNOW [FILES [SEED]]. DuckDB's command line is on PATH or in WINNOW_DUCKDB.
"""

import datetime
import json
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile

import numpy
import pyarrow as pa
import pyarrow.parquet as pq
from report import Report
from verifier import setproof
from verifier.encoding import sha256
from verifier.jcs import canonical

SCALARS = {
    "bool": (pa.bool_(),),
    "int": (pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(),
            pa.uint64()),
    "float64": (pa.float64(),),
    "float32": (pa.float32(), pa.float16()),
    "string": (pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())),
    "bytes": (pa.binary(), pa.large_binary(), pa.binary(5)),
    "timestamp": (pa.timestamp("us", "UTC"), pa.timestamp("ms", "UTC"), pa.timestamp("us", "+05:30")),
}  # fmt: skip
TEXTS = ["", "a", "é", "e\u0301", "😀", "\n", "\r\n", "\t", '"', "\\", "\x00", "\x7f", "\u2028", "NaN",
         "null", "https://example.org/x?a=1&b=2", ",", "'", "[1]", "\ufeff"]  # fmt: skip
FLOATS = [0.0, -0.0, 1.5, 0.1, 1e300, -1e-300, 5e-324, 1.7976931348623157e308, float("nan"),
          float("inf"), float("-inf"), 123456789.123456789]  # fmt: skip


def value_of(word, arrow, rng):
    if word == "bool":
        return rng.random() < 0.5
    if word == "int":
        bits = arrow.bit_width
        low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
        if pa.types.is_unsigned_integer(arrow):
            low, high = 0, 2**bits - 1
        return rng.choice([low, high, 0, rng.randint(low, high)])
    if word in ("float64", "float32"):
        value = rng.choice(FLOATS + [rng.uniform(-1e6, 1e6)])
        if word == "float64":
            return value
        with numpy.errstate(over="ignore"):
            return float((numpy.float16 if arrow == pa.float16() else numpy.float32)(value))
    if word == "string":
        return "".join(rng.choice(TEXTS) for _ in range(rng.randint(0, 4)))
    if word == "bytes":
        count = 5 if arrow == pa.binary(5) else rng.randint(0, 6)
        return bytes(rng.randint(0, 255) for _ in range(count))
    micros = rng.choice([0, -1, 1, rng.randint(-(2**45), 2**52)])
    return micros // 1000 * 1000 if arrow.unit == "ms" else micros


def kind_of(rng):
    """What a column holds: the word of its scalars, their arrow type, and the lists around them."""
    word = rng.choice(list(SCALARS))
    arrow = rng.choice(SCALARS[word])
    lists = [rng.choice([pa.list_, pa.large_list]) for _ in range(rng.choice([0, 0, 0, 1, 2]))]
    return word, pa.string() if lists and pa.types.is_dictionary(arrow) else arrow, lists


def type_of(kind):
    return "list<" * len(kind[2]) + kind[0] + ">" * len(kind[2])


def column_of(kind, rows, rng):
    """A column's arrow array and its values, times as microseconds."""
    word, arrow, lists = kind

    def value(depth):
        if rng.random() < 0.2:
            return None
        if depth == 0:
            return value_of(word, arrow, rng)
        return [value(depth - 1) for _ in range(rng.randint(0, 3))]

    def stored(value):
        if isinstance(value, list):
            return [stored(v) for v in value]
        if value is not None and arrow == pa.float16():
            return numpy.float16(value)
        return value // 1000 if value is not None and arrow == SCALARS["timestamp"][1] else value

    values = [value(len(lists)) for _ in range(rows)]
    if pa.types.is_dictionary(arrow):
        return pa.array(values, pa.string()).dictionary_encode(), values
    whole = arrow
    for around in lists:
        whole = around(whole)
    return pa.array([stored(v) for v in values], whole), values


def cell(value, word):
    if value is None:
        return b"\x00"
    if word.startswith("list<"):
        parts = b"".join(cell(v, word[5:-1]) for v in value)
        return b"\x09" + len(value).to_bytes(4, "big") + parts
    if word == "bool":
        return bytes([1, value])
    if word == "int":
        if value < 2**63:
            return b"\x02" + value.to_bytes(8, "big", signed=True)
        return b"\x08" + value.to_bytes(8, "big")
    if word == "float64":
        return b"\x03" + (struct.pack(">d", value) if value == value else b"\x7f\xf8" + bytes(6))
    if word == "float32":
        return b"\x04" + (struct.pack(">f", value) if value == value else b"\x7f\xc0" + bytes(2))
    if word == "string":
        data = value.encode("utf-8")
        return b"\x05" + len(data).to_bytes(4, "big") + data
    if word == "bytes":
        return b"\x06" + len(value).to_bytes(4, "big") + value
    return b"\x07" + value.to_bytes(8, "big", signed=True)


def tag(word, columns, row):
    head = sha256(word.encode()) + sha256(canonical([list(column) for column in columns]))
    return sha256(head + b"".join(cell(row[name], type) for name, type in columns))


def root_of(identity, content, rows):
    """The root of a release whose keys are all different, and the keys of its rows."""
    leaves = sorted(
        (tag("winnow key v1", identity, row), tag("winnow row v1", content, row)) for row in rows
    )

    def build(low, high):
        if high - low == 1:
            return setproof.Leaf(leaves[low][0], 1, leaves[low][1])
        first, last = leaves[low][0], leaves[high - 1][0]
        bit = setproof.first_difference(first, last)
        middle = next(i for i in range(low, high) if setproof.bit_of(leaves[i][0], bit))
        return setproof.Node(bit, setproof.cut(first, bit), build(low, middle), build(middle, high))

    return setproof.root(build(0, len(leaves)) if leaves else setproof.Empty()).hex()


class Ledger:
    def __init__(self, winnow, directory):
        self.winnow, self.directory = winnow, directory
        (directory / "pass.txt").write_text("correct horse battery staple\n")
        self.environment = os.environ | {
            "WINNOW_LEDGER": str(directory / "ledger"),
            "WINNOW_PASSPHRASE_FILE": str(directory / "pass.txt"),
        }
        self("init", str(directory / "ledger"), "--origin", "ledger.example.org/parquet")

    def __call__(self, *words):
        done = subprocess.run(
            [self.winnow, *words, "--json"], env=self.environment, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"{words}: {done.returncode} {done.stderr}")
        return json.loads(done.stdout) if done.stdout.strip() else None


def play(ledger, number, rng, report):
    folder = ledger.directory / f"files{number}"
    folder.mkdir()
    total = rng.choice([1, 5, 40, 300])
    # The same types in all files of a release, other values.
    kinds = {
        f"c{place}" if rng.random() < 0.8 else f"c {place} \"ü'": kind_of(rng)
        for place in range(rng.randint(1, 8))
    }
    rows_of, shards = [], []
    for shard in range(rng.randint(1, 3)):
        columns, values = {}, {}
        for name, kind in kinds.items():
            columns[name], values[name] = column_of(kind, total, rng)
        urls = [f"https://example.org/{number}/{shard}/{i}" for i in range(total)]
        columns["URL"] = pa.array(urls)
        path = folder / f"part-{shard}.parquet"
        pq.write_table(
            pa.table(columns).replace_schema_metadata({"huggingface": '{"a": "\'"}'}), path,
            row_group_size=rng.choice([1, 7, 10_000]), use_dictionary=rng.random() < 0.5,
            compression=rng.choice(["none", "snappy", "zstd", "gzip", "brotli", "lz4"]),
            data_page_version=rng.choice(["1.0", "2.0"]), version=rng.choice(["1.0", "2.4", "2.6"]),
            store_schema=rng.random() < 0.7,
        )  # fmt: skip
        shards.append(path)
        for i in range(total):
            rows_of.append({name: values[name][i] for name in kinds} | {"URL": urls[i]})
    identity = [("URL", "string")]
    content = [(column, type_of(kind)) for column, kind in kinds.items()] + identity
    content.sort(key=lambda column: column[0].encode())
    name = f"d{number}"
    ledger("dataset", "register", name, "--identity", "URL")
    published = ledger("release", "publish", f"{name}@1", *map(str, shards))
    expected = root_of(identity, content, rows_of)
    report.check(published["root"] == expected, f"root of {folder}")
    gone = {row["URL"] for row in rows_of if rng.random() < 0.3} or {rows_of[0]["URL"]}
    asked = folder / "asked.txt"
    asked.write_text("".join(f"{url}\n" for url in sorted(gone)))
    ledger(
        "remove", f"{name}@1", "--rows", str(asked), "--basis", "request", "--reason-class", "privacy"
    )
    out = folder / "out"
    cleaned = ledger("clean", f"{name}@1", "--to", f"{name}@2", "--out", str(out), "--rebuild")
    left = [row for row in rows_of if row["URL"] not in gone]
    report.check(cleaned["root"] == root_of(identity, content, left), f"cleaned root of {folder}")
    for path in shards:
        old, new = pq.read_table(path), pq.read_table(out / path.name)
        keep = pa.array([url.as_py() not in gone for url in old["URL"]])
        kept = old.filter(keep)
        report.check(new.column_names == old.column_names, f"columns of {path}")
        report.check(
            [plain(c) for c in new.columns] == [plain(c) for c in kept.columns], f"rows of {path}"
        )
        metadata = (pq.read_metadata(p).metadata for p in (path, out / path.name))
        report.check(next(metadata) == next(metadata), f"metadata of {path}")


def plain(column):
    """Values that can be compared, NaN as a word; what a writer calls the type does not count."""

    def value(v):
        if isinstance(v, list):
            return [value(e) for e in v]
        if isinstance(v, (float, numpy.floating)):
            return "nan" if v != v else (float(v), str(float(v)))
        if isinstance(v, datetime.datetime):
            return v.astimezone(datetime.timezone.utc)
        return v

    return [value(v) for v in column.to_pylist()]


def main():
    winnow = str(pathlib.Path(sys.argv[1]).resolve())
    files = int(sys.argv[2]) if len(sys.argv) > 2 else 12
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.SystemRandom().getrandbits(32)
    print(f"seed {seed}")
    report = Report()
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as directory:
        ledger = Ledger(winnow, pathlib.Path(directory))
        for number in range(files):
            play(ledger, number, rng, report)
    report.finish()


if __name__ == "__main__":
    main()
