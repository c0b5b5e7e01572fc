"""Logs that break one rule each, by a last event that the right keys signed and the log took.

`FORGERIES` maps a name to what makes the log out of the sound story and to words of the sentence
with which the verifier here refuses it.
"""

from datetime import timedelta

import make_ledger as m
from verifier import setproof
from verifier.encoding import sha256

P, H, F, S = m.PUBLISHER, m.HOTLINE, m.FOUNDATION, m.SECOND
FORGERIES = {}


def forgery(name, words):
    def take(make):
        FORGERIES[name] = (make, words)
        return make

    return take


def appended(name, words, kind, signers=(P,), **members):
    """A forgery that appends one event to the whole story; members may be made from it."""

    def make(s):
        made = {k: v(s) if callable(v) else v for k, v in members.items()}
        s.append(kind, signers, **made)

    forgery(name, words)(make)


# Admission

TRAINED = {
    "model": "imagegen-1.5", "release": "laion@1.1", "polarity": "not-trained", "use": "evaluation",
}  # fmt: skip


def trained(name, words, signers=(P,), **members):
    appended(name, words, "training-asserted", signers, **{**TRAINED, **members})


trained("other-ledger", "another ledger", ledger="0" * 64)
trained("origin-as-ledger", "ledger", ledger=m.ORIGIN)
trained("expects-another-size", "saw another log", expects=3)
trained("from-the-future", "of the future", occurredAt=lambda s: s.stamp(timedelta(minutes=7)))
trained("expired", "too late", notAfter=lambda s: s.stamp(-timedelta(minutes=1)))
trained("unknown-cause", "cause", causes=["1" * 64])
trained("time-runs-back", "before the entry", recorded="2026-01-31T12:00:00.000Z",
        occurredAt="2026-01-31T12:00:00Z")  # fmt: skip
trained("role-missing", "role", (H,))
trained("unknown-key", "belongs to no actor", (P, m.Signer("stranger")))
trained("log-key-signs", "belongs to no actor", (P, m.LOG))
trained("unknown-member", "unknown member", comment="hello")
trained("interval-without-end", "occurredUntil", occurredPrecision="interval")
trained("end-without-interval", "occurredUntil", occurredUntil="2026-02-01T00:00:00Z")
trained("interval-ends-before-it-starts", "ends before", occurredPrecision="interval",
        occurredUntil="2026-01-01T00:00:00Z")  # fmt: skip
trained("import-attributed-to-nobody", "attributedTo", attestation="third-party-import")
trained("first-party-attributed", "attributedTo", attributedTo="hotline")
trained("no-such-day", "occurredAt", occurredAt="2026-01-32T00:00:00Z")
trained("no-leap-day", "calendar", occurredAt="2025-02-29T00:00:00Z")
trained("no-leap-day-in-evidence", "calendar", evidence=lambda s: [
    {"attachment": s.attach("x"), "retrievedAt": "1900-02-29T00:00:00Z", "relation": "supports"}])  # fmt: skip
trained("time-with-fraction", "occurredAt", occurredAt="2026-01-31T00:00:00.000Z")
trained("short-nonce", "nonce", nonce="00")
trained("other-subject", "subjects", subject=[
    {"name": "other", "digest": {"sha256": sha256(b"other").hex()}}])  # fmt: skip
trained("causes-not-ascending", "ascend", causes=lambda s: sorted(s.ids[:2], reverse=True))
trained("no-causes-listed", "causes", causes=[])
trained("name-leaves-its-folder", "case", case="a/../b")
trained("unknown-word", "use", use="fun")


@forgery("repeated", "repeated")
def _(s):
    s.append("training-asserted", **TRAINED)
    s.entries.append(s.entries[-1])
    s.ids.append(s.ids[-1])


@forgery("created-twice", "creates the ledger")
def _(s):
    s.append(
        "ledger-created", (P, m.LOG), ledger=m.ORIGIN, origin=m.ORIGIN, logKey=m.VKEY,
        charter=m.charter(), founders=[{
            "actor": "publisher", "publicKey": m.b64(P.raw), "custody": "own",
            "roles": ["administrator"],
        }],
    )  # fmt: skip


@forgery("invalid-signature", "not valid")
def _(s):
    s.append("training-asserted", **TRAINED)
    entry = m.json.loads(s.entries[-1])
    signature = entry["envelope"]["signatures"][0]
    signature["sig"] = m.b64(H.private.sign(b"something else"))
    s.entries[-1] = m.canonical(entry)


@forgery("signature-left-out", "exactly those of the signers")
def _(s):
    s.append("training-asserted", (P, H), **TRAINED)
    entry = m.json.loads(s.entries[-1])
    del entry["envelope"]["signatures"][1]
    s.entries[-1] = m.canonical(entry)


@forgery("payload-not-canonical", "canonical")
def _(s):
    s.append("training-asserted", **TRAINED)
    entry = m.json.loads(s.entries[-1])
    payload = m.base64_payload(s.entries[-1]).replace(b",", b", ", 1)
    signature = P.private.sign(m.pre_authentication(payload))
    entry["envelope"].update(
        payload=m.b64(payload), signatures=[{"keyid": P.id, "sig": m.b64(signature)}]
    )
    s.entries[-1] = m.canonical(entry)


@forgery("entry-not-canonical", "canonical")
def _(s):
    s.append("training-asserted", **TRAINED)
    s.entries[-1] = b" " + s.entries[-1]


@forgery("entry-too-large", "larger")
def _(s):
    s.append("model-registered", model="large", artifacts=[
        {"sha256": d, "size": 1} for d in sorted(sha256(bytes([i])).hex() for i in range(256))
    ])  # fmt: skip


# Sequence 0


