"""Logs that break one rule of what happened around a dataset, after all of `make_records`."""

import make_ledger as m
import make_records
from forgeries import FORGERIES
from verifier.encoding import sha256

P, H = m.PUBLISHER, m.HOTLINE


def told():
    story = m.Story()
    m.go_on(story)
    make_records.tell(story)
    return story


def forged(name, words, kind, signers=(P,), **members):
    """A forgery that appends one event to all that was told; members may be made from it."""

    def make(s):
        s.__dict__.update(told().__dict__)
        s.append(kind, signers, **{k: v(s) if callable(v) else v for k, v in members.items()})

    FORGERIES[name] = (make, words)


def named(digest_of):
    """The first event that names an attachment."""
    return lambda s: [
        next(id for id, e in zip(s.ids, s.entries) if digest_of(s).encode() in m.base64_payload(e))
    ]  # fmt: skip


COUNT = lambda s: make_records.count(s, 1)  # noqa: E731
REASON = lambda s: s.reason["sha256"]  # noqa: E731
TEXT = lambda s: s.attach("text")  # noqa: E731
ABSENT = "1" * 64
LAION = [{"release": "laion@1.1"}]
IMPORT = make_records.IMPORT

forged("model-nobody-registered", "no such model", "model-tested", model="unknown",
       permission="statute", result="inconclusive")  # fmt: skip
forged("claim-about-nothing", "no release", "claim-recorded", claimant="publisher",
       about=[{"release": "laion@9"}], text=TEXT)  # fmt: skip
forged("claim-of-another", "another's", "claim-recorded", claimant="hotline", about=LAION,
       text=TEXT, **IMPORT)  # fmt: skip
forged("topics-not-ascending", "ascend", "audit-completed", level="files", outcome="passed",
       about=[{"release": "laion@1.1"}, {"dataset": "laion"}], findings=TEXT)  # fmt: skip
forged("topic-of-two-things", "one alternative", "audit-completed", level="files",
       outcome="passed", about=[{"release": "laion@1.1", "dataset": "laion"}],
       findings=TEXT, subject=[{"name": "laion", "digest": {"sha256": ABSENT}}])  # fmt: skip
forged("host-with-a-port", "spelling", "model-withdrawn", model="imagegen-2",
       host="hub.example.org:443", scope="permanent")  # fmt: skip
forged("withdrawn-twice", "withdrawn already", "model-withdrawn", model="imagegen-2",
       host="hub.example.org", scope="temporary")  # fmt: skip
forged("lifted-unwithdrawn", "not withdrawn", "release-withdrawn", release="laion@1.0",
       scope="lifted", includesDerivatives=False)  # fmt: skip
forged("observed-another-release", "another release", "release-observed", release="laion@1.0",
       publication=lambda s: s.second, winnowSet1=ABSENT, tally=m.tally(1, 1))  # fmt: skip
forged("observed-fewer-rows-than-keys", "fewer rows", "release-observed", release="laion@1.1",
       publication=lambda s: s.second, winnowSet1=ABSENT, tally=m.tally(2, 1))  # fmt: skip
forged("observed-rows-without-keys", "rows is not 0", "release-observed",
       release="laion@1.1", publication=lambda s: s.second, winnowSet1=ABSENT,
       tally=m.tally(0, 1))  # fmt: skip
forged("filter-of-fewer-rows-than-keys", "fewer rows", "filter-completed", release="laion@1.3",
       filter=lambda s: s.attach("text", disclosure="sealed"), tool=ABSENT,
       scannedRows=lambda s: s.statement(s.filter)["scannedRows"], matched=m.tally(2, 1),
       set=m.counted_set(2))  # fmt: skip
forged("derivative-deleted-twice", "deleted", "derivative-deleted", dataset="laion-coco")
forged("derivative-of-nothing", "not derived", "derivative-deleted", dataset="laion")
forged("file-of-another-model", "without that file", "availability-observed",
       thing={"model": "imagegen-1.5"}, artifact=ABSENT, host="hub.example.org", state="gone",
       method="digest", observedAt=lambda s: s.stamp())  # fmt: skip
forged("open-repository", "refused value|not 'sealed'|none of", "availability-observed",
       thing={"model": "imagegen-1.5"}, host="hub.example.org", state="gone", method="listing",
       observedAt=lambda s: s.stamp(), repository=TEXT)  # fmt: skip
