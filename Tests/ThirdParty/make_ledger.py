#!/usr/bin/env python3
"""Writes ledgers and bundles without Winnow: sound ones, and ones that break one rule each.

Every forgery is signed by the right keys and logged properly, so that only the rule stands in its
way. Usage: make_ledger.py DIRECTORY, which gets `good/`; `forged/`, with `words.json`, the words of
each refusal; `undecided/`, of bundles that show too little; `columns/`, of a bundle about a row, the
row and public keys to pin; `pins/`, of bundles in which another speaks, and such keys; `export/`; and `policy.txt`, with `witnessed.txt`,
which asks for a witness too, and `stranger.txt`, which knows another log only.
"""

import base64
import copy
import hashlib
import json
import pathlib
import sys
from datetime import datetime, timedelta, timezone

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from verifier import rows, setproof
from verifier.encoding import sha256
from verifier.bodies import subjects
from verifier.event import AUTHORITY_KINDS, pre_authentication
from verifier.jcs import canonical
from verifier.tree import leaf_hash, root_of

ORIGIN = "ledger.example.org/third"
KINDS = {
    **{kind: ["administrator"] for kind in AUTHORITY_KINDS},
    "dataset-registered": ["publisher"],
    "release-published": ["publisher"],
    "removal-decided": ["publisher"],
    "hash-list-received": ["matcher", "publisher"],
    "match-completed": ["matcher", "publisher"],
    "union-computed": ["matcher", "publisher"],
    "verification-recorded": ["verifier"],
    "model-registered": ["steward"],
    "model-deprecated": ["steward"],
    "training-asserted": ["steward", "watchdog"],
    **{
        kind: ["administrator", "matcher", "verifier"]
        for kind in [
            "suspicion-reported", "notice-sent", "notice-acknowledged", "response-recorded",
            "dispute-opened", "event-corrected", "release-observed", "claim-recorded",
        ]
    },
}
MINUTE = timedelta(minutes=1)


def charter(**changes):
    kinds = {kind: {"roles": roles, "actors": 1} for kind, roles in KINDS.items()}
    kinds.update(changes)
    return {"kinds": kinds, "allowsUnreconciled": False}


def b64(data):
    return base64.b64encode(data).decode()


class Signer:
    def __init__(self, name):
        self.private = Ed25519PrivateKey.from_private_bytes(sha256(b"seed " + name.encode()))
        self.raw = self.private.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw
        )
        self.id = sha256(self.raw).hex()


def vkey(signer, name=ORIGIN, type=b"\x01"):
    """The verifier key of a log, or with type 4 of a witness."""
    material = type + signer.raw
    identifier = sha256(name.encode(), b"\n", material)[:4].hex()
    return f"{name}+{identifier}+{b64(material)}"


LOG, NEXT_LOG = Signer("log"), Signer("next log")
VKEY = vkey(LOG)
PUBLISHER, SECOND, HOTLINE, FOUNDATION = map(
    Signer, ["publisher", "second", "hotline", "foundation"]
)