def founded(name, words, signers=(P, m.LOG), founders=None, **members):
    """A forgery whose only event is sequence 0."""
    one = {"actor": "publisher", "publicKey": m.b64(P.raw), "custody": "own",
           "roles": ["administrator"]}  # fmt: skip

    @forgery(name, words)
    def make(s):
        s.entries, s.ids, s.attachments = [], [], {}
        s.append("ledger-created", signers, **{
            "ledger": m.ORIGIN, "origin": m.ORIGIN, "logKey": m.VKEY, "charter": m.charter(),
            "founders": [{**one, **f} for f in founders or [{}]], **members,
        })  # fmt: skip


TWO = {"roles": ["administrator"], "actors": 2}
SECOND = {"actor": "second", "publicKey": m.b64(S.raw)}
founded("founder-does-not-sign", "founders and the log key", founders=[{}, SECOND])
founded("log-key-does-not-sign", "founders and the log key", (P,))
founded("stranger-founds", "not valid", (P, m.LOG, H))
founded("actor-founded-twice", "founders do not ascend", (P, S, m.LOG),
        founders=[{}, {**SECOND, "actor": "publisher"}])  # fmt: skip
founded("log-key-as-founder", "stands twice", (m.LOG,), founders=[{"publicKey": m.b64(m.LOG.raw)}])
founded("quorum-never-there", "too few", charter=m.charter(**{"role-granted": TWO}))
founded("quorum-of-lent-keys", "too few", (P, S, m.LOG),
        founders=[{}, {**SECOND, "custody": "administrator"}],
        charter=m.charter(**{"key-added": TWO}))  # fmt: skip
founded("nobody-governs", "too few", founders=[{"roles": ["publisher"]}])
founded("rule-for-no-kind", "unknown member",
        charter=m.charter(**{"row-added": {"roles": ["administrator"], "actors": 1}}))  # fmt: skip
founded("nobody-governs-without-rules", "too few", founders=[{"roles": ["publisher"]}],
        charter={**m.charter(), "kinds": {}})  # fmt: skip
founded("other-origin", "ledger", ledger="ledger.example.org/other")
founded("log-key-of-another-name", "origin", origin="ledger.example.org/other",
        ledger="ledger.example.org/other")  # fmt: skip
founded("roles-not-ascending", "ascend", founders=[{"roles": ["publisher", "administrator"]}])
founded("minimum-that-is-gone", "unknown member", charter={**m.charter(), "minimumDilution": 9})

# Authority


def new_key(**members):
    return {"actor": "hotline", "publicKey": m.b64(S.raw), "custody": "own", **members}


appended("actor-registered-twice", "registered already", "actor-registered", actor="hotline")
appended("actor-with-slash", "spelling", "actor-registered", actor="a/b")
appended("authority-without-end", "notAfter", "role-granted", actor="hotline", role="auditor",
         notAfter=None)  # fmt: skip
appended("authority-for-too-long", "too long", "role-granted", actor="hotline", role="auditor",
         notAfter=lambda s: s.stamp(timedelta(days=30, minutes=2)))  # fmt: skip
appended("follows-no-authority", "follow", "role-granted", actor="hotline", role="auditor",
         after=lambda s: s.match)  # fmt: skip
appended("follows-nothing", "follow", "role-granted", actor="hotline", role="auditor",
         after="0" * 64)  # fmt: skip
appended("key-added-to-nobody", "no such actor", "key-added", (P, S), **new_key(actor="nobody"))
appended("new-key-does-not-sign", "does not sign", "key-added", (P,), **new_key())
appended("key-taken", "taken", "key-added", (P, F), **new_key(publicKey=m.b64(F.raw)))
appended("log-key-given-away", "taken", "key-added", (P, m.LOG),
         **new_key(publicKey=m.b64(m.LOG.raw)))  # fmt: skip
appended("key-added-by-itself", "role", "key-added", (S,), **new_key())
appended("unknown-key-revoked", "no such key", "key-revoked", key="0" * 64)
appended("last-key-revoked", "too few", "key-revoked", key=P.id)
appended("last-role-revoked", "too few", "role-revoked", actor="publisher", role="administrator")
appended("role-held", "held already", "role-granted", actor="hotline", role="matcher")
appended("role-of-nobody", "no such actor", "role-granted", actor="nobody", role="matcher")
appended("role-not-held", "not held", "role-revoked", actor="hotline", role="auditor")
appended("charter-out-of-reach", "too few", "charter-set",
         charter=m.charter(**{"charter-set": TWO}))  # fmt: skip


@forgery("stale-grant", "later event")
def _(s):
    after = s.authority
    s.append("role-revoked", actor="hotline", role="matcher")
    s.append("role-granted", actor="hotline", role="matcher", after=after)


@forgery("stale-charter", "later event")
def _(s):
    after = s.authority
    s.append("charter-set", charter=m.charter())
    s.append("charter-set", charter=m.charter(), after=after)


@forgery("revoked-key-signs", "revoked")
def _(s):
    s.append("key-revoked", key=H.id)
    s.record_match(s.matched, H)


@forgery("key-revoked-twice", "no such key")
def _(s):
    s.append("key-revoked", key=H.id)
    s.append("key-revoked", key=H.id)


@forgery("revoked-key-comes-back", "was revoked")
def _(s):
    s.append("key-revoked", key=H.id)
    s.append("key-added", (P, H), **new_key(publicKey=m.b64(H.raw)))


@forgery("role-revoked-earlier", "role")
def _(s):
    s.append("role-revoked", actor="hotline", role="verifier")
    s.append("verification-recorded", (H,), target=s.match, outcome="likely",
             count=COUNT(s))  # fmt: skip


