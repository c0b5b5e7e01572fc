"""Entries and the statements in them, read strictly."""

from datetime import datetime, timezone

from . import jcs, schema
from .bodies import BODIES, ascending, check_lists, subjects
from .encoding import is_weak, sha256, unbase64
from .note import ED25519, Key
from .verdict import Failed, Missing, require

PAYLOAD_TYPE = "application/vnd.in-toto+json"
MAXIMUM_ENTRY = 65_535
AUTHORITY_KINDS = [
    "actor-registered", "key-added", "key-revoked", "role-granted", "role-revoked", "charter-set",
    "log-key-changed",
]  # fmt: skip
PREFIX, SUFFIX = "https://winnow.dev/event/", "/v1"


class UnknownKind(Missing):
    """A kind that this version has no schema for."""


def milliseconds(text):
    """A time of a statement or an entry, in milliseconds since 1970."""
    try:
        whole = datetime.strptime(text[:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc)
    except ValueError:
        raise Failed(f"{text} is not a time that the calendar has") from None
    seconds = (whole - datetime(1970, 1, 1, tzinfo=timezone.utc)).total_seconds()
    return int(seconds) * 1000 + (int(text[20:23]) if len(text) == 24 else 0)


def pre_authentication(payload):
    """The bytes that DSSE signs."""
    return b"DSSEv1 %d %s %d " % (
        len(PAYLOAD_TYPE), PAYLOAD_TYPE.encode(), len(payload)
    ) + payload  # fmt: skip


class Event:
    """One entry: its statement, its signatures (not checked) and its identifier."""

    def __init__(self, sequence, data):
        require(len(data) <= MAXIMUM_ENTRY, "an entry is larger than the log takes")
        entry = jcs.parse_canonical(data)
        schema.validate(entry, "entry.schema.json")
        self.sequence, self.bytes = sequence, data
        self.recorded = milliseconds(entry["recordedAt"])
        payload = unbase64(entry["envelope"]["payload"])
        self.message = pre_authentication(payload)
        self.id = sha256(self.message).hex()
        self.signatures = [
            (s["keyid"], unbase64(s["sig"])) for s in entry["envelope"]["signatures"]
        ]
        self.statement = jcs.parse_canonical(payload)
        self.kind = self._kind()
        schema.validate(self.statement, f"statement-{self.kind}.schema.json")
        self.predicate = self.statement["predicate"]
        self._check_header()
        check_lists(self.predicate)
        check_sealed_sizes(self.attachments)
        if "stated" not in self.predicate:
            _BODIES.get(self.kind, lambda p: None)(self.predicate)
        require(
            not any(is_weak(raw) for raw in self.brought_keys),
            "a key is weak: anyone can sign with it",
        )
        require(
            self.statement["subject"] == subjects(self.kind, self.predicate),
            "the subjects do not follow from the predicate",
        )
        require(
            [keyid for keyid, _ in self.signatures] == self.predicate["signers"],
            "the signatures are not exactly those of the signers, in their order",
        )

    def _kind(self):
        type = self.statement.get("predicateType") if isinstance(self.statement, dict) else None
        require(isinstance(type, str), "the statement has no predicateType")
        kind = type.removeprefix(PREFIX).removesuffix(SUFFIX)
        if PREFIX + kind + SUFFIX != type or not (
            kind.replace("-", "").isalpha()
            and (schema.FOLDER / f"statement-{kind}.schema.json").is_file()
        ):
            raise UnknownKind(f"the kind {type} is not known here")
        return kind

    def _check_header(self):
        p = self.predicate
        check_times(p)
        ascending("signers", p["signers"])
        ascending("causes", p.get("causes", []))
        self.occurred = milliseconds(p["occurredAt"])
        if "occurredUntil" in p:
            require(
                milliseconds(p["occurredUntil"]) >= self.occurred,
                "the interval ends before it starts",
            )
        self.not_after = milliseconds(p["notAfter"]) if "notAfter" in p else None
        self.until = milliseconds(p["until"]) if "until" in p else None

    @property
    def stated_times(self):
        """The moments that the statement speaks of as past."""
        p = self.predicate
        times = [p["occurredAt"], p.get("occurredUntil", p["occurredAt"])]
        times += [time for name in PAST for time in members(p, name)]
        return [milliseconds(time) for time in times]

    @property
    def attachments(self):
        """Every attachment that the statement names."""
        return [part for part in parts(self.predicate) if "mediaType" in part]

    @property
    def signers(self):
        """The key ids that signed, as the envelope has them."""
        return [id for id, _ in self.signatures]

    @property
    def brought_keys(self):
        """The raw public keys that the event itself states."""
        if self.kind == "key-added":
            return [unbase64(self.predicate["publicKey"])]
        if self.kind == "log-key-changed":
            return [Key(self.predicate["logKey"]).raw]
        if self.kind == "ledger-created":
            founders = [unbase64(f["publicKey"]) for f in self.predicate["founders"]]
            return [*founders, Key(self.predicate["logKey"]).raw]
        return []


PAST = ("asOf", "hashesAsOf", "observedAt", "receivedAt", "retrievedAt")
TIMES = {*PAST, "notAfter", "occurredAt", "occurredUntil", "until"}


def parts(value):
    """Every object in a value, itself first."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, (dict, list)):
            yield from parts(part)


def members(value, name):
    """Every member of that name in a value."""
    return [part[name] for part in parts(value) if name in part]


def check_times(value):
    """Every time in a predicate is one that the calendar has, which no pattern can say."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name in TIMES:
                milliseconds(part)
            check_times(part)
    elif isinstance(value, list):
        for part in value:
            check_times(part)


def check_present(tally):
    require(tally["rows"] >= tally["keys"], "there are fewer rows than keys that each have one")


def check_charter(charter):
    for rule in charter["kinds"].values():
        ascending("roles", rule["roles"])


def check_columns(names):
    require(len(set(names)) == len(names), "a column stands twice")
    require(all(len(n.encode()) <= 128 for n in names), "a column's name is too long")


def check_content(names):
    """What is committed stands by the bytes of the columns' names."""
    check_columns(names)
    ascending("content columns", [name.encode() for name in names])


def check_founding(p):
    key = Key(p["logKey"])
    require(len(p["logKey"]) <= 256 and key.type == ED25519, "the log key is not Ed25519")
    require(key.name == p["origin"], "the log key is not named after the origin")
    ascending("founders", [f["actor"] for f in p["founders"]])
    for founder in p["founders"]:
        ascending("roles", founder["roles"])
    check_charter(p["charter"])


def check_dataset(p):
    check_columns(p["identity"])
    check_content(p.get("content", []))


def check_release(p):
    check_present(p["tally"])
    if "columns" in p:
        check_columns([name for name, _ in p["columns"]["identity"]])
        check_content([name for name, _ in p["columns"]["content"]])
    d = p.get("derivation")
    if d is None:
        return
    require(
        d["parent"].split("@")[0] == p["release"].split("@")[0],
        "the parent is a release of another dataset",
    )
    check_present(d["removed"])
    check_present(d["added"])
    changed = d["changed"]
    require(
        min(changed["rowsBefore"], changed["rowsAfter"]) >= changed["keys"],
        "there are fewer changed rows than keys",
    )
    ascending("removals", d.get("removals", []))
    ascending("reinstatements", d.get("reinstatements", []))
    require(
        ("set" in d) == ("removals" in d or "reinstatements" in d),
        "the set that left goes with removals or reinstatements",
    )
    if "set" in d:
        require(d["set"]["keys"] == d["removed"]["keys"], "the set has another number of keys")


def check_list(p):
    e = p["entries"]
    left_out = ("repeated", "withoutHash", "ofNothing", "belowQuality", "deleted")
    require(
        e["read"] == p["set"]["keys"] + sum(e[name] for name in left_out),
        "the entries do not add up to those that were read",
    )
    require(e["disputed"] <= e["read"] - e["deleted"], "more entries are disputed than there are")
    require(p["algorithm"] != "pdq" or p["of"] == "image", "a perceptual hash is not of an image")


def check_match(p):
    check_present(p["matched"])
    near = p.get("nearness", {})
    without = p["rowsWithoutHash"] + p["rowsWithOtherValue"]
    skipped = without + near.get("rowsBelowQuality", 0)
    require(
        skipped + p["matched"]["rows"] <= p["scannedRows"],
        "more rows matched or had no hash than were read",
    )
    require(p["set"]["keys"] == p["matched"]["keys"], "the set has another number of keys")
    require(
        p["rowsWithOtherValue"] == 0 or without < p["scannedRows"],
        "the column has values and no hash",
    )
    require((p["method"] == "pdq") == ("nearness" in p), "nearness goes with perceptual hashes")
    require(
        (p["method"] == "url-spellings-1") == ("rowsBySpelling" in p),
        "spellings go with URLs that are spelled otherwise",
    )
    require(
        p.get("rowsBySpelling", 0) <= p["matched"]["rows"], "more rows are spelled otherwise"
    )


def check_union(p):
    ascending("sources", [s["event"] for s in p["sources"]])
    require(p["set"]["keys"] == p["union"]["keys"], "the set has another number of keys")
    check_present(p["union"])
    require(p["union"]["keys"] > 0 or p["union"]["rows"] == 0, "there are rows without keys")


def check_removal(p):
    ascending("sources", [s["event"] for s in p["sources"]])
    check_some(p["removed"])
    require(p["set"]["keys"] == p["removed"]["keys"], "the set has another number of keys")
    if "decoys" in p:
        check_some(p["decoys"]["tally"])
        require(
            p["decoys"]["set"]["keys"] == p["decoys"]["tally"]["keys"],
            "the set has another number of keys",
        )
        require(p["decoys"]["set"]["disclosure"] == "sealed", "the decoys are open")
    require(
        p["reasonClass"] == "illegal" or not {"decoys", "familyCommitment"} & set(p),
        "only a removal of class illegal has decoys and a family's commitment",
    )


def check_some(tally):
    require(tally["keys"] > 0, "nothing is removed")
    check_present(tally)


def check_sealed_sizes(attachments):
    """No length of a sealed attachment tells of rows, shards or words."""
    for attachment in attachments:
        size = attachment["size"]
        require(
            attachment["disclosure"] == "open" or size >= 4096 and size & (size - 1) == 0,
            "the size of a sealed attachment is no power of two from 4,096 on",
        )


_BODIES = {
    "ledger-created": check_founding,
    "charter-set": lambda p: check_charter(p["charter"]),
    "dataset-registered": check_dataset,
    "release-published": check_release,
    "hash-list-received": check_list,
    "match-completed": check_match,
    "union-computed": check_union,
    "removal-decided": check_removal,
    "model-registered": lambda p: ascending(
        "artifacts", [a["sha256"] for a in p.get("artifacts", [])]
    ),
    **BODIES,
}
