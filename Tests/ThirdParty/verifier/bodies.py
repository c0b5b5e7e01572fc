"""What the bodies of statements say, kind by kind, beyond their schemas."""

from .encoding import sha256, unbase64
from .note import ED25519, Key
from .verdict import require

BY_EVENT = {
    "verification-recorded": "target", "notice-acknowledged": "notice",
    "response-recorded": "target", "dispute-opened": "target", "dispute-resolved": "dispute",
    "event-corrected": "target",
}  # fmt: skip
BY_SET = (
    "match-completed", "union-computed", "filter-completed", "removal-decided",
    "reinstatement-decided",
)  # fmt: skip
BY_NAME = {
    "ledger-created": "origin", "actor-registered": "actor", "role-granted": "actor",
    "role-revoked": "actor", "dataset-registered": "dataset",
    "release-withdrawn": "release", "residue-found": "release", "derivative-cleaned": "dataset",
    "derivative-deleted": "dataset", "training-asserted": "model", "model-deprecated": "model",
    "model-derived": "model", "deprecation-requested": "model", "model-withdrawn": "model",
    "model-tested": "model",
}  # fmt: skip


def about(name, algorithm, digest):
    return {"name": name, "digest": {algorithm: digest}}


def named(name):
    return about(name, "sha256", sha256(name.encode()).hex())


def thing_of(topic):
    """The one kind and name of a topic."""
    ((kind, name),) = topic.items()
    return kind, name


def topic_subject(topic):
    kind, name = thing_of(topic)
    return about("event", "sha256", name) if kind == "event" else named(name)


def subjects(kind, p):
    """What the statement is about, as it follows from the predicate."""
    if kind == "key-added":
        return [about(p["actor"], "sha256", sha256(unbase64(p["publicKey"])).hex())]
    if kind == "key-revoked":
        return [about("key", "sha256", p["key"])]
    if kind == "charter-set":
        return [named("charter")]
    if kind == "log-key-changed":
        return [about("log key", "sha256", sha256(Key(p["logKey"]).raw).hex())]
    if kind == "release-published" and "stated" not in p or kind == "release-observed":
        return [about(p["release"], "winnowSet1", p["winnowSet1"])]
    if kind in BY_SET:
        release = [named(p["release"])]
        if "stated" in p:
            return release
        return release + [about("set", "winnowSet1", p["set"]["winnowSet1"])]
    if kind == "hash-list-received":
        if "stated" in p:
            return [named(p["list"])]
        return [about(p["list"], "winnowSet1", p["set"]["winnowSet1"])]
    if kind in BY_EVENT:
        return [about("event", "sha256", p[BY_EVENT[kind]])]
    if kind == "model-registered":
        files = [about(p["model"], "sha256", a["sha256"]) for a in p.get("artifacts", [])]
        return files or [named(p["model"])]
    if kind == "preservation-held":
        return [about("attachment", "sha256", digest) for digest in p["held"]]
    if kind in ("attachment-withheld", "attachment-erased"):
        return [about("attachment", "sha256", p["attachment"])]
    if kind == "availability-observed":
        return [topic_subject(p["thing"])]
    if kind == "release-published":
        return [named(p["release"])]
    if kind in BY_NAME:
        return [named(p[BY_NAME[kind]])]
    return [topic_subject(topic) for topic in p["about"]]


def concerns(kind, p):
    """What must be there, as (kind, name): the things that an event is shown with."""
    def events(*names):
        found = []
        for name in names:
            value = p.get(name, [])
            found += [("event", id) for id in (value if isinstance(value, list) else [value])]
        return found

    releases = [("release", p["release"])] if "release" in p else []
    models = [("model", p["model"])] if "model" in p else []
    topics = [thing_of(topic) for topic in p.get("about", [])]
    if "stated" in p:
        if kind == "release-published":
            return [("release", p["parent"])] if "parent" in p else []
        if kind == "hash-list-received":
            return [("actor", p["issuer"])]
        return releases + events("list", "sources")
    if kind in ("release-withdrawn", "filter-completed"):
        return releases
    if kind == "release-observed":
        return releases + events("publication")
    if kind == "derivative-cleaned":
        return [("dataset", p["dataset"]), ("release", p["against"])]
    if kind == "derivative-deleted":
        return [("dataset", p["dataset"])]
    if kind == "availability-observed":
        return [thing_of(p["thing"])]
    if kind in ("notice-acknowledged", "response-recorded", "dispute-opened", "dispute-resolved",
                "event-corrected"):  # fmt: skip
        return events(BY_EVENT[kind])
    if kind == "reinstatement-decided":
        return releases + events("removals")
    if kind == "residue-found":
        return releases + events("removal")
    if kind == "preservation-held":
        return events("hold")
    if kind == "attachment-withheld":
        return events("events")
    if kind == "attachment-erased":
        asked = [("actor", p["requestedBy"])] if "requestedBy" in p else []
        return events("events") + asked
    if kind == "model-derived":
        return [*models, ("model", p["parent"])]
    if kind == "deprecation-requested":
        return [*models, ("actor", p["to"])]
    if kind in ("model-withdrawn", "model-tested"):
        return models
    if kind == "notice-sent":
        return [*topics, ("actor", p["to"])]
    if kind == "authority-report-filed":
        return [*topics, ("actor", p["authority"])]
    if kind == "claim-recorded":
        return [*topics, ("actor", p["claimant"])]
    if kind == "recommendation-made":
        return topics + [("actor", actor) for actor in p.get("to", [])]
    return topics + events("answers") if "about" in p else []


def ascending(name, items):
    require(all(a < b for a, b in zip(items, items[1:])), f"{name} do not ascend")


LISTS = (
    "sources", "removals", "grounds", "methods", "held", "events", "answers",
)  # fmt: skip


def check_lists(p):
    """Every list of ids, words, names, counts and topics ascends."""
    for name in LISTS:
        items = p.get(name, [])
        if isinstance(items, list) and all(isinstance(item, str) for item in items):
            ascending(name, items)
    if isinstance(p.get("to"), list):
        ascending("to", p["to"])
    for name in ("counts", "stated"):
        ascending(name, [count["unit"] for count in p.get(name, [])])
    ascending("about", [thing_of(topic) for topic in p.get("about", [])])


def check_reinstatement(p):
    require(p["set"]["keys"] == p["reinstated"]["keys"], "the set has another number of keys")
    require(p["reinstated"]["keys"] > 0, "nothing is reinstated")
    require(p["reinstated"]["rows"] >= p["reinstated"]["keys"], "there are fewer rows than keys")


def check_filter(p):
    if "stated" in p:
        return
    require(p["matched"]["rows"] >= p["matched"]["keys"], "there are fewer rows than keys")
    require(p["matched"]["rows"] <= p["scannedRows"], "more rows were chosen than were read")
    require(p["set"]["keys"] == p["matched"]["keys"], "the set has another number of keys")


def check_observed(p):
    require(p["tally"]["rows"] >= p["tally"]["keys"], "there are fewer rows than keys")


def check_derived(p):
    require(p["model"] != p["parent"], "a model is made from itself")


def check_log_key(p):
    require(len(p["logKey"]) <= 256 and Key(p["logKey"]).type == ED25519, "it is not Ed25519")


BODIES = {
    "reinstatement-decided": check_reinstatement,
    "filter-completed": check_filter,
    "release-observed": check_observed,
    "model-derived": check_derived,
    "log-key-changed": check_log_key,
}