@forgery("kind-without-rule", "too few")
def _(s):
    rules = m.charter()
    del rules["kinds"]["verification-recorded"]
    s.append("charter-set", charter=rules)
    s.append("verification-recorded", (H,), target=s.match, outcome="likely",
             count=COUNT(s))  # fmt: skip


def by_two_matchers(s):
    rule = {"roles": ["matcher"], "actors": 2}
    s.append("charter-set", charter=m.charter(**{"match-completed": rule}))


@forgery("quorum-of-one", "too few")
def _(s):
    by_two_matchers(s)
    s.record_match(s.matched, H)


@forgery("quorum-of-two-keys-of-one-actor", "too few")
def _(s):
    by_two_matchers(s)
    s.append("key-added", (P, S), **new_key())
    s.append("match-completed", (H, S), **match_of(s))


@forgery("quorum-with-a-lent-key", "too few")
def _(s):
    by_two_matchers(s)
    s.append("match-completed", (H, F), **match_of(s))


def match_of(s, keys=None, **changes):
    keys = s.matched if keys is None else keys
    return {
        "release": "laion@1.0", "list": s.list, "column": "URL", "method": "exact",
        "scannedRows": 60, "rowsWithoutHash": 0,
        "rowsWithOtherValue": 0, "matched": s.tally(keys),
        "hashesAsOf": s.stamp(), "set": m.set_of(keys, "match"), **changes,
    }  # fmt: skip


def COUNT(s, value=1, unit="rows"):
    return {"value": value, "unit": unit, "exactness": "exact", "asOf": s.stamp()}


# Datasets and releases

DATASET = {"dataset": "other", "identity": ["URL"], "tagging": "plain"}


def dataset(name, words, **members):
    appended(name, words, "dataset-registered", **{**DATASET, **members})


dataset("dataset-registered-twice", "registered already", dataset="laion")
dataset("derived-from-nothing", "no release", derivedFrom="laion@9")
dataset("column-twice", "twice", identity=["URL", "URL"])
dataset("column-with-control-character", "identity", identity=["a\u0085b"])
dataset("column-without-name", "identity", identity=[""])
dataset("column-name-too-long", "too long", identity=["\u00e9" * 65])
dataset("keyed-without-commitment", "secretCommitment", tagging="keyed")
dataset("plain-with-commitment", "secretCommitment", secretCommitment="0" * 64)


def release(name, words, of=None, **changes):
    """A forgery that publishes one release after the story."""

    def make(s):
        made = {k: v(s) if callable(v) else v for k, v in changes.items()}
        s.publish(made.pop("release", "laion@3.0"), s.after if of is None else of(s), **made)

    forgery(name, words)(make)


release("release-published-twice", "published already", release="laion@1.1")
release("release-of-no-dataset", "no such dataset", release="other@1")
release("columns-fixed-twice", "columns", columns=lambda s: s.columns())
release("parent-unknown", "no release", derivation=lambda s: s.derivation(parent="laion@9"))
release("parent-of-another-dataset", "another dataset",
        derivation=lambda s: s.derivation(parent="other@1"))  # fmt: skip
release("fewer-rows-than-keys", "fewer rows", tally=m.tally(5, 4))
release("rows-without-keys", "tally", tally=m.tally(0, 4))


@forgery("first-release-without-columns", "columns")
def _(s):
    s.append("dataset-registered", **DATASET)
    s.publish("other@1", s.before)


@forgery("columns-not-registered", "registered ones")
def _(s):
    s.append("dataset-registered", **{**DATASET, "identity": ["TEXT"]})
    s.publish("other@1", s.before, columns=s.columns())


@forgery("columns-in-another-order", "content")
def _(s):
    s.append("dataset-registered", **DATASET)
    s.publish("other@1", s.before, columns={"identity": m.IDENTITY, "content": m.COLUMNS[::-1]})


@forgery("columns-registered-in-another-order", "content")
def _(s):
    s.append("dataset-registered", **{**DATASET, "content": ["URL", "TEXT"]})


@forgery("column-of-no-type", "columns")
def _(s):
    s.append("dataset-registered", **DATASET)
    columns = {"identity": [["URL", "list<string"]], "content": m.COLUMNS}
    s.publish("other@1", s.before, columns=columns)


def edited(name, words, members=None, **changes):
    """A forgery of a release that adds and changes keys without being a cleaned one."""

    @forgery(name, words)
    def make(s):
        all_members, _, _, derivation = s.edited(keys=3)
        made = {k: v(s) if callable(v) else v for k, v in changes.items()}
        s.publish("laion@3.0", members(s) if members else all_members,
                  derivation={**derivation, **made})  # fmt: skip


edited("rows-lent", "rows do not add up", changed={"keys": 1, "rowsBefore": 1, "rowsAfter": 3})
edited("rows-lost", "rows do not add up", added=m.tally(3, 7))
edited("more-changed-than-there-was", "more changed", added=m.tally(3, 60))
edited("keys-lost", "keys do not add up", added=m.tally(2, 6))
edited("gap-without-leave", "charter allows no gap", added=m.tally(3, 7),
       unreconciled=lambda s: {"gap": -1, "explanation": s.attach("lost")})  # fmt: skip
edited("gap-of-zero", "gap", unreconciled=lambda s: {"gap": 0, "explanation": s.attach("none")})
edited("changed-rows-without-keys", "changed",
       changed={"keys": 0, "rowsBefore": 0, "rowsAfter": 1})  # fmt: skip
edited("fewer-changed-rows-than-keys", "fewer changed rows",
       changed={"keys": 2, "rowsBefore": 1, "rowsAfter": 2})  # fmt: skip
edited("absent-keys", "unknown member", absentKeys=1)
edited("removals-without-set", "must not be there|set that left", removals=lambda s: [s.removal])
edited("set-without-removals", "alternative|set that left", set=m.counted_set(0))
edited("reinstatements-without-set", "must not be there|set that left", reinstatements=lambda s: [s.removal])