class Maker:
    """A log that takes whatever it is given, as a dishonest operator would."""

    def __init__(self):
        self.entries, self.ids, self.attachments = [], [], {}
        self.time = datetime(2026, 1, 31, 12, 0, tzinfo=timezone.utc)
        self.sets, self.authority = {}, None

    def copy(self):
        """A log with the same entries that goes on by itself."""
        twin = copy.copy(self)
        for name in ("entries", "ids", "attachments", "sets"):
            setattr(twin, name, copy.copy(getattr(self, name)))
        return twin

    def stamp(self, offset=timedelta(0)):
        return (self.time + offset).strftime("%Y-%m-%dT%H:%M:%SZ")

    def attach(self, text, media_type="text/plain", disclosure="open"):
        data = sha256(b"salt " + text.encode()) + text.encode()
        digest = sha256(data).hex()
        if disclosure == "open":
            self.attachments[digest] = data
        # What is sealed is padded, so that its size tells nothing.
        size = len(data) if disclosure == "open" else 4096
        return {"sha256": digest, "size": size, "mediaType": media_type, "disclosure": disclosure}

    def append(self, kind, signers=(PUBLISHER,), subject=None, recorded=None, **members):
        """Appends an event; members that are `None` are left out."""
        self.time += MINUTE
        signers = sorted(signers, key=lambda s: s.id)
        predicate = {
            "ledger": self.ids[0] if self.ids else ORIGIN,
            "signers": [s.id for s in signers],
            "nonce": sha256(f"nonce {len(self.ids)}".encode())[:16].hex(),
            "occurredAt": self.stamp(),
            "occurredPrecision": "second",
            "attestation": "first-party",
        }
        if kind in AUTHORITY_KINDS:
            predicate["notAfter"] = self.stamp(timedelta(days=1))
            predicate["after"] = self.authority
        predicate.update(members)
        predicate = {name: value for name, value in predicate.items() if value is not None}
        statement = {
            "_type": "https://in-toto.io/Statement/v1",
            "subject": subject or subjects(kind, predicate),
            "predicateType": f"https://winnow.dev/event/{kind}/v1",
            "predicate": predicate,
        }
        payload = canonical(statement)
        message = pre_authentication(payload)
        signatures = [{"keyid": s.id, "sig": b64(s.private.sign(message))} for s in signers]
        entry = {
            "envelope": {
                "payload": b64(payload),
                "payloadType": "application/vnd.in-toto+json",
                "signatures": signatures,
            },
            "recordedAt": recorded or self.time.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        }
        self.entries.append(canonical(entry))
        self.ids.append(sha256(message).hex())
        if kind in AUTHORITY_KINDS or kind == "ledger-created":
            self.authority = self.ids[-1]
        return self.ids[-1]

    def append_unknown(self):
        """Appends an event of a kind that came after this version."""
        self.append(
            "release-superseded", release="laion@1.0",
            subject=[{"name": "laion@1.0", "digest": {"sha256": "0" * 64}}],
        )  # fmt: skip

    # Bundles

    def proof(self, index):
        """The inclusion proof of an entry (RFC 6962 2.1.1)."""
        leaves = [leaf_hash(entry) for entry in self.entries]

        def path(m, part):
            if len(part) == 1:
                return []
            k = 1 << (len(part) - 1).bit_length() - 1
            if m < k:
                return path(m, part[:k]) + [root_of(part[k:])]
            return path(m - k, part[k:]) + [root_of(part[:k])]

        return path(index, leaves)

    def checkpoint(self, signer):
        root = root_of([leaf_hash(entry) for entry in self.entries])
        text = f"{ORIGIN}\n{len(self.entries)}\n{b64(root)}\n"
        identifier = bytes.fromhex(vkey(signer).split("+")[1])
        signature = b64(identifier + signer.private.sign(text.encode()))
        return f"{text}\n\u2014 {ORIGIN} {signature}\n"

    def write(self, path, claims, entries=None, attachments=None, beside=(), origin=ORIGIN, log=LOG):  # fmt: skip
        lines = [
            {"winnow": "bundle/1", "origin": origin, "genesis": self.ids[0]},
            {"checkpoint": self.checkpoint(log)},
        ]
        complete = {"type": "complete"} in claims
        for sequence in range(len(self.entries)) if entries is None else entries:
            entry = {"sequence": sequence, "bytes": b64(self.entries[sequence])}
            if not complete:
                entry["inclusion"] = [b64(hash) for hash in self.proof(sequence)]
            lines.append({"entry": entry})
        blobs = self.attachments if attachments is None else attachments
        for digest, data in sorted(blobs.items()):
            blob = {"sha256": digest, "size": len(data)}
            if digest in beside:
                pathlib.Path(f"{path}.{digest}").write_bytes(data)
            else:
                blob["bytes"] = b64(data)
            lines.append({"attachment": blob})
        lines += [{"claim": claim} for claim in claims]
        path.write_bytes(b"".join(canonical(line) + b"\n" for line in lines))


# Sets


def build(members):
    """The whole tree over `members`: key to number of rows and value."""
    top = setproof.Empty()
    for key, (n, value) in sorted(members.items()):
        top = setproof._insert(top, key, n, value)
    return top


