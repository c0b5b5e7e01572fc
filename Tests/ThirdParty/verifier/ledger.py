"""A ledger replayed from its first entry, every rule checked."""

from .encoding import sha256, unbase64, verifies
from .event import AUTHORITY_KINDS
from .note import Key
from .records import ACTS_ON_LEDGER, VERIFIABLE, Records, found_by, is_part
from .verdict import require

MINUTES_5 = 5 * 60 * 1000
DAYS_30 = 30 * 86_400 * 1000


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
        self.check_manifest(p)

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
        if "union" in d:
            self.check_cleaned(p, d)
        elif d["disclosure"] == "open":
            require(
                d["removed"]["keys"] == 0 or not self.pending(d["parent"]),
                "what left may be what is to go, and is open",
            )
            # What came may have hidden others on a list that is open.
            line = self.line(d["parent"])
            require(
                d["added"]["keys"] == 0
                or self.charter["minimumDilution"] == 1
                or not any(self.is_open(n) and self.is_illegal(n) for n in line),
                "what came may have hidden others, and is open",
            )

    def check_cleaned(self, p, d):
        removals = d.get("removals", [])
        pending = self.pending(d["parent"])
        require(set(removals) <= pending, "a removal does not apply")
        require(
            set(removals) == pending or len(removals) >= 256,
            "not all removals that apply are named",
        )
        union = self.referred(d["union"], "union-computed", d["parent"]).predicate
        require(
            "stated" not in union
            and [s["event"] for s in union.get("sources", [])] == removals
            and union.get("minus", []) == d.get("reinstatements", []),
            "the union is not of the removals named",
        )
        require(d["changed"]["keys"] == 0, "a cleaned release adds or changes keys")
        self.check_returned(d)
        require(
            union["union"]["keys"] == d["removed"]["keys"] + d["absentKeys"]
            and union["union"]["rows"] == d["removed"]["rows"],
            "what was removed is not what the union counts",
        )
        elsewhere = [id for id in removals if self.events[id].predicate["release"] != d["parent"]]
        require(
            d["absentKeys"] == 0 or elsewhere or union.get("minus"),
            "a key that was decided on here is not here",
        )
        if d["disclosure"] == "open":
            require(
                self.is_dilute(d, [self.events[id].predicate for id in removals]),
                "the removed rows are too little diluted to be open",
            )

    def is_dilute(self, d, removals):
        illegal = [r["removed"] for r in removals if r["reasonClass"] == "illegal"]
        returning = self.returning(d["parent"])
        returned = [returning[id] for id in d.get("reinstatements", [])]
        of_illegal = [r["reinstated"] for r in returned if self.is_of_illegal(r["removals"])]
        minimum = self.charter["minimumDilution"]
        # What an open set or a published filter names, dilutes nothing.
        explained = sum(r.get("explainedRows", 0) for r in removals)
        most = sum(max(tally["rows"], tally["keys"]) for tally in illegal)
        if minimum == 1:
            most += sum(max(tally["rows"], tally["keys"]) for tally in of_illegal)
        is_hidden = most == 0 or max(d["removed"]["rows"] - explained, 0) >= most * minimum
        if minimum == 1:
            return is_hidden
        line = self.line(d["parent"])
        # What comes back is a list of its own; and it may have hidden others on one that is open.
        if of_illegal or returned and any(self.is_open(n) and self.is_illegal(n) for n in line):
            return False
        others = [n for n in self.releases if n not in line and self.has_keys_of(n, d["parent"])]
        if most == 0:
            # That a list is sealed says nothing about the rows on it.
            is_beside = any(self.is_illegal(n) or self.loses_illegal(n) for n in others)
            return not is_beside and not self.may_have_back(line)
        removed = d["removed"]
        single = max(removed["keys"] - max(removed["rows"] - removed["keys"], 0), 0)
        keys = sum(tally["keys"] for tally in illegal)
        is_here = all(r["release"] == d["parent"] for r in removals if r["reasonClass"] == "illegal")
        return (
            any(r["reasonClass"] != "illegal" for r in removals)
            # The roots of other releases test the guesses that a list leaves.
            and not any(self.is_illegal(n) or self.loses_illegal(n) or self.lost(n) for n in others)
            # Keys of several rows stand out among those of one.
            and all(tally["rows"] <= tally["keys"] for tally in illegal)
            and (is_here or removed["rows"] == removed["keys"])
            and (keys == 0 or max(single - explained, 0) >= keys * minimum)
            and is_hidden
        )

    def has_illegal(self, d):
        """Whether a derivation applies or brings back what was decided as illegal."""
        returning = self.returning(d["parent"])
        back = [r for id in d.get("reinstatements", []) for r in returning[id]["removals"]]
        return self.is_of_illegal([*d.get("removals", []), *back])

    def is_of_illegal(self, removals):
        return any(self.events[id].predicate["reasonClass"] == "illegal" for id in removals)

    def has_keys_of(self, release, other):
        """Whether a row has the same key in both releases."""
        a, b = (self.datasets[name.split("@")[0]] for name in (release, other))
        if a["dataset"] == b["dataset"]:
            return True
        return a["tagging"] == b["tagging"] == "plain" and a["identity"] == b["identity"]

    def may_have_back(self, line):
        """Whether rows that left as illegal can have come again with others since."""
        has_got = False
        for name in line:
            if has_got and (self.is_illegal(name) or self.loses_illegal(name)):
                return True
            d = self.releases[name].get("derivation")
            has_got = has_got or bool(d) and d["added"]["keys"] > 0
        return False

    def loses_illegal(self, release):
        return self.is_of_illegal(self.removals.get(release, []))

    def lost(self, release):
        d = self.releases[release].get("derivation")
        return bool(d) and d["removed"]["keys"] > 0

    def is_open(self, release):
        d = self.releases[release].get("derivation")
        return bool(d) and d["disclosure"] == "open" and d["removed"]["keys"] > 0

    def is_illegal(self, release):
        removals = self.releases[release].get("derivation", {}).get("removals", [])
        return any(self.events[id].predicate["reasonClass"] == "illegal" for id in removals)

    def check_manifest(self, p):
        """An open manifest says how many rows each shard lost: never of class illegal."""
        if p["manifest"]["disclosure"] != "open":
            return
        dataset = p["release"].split("@")[0]
        d = p.get("derivation")
        is_hidden = self.charter["minimumDilution"] > 1
        gated = any(n.split("@")[0] == dataset and self.is_illegal(n) for n in self.releases)
        if d and "union" not in d:
            shown = d["removed"]["keys"] > 0 and self.pending(d["parent"])
        else:
            shown = d and is_hidden and self.has_illegal(d)
        require(
            not (gated and is_hidden) and not shown,
            "the manifest shows how many rows each shard lost",
        )

    def line(self, release):
        """The release and its ancestors, by name."""
        names = []
        while release is not None:
            names.append(release)
            release = self.releases[release].get("derivation", {}).get("parent")
        return names

    def pending(self, release):
        """The removals of the line that no release of it has applied."""
        line = self.line(release)
        applied = {
            id for n in line for id in self.releases[n].get("derivation", {}).get("removals", [])
        }
        return {id for n in line for id in self.removals.get(n, [])} - applied

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
        require("stated" not in self.events[p["list"]].predicate, "the list has no root")
        require(p["scannedRows"] == tally["rows"], "not the whole release was read")
        require(is_part(p["matched"], tally), "more matched than there is")

    def check_union_computed(self, event):
        p = event.predicate
        total, union = self.release(p["release"])["tally"], p["union"]
        line, kinds, bounds, same = self.line(p["release"]), set(), [], True
        decided = {id for n in line for id in self.reinstatements.get(n, {})}
        minus = p.get("minus", [])
        require(set(minus) <= decided, "what is taken away is no reinstatement of the line")
        is_open = p["set"]["disclosure"] == "open"
        explained, is_all_explained = None, True
        for source in p.get("sources", []):
            found = self.events.get(source["event"])
            require(found is not None, "a source is not in the ledger")
            require("stated" not in found.predicate, "a source is no match and no removal")
            tally = found.predicate.get(VERIFIABLE.get(found.kind))
            require(tally is not None, "a source is no match and no removal")
            is_here = found.predicate["release"] == p["release"]
            least = most = tally["keys"]
            rows = tally["rows"]
            if found.kind == "removal-decided":
                kinds.add("removal")
                require(found.predicate["release"] in line, "a removal is of another line")
                require(
                    not is_open or found.predicate["reasonClass"] != "illegal",
                    "a set of class illegal is open",
                )
                same = same and is_here
                back = [self.events[id].predicate for id in minus]
                back = [r for r in back if source["event"] in r["removals"]]
                least -= min(least, sum(r["reinstated"]["keys"] for r in back))
                alone = [r["reinstated"]["keys"] for r in back if len(r["removals"]) == 1]
                most -= min(most, max(alone, default=0))
                # Which rows are left where keys were taken back, no count says.
                rows = 0 if back else rows
            else:
                kinds.add("finding")
                require(is_here, "a match is of another release")
                require(
                    found.predicate["set"]["disclosure"] == p["set"]["disclosure"],
                    "a match is disclosed otherwise",
                )
                if is_open or found.predicate.get("filter", {}).get("disclosure") == "open":
                    explained = max(explained or 0, tally["rows"])
                else:
                    is_all_explained = False
            require(source["tally"] == tally, "a source counted otherwise")
            # On a later release the same keys can have other rows.
            bounds.append((least, most, rows if is_here else 0, tally["rows"]))
        require(len(kinds) < 2, "the sources are of two kinds")
        require(not minus or kinds != {"finding"}, "a union of matches takes nothing away")
        keys, rows = union["keys"], union["rows"]
        require(
            max([b[0] for b in bounds], default=0) <= keys <= sum(b[1] for b in bounds)
            and max([b[2] for b in bounds], default=0) <= rows <= total["rows"],
            "no union of the sources has that size",
        )
        require(("explainedRows" in p) == (explained is not None), "nothing published, or unsaid")
        # Of matches, every row of a matched key may go, so that there can be more rows than hits.
        if kinds == {"finding"}:
            require(keys <= rows and keys <= total["keys"], "no union of the matches has that size")
            said = p.get("explainedRows", 0)
            require(
                explained is None or said >= explained and (not is_all_explained or said == rows),
                "what is published has another number of rows",
            )
        elif same:
            require(rows <= sum(b[3] for b in bounds), "no union of the removals has that size")

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
        self.release(p["release"])
        union = self.referred(p["union"], "union-computed", p["release"]).predicate
        require("stated" not in union, "the union has no root")
        require(
            union["union"] == p["removed"]
            and union.get("explainedRows") == p.get("explainedRows"),
            "the union counts otherwise",
        )
        sources = union.get("sources", [])
        require(
            sources
            and all(self.events[s["event"]].kind != "removal-decided" for s in sources),
            "the union is not of matches",
        )
        evidence = [e["attachment"]["disclosure"] for e in p.get("evidence", [])]
        require(
            p["reasonClass"] != "illegal"
            or union["set"]["disclosure"] == "sealed"
            and "explainedRows" not in union
            and "open" not in evidence,
            "a set, a filter or evidence of class illegal is open",
        )
        if p["basis"] == "confirmed":
            causes = [self.events[id] for id in p.get("causes", []) if id not in self.replaced]
            for source in sources:
                require(confirms(source, causes), "no causes confirm all of it")

    def apply_removal_decided(self, event):
        self.removals.setdefault(event.predicate["release"], []).append(event.id)

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