@forgery("another-gap", "gap is another")
def _(s):
    s.append("charter-set", charter={**m.charter(), "allowsUnreconciled": True})
    members, _, _, derivation = s.edited(keys=3)
    derivation["unreconciled"] = {"gap": -6, "explanation": s.attach("lost")}
    derivation["added"] = m.tally(3, 7)
    s.publish("laion@3.0", members, derivation=derivation)


def cleaned(name, words, members=None, before=None, **changes):
    """A forgery of the story's cleaned release, in its place in the log."""

    @forgery(name, words)
    def make(story):
        s = story.ready
        if before:
            before(s)
        made = {k: v(s) if callable(v) else v for k, v in changes.items()}
        s.publish("laion@1.1", members(s) if members else s.after, derivation=s.derivation(**made))
        story.__dict__.update(s.__dict__)


def one_more(s):
    return [*s.matched, sorted(s.before)[20]]


def without(s, keys):
    return {k: v for k, v in s.before.items() if k not in keys}


cleaned("more-removed-than-decided", "sums do not hold", lambda s: without(s, one_more(s)),
        removed=lambda s: s.tally(one_more(s)))  # fmt: skip
cleaned("less-removed-than-decided", "sums do not hold", lambda s: without(s, s.matched[1:]),
        removed=lambda s: s.tally(s.matched[1:]))  # fmt: skip
cleaned("set-of-another-size", "another number of keys", set=m.counted_set(8))
cleaned("cleaned-with-a-union", "unknown member", union=lambda s: s.union)
cleaned("removal-is-a-match", "does not come next", removals=lambda s: [s.match])
cleaned("removal-unknown", "does not come next", removals=["0" * 64])
cleaned("removal-as-a-reinstatement", "does not come next", removals=lambda s: [s.removal],
        reinstatements=lambda s: [s.removal])  # fmt: skip
cleaned("reinstatement-out-of-nothing", "does not come next",
        reinstatements=lambda s: [s.match])  # fmt: skip
cleaned("cleaned-and-added-to", "more comes back",
        lambda s: {**s.after, sha256(b"new"): (2, sha256(b"row"))}, added=m.tally(1, 2))  # fmt: skip


@forgery("cleaned-and-changed", "changes keys")
def _(story):
    s = story.ready
    key = min(s.after)
    n, _ = s.after[key]
    s.publish(
        "laion@1.1", {**s.after, key: (n, sha256(b"another row"))},
        derivation=s.derivation(changed={"keys": 1, "rowsBefore": n, "rowsAfter": n}),
    )  # fmt: skip
    story.__dict__.update(s.__dict__)


@forgery("removal-applied-twice", "does not come next")
def _(s):
    s.publish("laion@1.2", s.after, derivation=s.derivation(
        parent="laion@1.1", removed=m.tally(0, 0)))  # fmt: skip


@forgery("removal-out-of-turn", "does not come next")
def _(story):
    s = story.ready
    key = [sorted(s.before)[40]]
    match = s.record_match(key)
    ids = [s.removal, *(s.remove([match], key) for _ in range(256))]
    s.publish("laion@1.1", without(s, key), derivation=s.derivation(
        removed=s.tally(key), removals=sorted(ids[1:])))  # fmt: skip
    story.__dict__.update(s.__dict__)


# Class illegal: what leaves with it is as much as was said, and nothing lists it


def hidden(name, words, gone=None, **changes):
    """A forgery of the release that applies a removal of class illegal with its decoys."""

    @forgery(name, words)
    def make(story):
        s = story.ready
        m.hide(s)
        twin = s.copy()
        # The same decisions, and another release in place of the sound one.
        twin.entries, twin.ids = s.entries[:-1], s.ids[:-1]
        keys = gone(s) if gone else [*s.matched, *s.illegal, *s.others]
        made = {k: v(s) if callable(v) else v for k, v in changes.items()}
        manifest = made.pop("manifest", None)
        values = m.hidden_in(twin, s.tally(keys), **made)
        if manifest:
            values["manifest"] = twin.attach("shards", disclosure=manifest)
        twin.publish("laion@2.0", without(s, keys), **values)
        story.__dict__.update(twin.__dict__)


hidden("illegal-listed", "are listed", disclosure="open")
hidden("illegal-set-open", "are listed", set=lambda s: m.set_of(
    [*s.matched, *s.illegal, *s.others], "open", "open"))  # fmt: skip
hidden("manifest-open-with-illegal-rows", "are listed", manifest="open")
hidden("decoy-left-out", "sums do not hold", lambda s: [*s.matched, *s.illegal, *s.others[1:]])
hidden("no-decoy-left", "sums do not hold", lambda s: [*s.matched, *s.illegal])
hidden("decoy-too-many", "sums do not hold",
       lambda s: [*s.matched, *s.illegal, *s.others, stranger(s)])  # fmt: skip
hidden("decoy-of-two-rows", "sums do not hold",
       lambda s: [*s.matched, *s.illegal, *s.others[1:], stranger(s, 2)])  # fmt: skip


def stranger(s, rows=1):
    """A key that nothing names, of so many rows."""
    named = [*s.matched, *s.illegal, *s.others]
    return next(k for k in sorted(s.before) if k not in named and s.before[k][0] == rows)


def illegal(name, words, sources=None, **changes):
    """A forgery of a removal of class illegal."""

    @forgery(name, words)
    def make(s):
        made = {k: v(s) if callable(v) else v for k, v in changes.items()}
        given = sources(s) if sources else [s.match]
        s.remove(given, s.matched, **{
            "reasonClass": "illegal", "familyCommitment": m.FAMILY, **made})  # fmt: skip


