"""A ledger replayed from its first entry, every rule checked."""

from .encoding import sha256, unbase64, verifies
from .event import AUTHORITY_KINDS
from .jcs import canonical
from .note import Key
from .records import ACTS_ON_LEDGER, VERIFIABLE, Records, found_by, is_part
from .verdict import require

MINUTES_5 = 5 * 60 * 1000
DAYS_30 = 30 * 86_400 * 1000
MOST_NAMED = 256
LISTING = (
    "match-completed", "filter-completed", "union-computed", "removal-decided",
    "reinstatement-decided", "release-published", "derivative-cleaned",
)  # fmt: skip


def rule_for(charter, kind):
    """Who may sign events of `kind`: one administrator, where the charter has no rule."""
    return charter["kinds"].get(kind, {"roles": ["administrator"], "actors": 1})


class KeyOf:
    """Whose key it is, who holds it, and whether it counts."""

    def __init__(self, actor, raw, custody, added):
        self.actor, self.raw, self.custody, self.added = actor, raw, custody, added
        self.revoked = None


def confirms(source, causes):
    """Whether the verifications among `causes` confirm all that `source` found."""
    confirmed = {"keys": 0, "rows": 0}
    for cause in causes:
        p = cause.predicate
        if cause.kind == "verification-recorded" and p["target"] == source["event"]:
            count = p["count"]
            if p["outcome"] == "confirmed" and count["exactness"] in ("exact", "at-least"):
                if count["unit"] in confirmed:
                    confirmed[count["unit"]] += count["value"]
    return any(confirmed[unit] >= source["tally"][unit] for unit in confirmed)


def check_alone(event):
    """The rules that an event keeps or breaks by itself, whatever else is in the log."""
    p = event.predicate
    is_first = event.kind == "ledger-created"
    require(is_first == (event.sequence == 0), "sequence 0, and only it, creates the ledger")
    require(
        p.get("expects", event.sequence) == event.sequence, "the signers saw another log"
    )
    require(
        all(time <= event.recorded + MINUTES_5 for time in event.stated_times),
        "it speaks of the future",
    )
    require(event.not_after is None or event.recorded <= event.not_after, "it came too late")
    if "attributedTo" in p:
        require(
            event.kind not in [*AUTHORITY_KINDS, *ACTS_ON_LEDGER, "ledger-created"],
            "authority cannot be imported",
        )
    if event.kind in AUTHORITY_KINDS:
        require(event.not_after <= event.occurred + DAYS_30, "it could be used for too long")


def leaving(removal, unit):
    """How much a removal takes with it: what was decided on, and what was drawn beside it."""
    return removal["removed"][unit] + removal.get("decoys", {}).get("tally", {}).get(unit, 0)


