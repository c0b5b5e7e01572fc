"""Files of a release by what a repository lists of them, held against the published manifest."""

import json
import re

from .jcs import canonical
from .verdict import BadInput, Missing, require

LINE = re.compile(r"([0-9a-f]{64}) [*-] (.+)")
# How a file is called that holds rows, and how one is that may hold anything.
DATA = re.compile(r".*\.(parquet|(csv|jsonl|ndjson|json)(\.(gz|zst))?)", re.IGNORECASE)
JSON = re.compile(r".*\.json(\.(gz|zst))?", re.IGNORECASE)
DIGEST = re.compile(r"[0-9a-f]{64}")
MOST = 2**53 - 1


def read_listing(data):
    """Path, size and SHA-256 of each file; size or digest are `None` where the listing has none."""
    text = data.decode()
    if text.lstrip()[:1] in ("[", "{"):
        return [file_of(e) for e in json.loads(text) if e["type"] == "file"]
    files = []
    for line in text.splitlines():
        parts = LINE.fullmatch(line)
        if parts is None:
            raise BadInput("a line is not of a listing")
        files.append((parts[2], None, parts[1]))
    return files


def file_of(entry):
    lfs = entry.get("lfs")
    if lfs is None:
        return entry["path"], entry["size"], None
    if lfs["size"] != entry["size"]:
        raise BadInput("an entry has two sizes")
    return entry["path"], lfs["size"], lfs["oid"]


def read_manifest(data, release):
    """The shards by name, of a manifest as long as the release says and with its rows."""
    manifest = json.loads(data)
    require(canonical(manifest) == data, "the manifest is not canonical")
    require(manifest["winnow"] == "manifest/1", "the manifest is of another version")
    require(manifest.keys() == {"shards", "winnow"}, "the manifest has other members")
    shards = manifest["shards"]
    require(all(is_shard(s) for s in shards), "the manifest has what is no file")
    require(len(shards) == release["shards"], "the manifest has other files")
    require(sum(s["rows"] for s in shards) == release["tally"]["rows"], "the manifest has other rows")
    by_name = {shard["name"]: shard for shard in shards}
    require(len(by_name) == len(shards), "the manifest names a file twice")
    return by_name


def is_shard(shard):
    """Whether this is what a manifest says of a file."""
    return (
        isinstance(shard, dict)
        and shard.keys() == {"name", "rows", "sha256", "size"}
        and all(type(shard[n]) is int and 0 <= shard[n] <= MOST for n in ("rows", "size"))
        and isinstance(shard["sha256"], str)
        and DIGEST.fullmatch(shard["sha256"]) is not None
        and isinstance(shard["name"], str)
        and is_name(shard["name"])
    )


def is_name(name):
    """Whether a file of a release can be called so: it leads to one below any folder."""
    name = name.encode()
    return (
        len(name) <= 1024
        and all(byte >= 0x20 and byte != 0x7F for byte in name)
        and all(len(p) in range(1, 256) and p not in (b".", b"..") for p in name.split(b"/"))
    )


def compare(files, shards):
    """Every shard is listed with its digest and size, and no other file that holds rows is."""
    missing, unknown = dict(shards), 0
    is_json = any(JSON.fullmatch(name) for name in shards)

    def name_of(path):
        parts = path.split("/")
        names = ("/".join(parts[start:]) for start in range(len(parts)))
        return next((name for name in names if name in shards), None)

    def is_exact(path, size, digest):
        shard = shards.get(name_of(path))
        return shard is not None and digest == shard["sha256"] and size in (None, shard["size"])

    for path, size, digest in sorted(files, key=lambda file: not is_exact(*file)):
        name = name_of(path)
        if name in missing:
            shard = missing.pop(name)
            if digest is None and size == shard["size"]:
                unknown += 1
            else:
                require(is_exact(path, size, digest), "a file holds something else")
        else:
            is_data = DATA.fullmatch(path) and (is_json or not JSON.fullmatch(path))
            require(name is None and not is_data, "a file is none of the release's")
    require(not missing, "a file is missing")
    if unknown:
        raise Missing(f"of {unknown} files the listing has no SHA-256")
