"""Cleanings at the edges of their rules: of marked families, and with what was reinstated."""

import make_ledger as m


def single(s, members):
    """The keys of `members` with one row each, in their order."""
    return [k for k in sorted(members) if s.before[k][0] == 1]


def remove_on(s, release, keys, **changes):
    """Decides that `keys` are to leave `release`, which a match found there."""
    rows = s.statement(s.published[release])["tally"]["rows"]
    match = s.record_match(keys, release=release, scannedRows=rows)
    return s.remove([match], keys, release=release, **changes)


def publish(s, release, members, derivation=None, disclosure="sealed", **rest):
    """Publishes a release with its shard manifest sealed, or not."""
    manifest = s.attach(f"manifest {release}", "application/json", disclosure)
    id = s.publish(release, members, manifest=manifest, derivation=derivation, **rest)
    s.published[release] = id
    return id


def derived(s, parent, removed=(), added=(), removals=None, reinstatements=None, **changes):
    """What a release says of its parent; a cleaned one, where it applies decisions."""
    values = {
        "parent": parent, "removed": s.tally(removed), "added": s.tally(added),
        "changed": {"keys": 0, "rowsBefore": 0, "rowsAfter": 0},
        "removals": removals and sorted(removals),
        "reinstatements": reinstatements and sorted(reinstatements),
        "set": m.counted_set(len(removed)), "disclosure": "sealed", **changes,
    }  # fmt: skip
    return {name: value for name, value in values.items() if value is not None}


def cleaned(s, release, members, parent, removed=(), added=(), **decisions):
    """Publishes a cleaned release."""
    return publish(s, release, members, derived(s, parent, removed, added, **decisions))


def reinstate(s, release, removals, keys):
    """Decides that `keys` of the removals come back or stay, for they were found by mistake."""
    grounds = [
        s.append(
            "verification-recorded", (m.HOTLINE,), target=id, outcome="false-positive",
            count={"value": len(keys), "unit": "keys", "exactness": "exact", "asOf": s.stamp()},
        )
        for id in removals
    ]  # fmt: skip
    return s.append(
        "reinstatement-decided", release=release, removals=sorted(removals),
        grounds=sorted(grounds), reinstated=s.tally(keys),
        set=m.set_of(keys, f"back {len(s.ids)}"),
    )  # fmt: skip


def register(s, dataset, *identity, **rest):
    s.append(
        "dataset-registered", dataset=dataset, identity=list(identity), tagging="plain", **rest
    )


def columns(*identity):
    return {"identity": [c for n in identity for c in m.COLUMNS if c[0] == n], "content": m.COLUMNS}


# A family that is marked


def hidden(s):
    """Class illegal was applied, and a removal of another class comes next: of a key that was found
    in `laion@1.0` and that `laion@2.0` has."""
    m.hide(s)
    s.published = {"laion@1.0": s.first, "laion@2.0": s.ids[-1]}
    s.late = single(s, s.hidden)[:1]
    s.later = remove_on(s, "laion@1.0", s.late)


def settle(s):
    """What stays allowed: sums that hold exactly, filters with filters, and what is sealed."""
    hidden(s)
    left = {k: v for k, v in s.hidden.items() if k not in s.late}
    cleaned(s, "laion@2.1", left, "laion@2.0", s.late, removals=[s.later])
    # Two filters that found one key both.
    keys = single(s, left)[:5]
    filters = [filtered(s, "laion@2.1", part) for part in (keys[:3], keys[2:])]
    s.unite([(id, s.statement(id)["matched"]) for id in filters], keys, release="laion@2.1")
    first = s.remove(filters, keys, release="laion@2.1", basis="classifier", reasonClass="quality")
    # Another removal names one of them again: another leaves in place of what they share.
    second = remove_on(s, "laion@2.1", keys[:1])
    gone = single(s, left)[:6]
    left = {k: v for k, v in left.items() if k not in gone}
    cleaned(s, "laion@2.2", left, "laion@2.1", gone, removals=[first, second])
    register(s, "twin", "URL")
    publish(s, "twin@1", s.before, columns=columns("URL"))
    register(s, "captions", "TEXT", derivedFrom="laion@1.0")
    s.append("derivative-cleaned", **cleaned_derivative(s))
    # Of other columns is another family.
    publish(s, "captions@1", s.before, columns=columns("TEXT"), disclosure="open")