def witness(top, keys, gone=()):
    """The bytes of `top`, opened towards `keys`, and where a part of it moves up."""

    def wholly_gone(part):
        if isinstance(part, setproof.Node):
            return wholly_gone(part.left) and wholly_gone(part.right)
        return part.key in gone

    def write(part, keys, is_opened):
        if isinstance(part, setproof.Empty):
            return b"\x00"
        if not keys and not is_opened:
            return b"\x03" + setproof.u64(part.rows) + part.hash
        if isinstance(part, setproof.Leaf):
            return b"\x01" + part.key + setproof.u64(part.rows) + part.value
        inside = [k for k in keys if setproof.cut(k, part.bit) == part.prefix]
        sides = [[k for k in inside if setproof.bit_of(k, part.bit) == side] for side in (0, 1)]
        left_gone, right_gone = wholly_gone(part.left), wholly_gone(part.right)
        return (
            b"\x02" + bytes([part.bit]) + part.prefix[: (part.bit + 7) // 8]
            + write(part.left, sides[0], right_gone)
            + write(part.right, sides[1], left_gone)
        )  # fmt: skip

    return write(top, list(keys), True)


def lists_of(removed=(), changed=(), added=()):
    def leaf(item):
        return item[0] + setproof.u64(item[1]) + item[2]

    return b"winnow-transition1\n" + b"".join(
        setproof.u64(len(items)) + b"".join(map(write, items))
        for items, write in ((removed, bytes), (changed, leaf), (added, leaf))
    )


def tally(keys, rows):
    return {"keys": keys, "rows": rows}


def set_of(keys, word, disclosure="sealed"):
    tags = sorted(hashlib.sha256(word.encode() + key).digest() for key in keys)
    return {
        "winnowSet1": setproof.root_of_keys(tags).hex(), "keys": len(tags), "disclosure": disclosure
    }  # fmt: skip


def counted_set(count):
    """A sealed set of so many keys, whichever they are."""
    return set_of([bytes([i]) * 32 for i in range(count)], "any")


COLUMNS = [["TEXT", "string"], ["URL", "string"], ["WIDTH", "int"]]
IDENTITY = COLUMNS[1:2]


def sample_rows():
    for i in range(60):
        # Every seventh URL stands twice.
        yield {
            "URL": f"http://example.com/{i - (i % 7 == 6)}.jpg",
            "TEXT": f"caption {i}",
            "WIDTH": rows.Number(i),
        }


def members_of(rows_of):
    digests = {}
    for row in rows_of:
        key = rows.key_of([tuple(c) for c in IDENTITY], row)
        digests.setdefault(key, []).append(
            rows.tag("winnow row v1", [tuple(c) for c in COLUMNS], row)
        )
    members = {}
    for key, values in digests.items():
        value = values[0] if len(values) == 1 else sha256(b"\x15", *sorted(values))
        members[key] = (len(values), value)
    return members


def entries(keys, **left_out):
    """What a hash list had in it, of which `keys` hashes count."""
    names = ("repeated", "withoutHash", "ofNothing", "belowQuality", "deleted", "disputed")
    counts = {name: left_out.get(name, 0) for name in names}
    return {"read": keys + sum(counts.values()) - counts["disputed"], **counts}


class Story(Maker):
    """The log of a dataset that is matched, cleaned and trained on."""

    def __init__(self):
        super().__init__()
        self.append(
            "ledger-created", (PUBLISHER, LOG), origin=ORIGIN, logKey=VKEY, charter=charter(),
            founders=[{
                "actor": "publisher", "publicKey": b64(PUBLISHER.raw), "custody": "own",
                "roles": ["administrator", "publisher", "steward"],
            }],
        )  # fmt: skip
        self.add_actor("hotline", HOTLINE, "own", "matcher", "verifier")
        self.add_actor("foundation", FOUNDATION, "administrator", "matcher")
        self.append("dataset-registered", dataset="laion", identity=["URL"], tagging="plain")
        self.before = members_of(sample_rows())
        self.top = build(self.before)
        self.first = self.publish("laion@1.0", self.before, columns=self.columns())
        self.first_at = len(self.ids) - 1
        self.list = self.append(
            "hash-list-received", (PUBLISHER,), list="hotline@2024-03", issuer="hotline",
            algorithm="md5", of="url", asOf=self.stamp(),
            entries=entries(9, repeated=2, withoutHash=3, ofNothing=1, deleted=4, disputed=5),
            set=set_of([bytes([i]) * 32 for i in range(9)], "list"),
        )  # fmt: skip
        keys = sorted(self.before)
        self.matched = keys[3:12]
        self.match = self.record_match(self.matched, HOTLINE)
        self.verification = self.append(
            "verification-recorded", (HOTLINE,), target=self.match, outcome="confirmed",
            count={"value": 5, "unit": "rows", "exactness": "exact", "asOf": self.stamp()},
        )  # fmt: skip
        self.union = self.unite([(self.match, self.tally(self.matched))], self.matched)
        self.removal = self.remove([self.match], self.matched)
        gone = set(self.matched)
        self.after = {k: v for k, v in self.before.items() if k not in gone}
        self.ready = self.copy()
        self.second = self.publish("laion@1.1", self.after, derivation=self.derivation())
        self.second_at = len(self.ids) - 1
        self.append(
            "model-registered", model="imagegen-1.5",
            artifacts=[{"sha256": sha256(b"weights").hex(), "size": 7}],
        )  # fmt: skip
        self.append(
            "training-asserted", model="imagegen-1.5", release="laion@1.0", polarity="trained",
            use="pretraining",
        )  # fmt: skip
        self.done = self.copy()
        self.append(
            "model-deprecated", model="imagegen-1.5", statedReason=self.attach("trained on 1.0")
        )

    def add_actor(self, actor, signer, custody, *roles):
        self.append("actor-registered", actor=actor, title=self.attach(f"Example {actor}"))
        self.append(
            "key-added", (PUBLISHER, signer), actor=actor, publicKey=b64(signer.raw),
            custody=custody,
        )  # fmt: skip
        for role in roles:
            self.append("role-granted", actor=actor, role=role)

    def columns(self):
        return {"identity": IDENTITY, "content": COLUMNS}

    def tally(self, keys):
        return tally(len(keys), sum(self.before[k][0] for k in keys))

    def publish(self, release, members, **rest):
        top = build(members)
        values = {
            "release": release,
            "winnowSet1": setproof.root(top).hex(),
            "tally": tally(len(members), top.rows),
            "shards": 1,
            **rest,
        }
        if "manifest" not in values:
            values["manifest"] = self.attach(f"manifest {release}", "application/json")
        return self.append("release-published", **values)

    def record_match(self, keys, signer=PUBLISHER, **changes):
        values = {
            "release": "laion@1.0", "list": self.list, "column": "URL", "method": "exact",
            "scannedRows": 60, "rowsWithoutHash": 0,
            "rowsWithOtherValue": 0, "matched": self.tally(keys),
            "hashesAsOf": self.stamp(), "set": set_of(keys, "match"), **changes,
        }  # fmt: skip
        return self.append("match-completed", (signer,), **values)

    def unite(self, sources, keys, **changes):
        values = {
            "release": "laion@1.0",
            "sources": [{"event": e, "tally": t} for e, t in sorted(sources)],
            "union": self.tally(keys),
            "set": set_of(keys, f"union {len(self.ids)}"),
            **changes,
        }
        return self.append("union-computed", **values)

    def remove(self, sources, keys, **changes):
        """Decides that `keys`, which the matches and filters `sources` found, are to go."""
        values = {
            "release": "laion@1.0", "basis": "hash-match", "reasonClass": "privacy",
            "sources": [
                {"event": id, "tally": self.statement(id)["matched"]} for id in sorted(sources)
            ],
            "removed": self.tally(keys), "set": set_of(keys, f"removal {len(self.ids)}"), **changes,
        }  # fmt: skip
        return self.append("removal-decided", **values)

    def decoys(self, keys):
        return {"tally": self.tally(keys), "set": set_of(keys, f"decoys {len(self.ids)}")}

    def derivation(self, **changes):
        """From `laion@1.0`, with what was decided on it in the story."""
        removed = changes.get("removed", self.tally(self.matched))
        return {
            "parent": "laion@1.0", "removed": removed, "added": tally(0, 0),
            "changed": {"keys": 0, "rowsBefore": 0, "rowsAfter": 0},
            "removals": [self.removal], "set": counted_set(removed["keys"]),
            "disclosure": "open", **changes,
        }  # fmt: skip

    def back_derivation(self, **changes):
        """From `laion@1.2`, with what was reinstated on it."""
        values = {
            "parent": "laion@1.2", "removed": tally(0, 0),
            "added": self.tally(sorted(self.before)[30:31]),
            "changed": {"keys": 0, "rowsBefore": 0, "rowsAfter": 0},
            "reinstatements": [self.reinstatement], "set": counted_set(0),
            "disclosure": "sealed", **changes,
        }  # fmt: skip
        return values

    def statement(self, id):
        """The predicate of an event."""
        entry = self.entries[self.ids.index(id)]
        return json.loads(base64_payload(entry))["predicate"]

    def edited(self, keys=0):
        """A release in which one key gets a row, `keys` are added, and what the story says of it."""
        key = min(self.after)
        n, value = self.after[key]
        changed = {key: (n + 1, sha256(b"changed"))}
        added = {sha256(b"added", bytes([i])): (2, sha256(b"row")) for i in range(keys)}
        derivation = {
            "parent": "laion@1.1", "removed": tally(0, 0), "added": tally(keys, 2 * keys),
            "changed": {"keys": 1, "rowsBefore": n, "rowsAfter": n + 1},
            "disclosure": "open",
        }  # fmt: skip
        return {**self.after, **changed, **added}, changed, added, derivation


def good(folder):
    story = Story()
    story.write(folder / "complete.winnow.jsonl", [{"type": "complete"}])
    hidden = story.ready.copy()
    hide(hidden)
    hidden.write(folder / "hidden.winnow.jsonl", [{"type": "complete"}])
    import make_cleanings

    for name, start, tell in (
        ("marked", story.ready, make_cleanings.settle),
        ("turned", story.ready, make_cleanings.turned),
        ("came-back", story, make_cleanings.come_back),
        ("stayed", story, make_cleanings.stay),
    ):
        twin = start.copy()
        tell(twin)
        twin.write(folder / f"{name}.winnow.jsonl", [{"type": "complete"}])
    digest = min(story.attachments)
    story.write(folder / "beside.winnow.jsonl", [{"type": "complete"}], beside=[digest])
    keys = key_entries(story)
    at = story.second_at
    story.write(
        folder / "event.winnow.jsonl", [{"type": "event", "sequence": 10}],
        sorted({*keys, 10}), {},
    )  # fmt: skip
    top = build(story.after)
    kept, gone = min(story.after), story.matched[0]

    def look(type, key):
        opened = b64(witness(top, [key]))
        return {"type": type, "sequence": at, "key": key.hex(), "witness": opened}

    with_columns = sorted({*keys, story.first_at - 1, story.first_at, at})
    story.write(folder / "presence.winnow.jsonl", [look("presence", kept)], with_columns, {})
    story.write(folder / "absence.winnow.jsonl", [look("absence", gone)], with_columns, {})

    path = folder / "transition.winnow.jsonl"
    write_transition(story, path, story.first_at, at, story.before, removed=story.matched)
    members, changed, added, derivation = story.edited(keys=3)
    story.publish("laion@2.0", members, derivation=derivation)
    write_transition(
        story, folder / "edited.winnow.jsonl", at, len(story.ids) - 1, story.after,
        changed=listed(changed), added=listed(added),
    )  # fmt: skip
    go_on(story)
    story.write(folder / "rich.winnow.jsonl", [{"type": "complete"}])
    from make_records import change_log_key, tell

    later = story.copy()
    tell(later)
    later.write(folder / "told.winnow.jsonl", [{"type": "complete"}])
    change_log_key(later)
    later.write(folder / "another-log-key.winnow.jsonl", [{"type": "complete"}], log=NEXT_LOG)
    return later


FAMILY = sha256(b"a secret of the datasets with these keys").hex()


def hide(s):
    """A row of class illegal leaves with decoys and with what was decided before, and nothing of it is
    listed."""
    single = [k for k in sorted(s.before) if s.before[k][0] == 1 and k not in s.matched]
    s.illegal, s.others = single[:1], single[1:20]
    match = s.record_match(s.illegal)
    removal = s.remove(
        [match], s.illegal, reasonClass="illegal", decoys=s.decoys(s.others),
        familyCommitment=FAMILY,
    )  # fmt: skip
    s.both = sorted([s.removal, removal])
    gone = [*s.matched, *s.illegal, *s.others]
    s.hidden = {k: v for k, v in s.before.items() if k not in gone}
    s.publish("laion@2.0", s.hidden, **hidden_in(s, s.tally(gone)))


def hidden_in(s, removed, **changes):
    """What a release says that applies both of the removals."""
    changes = {"removals": s.both, "disclosure": "sealed", **changes}
    return {
        "manifest": s.attach("shards", disclosure="sealed"),
        "derivation": s.derivation(removed=removed, **changes),
    }


def key_entries(story):
    """The sequences of the entries that introduce keys."""
    added = b"event/key-added/v1"
    return [0, *[i for i, e in enumerate(story.entries) if added in base64_payload(e)]]


def listed(items):
    return [(key, *value) for key, value in sorted(items.items())]


def write_transition(story, path, parent_at, child_at, parent, beside=False, **changes):
    """Writes a bundle with the claim that one release became another by exactly these changes."""
    lists = lists_of(**changes)
    touched = [*changes.get("removed", [])]
    touched += [c[0] for part in ("changed", "added") for c in changes.get(part, [])]
    opened = witness(build(parent), touched, set(changes.get("removed", [])))
    blobs = {sha256(data).hex(): data for data in (opened, lists)}
    claim = {"type": "transition", "from": parent_at, "to": child_at}
    for word, data in (("witness", opened), ("lists", lists)):
        claim[word] = {"sha256": sha256(data).hex(), "size": len(data)}
    entries = sorted({*key_entries(story), parent_at, child_at})
    story.write(path, [claim], entries, blobs, beside=blobs if beside else ())


def lies(folder):
    """Bundles that are not what they say of themselves; the words of their refusals."""
    story = Story()
    complete = [{"type": "complete"}]
    story.write(folder / "another-log-key.winnow.jsonl", complete, log=NEXT_LOG)
    story.write(folder / "another-origin.winnow.jsonl", complete, origin="ledger.example.org/other")
    claim = [{"type": "event", "sequence": 0}]
    story.write(
        folder / "event-of-another-origin.winnow.jsonl", claim, [0], {},
        origin="ledger.example.org/other",
    )  # fmt: skip
    path = folder / "file-beside-altered.winnow.jsonl"
    digest = min(story.attachments)
    story.write(path, complete, beside=[digest])
    pathlib.Path(f"{path}.{digest}").write_bytes(bytes(len(story.attachments[digest])))
    logged, unknown = story.copy(), story.copy()
    logged.append("actor-registered", actor="new")
    unknown.append_unknown()
    unknown.checkpoint = logged.checkpoint
    unknown.write(folder / "unknown-kind-and-another-root.winnow.jsonl", complete)
    members, changed, added, derivation = story.edited(keys=3)
    derivation["changed"] = {"keys": 1, "rowsBefore": 5, "rowsAfter": 6}
    story.publish("laion@2.0", members, derivation=derivation)
    write_transition(
        story, folder / "changed-rows-made-up.winnow.jsonl", story.second_at, len(story.ids) - 1,
        story.after, changed=listed(changed), added=listed(added),
    )  # fmt: skip
    story.publish("laion@3.0", story.after, tally=tally(len(story.after), 1000))
    key = min(story.after)
    claim = {
        "type": "presence", "sequence": len(story.ids) - 1, "key": key.hex(),
        "witness": b64(witness(build(story.after), [key])),
    }  # fmt: skip
    entries = [*key_entries(story), len(story.ids) - 1]
    story.write(folder / "rows-made-up.winnow.jsonl", [claim], entries, {})
    return {
        "another-log-key": "log key", "another-origin": "another log",
        "event-of-another-origin": "another log", "file-beside-altered": "digest and size",
        "unknown-kind-and-another-root": "another root", "changed-rows-made-up": "changed",
        "rows-made-up": "number of rows",
    }  # fmt: skip


def unshown(folder):
    """Bundles that neither show what they claim nor contradict it."""
    story = Story()
    complete = [{"type": "complete"}]
    digest = min(story.attachments)
    story.write(folder / "no-claim.winnow.jsonl", [], [0], {})
    path = folder / "file-beside-missing.winnow.jsonl"
    story.write(path, complete, beside=[digest])
    pathlib.Path(f"{path}.{digest}").unlink()
    path = folder / "lists-missing.winnow.jsonl"
    write_transition(
        story, path, story.first_at, story.second_at, story.before, beside=True,
        removed=story.matched,
    )  # fmt: skip
    for beside in folder.glob(f"{path.name}.*"):
        beside.unlink()
    story.append_unknown()
    story.write(folder / "unknown-kind.winnow.jsonl", complete)
    story.append("model-registered", model="m", artifacts=[{"sha256": "0" * 64, "size": 0}])
    story.append("model-deprecated", model="m", statedReason=story.attach("later"))
    story.write(folder / "unknown-kind-within.winnow.jsonl", complete)


def go_on(s):
    """What the rules allow and the story has no use for."""
    s.append("key-added", (PUBLISHER, SECOND), actor="hotline", publicKey=b64(SECOND.raw), custody="own")
    s.append("key-revoked", key=SECOND.id, suspectSince=len(s.ids) - 1)
    s.append("role-revoked", actor="foundation", role="matcher")
    s.append("role-granted", actor="foundation", role="matcher")
    s.append("role-granted", actor="publisher", role="matcher")
    two = {"roles": ["matcher"], "actors": 2}
    s.append(
        "charter-set", charter={**charter(**{"match-completed": two}), "allowsUnreconciled": True}
    )
    # Two actors with their own keys, and a third whose key is lent and does not count.
    keys = sorted(s.before)[30:35]
    salted = sha256(b"salt") + b"winnow-set1\n" + setproof.u64(len(keys)) + b"".join(keys)
    digest = sha256(salted).hex()
    s.attachments[digest] = salted
    match = s.append(
        "match-completed", (PUBLISHER, HOTLINE, FOUNDATION), release="laion@1.0", list=s.list,
        column="URL", method="exact", scannedRows=60, rowsWithoutHash=3,
        rowsWithOtherValue=2, matched=s.tally(keys),
        hashesAsOf=s.stamp(), expects=len(s.ids), causes=sorted([s.match, s.list]), case="case/7",
        set={
            "winnowSet1": setproof.root_of_keys(keys).hex(), "keys": len(keys),
            "disclosure": "open", "members": {
                "sha256": digest, "size": len(salted), "mediaType": "application/octet-stream",
                "disclosure": "open",
            },
        },
        evidence=[{
            "attachment": s.attach("page", "text/html", "sealed"), "retrievedAt": s.stamp(),
            "relation": "contradicts",
        }],
    )  # fmt: skip
    found = s.append(
        "verification-recorded", (HOTLINE,), target=match, outcome="confirmed",
        count={"value": 5, "unit": "keys", "exactness": "at-least", "asOf": s.stamp()},
        occurredPrecision="interval", occurredUntil=s.stamp(2 * MINUTE),
        attestation="third-party-import", attributedTo="foundation",
    )  # fmt: skip
    confirmed = s.remove(
        [match], keys, basis="confirmed", reasonClass="consent", causes=[found],
        set={
            "winnowSet1": setproof.root_of_keys(keys).hex(), "keys": len(keys),
            "disclosure": "open",
        },
    )  # fmt: skip
    # Nine keys that have left the line already are of class illegal: as many others stand in.
    again = s.remove([s.match], s.matched, reasonClass="illegal", familyCommitment=FAMILY)
    rest = [k for k in sorted(s.after) if k not in keys]
    instead = []
    for k in s.matched:
        instead.append(next(o for o in rest if o not in instead and s.before[o][0] == s.before[k][0]))
    s.instead = instead
    gone = s.tally([*keys, *instead])
    s.left = {k: v for k, v in s.after.items() if k not in [*keys, *instead]}
    s.publish(
        "laion@1.2", s.left, manifest=s.attach("shards", disclosure="sealed"),
        derivation=s.derivation(
            parent="laion@1.1", removed=gone, removals=sorted([confirmed, again]),
            disclosure="sealed",
        ),
    )  # fmt: skip
    members, _, _, derivation = s.edited(keys=1)
    derivation["added"] = tally(1, 3)
    derivation["unreconciled"] = {"gap": -1, "explanation": s.attach("one row was lost")}
    # Rows of class illegal have left: nothing lists rows from here on.
    derivation["disclosure"] = "sealed"
    s.publish(
        "laion@3.0", members, manifest=s.attach("shards of it", disclosure="sealed"),
        derivation=derivation,
    )  # fmt: skip
    s.append(
        "dataset-registered", dataset="private/rows", identity=["a \u00e9 b", "c"],
        content=["a \u00e9 b", "c"], tagging="keyed", secretCommitment=sha256(b"secret").hex(),
        derivedFrom="laion@1.1",
    )  # fmt: skip
    identity = [["a \u00e9 b", "list<list<float32>>"], ["c", "timestamp"]]
    s.publish("private/rows@1", {}, columns={"identity": identity, "content": identity})
    # A kind that the charter has no rule for is an administrator's.
    rules = charter()
    del rules["kinds"]["model-registered"], rules["kinds"]["charter-set"]
    s.append("charter-set", charter=rules)
    artifacts = [{"sha256": sha256(b"other weights").hex(), "size": 13}]
    s.append("model-registered", model="imagegen-2", artifacts=artifacts)
    s.append(
        "training-asserted", (PUBLISHER,), model="imagegen-1.5", release="laion@1.2",
        polarity="not-trained", use="unspecified", notAfter=s.stamp(MINUTE),
        occurredAt=s.stamp(5 * MINUTE),
    )  # fmt: skip


def export(story, folder):
    """What `winnow show SEQ --envelope` and `winnow show SEQ --json` are checked by."""
    folder.mkdir(exist_ok=True)
    names = {PUBLISHER: "publisher", HOTLINE: "hotline", FOUNDATION: "foundation", LOG: "log", NEXT_LOG: "log", SECOND: "hotline"}
    signers = {signer.id: (signer, name) for signer, name in names.items()}
    for sequence, entry in enumerate(story.entries):
        envelope = json.loads(entry)["envelope"]
        (folder / f"{sequence}.envelope.json").write_bytes(canonical(envelope))
        shown = []
        for signature in envelope["signatures"]:
            signer, name = signers[signature["keyid"]]
            pem = signer.private.public_key().public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            )
            shown.append(
                {
                    "actor": name, "keyId": signer.id, "publicKey": b64(signer.raw),
                    "pem": pem.decode(),
                }
            )  # fmt: skip
        (folder / f"{sequence}.json").write_text(json.dumps({"signers": shown}))