def open_match(s):
    return s.record_match(s.matched, set=m.set_of(s.matched, "x", "open"))


def a_filter(s):
    return s.append(
        "filter-completed", release="laion@1.0", filter=s.attach("WIDTH < 9"), scannedRows=60,
        tool="0" * 64, matched=s.tally(s.matched), set=m.set_of(s.matched, "filter"),
    )  # fmt: skip


illegal("illegal-uncommitted", "or not yet", familyCommitment=None)
illegal("illegal-of-a-filter", "is no match", lambda s: [a_filter(s)])
illegal("illegal-of-an-open-match", "class illegal is open", lambda s: [open_match(s)])
illegal("illegal-and-open", "class illegal is open", lambda s: [open_match(s)],
        set=lambda s: m.set_of(s.matched, "y", "open"))  # fmt: skip
illegal("illegal-with-open-evidence", "class illegal is open", evidence=lambda s: [
    {"attachment": s.attach("a letter"), "retrievedAt": s.stamp(), "relation": "supports"}])  # fmt: skip
illegal("commitment-of-another-class", "only a removal of class illegal", reasonClass="privacy")
illegal("decoys-of-another-class", "only a removal of class illegal", reasonClass="privacy",
        familyCommitment=None, decoys=lambda s: s.decoys([sorted(s.before)[40]]))  # fmt: skip
illegal("decoys-of-another-size", "another number of keys", decoys={
    "tally": m.tally(2, 2), "set": m.counted_set(3)})  # fmt: skip
illegal("decoys-open", "sealed|open", decoys={
    "tally": m.tally(1, 1), "set": m.set_of([bytes(32)], "x", "open")})  # fmt: skip
illegal("decoys-of-nothing", "nothing is removed|out of range", decoys={
    "tally": m.tally(0, 0), "set": m.counted_set(0)})  # fmt: skip
illegal("decoys-without-rows", "fewer rows", decoys={
    "tally": m.tally(2, 1), "set": m.counted_set(2)})  # fmt: skip
illegal("more-decoys-than-rows", "has that size", decoys=lambda s: {
    "tally": m.tally(50, 50), "set": m.counted_set(50)})  # fmt: skip


def marked(name, words, kind=None, **members):
    """A forgery of an event in a family that is marked."""

    @forgery(name, words)
    def make(story):
        s = story.ready
        m.hide(s)
        made = {k: v(s) if callable(v) else v for k, v in members.items()}
        s.append(kind, **made)
        story.__dict__.update(s.__dict__)


def opened(s):
    return m.set_of(s.matched, "open", "open")


marked("marked-match-open", "are listed", "match-completed",
       **{k: (lambda s, k=k: {**match_of(s), "set": opened(s)}[k]) for k in (
           "release", "list", "column", "method", "scannedRows", "rowsWithoutHash",
           "rowsWithOtherValue", "matched",
           "hashesAsOf", "set")})  # fmt: skip
marked("marked-filter-published", "are listed", "filter-completed", release="laion@1.0",
       filter=lambda s: s.attach("WIDTH < 9"), scannedRows=60, tool="0" * 64,
       matched=lambda s: s.tally(s.matched), set=lambda s: m.set_of(s.matched, "f"))  # fmt: skip
marked("marked-filter-open", "are listed", "filter-completed", release="laion@1.0",
       filter=lambda s: s.attach("WIDTH < 9", disclosure="sealed"), scannedRows=60, tool="0" * 64,
       matched=lambda s: s.tally(s.matched), set=opened)  # fmt: skip


@forgery("marked-again", "committed to again")
def _(story):
    s = story.ready
    m.hide(s)
    s.remove([s.match], s.matched, reasonClass="illegal", familyCommitment=m.FAMILY)
    story.__dict__.update(s.__dict__)


@forgery("marked-union-open", "are listed")
def _(story):
    s = story.ready
    match = open_match(s)
    m.hide(s)
    s.unite([(match, s.tally(s.matched))], s.matched, set=opened(s))
    story.__dict__.update(s.__dict__)


@forgery("marked-removal-open", "are listed")
def _(story):
    s = story.ready
    match = open_match(s)
    m.hide(s)
    s.remove([match], s.matched, set=opened(s))
    story.__dict__.update(s.__dict__)


@forgery("twin-of-a-marked-dataset-open", "are listed")
def _(story):
    s = story.ready
    m.hide(s)
    s.append("dataset-registered", dataset="twin", identity=["URL"], tagging="plain")
    s.publish("twin@1", s.before, columns=s.columns(),
              manifest=s.attach("first shards", disclosure="sealed"))  # fmt: skip
    s.publish("twin@2", s.hidden, derivation={
        "parent": "twin@1", "removed": s.tally([*s.matched, *s.illegal, *s.others]),
        "added": m.tally(0, 0), "changed": {"keys": 0, "rowsBefore": 0, "rowsAfter": 0},
        "disclosure": "open"}, manifest=s.attach("shards", disclosure="sealed"))  # fmt: skip
    story.__dict__.update(s.__dict__)


@forgery("decoys-reinstated", "hides others comes back")
def _(story):
    s = story.ready
    keys = [sorted(s.before)[40]]
    removal = s.remove([s.record_match(keys)], keys, reasonClass="decoy")
    s.append(
        "reinstatement-decided", release="laion@1.0", removals=[removal], grounds=[s.verification],
        reinstated=s.tally(keys), set=m.set_of(keys, "back"),
    )  # fmt: skip
    story.__dict__.update(s.__dict__)


# Findings

LIST = {"list": "foundation@1", "issuer": "foundation", "algorithm": "sha256", "of": "url"}


