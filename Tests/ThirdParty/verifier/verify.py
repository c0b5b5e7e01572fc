"""What a bundle shows: its checks, one after the other, and the verdict."""

import struct
from contextlib import contextmanager

from . import rows, setproof
from .bundle import Bundle
from .encoding import sha256, unbase64, verifies
from .event import Event, UnknownKind
from .files import compare, read_manifest
from .jcs import canonical
from .ledger import Ledger, check_alone
from .note import Checkpoint, Key
from .tree import leaf_hash, root_from_inclusion, root_of
from .verdict import BadInput, Failed, Missing, require

CODES = {"verified": 0, "failed": 1, "unanchored": 3, "undecided": 3}


class Verifier:
    """Checks one bundle.

    `policy`, `genesis`, `row`, `files` (a release and what is listed of its files) and `trust` (key ids
    to actors) are the verifier's own; nothing of them comes from the bundle.
    """

    def __init__(self, policy=None, genesis=None, row=None, secret=None, trust=(), files=None):
        self.policy, self.pinned, self.row, self.secret = policy, genesis, row, secret
        self.files = files
        self.trust = {}
        for id, actor in trust:
            if id in self.trust:
                raise BadInput(f"one key is pinned twice, for {self.trust[id]} and for {actor}")
            self.trust[id] = actor
        self.signers = []
        self.checks, self.events, self.ledger, self.checkpoint = [], {}, None, None

    @contextmanager
    def check(self, name):
        try:
            yield
        except Failed as failed:
            self.checks.append({"name": name, "outcome": "fail", "why": str(failed)})
        except Missing as missing:
            self.checks.append({"name": name, "outcome": "skipped", "why": str(missing)})
        else:
            self.checks.append({"name": name, "outcome": "pass"})

    @property
    def verdict(self):
        outcomes = {check["outcome"] for check in self.checks}
        if "fail" in outcomes:
            return "failed"
        if self.policy is None:
            return "unanchored"
        return "undecided" if "skipped" in outcomes else "verified"

    def verify(self, path):
        bundle = None
        with self.check("bundle"):
            bundle = Bundle(path)
        if bundle is None:
            return self.verdict
        with self.check("checkpoint"):
            self.check_checkpoint(bundle)
        if self.checkpoint is not None:
            if bundle.is_complete:
                with self.check("entries"):
                    self.check_root(bundle)
                with self.check("rules"):
                    self.replay(bundle)
                with self.check("log key"):
                    self.check_log_key()
            else:
                with self.check("inclusion"):
                    self.check_inclusions(bundle)
                with self.check("signatures"):
                    self.check_signatures()
                with self.check("rules within the bundle"):
                    self.check_within()
        with self.check("ledger"):
            self.check_genesis(bundle)
        with self.check("attachments"):
            self.check_attachments(bundle)
        for id, actor in self.trust.items():
            with self.check(f"trust: {actor}"):
                self.check_pin(id, actor)
        with self.check("claims"):
            if not bundle.claims:
                raise Missing("the bundle makes no claim")
            distinct = {canonical(claim) for claim in bundle.claims}
            require(len(distinct) == len(bundle.claims), "the bundle makes one claim twice")
        with self.check("row"):
            about_rows = {"presence", "absence"} & {claim["type"] for claim in bundle.claims}
            if self.row is not None and not about_rows:
                raise Missing("no claim is about a row")
        for number, claim in enumerate(bundle.claims, 1):
            with self.check(f"claim {number}: {claim['type']}"):
                getattr(self, "claim_" + claim["type"])(bundle, claim)
        if self.files is not None:
            with self.check("files"):
                self.check_files(bundle, *self.files)
        return self.verdict

    def check_files(self, bundle, name, files):
        """What is listed is of the open manifest with which the release was published."""
        if self.verdict != "verified":
            raise Missing("the bundle does not show enough")
        published = [
            event
            for event in self.events.values()
            if event.kind == "release-published"
            and "stated" not in event.predicate
            and event.predicate["release"] == name
        ]
        if not published:
            require(self.ledger is None, "the release was not published")
            raise Missing("the bundle does not show how the release was published")
        if self.trust and not self.is_pinned(published[0]):
            raise Missing("the release is signed by no pinned key")
        release = published[0].predicate
        if release["manifest"]["disclosure"] != "open":
            raise Missing("the manifest is sealed")
        data = bundle.blob(release["manifest"])
        if data is None:
            raise Missing("the manifest is not in the bundle")
        # A salt of 32 bytes comes first.
        compare(files, read_manifest(data[32:], release))

    def check_checkpoint(self, bundle):
        self.checkpoint = Checkpoint(bundle.checkpoint)
        require(self.checkpoint.origin == bundle.origin, "the checkpoint is of another log")
        if self.policy is None:
            raise Missing("unanchored: no policy says which log to trust")
        self.policy.check(self.checkpoint)

    def check_inclusions(self, bundle):
        for sequence, data in bundle.entries.items():
            root = root_from_inclusion(
                sequence, self.checkpoint.size, leaf_hash(data), bundle.proofs[sequence]
            )
            require(root == self.checkpoint.root, f"sequence {sequence} is not in the log")
        for sequence, data in bundle.entries.items():
            self.events[sequence] = self.read(sequence, data)

    def read(self, sequence, data):
        try:
            return Event(sequence, data)
        except UnknownKind:
            raise
        except Failed as failed:
            raise Failed(f"sequence {sequence}: {failed}") from None

    def check_signatures(self):
        keys = {
            sha256(raw).hex(): raw
            for event in self.events.values()
            for raw in event.brought_keys
            # Whoever brings a key signs with it too, or else the entry makes nothing its own.
            if sha256(raw).hex() in event.signers
        }
        for event in self.events.values():
            for id, signature in event.signatures:
                require(
                    id in keys and verifies(keys[id], signature, event.message),
                    f"sequence {event.sequence}: a signature is not valid, or its key is not here",
                )

    def check_within(self):
        """The rules that need one entry alone, or no others than those of the bundle."""
        since, revoked, releases, seen, last = {}, {}, set(), set(), None
        for event in self.events.values():
            for id in {sha256(raw).hex() for raw in event.brought_keys} & set(event.signers):
                since.setdefault(id, event.sequence)
        for event in self.events.values():
            try:
                if event.sequence == 0:
                    Ledger().admit(event)
                else:
                    check_alone(event)
                require(event.id not in seen, "the event is repeated")
                require(
                    last is None or event.recorded >= last,
                    "it was recorded before the entry that it follows",
                )
                for id in event.signers:
                    require(id not in revoked, "a signer's key was revoked")
                    require(since.get(id, 0) <= event.sequence, "a signer's key comes later")
                if event.kind == "release-published" and "stated" not in event.predicate:
                    name = event.predicate["release"]
                    require(name not in releases, "the release is published already")
                    releases.add(name)
            except Failed as failed:
                raise Failed(f"sequence {event.sequence} breaks a rule: {failed}") from None
            if event.kind == "key-revoked":
                revoked[event.predicate["key"]] = event.sequence
            seen.add(event.id)
            last = event.recorded

    def check_root(self, bundle):
        require(bundle.entries, "the bundle has no entries")
        require(
            list(bundle.entries) == list(range(self.checkpoint.size)),
            "the entries are not all that the checkpoint counts",
        )
        leaves = [leaf_hash(data) for data in bundle.entries.values()]
        require(root_of(leaves) == self.checkpoint.root, "the entries have another root")

    def replay(self, bundle):
        ledger = Ledger()
        for sequence, data in bundle.entries.items():
            event = self.read(sequence, data)
            try:
                ledger.admit(event)
            except Failed as failed:
                raise Failed(f"sequence {sequence} breaks a rule: {failed}") from None
            self.events[sequence] = event
        self.ledger = ledger

    def check_log_key(self):
        if self.ledger is None or 0 not in self.events:
            raise Missing("the entries could not be replayed")
        vkeys = [e.predicate["logKey"] for e in self.events.values() if "logKey" in e.predicate]
        key = Key(vkeys[-1])
        require(self.checkpoint.note.signed_by([key]), "the ledger's log key has not signed")

    def check_genesis(self, bundle):
        for sequence, event in self.events.items():
            expected = bundle.origin if sequence == 0 else bundle.genesis
            require(event.predicate["ledger"] == expected, "an entry is of another ledger")
            require(sequence != 0 or event.id == bundle.genesis, "sequence 0 is another event")
        require(self.pinned in (None, bundle.genesis), "the ledger is not the pinned one")
        if not bundle.is_complete and 0 not in bundle.entries:
            raise Missing("the bundle does not hold the log's first entry")

    def check_pin(self, id, actor):
        """A pinned key is its actor's here, and signed something."""
        holders = set()
        for event in self.events.values():
            brought = event.predicate.get("founders", [])
            for part in brought if event.kind == "ledger-created" else [event.predicate]:
                if "publicKey" in part and sha256(unbase64(part["publicKey"])).hex() == id:
                    holders.add(part["actor"])
        require(holders <= {actor}, "the pinned key is another actor's")
        if not any(id in event.signers for event in self.events.values()):
            require(self.ledger is None, "the ledger does not have the pinned key")
            raise Missing("nothing is signed by the pinned key")

    def check_attachments(self, bundle):
        if bundle.is_complete and self.ledger is None:
            raise Missing("the entries could not be replayed")
        named = [a for event in self.events.values() for a in event.attachments]
        for claim in bundle.claims:
            named += [claim[part] for part in ("witness", "lists") if claim["type"] == "transition"]
        named = {(reference["sha256"], reference["size"]) for reference in named}
        for digest, (size, data) in bundle.attachments.items():
            require((digest, size) in named, f"nothing names the attachment {digest}")
            if data is None and bundle.blob({"sha256": digest, "size": size}) is None:
                raise Missing(f"the file of the attachment {digest} is not beside the bundle")
        if not bundle.is_complete:
            return
        for event in self.events.values():
            for reference in event.attachments:
                if reference["disclosure"] == "open":
                    state = self.ledger.attachment_states.get(reference["sha256"])
                    gone = state in ("withheld", "erased")
                    data = bundle.blob(reference)
                    require(gone or data is not None, f"sequence {event.sequence}: an attachment is missing")
            for part in (event.predicate, event.predicate.get("derivation", {})):
                check_open_set(bundle, part.get("set", {}))

    # Claims

    def event_at(self, sequence, kind=None):
        require(sequence in self.events, f"sequence {sequence} is not in the bundle")
        event = self.events[sequence]
        require(kind in (None, event.kind), f"sequence {sequence} is no {kind} event")
        return event

    def release_at(self, sequence):
        release = self.event_at(sequence, "release-published").predicate
        require("stated" not in release, f"sequence {sequence} only states figures")
        return release

    def rest(self, claim, *sequences):
        """Notes who signed what the claim rests on; with pins, each of it bears a pinned signature."""
        self.note(claim, [self.events[sequence] for sequence in sequences])
        for sequence in sequences:
            if self.trust and not self.is_pinned(self.events[sequence]):
                raise Missing(f"sequence {sequence} is signed by no pinned key")

    def note(self, claim, events):
        signed = {}
        for event in events:
            for id in event.signers:
                signed.setdefault(id, set()).add(event.sequence)
        signers = []
        for id, sequences in sorted(signed.items()):
            signer = {"key": id, "pinned": id in self.trust}
            actor = self.trust.get(id)
            if actor is None and self.ledger is not None and id in self.ledger.keys:
                actor = self.ledger.keys[id].actor
            if actor is not None:
                signer["actor"] = actor
            if claim["type"] != "complete":
                signer["sequences"] = sorted(sequences)
            signers.append(signer)
        self.signers.append({"type": claim["type"], "signers": signers})

    def claim_complete(self, bundle, claim):
        if self.ledger is None:
            raise Missing("the entries could not be replayed")
        self.note(claim, self.events.values())

    def claim_event(self, bundle, claim):
        self.event_at(claim["sequence"])
        self.rest(claim, claim["sequence"])

    def claim_presence(self, bundle, claim):
        require(self.look_up(claim) is not None, "the release does not have the key")
        self.rest(claim, claim["sequence"])
        self.check_row(claim)

    def claim_absence(self, bundle, claim):
        require(self.look_up(claim) is None, "the release has the key")
        self.rest(claim, claim["sequence"])
        self.check_row(claim)

    def look_up(self, claim):
        release = self.release_at(claim["sequence"])
        top = setproof.decode(unbase64(claim["witness"]))
        check_set(top, release)
        return setproof.lookup(top, bytes.fromhex(claim["key"]))

    def check_row(self, claim):
        """The verifier's row has the claim's key, if who says how rows get keys may be believed."""
        if self.row is None:
            return
        release = self.events[claim["sequence"]]
        registration, fixing = self.key_rule(release)
        key = self.key_of_row(registration.predicate, fixing.predicate)
        require(key == bytes.fromhex(claim["key"]), "the row has another key")
        if self.trust and not (self.is_pinned(registration) and self.is_pinned(fixing)):
            raise Missing("no pinned key signed what says how rows get keys")

    def is_pinned(self, event):
        return any(id in self.trust for id in event.signers)

    def key_rule(self, release):
        """The entries up to a release that say how rows of its dataset get their keys."""
        dataset = release.predicate["release"].split("@")[0]
        registrations, fixings = [], []
        for event in self.events.values():
            p = event.predicate
            if event.sequence > release.sequence:
                continue
            if event.kind == "release-published" and "columns" in p:
                if p["release"].split("@")[0] == dataset:
                    fixings.append(event)
            if event.kind == "dataset-registered" and p["dataset"] == dataset:
                registrations.append(event)
        if not registrations or not fixings:
            raise Missing("the bundle does not say how the dataset's rows are tagged")
        registration, fixing = registrations[0], fixings[0]
        identity = [name for name, _ in fixing.predicate["columns"]["identity"]]
        require(
            len(registrations) == len(fixings) == 1
            and registration.sequence < fixing.sequence
            and registration.predicate["identity"] == identity,
            "the entries contradict each other about the columns",
        )
        return registration, fixing

    def key_of_row(self, registration, fixing):
        """The key of the verifier's row, as these two predicates fix the columns."""
        columns = [tuple(column) for column in fixing["columns"]["identity"]]
        if registration["tagging"] == "plain":
            return rows.key_of(columns, self.row)
        if self.secret is None:
            raise Missing("the dataset is keyed: a row needs its secret")
        require(
            sha256(b"winnow secret v1\n", self.secret).hex() == registration["secretCommitment"],
            "the secret is not the one that the dataset committed to",
        )
        return rows.key_of(columns, self.row, self.secret)

    def claim_transition(self, bundle, claim):
        parent, child = self.release_at(claim["from"]), self.release_at(claim["to"])
        derivation = child.get("derivation")
        require(
            derivation is not None and derivation["parent"] == parent["release"],
            "the one release is not the parent of the other",
        )
        require(claim["from"] < claim["to"], "the parent was published after its child")
        references = claim["witness"], claim["lists"]
        require(all(map(bundle.names, references)), "the witness or the lists are not in the bundle")
        witness, lists = map(bundle.blob, references)
        if witness is None or lists is None:
            raise Missing("a file beside the bundle that the claim needs is missing")
        top = setproof.decode(witness)
        check_set(top, parent)
        transition = setproof.decode_lists(lists)
        check_set(transition.apply(top), child)
        counted = {
            "removed": {"keys": len(transition.removed), "rows": transition.removed_rows},
            "added": {"keys": len(transition.added), "rows": transition.added_rows},
            "changed": {
                "keys": len(transition.changed),
                "rowsBefore": transition.rows_before,
                "rowsAfter": transition.rows_after,
            },
        }
        for name, tally in counted.items():
            require(derivation[name] == tally, f"the release says another number of {name} keys")
        self.rest(claim, claim["from"], claim["to"])


def check_set(top, release):
    require(top.rows == release["tally"]["rows"], "the tree has another number of rows")
    require(setproof.root(top).hex() == release["winnowSet1"], "the tree has another root")


def check_open_set(bundle, reference):
    """The members of an open set are those of its root."""
    if "members" not in reference or reference["disclosure"] == "sealed":
        return
    magic, data = b"winnow-set1\n", bundle.blob(reference["members"])[32:]
    start = len(magic) + 8
    require(data.startswith(magic) and len(data) >= start, "a member file is malformed")
    (count,) = struct.unpack(">Q", data[len(magic) : start])
    require(len(data) == start + 32 * count, "a member file has another length than it says")
    keys = [data[i : i + 32] for i in range(start, len(data), 32)]
    require(all(a < b for a, b in zip(keys, keys[1:])), "a member file does not ascend")
    require(count == reference["keys"], "a set has another number of members")
    require(setproof.root_of_keys(keys).hex() == reference["winnowSet1"], "a set has another root")