def base64_payload(entry):
    return base64.b64decode(json.loads(entry)["envelope"]["payload"])


def main(folder):
    folder = pathlib.Path(folder)
    for part in ("good", "forged", "undecided", "columns", "pins"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    # The log's key is to be the one of sequence 0 even where the policy knows another.
    logs = f"log {VKEY}\nlog {vkey(NEXT_LOG)}\n"
    (folder / "policy.txt").write_text(f"{logs}quorum none\n")
    witness = vkey(SECOND, "witness.example.org", b"\x04")
    (folder / "witnessed.txt").write_text(f"{logs}witness w {witness}\nquorum w\n")
    stranger = vkey(NEXT_LOG, "ledger.example.org/other")
    (folder / "stranger.txt").write_text(f"log {stranger}\nquorum none\n")
    export(good(folder / "good"), folder / "export")
    import forged_cleanings  # noqa: F401
    from forged_records import FORGERIES

    for name, (forge, _) in FORGERIES.items():
        story = Story()
        forge(story)
        story.write(folder / "forged" / f"{name}.winnow.jsonl", [{"type": "complete"}])
    words = {name: words for name, (_, words) in FORGERIES.items()}
    words.update(lies(folder / "forged"))
    import forged_bundles
    import forged_entries

    words.update(forged_bundles.lies(folder / "forged"))
    words.update(forged_entries.lies(folder / "forged"))
    (folder / "forged" / "words.json").write_text(json.dumps(words, indent=1))
    unshown(folder / "undecided")
    forged_bundles.unshown(folder / "undecided")
    forged_bundles.columns(folder / "columns")
    forged_bundles.pins(folder / "pins")


if __name__ == "__main__":
    # Run as a script, this file is another module than the one that the forgeries import.
    sys.modules["make_ledger"] = sys.modules["__main__"]
    main(sys.argv[1])