class Ledger(Records):
    def __init__(self):
        super().__init__()
        self.events, self.ids = {}, []
        self.last_recorded = None
        self.charter, self.charter_set, self.log_keys = None, 0, {}
        self.actors, self.keys, self.roles = {}, {}, {}
        self.datasets, self.columns, self.releases, self.removals = {}, {}, {}, {}
        self.lists, self.models, self.deprecated = set(), {}, set()
        self.verifications, self.replaced = {}, set()
        self.marked = {}

    # Admission

    def admit(self, event):
        """Checks every rule for `event` as the next entry, and takes it in."""
        p, sequence = event.predicate, len(self.ids)
        require(event.sequence == sequence, "an entry is missing")
        require(event.id not in self.events, "the event is repeated")
        require(
            self.last_recorded is None or event.recorded >= self.last_recorded,
            "it was recorded before the entry that it follows",
        )
        is_first = event.kind == "ledger-created"
        check_alone(event)
        require(
            p["ledger"] == (p["origin"] if is_first else self.ids[0]), "it is for another ledger"
        )
        for cause in p.get("causes", []):
            require(cause in self.events, "a cause is not in the ledger")
        if not is_first:
            self.check_signers(event)
        self.check_signatures(event)
        self.check_attestation(event)
        self.check_names(event)
        self.check_unlisted(event)
        if event.kind in AUTHORITY_KINDS:
            self.check_authority(event)
        name = "stated" if "stated" in p else event.kind.replace("-", "_")
        getattr(self, "check_" + name, lambda e: None)(event)
        event.actors = {self.keys[k].actor for k in p["signers"] if k in self.keys}
        self.ids.append(event.id)
        self.events[event.id] = event
        self.last_recorded = event.recorded
        getattr(self, "apply_" + name, lambda e: None)(event)

    def check_signers(self, event):
        """Every key counts, and enough actors in a fitting role signed."""
        # Who may open a dispute may take it back.
        is_back = event.kind == "dispute-resolved" and event.predicate["outcome"] == "withdrawn"
        rule = rule_for(self.charter, "dispute-opened" if is_back else event.kind)
        brought = {sha256(raw).hex() for raw in event.brought_keys}
        counted = set()
        for id in event.predicate["signers"]:
            key = self.keys.get(id)
            if key is None:
                require(id in brought, "a signer's key belongs to no actor")
                continue
            require(key.revoked is None, "a signer's key was revoked")
            if (rule["actors"] == 1 or key.custody == "own") and self.holds(key.actor, rule):
                counted.add(key.actor)
        require(len(counted) >= rule["actors"], "too few actors with the role signed")

    def check_signatures(self, event):
        raws = {id: key.raw for id, key in self.keys.items()}
        raws.update({sha256(raw).hex(): raw for raw in event.brought_keys})
        for id, signature in event.signatures:
            require(
                id in raws and verifies(raws[id], signature, event.message),
                "a signature is not valid",
            )

    def check_attestation(self, event):
        """An import is about an actor who does not sign it."""
        actor = event.predicate.get("attributedTo")
        if actor is None:
            return
        require(actor in self.actors, "it is attributed to no actor")
        signing = [self.keys[id].actor for id in event.predicate["signers"] if id in self.keys]
        require(actor not in signing, "it is attributed to one who signs it")

    def holds(self, actor, rule):
        return any(self.roles.get((actor, role), (0, 1))[1] is None for role in rule["roles"])

    def holds_role(self, actor, role):
        return self.holds(actor, {"roles": [role]})

    def referred(self, id, kind, release=None):
        event = self.events.get(id)
        require(event is not None and event.kind == kind, f"it refers to no {kind} event")
        if release is not None:
            require(event.predicate["release"] == release, "it refers to another release's event")
        return event

    # Authority

    def check_ledger_created(self, event):
        p = event.predicate
        ids = [sha256(raw).hex() for raw in event.brought_keys]
        require(len(set(ids)) == len(ids), "a key stands twice in sequence 0")
        require(sorted(ids) == p["signers"], "not exactly the founders and the log key signed")
        actors = [f["actor"] for f in p["founders"]]
        require(len(set(actors)) == len(actors), "an actor is founded twice")
        keys = [(f["actor"], f["custody"]) for f in p["founders"]]
        roles = {f["actor"]: set(f["roles"]) for f in p["founders"]}
        self.check_governable(
            p["charter"], keys, lambda actor, rule: roles[actor] & set(rule["roles"])
        )

    def check_governable(self, charter, keys, holds):
        """Enough actors can still sign each kind of authority event."""
        for kind in AUTHORITY_KINDS:
            rule = rule_for(charter, kind)
            able = {
                actor
                for actor, custody in keys
                if (rule["actors"] == 1 or custody == "own") and holds(actor, rule)
            }
            require(len(able) >= rule["actors"], f"too few would be left to sign {kind}")

    def check_authority(self, event):
        p = event.predicate
        after = self.events.get(p["after"])
        require(
            after is not None and (after.kind in AUTHORITY_KINDS or after.sequence == 0),
            "it does not follow an authority event",
        )
        require(
            self.last_touch(event) <= after.sequence,
            "a later event changed the same actor, key, role or charter",
        )

    def last_touch(self, event):
        """The last sequence that touched what the event touches.

        What gives an actor more follows everything about that actor; what takes away follows only
        what it takes.
        """
        p, touched = event.predicate, [0]
        if "actor" in p:
            touched.append(self.actors.get(p["actor"], 0))
        if event.kind in ("key-added", "role-granted"):
            for key in self.keys.values():
                if key.actor == p["actor"]:
                    touched += [key.added, key.revoked or 0]
            for (actor, _), (granted, revoked) in self.roles.items():
                if actor == p["actor"]:
                    touched += [granted, revoked or 0]
        if event.kind == "role-revoked":
            touched += [s or 0 for s in self.roles.get((p["actor"], p["role"]), ())]
        if event.kind == "key-revoked" and p["key"] in self.keys:
            touched += [self.keys[p["key"]].added, self.keys[p["key"]].revoked or 0]
        if event.kind == "charter-set":
            touched.append(self.charter_set)
        if event.kind == "log-key-changed":
            touched.append(max(self.log_keys.values()))
        return max(touched)

    def check_still_governable(self, charter=None, without_key=None, without_role=None):
        keys = [
            (key.actor, key.custody)
            for id, key in self.keys.items()
            if key.revoked is None and id != without_key
        ]

        def holds(actor, rule):
            roles = [r for r in rule["roles"] if (actor, r) != without_role]
            return self.holds(actor, {"roles": roles})

        self.check_governable(charter or self.charter, keys, holds)

    def check_actor_registered(self, event):
        require(event.predicate["actor"] not in self.actors, "the actor is registered already")

    def check_key_added(self, event):
        p, raw = event.predicate, event.brought_keys[0]
        id = sha256(raw).hex()
        require(p["actor"] in self.actors, "there is no such actor")
        require(id not in self.keys and raw not in self.log_keys, "the key is taken")
        require(id in p["signers"], "the new key does not sign")

    def check_key_revoked(self, event):
        key = self.keys.get(event.predicate["key"])
        require(key is not None and key.revoked is None, "there is no such key that counts")
        require(
            event.predicate.get("suspectSince", 0) <= len(self.ids), "it is suspect later than now"
        )
        self.check_still_governable(without_key=event.predicate["key"])

    def check_role_granted(self, event):
        p = event.predicate
        require(p["actor"] in self.actors, "there is no such actor")
        require(not self.holds(p["actor"], {"roles": [p["role"]]}), "the role is held already")

    def check_role_revoked(self, event):
        p = event.predicate
        require(self.holds(p["actor"], {"roles": [p["role"]]}), "the role is not held")
        self.check_still_governable(without_role=(p["actor"], p["role"]))

    def check_charter_set(self, event):
        self.check_still_governable(charter=event.predicate["charter"])

    def check_log_key_changed(self, event):
        p, raw = event.predicate, event.brought_keys[0]
        id = sha256(raw).hex()
        origin = self.events[self.ids[0]].predicate["origin"]
        require(Key(p["logKey"]).name == origin, "the log key is another origin's")
        require(id not in self.keys and raw not in self.log_keys, "the key is taken")
        require(id in p["signers"], "the new key does not sign")
        self.check_still_governable()

    def apply_log_key_changed(self, event):
        self.log_keys[event.brought_keys[0]] = event.sequence

    def apply_ledger_created(self, event):
        p = event.predicate
        self.charter, self.log_keys = p["charter"], {Key(p["logKey"]).raw: 0}
        for f in p["founders"]:
            self.actors[f["actor"]] = 0
            self.add_key(f["actor"], unbase64(f["publicKey"]), f["custody"], 0)
            for role in f["roles"]:
                self.roles[f["actor"], role] = (0, None)

    def add_key(self, actor, raw, custody, sequence):
        self.keys[sha256(raw).hex()] = KeyOf(actor, raw, custody, sequence)

    def apply_actor_registered(self, event):
        self.actors[event.predicate["actor"]] = event.sequence

    def apply_key_added(self, event):
        p = event.predicate
        self.add_key(p["actor"], event.brought_keys[0], p["custody"], event.sequence)

    def apply_key_revoked(self, event):
        self.keys[event.predicate["key"]].revoked = event.sequence

    def apply_role_granted(self, event):
        self.roles[event.predicate["actor"], event.predicate["role"]] = (event.sequence, None)

    def apply_role_revoked(self, event):
        role = event.predicate["actor"], event.predicate["role"]
        self.roles[role] = (self.roles[role][0], event.sequence)

    def apply_charter_set(self, event):
        self.charter, self.charter_set = event.predicate["charter"], event.sequence

    # Datasets and releases

    def release(self, name):
        require(name in self.releases, f"there is no release {name}")
        return self.releases[name]

    def check_dataset_registered(self, event):
        p = event.predicate
        require(p["dataset"] not in self.datasets, "the dataset is registered already")
        if "derivedFrom" in p:
            self.known(p["derivedFrom"])

    def apply_dataset_registered(self, event):
        self.datasets[event.predicate["dataset"]] = event.predicate

    def check_release_published(self, event):
        p = event.predicate
        name = p["release"].split("@")[0]
        require(name in self.datasets, "there is no such dataset")
        require(
            p["release"] not in self.releases and p["release"] not in self.stated_releases,
            "the release is published already",
        )
        require(("columns" in p) == (name not in self.columns), "only a first release has columns")
        if "columns" in p:
            for part in ("identity", "content"):
                registered = self.datasets[name].get(part)
                names = [column for column, _ in p["columns"][part]]
                require(registered in (None, names), "the columns are not the registered ones")
        if "derivation" in p:
            self.check_derivation(p, p["derivation"])

    def check_derivation(self, p, d):
        parent = self.release(d["parent"])["tally"]
        rows = parent["rows"] - d["removed"]["rows"] + d["added"]["rows"]
        rows += d["changed"]["rowsAfter"] - d["changed"]["rowsBefore"]
        # Keys that stayed as they were have at least a row each, in the parent and in the release.
        for tally, part, word in ((parent, "removed", "rowsBefore"), (p["tally"], "added", "rowsAfter")):
            rest_keys = tally["keys"] - d[part]["keys"] - d["changed"]["keys"]
            rest_rows = tally["rows"] - d[part]["rows"] - d["changed"][word]
            require(
                0 <= rest_keys <= rest_rows and (rest_keys > 0 or rest_rows == 0),
                "more changed than there was, or less stayed than there is",
            )
        gap = p["tally"]["rows"] - rows
        if "unreconciled" in d:
            require(self.charter["allowsUnreconciled"], "the charter allows no gap")
            require(d["unreconciled"]["gap"] == gap, "the gap is another one")
        else:
            require(gap == 0, "the rows do not add up")
            keys = parent["keys"] - d["removed"]["keys"] + d["added"]["keys"]
            require(p["tally"]["keys"] == keys, "the keys do not add up")
        if "set" in d:
            self.check_cleaned(d)

    def check_cleaned(self, d):
        """A cleaned release applies what comes next, and its sums are those of what it applies."""
        require(d["changed"]["keys"] == 0, "a cleaned release changes keys")
        line = self.line(d["parent"])
        for kind, name in (("removal", "removals"), ("reinstatement", "reinstatements")):
            expected = {id for k, id in self.next_decisions(line) if k == kind}
            named = set(d.get(name, []))
            require(named <= expected, f"a {kind} does not come next")
            require(named == expected, f"a {kind} that comes next is left out")
        removals = [self.events[id].predicate for id in d.get("removals", [])]
        returned = [self.events[id].predicate for id in d.get("reinstatements", [])]
        decided = {r["release"] for r in removals}
        decided |= {self.events[id].predicate["release"] for r in returned for id in r["removals"]}
        oldest = max(line.index(name) for name in decided)
        # A key that was changed or added since a decision can have other rows than it counted.
        rows_changed = any(self.changed(name) for name in line[:oldest])
        # What was taken before comes back, unless it is there by another way, or is held by a removal
        # of this batch that was decided where it still was.
        all_here = all(r["release"] == d["parent"] for r in removals)
        due = [r for r in returned if not set(r["removals"]) & set(d.get("removals", []))]
        for unit in ("keys", "rows"):
            if unit == "rows" and rows_changed:
                continue
            out = sum(leaving(r, unit) for r in removals)
            back = sum(r["reinstated"][unit] for r in returned)
            here = [leaving(r, unit) for r in removals if r["release"] == d["parent"]]
            least = out if self.is_marked(d["parent"]) else max(here, default=0)
            require(d["added"][unit] <= back, "more comes back than was reinstated")
            if all_here and not rows_changed:
                must = sum(r["reinstated"][unit] for r in due)
                require(d["added"][unit] >= must, "what is reinstated does not all come back")
            staying = back - d["added"][unit]
            require(
                d["removed"][unit] <= out and d["removed"][unit] + staying >= least,
                "the sums do not hold",
            )

    def next_decisions(self, line):
        """What was decided on the line and not applied, by sequence, as far as one release may name it."""
        derivations = [self.releases[name].get("derivation", {}) for name in line]
        applied = {
            id for d in derivations for part in ("removals", "reinstatements")
            for id in d.get(part, [])
        }  # fmt: skip
        decided = [("removal", id) for name in line for id in self.removals.get(name, [])]
        decided += [("reinstatement", id) for n in line for id in self.reinstatements.get(n, {})]
        decided.sort(key=lambda pair: self.events[pair[1]].sequence)
        taken, counts = [], {"removal": 0, "reinstatement": 0}
        for kind, id in decided:
            if id in applied:
                continue
            if counts[kind] == MOST_NAMED:
                break
            counts[kind] += 1
            taken.append((kind, id))
        return taken

    def changed(self, release):
        d = self.releases[release].get("derivation", {"set": None})
        # What a cleaning adds comes back with the rows that it had.
        return "set" not in d and d["changed"]["keys"] + d["added"]["keys"] > 0

    # Families: datasets whose rows have the same keys

    def family(self, dataset):
        p = self.datasets[dataset]
        # Whatever the order of the columns, whoever has the rows has the keys.
        name = sorted(p["identity"], key=str.encode) if p["tagging"] == "plain" else dataset
        return sha256(b"winnow family v1\n", canonical(name))

    def is_marked(self, release):
        dataset = release.split("@")[0]
        return dataset in self.datasets and self.family(dataset) in self.marked

    def check_unlisted(self, event):
        """Once rows of class illegal were decided on, nothing lists rows of the family."""
        p = event.predicate
        if "stated" in p or event.kind not in LISTING:
            return
        if event.kind == "derivative-cleaned":
            # Its rows are of the dataset that it was derived from, whatever its own columns.
            listed, lists = [p["dataset"], p["against"]], ("before", "after")
        else:
            listed, lists = [p["release"]], ("set", "filter", "manifest")
        if not any(self.is_marked(name) for name in listed):
            return
        derivation = p.get("derivation", {})
        shown = [*(p.get(name) for name in lists), derivation, derivation.get("set")]
        require(
            not any(part and part.get("disclosure") == "open" for part in shown),
            "rows of a marked family are listed",
        )

    def line(self, release):
        """The release and its ancestors, by name."""
        names = []
        while release is not None:
            names.append(release)
            release = self.releases[release].get("derivation", {}).get("parent")
        return names

    def apply_release_published(self, event):
        p = event.predicate
        self.releases[p["release"]] = p
        if "columns" in p:
            self.columns[p["release"].split("@")[0]] = p["columns"]

    # Findings

    def check_hash_list_received(self, event):
        p = event.predicate
        require(
            p["list"] not in self.lists and p["list"] not in self.stated_lists,
            "the list was received already",
        )
        require(p["issuer"] in self.actors, "there is no such issuer")

    def apply_hash_list_received(self, event):
        self.lists.add(event.predicate["list"])

    def check_match_completed(self, event):
        p = event.predicate
        tally = self.release(p["release"])["tally"]
        self.referred(p["list"], "hash-list-received")
        received = self.events[p["list"]].predicate
        require("stated" not in received, "the list has no root")
        require(
            (p["method"] == "pdq") == (received["algorithm"] == "pdq")
            and (p["method"] != "url-spellings-1" or received["of"] == "url"),
            "the list is not compared so",
        )
        require(p["scannedRows"] == tally["rows"], "not the whole release was read")
        require(is_part(p["matched"], tally), "more matched than there is")

    def check_sources(self, p):
        """What is united was found on this release, in one way and with its own counts."""
        kinds = set()
        for source in p["sources"]:
            found = self.events.get(source["event"])
            require(found is not None, "a source is not in the ledger")
            is_found = found.kind in ("match-completed", "filter-completed")
            require(
                is_found and "stated" not in found.predicate
                and found.predicate["release"] == p["release"],
                "a source is no match and no filter on the release",
            )  # fmt: skip
            kinds.add(found.kind)
            require(len(kinds) == 1, "matches and filters are united")
            require(source["tally"] == found.predicate["matched"], "a source counted otherwise")
            require(
                p["set"]["disclosure"] == "sealed"
                or found.predicate["set"]["disclosure"] == "open",
                "a sealed set is opened",
            )

    def check_union_computed(self, event):
        p = event.predicate
        total = self.release(p["release"])["tally"]
        self.check_sources(p)
        for unit in ("keys", "rows"):
            found = [source["tally"][unit] for source in p["sources"]]
            require(
                max(found) <= p["union"][unit] <= min(sum(found), total[unit]),
                "no union of the sources has that size",
            )

    def check_verification_recorded(self, event):
        p = event.predicate
        target = self.events.get(p["target"])
        is_there = target is not None and target.kind in [*VERIFIABLE, "suspicion-reported"]
        require(is_there, "it refers to no match-completed event")
        if target.kind == "suspicion-reported":
            releases = [topic for topic in target.predicate["about"] if "release" in topic]
            require(releases, "the suspicion is about no release")
        found = found_by(target, p["count"]["unit"])
        require(found is None or p["count"]["value"] <= found, "it covers more than was found")
        self.check_verified_together(event, target)

    def check_verified_together(self, event, target):
        """What one actor verified of a thing, but for what is replaced, is no more than was found."""
        p = event.predicate
        earlier = [e for e in self.verifications.get(p["target"], []) if e.id not in self.replaced]
        if "replaces" in p:
            own = [e for e in earlier if e.id == p["replaces"]]
            require(
                own and self.speakers(own[0]) == self.speakers(event),
                "it replaces no verification of the same by the same actor",
            )
            earlier.remove(own[0])
        for actor in self.speakers(event):
            counts = [e.predicate["count"] for e in earlier if actor in self.speakers(e)]
            if not counts:
                continue
            sums = {}
            for count in [*counts, p["count"]]:
                sums[count["unit"]] = sums.get(count["unit"], 0) + count["value"]
            bounds = {unit: found_by(target, unit) for unit in sums}
            bounded = {unit: sum for unit, sum in sums.items() if bounds[unit] is not None}
            if bounds[p["count"]["unit"]] is None:
                continue
            require(
                all(sum <= bounds[unit] for unit, sum in bounded.items()),
                "with what the same actor verified, it covers more than was found",
            )
            # Each key has a row of its own; what others stated in several units, nothing converts.
            if "stated" not in target.predicate and "counts" not in target.predicate:
                require(
                    sum(bounded.values()) <= found_by(target, "rows"),
                    "with what the same actor verified, it covers more than was found",
                )

    def apply_verification_recorded(self, event):
        p = event.predicate
        self.verifications.setdefault(p["target"], []).append(event)
        self.replaced.add(p.get("replaces"))

    def check_removal_decided(self, event):
        p = event.predicate
        total = self.release(p["release"])["tally"]
        self.check_sources(p)
        sources = p["sources"]
        if p["reasonClass"] == "illegal":
            self.check_illegal(p)
        # A removed key takes all its rows, also those that no source counted.
        removed = p["removed"]
        decoys = p.get("decoys", {}).get("tally", {"keys": 0, "rows": 0})
        leaving = {unit: removed[unit] + decoys[unit] for unit in removed}
        require(
            all(s["tally"][unit] <= removed[unit] for s in sources for unit in removed)
            and removed["keys"] <= sum(s["tally"]["keys"] for s in sources)
            and is_part(leaving, total),
            "no union of the sources has that size",
        )
        if p["basis"] == "confirmed":
            causes = [self.events[id] for id in p.get("causes", []) if id not in self.replaced]
            for source in sources:
                require(confirms(source, causes), "no causes confirm all of it")

    def check_illegal(self, p):
        """A removal of class illegal unites matches alone, shows nothing, and marks its family once."""
        evidence = [e["attachment"]["disclosure"] for e in p.get("evidence", [])]
        for source in p["sources"]:
            found = self.events[source["event"]]
            require(found.kind == "match-completed", "a source of class illegal is no match")
            require(found.predicate["set"]["disclosure"] == "sealed", "a set of class illegal is open")
        require(
            p["set"]["disclosure"] == "sealed" and "open" not in evidence,
            "a set or evidence of class illegal is open",
        )
        require(
            ("familyCommitment" in p) != self.is_marked(p["release"]),
            "the family's secret is committed to again, or not yet",
        )

    def apply_removal_decided(self, event):
        p = event.predicate
        self.removals.setdefault(p["release"], []).append(event.id)
        if "familyCommitment" in p:
            self.marked[self.family(p["release"].split("@")[0])] = p["familyCommitment"]

    # Models

    def check_model_registered(self, event):
        p = event.predicate
        require(p["model"] not in self.models, "the model is registered already")
        require("artifacts" in p or "attributedTo" in p, "the model has no files")

    def apply_model_registered(self, event):
        files = {file["sha256"] for file in event.predicate.get("artifacts", [])}
        self.models[event.predicate["model"]] = files

    def check_training_asserted(self, event):
        require(event.predicate["model"] in self.models, "there is no such model")
        self.known(event.predicate["release"])

    def check_model_deprecated(self, event):
        model = event.predicate["model"]
        require(model in self.models, "there is no such model")
        require(model not in self.deprecated, "the model is deprecated already")

    def apply_model_deprecated(self, event):
        self.deprecated.add(event.predicate["model"])