forged("notice-to-oneself", "addressee", "notice-sent", to="publisher", about=LAION,
       channel="email")  # fmt: skip
forged("notice-acknowledged-by-another", "to another", "notice-acknowledged", (H,),
       notice=lambda s: s.notice)  # fmt: skip
forged("answer-to-authority", "gives authority", "response-recorded",
       target=lambda s: s.authority, response="declined", text=TEXT)  # fmt: skip
forged("dispute-resolved-twice", "resolved already", "dispute-resolved",
       dispute=lambda s: s.dispute, outcome="upheld")  # fmt: skip
forged("dispute-resolved-in-anothers-name", "imported", "dispute-resolved",
       dispute=lambda s: s.dispute, outcome="upheld", **IMPORT)  # fmt: skip
forged("dispute-withdrawn-in-anothers-name", "imported", "dispute-resolved",
       dispute=lambda s: s.dispute, outcome="withdrawn", **IMPORT)  # fmt: skip
forged("no-dispute-resolved", "no dispute", "dispute-resolved", dispute=lambda s: s.notice,
       outcome="upheld")  # fmt: skip
forged("corrected-by-another", "another signed", "event-corrected", (H,),
       target=lambda s: s.second, correction=TEXT)  # fmt: skip
forged("correction-imported", "imported", "event-corrected", target=lambda s: s.second,
       correction=TEXT, **IMPORT)  # fmt: skip
forged("measure-answers-a-claim", "no such event", "measure-taken", about=LAION,
       measure="clean", answers=lambda s: [s.claim])  # fmt: skip
forged("pinned-after-no-pin", "evidence-pinned", "evidence-pinned", about=LAION,
       earlier=lambda s: s.claim, pinned=lambda s: {
           "attachment": s.attach("page"), "retrievedAt": s.stamp(), "relation": "supports"})  # fmt: skip
forged("erased-twice", "erased already", "attachment-erased", attachment=REASON,
       events=named(REASON), basis="statute")  # fmt: skip
forged("erased-returned", "erased", "attachment-withheld", attachment=REASON,
       events=named(REASON), state="returned", basis="statute")  # fmt: skip
forged("erased-named-again", "was erased", "deprecation-requested", model="imagegen-2",
       to="hotline", grounds="abuse", text=lambda s: s.reason)  # fmt: skip
forged("erased-unnamed", "does not name", "attachment-erased", attachment=ABSENT,
       events=lambda s: [s.second], basis="statute")  # fmt: skip
forged("returned-unwithheld", "withheld", "attachment-withheld", state="returned",
       attachment=lambda s: s.attach("yes")["sha256"],
       events=named(lambda s: s.attach("yes")["sha256"]), basis="statute")  # fmt: skip
forged("hold-ended-twice", "ended already|no hold", "preservation-held", state="released",
       basis="statute", held=lambda s: [REASON(s)], hold=lambda s: next(
           id for id, e in zip(s.ids, s.entries)
           if b"event/preservation-held/" in m.base64_payload(e)))  # fmt: skip
forged("residue-of-what-was-not-applied", "no release applied", "residue-found",
       release="laion@1.0", removal=lambda s: s.dispute_target, method="lookup", count=COUNT)  # fmt: skip
forged("stated-at-first-hand", "third-party-import", "release-published", release="theirs@3",
       stated=lambda s: [COUNT(s)])  # fmt: skip
forged("stated-twice", "published already", "release-published", release="theirs@1",
       stated=lambda s: [COUNT(s)], **IMPORT)  # fmt: skip
forged("stated-with-a-root", "must not be there", "release-published", release="theirs@3",
       stated=lambda s: [COUNT(s)], winnowSet1=ABSENT, **IMPORT)  # fmt: skip
forged("match-of-a-stated-release", "no release", "filter-completed", release="theirs@1",
       filter=lambda s: s.attach("text", disclosure="sealed"), scannedRows=1, matched=m.tally(1, 1), set=m.set_of([bytes(32)], "x"))  # fmt: skip
forged("model-without-files", "artifacts|no files", "model-registered", model="fileless")
forged("log-key-not-signing", "does not sign", "log-key-changed", logKey=m.vkey(m.NEXT_LOG))
forged("log-key-of-another-origin", "another origin", "log-key-changed", (P, m.NEXT_LOG),
       logKey=m.vkey(m.NEXT_LOG, "ledger.example.org/other"))  # fmt: skip