def filtered(s, release, keys):
    rows = s.statement(s.published[release])["tally"]["rows"]
    return s.append(
        "filter-completed", release=release, filter=s.attach("WIDTH < 9", disclosure="sealed"),
        scannedRows=rows, tool="0" * 64, matched=s.tally(keys),
        set=m.set_of(keys, f"filter {len(s.ids)}"),
    )  # fmt: skip


def cleaned_derivative(s, dataset="captions", before="sealed", after="sealed"):
    return {
        "dataset": dataset, "against": "laion@2.0",
        "removed": {"value": 3, "unit": "rows", "exactness": "exact", "asOf": s.stamp()},
        "before": s.attach("before", disclosure=before),
        "after": s.attach("after", disclosure=after),
    }  # fmt: skip


def turned(s, disclosure="sealed"):
    """A dataset by the columns of one that is marked, in another order, and its cleaned release."""
    s.published = {}
    for dataset, identity in (("pairs", ["URL", "TEXT"]), ("turned", ["TEXT", "URL"])):
        register(s, dataset, *identity)
        publish(s, f"{dataset}@1", s.before, columns=columns(*identity))
    key = single(s, s.before)[:1]
    remove_on(s, "pairs@1", key, reasonClass="illegal", familyCommitment=m.FAMILY)
    removal = remove_on(s, "turned@1", key)
    members = {k: v for k, v in s.before.items() if k not in key}
    cleaned(s, "turned@2", members, "turned@1", key, removals=[removal], disclosure=disclosure)


# What was reinstated


def decide_back(s):
    """Three keys that had left are to come back, while five others are to leave."""
    s.published = {"laion@1.0": s.first, "laion@1.1": s.second}
    s.back = sorted(s.matched, key=lambda k: (-s.before[k][0], k))[:3]
    s.going = single(s, s.after)[:5]
    s.returning = reinstate(s, "laion@1.1", [s.removal], s.back)
    s.illegal = remove_on(s, "laion@1.1", s.going, reasonClass="illegal", familyCommitment=m.FAMILY)


def come_back(s, going=5, back=3):
    """The release that applies both: so many of the first leave, so many of the last come back."""
    decide_back(s)
    left = {k: v for k, v in s.after.items() if k not in s.going[:going]}
    members = {**left, **{k: s.before[k] for k in s.back[:back]}}
    cleaned(
        s, "laion@1.2", members, "laion@1.1", s.going[:going], s.back[:back],
        removals=[s.illegal], reinstatements=[s.returning],
    )  # fmt: skip


def stay(s):
    """What is reinstated need not come back: it had not left, is to leave by what was decided where
    it was, or came back by hand."""
    s.published = {"laion@1.0": s.first, "laion@1.1": s.second}
    keys = single(s, s.after)[:2]
    removal = remove_on(s, "laion@1.1", keys)
    back = reinstate(s, "laion@1.1", [removal], keys[:1])
    left = {k: v for k, v in s.after.items() if k != keys[1]}
    cleaned(
        s, "laion@1.2", left, "laion@1.1", keys[1:], removals=[removal], reinstatements=[back]
    )
    gone = s.matched[:1]
    back = reinstate(s, "laion@1.2", [s.removal], gone)
    again = remove_on(s, "laion@1.0", gone)
    cleaned(s, "laion@1.3", left, "laion@1.2", removals=[again], reinstatements=[back])
    gone = s.matched[1:2]
    left = {**left, gone[0]: s.before[gone[0]]}
    publish(s, "laion@1.4", left, derived(s, "laion@1.3", added=gone, set=None))
    back = reinstate(s, "laion@1.4", [s.removal], gone)
    cleaned(s, "laion@1.5", left, "laion@1.4", reinstatements=[back])