def hash_list(name, words, **changes):
    appended(name, words, "hash-list-received", **{
        **LIST, "asOf": lambda s: s.stamp(), "entries": m.entries(1),
        "set": m.set_of([b"hash"], "list"), **changes,
    })  # fmt: skip


hash_list("list-received-twice", "received already", list="hotline@2024-03")
hash_list("issuer-unknown", "no such issuer", issuer="nobody")
hash_list("list-open", "set", set=m.set_of([b"hash"], "list", "open"))
hash_list("list-with-members", "members", set=lambda s: {
    **m.set_of([b"hash"], "list"), "members": s.attach("x", disclosure="sealed")})  # fmt: skip


hash_list("entries-that-do-not-add-up", "add up", entries={**m.entries(1), "read": 2})
hash_list("more-left-out-than-read", "add up", entries={**m.entries(1), "withoutHash": 1})
hash_list("all-disputed-and-more", "disputed", entries={**m.entries(1), "disputed": 2})
hash_list("deleted-and-disputed", "disputed", entries=m.entries(1, deleted=1, disputed=2))
hash_list("perceptual-hashes-of-urls", "not of an image|of", algorithm="pdq")
hash_list("list-without-entries", "entries", entries=None)


def match(name, words, **changes):
    @forgery(name, words)
    def make(s):
        made = {k: v(s) if callable(v) else v for k, v in changes.items()}
        s.append("match-completed", **match_of(s, **made))


match("match-of-no-release", "no release", release="laion@9")
match("match-against-no-list", "no hash-list-received", list=lambda s: s.match)
match("not-all-rows-read", "whole release", scannedRows=59)
match("more-matched-than-read", "more rows matched", rowsWithoutHash=55)
NEAR = {"distance": 31}
PDQ = {"method": "pdq", "nearness": NEAR}
QUALITY = {"qualityColumn": "q", "leastQuality": 50, "rowsBelowQuality": 1}

match("other-values-than-were-read", "more rows matched", rowsWithOtherValue=55)
match("nothing-that-is-a-hash", "no hash", rowsWithoutHash=20, rowsWithOtherValue=40,
      matched=m.tally(0, 0), set=lambda s: m.set_of([], "match"))  # fmt: skip
match("near-hashes-of-a-list-of-digests", "is not compared so", **PDQ)
match("near-without-saying-how", "nearness", method="pdq")
match("exact-and-near", "nearness", nearness=NEAR)
match("near-beyond-the-index", "distance|maximum", method="pdq", nearness={"distance": 32})
match("quality-of-no-column", "[qQ]uality", method="pdq", nearness={**NEAR, "leastQuality": 50})
match("quality-beyond-a-hundred", "[qQ]uality|maximum", method="pdq",
      nearness={**NEAR, **QUALITY, "leastQuality": 101})  # fmt: skip
match("spelled-without-a-count", "spell|rowsBySpelling", method="url-spellings-1")
match("exact-and-spelled", "spell|rowsBySpelling", rowsBySpelling=1)
match("more-spelled-than-matched", "spelled otherwise", method="url-spellings-1",
      rowsBySpelling=60)  # fmt: skip
match("match-by-an-unknown-method", "method|one of", method="fuzzy")
match("match-set-of-another-size", "another number", set=lambda s: m.set_of(s.matched[1:], "match"))
match("match-members-disclosed-otherwise", "exactly one", set=lambda s: {
    **m.set_of(s.matched, "match"), "members": s.attach("x")})  # fmt: skip


def union(name, words, sources=None, keys=None, **changes):
    @forgery(name, words)
    def make(s):
        made = {k: v(s) if callable(v) else v for k, v in changes.items()}
        given = sources(s) if sources else [(s.match, s.tally(s.matched))]
        s.unite(given, keys(s) if keys else s.matched, **made)


union("union-of-no-release", "no release", release="laion@9")
union("union-of-another-release", "no filter on the release", release="laion@1.1")
union("source-unknown", "not in the ledger", lambda s: [("0" * 64, s.tally(s.matched))])
union("source-is-a-verification", "no match and no filter",
      lambda s: [(s.verification, s.tally(s.matched))])  # fmt: skip
union("source-counted-otherwise", "counted otherwise", lambda s: [(s.match, m.tally(1, 1))])
union("source-is-a-removal", "no match and no filter",
      lambda s: [(x, s.tally(s.matched)) for x in (s.match, s.removal)])  # fmt: skip
union("union-too-small", "has that size", keys=lambda s: s.matched[1:])
union("union-too-large", "has that size", keys=one_more)
union("union-with-too-few-rows", "fewer rows", union=m.tally(9, 0))
union("union-set-of-another-size", "another number", set=lambda s: m.set_of([], "x"))
union("minus-out-of-nothing", "unknown member", minus=lambda s: [s.match])
union("union-of-more-rows-than-found", "has that size",
      union=lambda s: {**s.tally(s.matched), "rows": s.tally(s.matched)["rows"] + 1})  # fmt: skip
union("union-of-nothing", "sources|elements", lambda s: [], lambda s: [])


def verification(name, words, **changes):
    @forgery(name, words)
    def make(s):
        made = {k: v(s) if callable(v) else v for k, v in changes.items()}
        s.append("verification-recorded", (H,), **{
            "target": s.match, "outcome": "confirmed", "count": COUNT(s), **made})  # fmt: skip


verification("verified-nothing", "no match-completed", target="0" * 64)
verification("verified-a-union", "no match-completed", target=lambda s: s.union)
verification("verified-more-rows-than-found", "more than was found",
             count=lambda s: COUNT(s, 61))  # fmt: skip
verification("verified-more-keys-than-found", "more than was found",
             count=lambda s: COUNT(s, 10, "keys"))  # fmt: skip


