"""Bundles of a few entries, of a log whose operator admits anything: a first entry that is left out,
keys that nobody signed with, releases and columns of another than the publisher."""

import json

import make_ledger as m
from verifier import rows

ROGUE = m.Signer("rogue")


def introduce(story, signers=(ROGUE,)):
    """Enters the rogue's key as somebody's; the sequence."""
    story.append(
        "key-added", signers, actor="rogue", publicKey=m.b64(ROGUE.raw), custody="own"
    )  # fmt: skip
    return len(story.ids) - 1


def register(story, signer=ROGUE):
    """An event by the rogue; the sequence."""
    story.append("model-registered", (signer,), model="rogue",
                 artifacts=[{"sha256": "0" * 64, "size": 0}])  # fmt: skip
    return len(story.ids) - 1


def lies(folder):
    """Bundles that are not what they say of themselves; the words of their refusals."""
    story = m.Story()
    key, at = introduce(story, (m.PUBLISHER,)), register(story)
    claim = [{"type": "event", "sequence": at}]
    story.write(folder / "key-that-does-not-sign.winnow.jsonl", claim, [0, key, at], {})
    # The head names one ledger, sequence 0 is of another.
    other = m.Maker()
    other.append(
        "ledger-created", (ROGUE, m.LOG), origin=m.ORIGIN, logKey=m.VKEY, charter=m.charter(),
        founders=[{
            "actor": "rogue", "publicKey": m.b64(ROGUE.raw), "custody": "own",
            "roles": ["administrator"],
        }],
    )  # fmt: skip
    other.ids[0] = other.authority = story.ids[0]
    at = register(other)
    claim = [{"type": "event", "sequence": at}]
    other.write(folder / "another-first-entry.winnow.jsonl", claim, [0, at], {})
    stated = m.Story()
    stated.append(
        "release-published", (m.HOTLINE,), release="theirs@1", attestation="third-party-import",
        attributedTo="foundation",
        stated=[{"value": 9, "unit": "rows", "exactness": "approximate", "asOf": stated.stamp()}],
    )  # fmt: skip
    at = len(stated.ids) - 1
    claim = look("presence", at, stated.after, min(stated.after))
    entries = sorted({*m.key_entries(stated), at})
    stated.write(folder / "row-of-a-stated-release.winnow.jsonl", [claim], entries, {})
    return {
        "key-that-does-not-sign": "key is not here",
        "another-first-entry": "sequence 0 is another event",
        "row-of-a-stated-release": "only states figures",
        **twice_signed(folder),
        **late_parent(folder),
    }


def twice_signed(folder):
    """Checkpoints with a good and a bad signature by the log's key, in both orders."""
    story, other = m.Story(), m.Story()
    other.append("actor-registered", actor="new")
    text, good = story.checkpoint(m.LOG).split("\n\n")
    bad = other.checkpoint(m.LOG).split("\n\n")[1]
    for name, lines in (("good-and-bad", good + bad), ("bad-and-good", bad + good)):
        story.checkpoint = lambda _, lines=lines: f"{text}\n\n{lines}"
        story.write(folder / f"checkpoint-{name}.winnow.jsonl", [{"type": "complete"}])
    return {f"checkpoint-{name}": "is not valid" for name in ("good-and-bad", "bad-and-good")}


def late_parent(folder):
    """A release that is said to have come of one that was published later."""
    story = m.Story().ready
    child = publish(story, "laion@1.1", story.after, story.derivation())
    parent = publish(story, "laion@1.0", story.before)
    path = folder / "parent-after-its-child.winnow.jsonl"
    m.write_transition(story, path, parent, child, story.before, removed=story.matched)
    return {"parent-after-its-child": "after its child"}


def publish(story, release, members, derivation=None, signer=m.PUBLISHER):
    """Publishes a release that anyone signs; its sequence."""
    top = m.build(members)
    story.append(
        "release-published", (signer,), release=release, winnowSet1=m.setproof.root(top).hex(),
        shards=1, tally=m.tally(len(members), top.rows), derivation=derivation,
        manifest=story.attach(f"manifest {release}", "application/json"),
    )  # fmt: skip
    return len(story.ids) - 1


def pins(folder):
    """What the rogue says beside what the publisher says: an event, that a row is gone, a release that
    came of the publisher's, and one that the publisher's came of."""
    story = m.Story().ready
    key = introduce(story)
    event = register(story)
    parent = publish(story, "laion@1.0", story.before, signer=ROGUE)
    own = publish(story, "laion@1.1", story.after, story.derivation())
    child = publish(story, "laion@1.1", story.after, story.derivation(), signer=ROGUE)
    entries = [*m.key_entries(story), key]

    def write(name, claim, *more):
        story.write(folder / f"{name}.winnow.jsonl", [claim], sorted({*entries, *more}), {})

    gone = story.matched[0]
    write("event", {"type": "event", "sequence": event}, event, own)
    write("absence", look("absence", child, story.after, gone), child, story.first_at)
    write("own-absence", look("absence", own, story.after, gone), own, story.first_at)
    for name, first, second in [
        ("child", story.first_at, child), ("parent", parent, own), ("own", story.first_at, own)
    ]:  # fmt: skip
        path = folder / f"{name}.winnow.jsonl"
        m.write_transition(story, path, first, second, story.before, removed=story.matched)
    # The hotline's key signs what adds it, a stranger's nothing.
    signers = {"publisher": m.PUBLISHER, "rogue": ROGUE, "hotline": m.HOTLINE}
    for name, signer in {**signers, "stranger": m.Signer("stranger")}.items():
        (folder / name).write_text(m.b64(signer.raw))


def unshown(folder):
    """Bundles that neither show what they claim nor contradict it."""
    story = m.Story()
    key, at = introduce(story), register(story)
    claim = [{"type": "event", "sequence": at}]
    story.write(folder / "no-first-entry.winnow.jsonl", claim, [key, at], {})


def columns(folder):
    """A release of the publisher's that seems to lack a row, for the rogue says what makes its key."""
    story = m.Story().ready
    identity = [["URL", "string"], ["TEXT", "string"]]
    key = introduce(story)
    story.append(
        "dataset-registered", (ROGUE,), dataset="laion", identity=["URL", "TEXT"], tagging="plain"
    )
    story.append(
        "release-published", (ROGUE,), release="laion@0.9", winnowSet1="0" * 64,
        tally=m.tally(1, 1), shards=1, manifest=story.attach("none", "application/json"),
        columns={"identity": identity, "content": identity[::-1]},
    )  # fmt: skip
    story.publish("laion@1.1", story.after, derivation=story.derivation())
    at = len(story.ids) - 1
    row = next(r for r in m.sample_rows() if rows.key_of([("URL", "string")], r) in story.after)
    (folder / "row.json").write_text(json.dumps({"URL": row["URL"], "TEXT": row["TEXT"]}))
    false_key = rows.key_of([tuple(column) for column in identity], row)
    claim = look("absence", at, story.after, false_key)
    story.write(folder / "columns.winnow.jsonl", [claim], [0, key, at - 2, at - 1, at], {})
    for name, signer in (("publisher", m.PUBLISHER), ("rogue", ROGUE), ("hotline", m.HOTLINE)):
        (folder / name).write_text(m.b64(signer.raw))


def look(type, at, members, key):
    opened = m.b64(m.witness(m.build(members), [key]))
    return {"type": type, "sequence": at, "key": key.hex(), "witness": opened}
