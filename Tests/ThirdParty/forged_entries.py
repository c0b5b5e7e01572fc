"""Bundles of a few entries that break a rule by themselves, whatever else is in the log."""

from datetime import timedelta

import make_ledger as m
from forged_bundles import ROGUE, introduce, register

CONTRADICTIONS = {}
FOUNDERS = [{
    "actor": "publisher", "publicKey": m.b64(m.PUBLISHER.raw), "custody": "own",
    "roles": ["administrator"],
}]  # fmt: skip


def contradiction(name, words):
    """A bundle of the entries whose sequences `make` gives, with a claim about the last."""

    def take(make):
        CONTRADICTIONS[name] = (make, words)
        return make

    return take


def lies(folder):
    """Writes the bundles; the words of their refusals."""
    for name, (make, _) in CONTRADICTIONS.items():
        story = m.Story()
        entries = make(story)
        claim = [{"type": "event", "sequence": entries[-1]}]
        entries = sorted({*m.key_entries(story), *entries})
        story.write(folder / f"few-{name}.winnow.jsonl", claim, entries, {})
    return {f"few-{name}": words for name, (_, words) in CONTRADICTIONS.items()}


def one(story, kind="model-registered", signers=(m.PUBLISHER,), **members):
    """Appends an event; its sequence."""
    if kind == "model-registered":
        members.update(model=f"m{len(story.ids)}", artifacts=[{"sha256": "0" * 64, "size": 0}])
    story.append(kind, signers, **members)
    return len(story.ids) - 1


@contradiction("of-the-future", "of the future")
def _(s):
    return [one(s, occurredAt=s.stamp(timedelta(minutes=7)))]


@contradiction("end-of-the-future", "of the future")
def _(s):
    return [one(s, occurredPrecision="interval", occurredUntil=s.stamp(timedelta(days=9)))]


@contradiction("too-late", "too late")
def _(s):
    return [one(s, notAfter="2018-01-01T00:00:00Z")]


@contradiction("recorded-before-it-occurred", "of the future|before the entry")
def _(s):
    return [one(s, recorded="2019-01-01T00:00:00.000Z", notAfter="2020-01-01T00:00:00Z")]


@contradiction("time-runs-back", "before the entry")
def _(s):
    return [one(s, recorded="2027-01-01T00:00:00.000Z"), one(s)]


@contradiction("of-another-size", "saw another log")
def _(s):
    return [one(s, expects=3)]


@contradiction("authority-for-too-long", "too long")
def _(s):
    return [one(s, "role-granted", actor="hotline", role="auditor",
                notAfter=s.stamp(timedelta(days=31)))]  # fmt: skip


@contradiction("authority-imported", "imported")
def _(s):
    return [one(s, "role-granted", actor="hotline", role="auditor",
                attestation="third-party-import", attributedTo="foundation")]  # fmt: skip


@contradiction("event-twice", "repeated")
def _(s):
    first = one(s)
    s.entries.append(s.entries[-1])
    s.ids.append(s.ids[-1])
    return [first, first + 1]


@contradiction("release-twice", "published already")
def _(s):
    s.publish("laion@1.1", s.after)
    return [s.second_at, len(s.ids) - 1]


@contradiction("key-that-comes-later", "comes later")
def _(s):
    at = register(s)
    introduce(s)
    return [at]


@contradiction("key-revoked-before", "was revoked")
def _(s):
    introduce(s)
    return [one(s, "key-revoked", key=ROGUE.id), register(s)]


@contradiction("founded-twice", "creates the ledger")
def _(s):
    return [one(s, "ledger-created", (m.PUBLISHER, m.LOG), origin=m.ORIGIN, logKey=m.VKEY,
                charter=m.charter(), founders=FOUNDERS)]  # fmt: skip


@contradiction("founded-without-the-log-key", "founders and the log key")
def _(s):
    s.entries, s.ids, s.attachments = [], [], {}
    return [one(s, "ledger-created", origin=m.ORIGIN, logKey=m.VKEY, charter=m.charter(),
                founders=FOUNDERS)]  # fmt: skip