def verified(s, value, unit="rows", signers=(H,), **changes):
    return s.append("verification-recorded", signers, **{
        "target": s.match, "outcome": "likely", "count": COUNT(s, value, unit), **changes})  # fmt: skip


@forgery("verified-more-together", "the same actor verified")
def _(s):
    # Five rows were confirmed before.
    verified(s, s.tally(s.matched)["rows"] - 4)


@forgery("verified-more-together-in-two-units", "the same actor verified")
def _(s):
    verified(s, s.tally(s.matched)["rows"] - 4, "keys")


@forgery("verified-more-of-it-in-hashes", "the same actor verified")
def _(s):
    verified(s, s.tally(s.matched)["rows"] - 4, "hashes")


@forgery("verified-more-keys-together", "the same actor verified")
def _(s):
    verified(s, 5, "keys", replaces=s.verification)
    verified(s, 5, "keys")


@forgery("verified-more-in-anothers-name", "the same actor verified")
def _(s):
    for _ in range(2):
        verified(s, s.tally(s.matched)["rows"] - 1, attestation="third-party-import",
                 attributedTo="foundation")  # fmt: skip


verification("replaces-what-is-none", "replaces no verification", replaces=lambda s: s.match)
verification("replaces-nothing", "replaces no verification", replaces="0" * 64)


@forgery("replaces-anothers", "replaces no verification")
def _(s):
    s.append("role-granted", actor="publisher", role="verifier")
    verified(s, 1, signers=(P,), replaces=s.verification)


@forgery("replaces-that-of-another-match", "replaces no verification")
def _(s):
    other = s.record_match(s.matched)
    verified(s, 1, target=other, replaces=s.verification)


@forgery("replaces-twice", "replaces no verification")
def _(s):
    for _ in range(2):
        verified(s, 1, replaces=s.verification)


@forgery("confirmed-by-what-was-taken-back", "confirm all")
def _(s):
    rows = s.tally(s.matched)["rows"]
    whole = verified(s, rows, outcome="confirmed", replaces=s.verification)
    verified(s, 0, replaces=whole)
    s.remove([s.match], s.matched, basis="confirmed", causes=[whole])


def removal(name, words, sources=None, **changes):
    @forgery(name, words)
    def make(s):
        made = {k: v(s) if callable(v) else v for k, v in changes.items()}
        s.remove(sources(s) if sources else [s.match], s.matched, **made)


removal("removal-from-no-release", "no release", release="laion@9")
removal("removal-of-another-release", "no filter on the release", release="laion@1.1")
removal("removal-with-a-union", "unknown member", union=lambda s: s.union)
removal("removal-of-another-size", "another number of keys", removed=m.tally(1, 1))
removal("removal-smaller-than-its-match", "has that size", removed=m.tally(1, 1),
        set=m.counted_set(1))  # fmt: skip
removal("removal-of-fewer-rows-than-its-match", "has that size|fewer rows",
        removed=lambda s: m.tally(9, s.tally(s.matched)["rows"] - 1))  # fmt: skip
removal("removal-larger-than-its-match", "has that size", removed=m.tally(10, 13),
        set=m.counted_set(10))  # fmt: skip
removal("removal-of-more-rows-than-there-are", "has that size", removed=m.tally(9, 60))
removal("removal-of-nothing", "nothing is removed|out of range", removed=m.tally(0, 0),
        set=m.counted_set(0))  # fmt: skip
removal("confirmed-by-nobody", "confirm all", basis="confirmed")
removal("confirmed-by-a-match", "confirm all", basis="confirmed", causes=lambda s: [s.match])


def sourced(name, words, *sources):
    """A forgery of a removal that names other sources than it has."""

    @forgery(name, words)
    def make(s):
        s.append(
            "removal-decided", release="laion@1.0", basis="hash-match", reasonClass="privacy",
            sources=[source(s) for source in sources], removed=s.tally(s.matched),
            set=m.set_of(s.matched, "removal"),
        )  # fmt: skip


sourced("removal-of-a-removal", "no match and no filter",
        lambda s: {"event": s.removal, "tally": s.tally(s.matched)})  # fmt: skip
sourced("removal-of-a-union", "no match and no filter",
        lambda s: {"event": s.union, "tally": s.tally(s.matched)})  # fmt: skip
sourced("removal-of-nothing-known", "not in the ledger",
        lambda s: {"event": "0" * 64, "tally": s.tally(s.matched)})  # fmt: skip
sourced("removal-counted-otherwise", "counted otherwise",
        lambda s: {"event": s.match, "tally": m.tally(1, 1)})  # fmt: skip
sourced("removal-of-one-match-twice", "ascend",
        *[lambda s: {"event": s.match, "tally": s.tally(s.matched)}] * 2)  # fmt: skip


@forgery("confirmed-by-doubt", "confirm all")
def _(s):
    doubt = s.append("verification-recorded", (H,), target=s.match, outcome="inconclusive",
                     count=COUNT(s))  # fmt: skip
    s.remove([s.match], s.matched, basis="confirmed", causes=[doubt])


# Models

FILE = [{"sha256": sha256(b"file").hex(), "size": 4}]
appended("model-registered-twice", "registered already", "model-registered",
         model="imagegen-1.5", artifacts=FILE)  # fmt: skip
appended("artifact-twice", "twice|ascend", "model-registered", model="m", artifacts=FILE * 2)
trained("unknown-model-trained", "no such model", model="unknown")
trained("trained-on-nothing", "no release", release="laion@9")
appended("unknown-model-deprecated", "no such model", "model-deprecated", model="unknown",
         statedReason=lambda s: s.attach("why"))  # fmt: skip
appended("deprecated-twice", "deprecated already", "model-deprecated", model="imagegen-1.5",
         statedReason=lambda s: s.attach("again"))  # fmt: skip