forged("log-key-again", "taken", "log-key-changed", (P, m.LOG), logKey=m.VKEY)
forged("log-key-without-administrator", "role", "log-key-changed", (H, m.NEXT_LOG),
       logKey=m.vkey(m.NEXT_LOG))  # fmt: skip


def reinstating(name, words, **changes):
    members = {
        "release": "laion@1.3", "removals": lambda s: [s.dispute_target],
        "grounds": lambda s: [s.resolved], "reinstated": m.tally(1, 1),
        "set": lambda s: m.set_of([bytes(32)], "more"), **changes,
    }  # fmt: skip
    forged(name, words, "reinstatement-decided", **members)


reinstating("reinstated-without-ground", "no false positive", grounds=lambda s: [s.notice])
reinstating("reinstated-too-much", "more is reinstated", reinstated=m.tally(5, 5),
            set=m.set_of([bytes([i]) * 32 for i in range(5)], "more"))  # fmt: skip
reinstating("reinstated-of-another-line", "not of the line", release="private/rows@1")
reinstating("reinstated-by-an-absent-dispute", "not in the ledger", grounds=[ABSENT])
reinstating("reinstated-nothing", "nothing is reinstated|minimum|out of range",
            reinstated=m.tally(0, 0), set=m.set_of([], "none"))  # fmt: skip


def overturned(unit, exactness):
    """Rows come back on a verification whose count says nothing of them."""

    def make(s):
        s.__dict__.update(told().__dict__)
        count = {**COUNT(s), "unit": unit, "exactness": exactness}
        found = s.append("verification-recorded", (H,), target=s.dispute_target,
                         outcome="false-positive", count=count)  # fmt: skip
        s.append("reinstatement-decided", release="laion@1.3", removals=[s.dispute_target],
                 grounds=[found], reinstated=m.tally(1, 1),
                 set=m.set_of([bytes(32)], "more"))  # fmt: skip

    FORGERIES[f"reinstated-on-{exactness}-{unit}"] = make, "than was verified"


for unit, exactness in [("hashes", "exact"), ("hashes", "approximate"), ("unspecified", "at-least"),
                        ("rows", "approximate"), ("keys", "at-most")]:  # fmt: skip
    overturned(unit, exactness)


def taken_back(s):
    s.__dict__.update(told().__dict__)
    found = s.append("verification-recorded", (H,), target=s.dispute_target,
                     outcome="false-positive", count=COUNT(s))  # fmt: skip
    s.append("verification-recorded", (H,), target=s.dispute_target, outcome="confirmed",
             count=COUNT(s), replaces=found)  # fmt: skip
    s.append("reinstatement-decided", release="laion@1.3", removals=[s.dispute_target],
             grounds=[found], reinstated=m.tally(1, 1), set=m.set_of([bytes(32)], "more"))  # fmt: skip


FORGERIES["reinstated-on-what-was-taken-back"] = taken_back, "no false positive"


def returned(name, words, named=2, added=2):
    """A release after a second reinstatement, as large as the first."""

    def make(s):
        s.__dict__.update(told().__dict__)
        keys = sorted(s.before)[31:32]
        back = s.append(
            "reinstatement-decided", release="laion@1.2", removals=[s.dispute_target],
            grounds=[s.resolved], reinstated=s.tally(keys), set=m.set_of(keys, "second"),
        )  # fmt: skip
        ids = sorted([s.reinstatement, back][:named])
        keys = sorted(s.before)[30 : 30 + added]
        s.publish(
            "laion@1.4", {**s.left, **{k: s.before[k] for k in keys}},
            manifest=s.attach("m", disclosure="sealed"),
            derivation=s.back_derivation(reinstatements=ids, added=s.tally(keys)),
        )  # fmt: skip

    FORGERIES[name] = (make, words)


returned("returned-too-much", "more comes back", added=3)
returned("returned-in-part", "is left out", named=1, added=1)
forged("stated-removal-of-a-release", "no match, filter", "removal-decided", release="theirs@1",
       basis="hash-match", reasonClass="illegal", sources=lambda s: [s.stated],
       stated=lambda s: [COUNT(s)], **IMPORT)  # fmt: skip
forged("marked-reinstatement-open", "are listed", "reinstatement-decided", release="laion@1.3",
       removals=lambda s: [s.dispute_target], grounds=lambda s: [s.resolved],
       reinstated=m.tally(1, 1), set=lambda s: m.set_of([bytes(32)], "more", "open"))  # fmt: skip
