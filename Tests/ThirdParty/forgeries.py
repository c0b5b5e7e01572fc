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
founded("no-dilution", "minimumDilution", charter={**m.charter(), "minimumDilution": 0})

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
        "scannedRows": 60, "rowsWithoutHash": 0, "matched": s.tally(keys),
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
edited("absent-keys-without-union", "absentKeys", absentKeys=1)
edited("removals-without-union", "removals", removals=lambda s: [s.removal])
edited("union-without-removals", "fits no alternative", union=lambda s: s.applied)


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


cleaned("more-removed-than-decided", "union counts", lambda s: without(s, one_more(s)),
        removed=lambda s: s.tally(one_more(s)))  # fmt: skip
cleaned("less-removed-than-decided", "union counts", lambda s: without(s, s.matched[1:]),
        removed=lambda s: s.tally(s.matched[1:]))  # fmt: skip
cleaned("absent-keys-made-up", "union counts", absentKeys=1)
cleaned("removal-is-a-match", "does not apply", removals=lambda s: [s.match])
cleaned("removal-unknown", "does not apply", removals=["0" * 64])
cleaned("union-of-matches", "union is not of", union=lambda s: s.union)
cleaned("union-is-a-removal", "no union-computed", union=lambda s: s.removal)
cleaned("reinstatement-out-of-nothing", "union is not of", reinstatements=lambda s: [s.match], heldKeys=0)
cleaned("cleaned-and-added-to", "adds or changes",
        lambda s: {**s.after, sha256(b"new"): (2, sha256(b"row"))}, added=m.tally(1, 2))  # fmt: skip


@forgery("removal-applied-twice", "does not apply")
def _(s):
    again = s.unite([(s.removal, s.tally(s.matched))], [], release="laion@1.1",
                    union=m.tally(9, 0), set=m.set_of(s.matched, "again"))  # fmt: skip
    s.publish("laion@1.2", s.after, derivation=s.derivation(
        parent="laion@1.1", removed=m.tally(0, 0), union=again, absentKeys=9))  # fmt: skip


def illegal(s):
    union = s.unite([(s.match, s.tally(s.matched))], s.matched)
    s.both = sorted([s.removal, s.remove(union, s.matched, reasonClass="illegal")])
    s.applied = s.unite([(id, s.tally(s.matched)) for id in s.both], s.matched)


cleaned("open-below-dilution", "diluted", before=illegal, removals=lambda s: s.both)
cleaned("manifest-open-with-illegal-rows", "each shard lost", before=illegal,
        removals=lambda s: s.both, disclosure="sealed")  # fmt: skip


@forgery("open-beside-a-release-without-others", "diluted")
def _(story):
    s = story.ready
    m.hide(s, beside=True)
    story.__dict__.update(s.__dict__)


@forgery("decoys-reinstated", "hides others comes back")
def _(story):
    s = story.ready
    m.hide(s)
    removal, keys = s.decoys
    s.append(
        "reinstatement-decided", release="laion@2.0", removals=[removal], grounds=[s.verification],
        reinstated=s.tally(keys), set=m.set_of(keys, "back"),
    )  # fmt: skip
    story.__dict__.update(s.__dict__)


@forgery("open-list-of-what-may-have-hidden-others", "may have hidden others")
def _(story):
    s = story.ready
    m.hide(s)
    back = s.decoys[1][:2]
    s.publish(
        "laion@3.0", {**s.hidden, **{k: s.before[k] for k in back}},
        manifest=s.attach("shards", disclosure="sealed"),
        derivation={
            "parent": "laion@2.0", "removed": m.tally(0, 0), "added": s.tally(back),
            "changed": {"keys": 0, "rowsBefore": 0, "rowsAfter": 0}, "absentKeys": 0,
            "disclosure": "open",
        },
    )  # fmt: skip
    story.__dict__.update(s.__dict__)


# Findings

LIST = {"list": "foundation@1", "issuer": "foundation", "algorithm": "sha256", "of": "url"}


def hash_list(name, words, **changes):
    appended(name, words, "hash-list-received", **{
        **LIST, "asOf": lambda s: s.stamp(), "set": m.set_of([b"hash"], "list"), **changes,
    })  # fmt: skip


hash_list("list-received-twice", "received already", list="hotline@2024-03")
hash_list("issuer-unknown", "no such issuer", issuer="nobody")
hash_list("list-open", "set", set=m.set_of([b"hash"], "list", "open"))
hash_list("list-with-members", "members", set=lambda s: {
    **m.set_of([b"hash"], "list"), "members": s.attach("x", disclosure="sealed")})  # fmt: skip


def match(name, words, **changes):
    @forgery(name, words)
    def make(s):
        made = {k: v(s) if callable(v) else v for k, v in changes.items()}
        s.append("match-completed", **match_of(s, **made))


match("match-of-no-release", "no release", release="laion@9")
match("match-against-no-list", "no hash-list-received", list=lambda s: s.match)
match("not-all-rows-read", "whole release", scannedRows=59)
match("more-matched-than-read", "more rows matched", rowsWithoutHash=55)
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
union("union-of-another-release", "another release", release="laion@1.1")
union("source-unknown", "not in the ledger", lambda s: [("0" * 64, s.tally(s.matched))])
union("source-is-a-verification", "no match and no removal",
      lambda s: [(s.verification, s.tally(s.matched))])  # fmt: skip
