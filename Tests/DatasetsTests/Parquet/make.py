"""Writes the files of this folder that DuckDB cannot write itself.

    python3 make.py        (pyarrow 26.0.1)
"""

import datetime
import decimal

import numpy
import pyarrow as pa
import pyarrow.parquet as pq

UTC = "UTC"


def write(name, columns, metadata=None, **options):
    table = pa.table(columns) if isinstance(columns, dict) else columns
    if metadata:
        table = table.replace_schema_metadata(metadata)
    pq.write_table(table, f"{name}.parquet", **options)


# Every type that has cells, in the spellings that writers use, in two row groups.
write("types", {
    "URL": ["https://a.example/1", "https://a.example/2", "https://a.example/3"],
    "bool": pa.array([True, None, False]),
    "int8": pa.array([-128, None, 127], pa.int8()),
    "uint32": pa.array([0, None, 2**32 - 1], pa.uint32()),
    "int64": pa.array([-(2**63), None, 2**63 - 1], pa.int64()),
    "uint64": pa.array([0, None, 2**64 - 1], pa.uint64()),
    "float16": pa.array(numpy.array([1.5, numpy.nan, -0.0], "float16")),
    "float32": pa.array([0.1, None, numpy.inf], pa.float32()),
    "float64": pa.array([-0.0, numpy.nan, -numpy.inf], pa.float64()),
    "dictionary": pa.array(["a", None, "é\n\"\\"]).dictionary_encode(),
    "large": pa.array(["x", None, ""], pa.large_string()),
    "binary": pa.array([b"\xff\x00", None, b""], pa.binary()),
    "fixed": pa.array([b"abcd", None, b"\x00\x01\x02\x03"], pa.binary(4)),
    "millis": pa.array([-1, None, 1], pa.timestamp("ms", UTC)),
    "micros": pa.array([-1, None, 253402300800000000], pa.timestamp("us", "Asia/Tokyo")),
    "ints": pa.array([[1, None], [], None], pa.list_(pa.int32())),
    "floats": pa.array([[0.1, numpy.nan], [], None], pa.list_(pa.float32())),
    "strings": pa.array([["a, b]", None, "\""], [], None], pa.large_list(pa.string())),
    "blobs": pa.array([[b"\x01", None], [], None], pa.list_(pa.binary())),
    "times": pa.array([[1, None], [], None], pa.list_(pa.timestamp("us", UTC))),
    "lists": pa.array([[[1], None, []], [], None], pa.list_(pa.list_(pa.int8()))),
    "nothing": pa.nulls(3),
}, {"huggingface": '{"info": {"features": "\'"}}', "a \"key\"": b"\x00\xff"},
    row_group_size=2, compression="zstd")

# Types that have none.
write("others", {
    "URL": ["a", "b"],
    "local": pa.array([0, 1], pa.timestamp("us")),
    "date": pa.array([datetime.date(2020, 1, 1)] * 2),
    "decimal": pa.array([decimal.Decimal("1.50")] * 2),
    "time": pa.array([1, 2], pa.time64("us")),
    "struct": pa.array([{"b": 1.0, "a": "x"}] * 2),
    "map": pa.array([[("k", 1)]] * 2, pa.map_(pa.string(), pa.int32())),
    "structs": pa.array([[{"a": 1}]] * 2),
    "localnanos": pa.array([1000, 2000], pa.timestamp("ns")),
})
# DuckDB drops what microseconds do not hold.
write("nanoseconds", {"URL": ["a", "b"], "time": pa.array([1000, 2001], pa.timestamp("ns", UTC))})
write("int96", {"URL": ["a"], "time": pa.array([1], pa.timestamp("us"))},
      use_deprecated_int96_timestamps=True)
# The two ends of the range are infinite times to DuckDB.
write("endless", {"URL": ["a"], "time": pa.array([2**63 - 1], pa.timestamp("us", UTC))})
write("far", {"URL": ["a"], "time": pa.array([2**62], pa.timestamp("ms", UTC))})
write("twice", pa.table([pa.array(["x"]), pa.array(["y"])], names=["URL", "URL"]))
write("alike", pa.table([pa.array(["x", "v"]), pa.array([1, 2])], names=["URL", "url"]))
write("numbered", {"file_row_number": [7, 8, 9], "row number": [1, 2, 3],
                   "URL": ["a", "b", "c"], "filename": ["x", "y", "z"],
                   "we\"ird' name\n.shell false": [1, 2, 3]})
# Bytes that are no UTF-8 in a column that says it holds text.
good = pa.table({"URL": ["https://a.example/secret-value"]})
pq.write_table(good, "notutf8.parquet", use_dictionary=False, compression="none",
               write_statistics=False)
data = open("notutf8.parquet", "rb").read()
open("notutf8.parquet", "wb").write(data.replace(b"secret-value", b"secret-\xff\xfe\xfdue"))