@forgery("attachment-left-out", "attachment is missing")
def _(s):
    del s.attachments[min(s.attachments)]


# Imports, disclosure and dilution

for name, kind, members in (
    ("authority-imported", "role-granted", {"actor": "hotline", "role": "auditor"}),
    ("attributed-to-nobody", "training-asserted", {**TRAINED, "attributedTo": "nobody"}),
    ("attributed-to-a-signer", "training-asserted", {**TRAINED, "attributedTo": "publisher"}),
):
    appended(name, "imported|attributed", kind, attestation="third-party-import",
             **{"attributedTo": "foundation", **members})  # fmt: skip
trained("evidence-of-the-future", "of the future", evidence=lambda s: [{
    "attachment": s.attach("x"), "retrievedAt": s.stamp(timedelta(minutes=9)),
    "relation": "supports"}])  # fmt: skip
trained("no-evidence-listed", "evidence", evidence=[])
union("rows-without-a-key", "rows without keys|is not 0", union=m.tally(0, 1), set=m.set_of([], "x"))
union("union-of-fewer-rows-than-keys", "fewer rows", union=m.tally(9, 8))


@forgery("old-key-after-a-revocation", "later event")
def _(s):
    after = s.authority
    s.append("key-revoked", key=H.id)
    s.append("key-added", (P, S), **new_key(after=after))


@forgery("old-role-after-a-revocation", "later event")
def _(s):
    after = s.authority
    s.append("role-revoked", actor="hotline", role="matcher")
    s.append("role-granted", actor="hotline", role="publisher", after=after)


@forgery("confirmed-in-part", "confirm all")
def _(s):
    s.remove([s.match], s.matched, basis="confirmed", causes=[s.verification])


@forgery("open-union-of-a-sealed-match", "sealed set is opened")
def _(s):
    s.unite([(s.match, s.tally(s.matched))], s.matched, set=m.set_of(s.matched, "x", "open"))


@forgery("open-removal-of-a-sealed-match", "sealed set is opened")
def _(s):
    s.remove([s.match], s.matched, set=m.set_of(s.matched, "x", "open"))


@forgery("attachment-that-nothing-names", "names the attachment")
def _(s):
    s.attach("stray")


@forgery("no-entries", "no entries")
def _(s):
    s.entries, s.attachments = [], {}


@forgery("open-set-is-another", "another root")
def _(s):
    keys = sorted(s.matched)
    file = b"winnow-set1\n" + setproof.u64(len(keys)) + b"".join(keys)
    data = bytes(32) + file
    digest = sha256(data).hex()
    s.attachments[digest] = data
    s.append("match-completed", **match_of(s, set={
        "winnowSet1": "0" * 64, "keys": len(keys), "disclosure": "open", "members": {
            "sha256": digest, "size": len(data), "mediaType": "application/octet-stream",
            "disclosure": "open"}}))  # fmt: skip


@forgery("attachment-without-salt", "alternative")
def _(s):
    data = b"short"
    s.attachments[sha256(data).hex()] = data
    s.append("actor-registered", actor="new", title={
        "sha256": sha256(data).hex(), "size": len(data), "mediaType": "text/plain",
        "disclosure": "open"})  # fmt: skip


def sealed_of_size(name, size):
    @forgery(name, "alternative|power of two|fit")
    def make(s):
        s.append("actor-registered", actor="new", title={
            "sha256": "0" * 64, "size": size, "mediaType": "text/plain",
            "disclosure": "sealed"})  # fmt: skip


sealed_of_size("sealed-attachment-of-its-own-size", 5000)
sealed_of_size("sealed-attachment-too-small", 2048)


@forgery("sealed-attachment-without-tag", "alternative")
def _(s):
    s.append("actor-registered", actor="new", title={
        "sha256": "0" * 64, "size": 27, "mediaType": "text/plain", "disclosure": "sealed"})  # fmt: skip


@forgery("attachment-of-another-size", "names the attachment")
def _(s):
    s.append("actor-registered", actor="new", title={**s.attach("title"), "size": 99})


@forgery("pending-removal-left-out", "is left out")
def _(story):
    s = story.ready
    keys = [sorted(s.before)[40]]
    s.remove([s.record_match(keys)], keys)
    s.publish("laion@1.1", s.after, derivation=s.derivation())
    story.__dict__.update(s.__dict__)


@forgery("more-keys-matched-than-there-are", "more matched")
def _(s):
    keys = len(s.before) + 1
    s.append("match-completed", **match_of(
        s, matched=m.tally(keys, 60), set={**m.set_of([], "x"), "keys": keys}))  # fmt: skip


@forgery("confirmed-by-looking-elsewhere", "confirm all")
def _(s):
    keys = [sorted(s.before)[40]]
    s.remove([s.record_match(keys)], keys, basis="confirmed", causes=[s.verification])


@forgery("more-removed-than-there-was", "more changed")
def _(s):
    members, _, _, derivation = s.edited(keys=3)
    keys = len(s.after)
    derivation.update(removed=m.tally(keys + 1, 100), added=m.tally(keys + 4, 106))
    s.publish("laion@3.0", members, derivation=derivation)


@forgery("key-that-anyone-can-sign-with", "weak")
def _(s):
    class Anyone:
        """The neutral point: this signature holds for every message."""

        raw = b"\x01" + bytes(31)
        id = sha256(raw).hex()

        class private:
            @staticmethod
            def sign(message):
                return b"\x01" + bytes(63)

    s.append("key-added", (P, Anyone), **new_key(publicKey=m.b64(Anyone.raw)))


@forgery("suspected-later-than-now", "suspect")
def _(s):
    s.append("key-revoked", key=H.id, suspectSince=999)