union("source-counted-otherwise", "counted otherwise", lambda s: [(s.match, m.tally(1, 1))])
union("sources-of-two-kinds", "two kinds",
      lambda s: [(x, s.tally(s.matched)) for x in (s.match, s.removal)])  # fmt: skip
union("union-too-small", "has that size", keys=lambda s: s.matched[1:])
union("union-too-large", "has that size", keys=one_more)
union("union-with-too-few-rows", "has that size", union=m.tally(9, 0))
union("union-set-of-another-size", "another number", set=lambda s: m.set_of([], "x"))
union("minus-out-of-nothing", "no reinstatement", minus=lambda s: [s.match])


@forgery("union-removal-of-another-line", "another line")
def _(s):
    s.append("dataset-registered", **DATASET)
    s.publish("other@1", s.before, columns=s.columns())
    s.unite([(s.removal, s.tally(s.matched))], s.matched, release="other@1")


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
    s.remove(s.union, s.matched, basis="confirmed", causes=[whole])


def removal(name, words, **changes):
    @forgery(name, words)
    def make(s):
        made = {k: v(s) if callable(v) else v for k, v in changes.items()}
        s.remove(made.pop("union", s.union), s.matched, **made)


removal("illegal-with-open-evidence", "class illegal is open", reasonClass="illegal",
        evidence=lambda s: [{"attachment": s.attach("a letter"), "retrievedAt": s.stamp(),
                             "relation": "supports"}])  # fmt: skip
removal("removal-from-no-release", "no release", release="laion@9")
removal("removal-of-a-match", "no union-computed", union=lambda s: s.match)
removal("removal-of-another-release", "another release", release="laion@1.1")
removal("removal-counts-otherwise", "counts otherwise", removed=m.tally(1, 1))
removal("confirmed-by-nobody", "confirm all", basis="confirmed")
removal("confirmed-by-a-match", "confirm all", basis="confirmed", causes=lambda s: [s.match])


@forgery("confirmed-by-doubt", "confirm all")
def _(s):
    doubt = s.append("verification-recorded", (H,), target=s.match, outcome="inconclusive",
                     count=COUNT(s))  # fmt: skip
    s.remove(s.union, s.matched, basis="confirmed", causes=[doubt])


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
union("rows-without-a-key", "rows without keys", union=m.tally(0, 1), set=m.set_of([], "x"))
union("union-of-fewer-rows-than-keys", "has that size", union=m.tally(9, 8))


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
    s.remove(s.union, s.matched, basis="confirmed", causes=[s.verification])


@forgery("sealed-union-of-an-open-match", "otherwise")
def _(s):
    match = s.record_match(s.matched, set=m.set_of(s.matched, "x", "open"))
    s.unite([(match, s.tally(s.matched))], s.matched)


def open_union(name, words, **changes):
    @forgery(name, words)
    def make(s):
        match = s.record_match(s.matched, set=m.set_of(s.matched, "x", "open"))
        s.unite([(match, s.tally(s.matched))], s.matched,
                set=m.set_of(s.matched, "y", "open"), **changes)  # fmt: skip


open_union("open-union-that-does-not-say-so", "nothing published, or unsaid")
open_union("open-union-of-fewer-rows", "another number of rows", explainedRows=8)


@forgery("open-union-of-a-sealed-match", "otherwise")
def _(s):
    s.unite([(s.match, s.tally(s.matched))], s.matched, set=m.set_of(s.matched, "x", "open"))


@forgery("open-manifest-below-dilution", "each shard lost")
def _(story):
    s = story.ready
    illegal(s)
    s.publish("laion@1.1", s.after, derivation=s.derivation(removals=s.both, disclosure="sealed"))
    story.__dict__.update(s.__dict__)


@forgery("cleaned-behind-the-rules", "what is to go")
def _(story):
    s = story.ready
    derivation = s.derivation()
    for name in ("removals", "union"):
        del derivation[name]
    s.publish("laion@1.1", s.after, derivation=derivation)
    story.__dict__.update(s.__dict__)


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


@forgery("sealed-attachment-without-tag", "alternative")
def _(s):
    s.append("actor-registered", actor="new", title={
        "sha256": "0" * 64, "size": 27, "mediaType": "text/plain", "disclosure": "sealed"})  # fmt: skip


@forgery("attachment-of-another-size", "names the attachment")
def _(s):
    s.append("actor-registered", actor="new", title={**s.attach("title"), "size": 99})


@forgery("pending-removal-left-out", "not all removals")
def _(story):
    s = story.ready
    keys = [sorted(s.before)[40]]
    match = s.record_match(keys)
    s.remove(s.unite([(match, s.tally(keys))], keys), keys)
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
    other = s.record_match(keys)
    s.remove(s.unite([(other, s.tally(keys))], keys), keys, basis="confirmed",
             causes=[s.verification])  # fmt: skip


@forgery("illegal-rows-named", "illegal is open")
def _(s):
    open_set = m.set_of(s.matched, "open", "open")
    match = s.record_match(s.matched, set=open_set)
    rows = s.tally(s.matched)["rows"]
    union = s.unite([(match, s.tally(s.matched))], s.matched, set=open_set, explainedRows=rows)
    s.remove(union, s.matched, reasonClass="illegal", explainedRows=rows)


@forgery("removal-of-removals", "matches")
def _(s):
    s.remove(s.applied, s.matched)


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
