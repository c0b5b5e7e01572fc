"""The rules of what happened around datasets and models."""

from .bodies import concerns
from .verdict import require

ACTS_ON_LEDGER = [
    "preservation-held", "attachment-withheld", "attachment-erased", "event-corrected",
    "dispute-resolved",
]  # fmt: skip
VERIFIABLE = {
    "match-completed": "matched", "filter-completed": "matched", "removal-decided": "removed",
}  # fmt: skip
FOUND = ("match-completed", "filter-completed", "union-computed", "suspicion-reported")
ANSWERED = ("recommendation-made", "notice-sent", "deprecation-requested", "suspicion-reported")


def is_part(matched, tally):
    """Whether so many keys and rows are of the release: each other key has a row at least."""
    rest = tally["keys"] - matched["keys"]
    return rest >= 0 and matched["rows"] <= tally["rows"] - rest


def found_by(target, unit):
    """How much an event found at the most, in `unit`, or `None` where it does not say."""
    p = target.predicate
    counts = p.get("stated", p.get("counts"))
    if counts is not None:
        exact = [c["value"] for c in counts
                 if c["unit"] == unit and c["exactness"] in ("exact", "at-most")]  # fmt: skip
        return exact[0] if exact else None
    tally = p[VERIFIABLE[target.kind]]
    if target.kind == "removal-decided":
        return tally.get(unit)
    return tally["keys" if unit == "keys" else "rows"]


class Records:
    """A part of the ledger: `Ledger` has what it reads."""

    def __init__(self):
        self.stated_releases, self.stated_lists = set(), set()
        self.withdrawn, self.disputes, self.deleted = {}, {}, set()
        self.attachment_states, self.preserved = {}, {}
        self.reinstatements = {}

    # What every kind asks

    def check_names(self, event):
        p = event.predicate
        for attachment in event.attachments:
            state = self.attachment_states.get(attachment["sha256"])
            require(state in (None, "returned"), f"an attachment was {state}")
        if "stated" in p:
            require("attributedTo" in p, "figures without a root are no import")
        for kind, name in concerns(event.kind, p):
            if kind == "dataset":
                require(name in self.datasets, f"there is no dataset {name}")
            elif kind == "release":
                self.known(name)
            elif kind == "model":
                require(name in self.models, "there is no such model")
            elif kind == "actor":
                require(name in self.actors, f"there is no actor {name}")
            else:
                require(name in self.events, "what it is about is not in the ledger")

    def known(self, release):
        require(
            release in self.releases or release in self.stated_releases,
            f"there is no release {release}",
        )

    def speakers(self, event):
        """Whom an import is attributed to, else the signing actors."""
        p = event.predicate
        if "attributedTo" in p:
            return {p["attributedTo"]}
        return {self.keys[id].actor for id in p["signers"] if id in self.keys}

    def check_answerable(self, id):
        require(
            "after" not in self.events[id].predicate and self.events[id].sequence > 0,
            "an event that gives authority is neither disputed nor answered",
        )

    # Figures without a root

    def check_stated(self, event):
        p, kind = event.predicate, event.kind
        if kind == "release-published":
            require(p["release"].split("@")[0] in self.datasets, "there is no such dataset")
            taken = p["release"] in self.releases or p["release"] in self.stated_releases
            require(not taken, "the release is published already")
        elif kind == "hash-list-received":
            taken = p["list"] in self.lists or p["list"] in self.stated_lists
            require(not taken, "the list was received already")
        elif kind == "match-completed" and "list" in p:
            require(self.events[p["list"]].kind == "hash-list-received", "it names no list")
        elif kind == "union-computed":
            for id in p["sources"]:
                require(
                    self.events[id].kind in [*VERIFIABLE, "suspicion-reported"],
                    "a source found nothing",
                )
        elif kind == "removal-decided":
            for id in p.get("sources", []):
                require(
                    self.events[id].kind in FOUND, "a source is no match, filter, union or suspicion"
                )

    def apply_stated(self, event):
        if event.kind == "release-published":
            self.stated_releases.add(event.predicate["release"])
        elif event.kind == "hash-list-received":
            self.stated_lists.add(event.predicate["list"])

    # Datasets and models

    def check_withdrawal(self, key, scope):
        last = self.withdrawn.get(key, "lifted")
        if scope == "lifted":
            require(last != "lifted", "it is not withdrawn")
        else:
            again = last == "permanent" or last == scope
            require(not again, "it is withdrawn already")

    def withdrawal_key(self, event):
        p = event.predicate
        return event.kind, p.get("release", p.get("model")), p.get("host")

    def check_release_withdrawn(self, event):
        self.check_withdrawal(self.withdrawal_key(event), event.predicate["scope"])

    def apply_release_withdrawn(self, event):
        self.withdrawn[self.withdrawal_key(event)] = event.predicate["scope"]

    check_model_withdrawn, apply_model_withdrawn = check_release_withdrawn, apply_release_withdrawn

    def check_release_observed(self, event):
        p = event.predicate
        publication = self.referred(p["publication"], "release-published", p["release"])
        require("stated" not in publication.predicate, "the release has no root")

    def derivative(self, name):
        require("derivedFrom" in self.datasets[name], "the dataset is not derived from a release")
        require(name not in self.deleted, "the dataset was deleted")
        return self.datasets[name]["derivedFrom"]

    def check_derivative_cleaned(self, event):
        p = event.predicate
        parent = self.derivative(p["dataset"])
        require(
            parent.split("@")[0] == p["against"].split("@")[0],
            "the dataset is derived from another",
        )

    def check_derivative_deleted(self, event):
        self.derivative(event.predicate["dataset"])

    def apply_derivative_deleted(self, event):
        self.deleted.add(event.predicate["dataset"])

    def check_availability_observed(self, event):
        p = event.predicate
        if "artifact" in p:
            files = self.models[p["thing"]["model"]]
            require(p["artifact"] in files, "the model was registered without that file")

    # Findings

    def check_notice_sent(self, event):
        require(self.speakers(event) != {event.predicate["to"]}, "the sender is the addressee")

    def check_notice_acknowledged(self, event):
        notice = self.referred(event.predicate["notice"], "notice-sent")
        require(notice.predicate["to"] in self.speakers(event), "it was sent to another")

    def check_response_recorded(self, event):
        self.check_answerable(event.predicate["target"])

    check_dispute_opened = check_response_recorded

    def apply_dispute_opened(self, event):
        self.disputes[event.id] = [self.speakers(event), event.predicate["target"], None]

    def check_dispute_resolved(self, event):
        p = event.predicate
        require(p["dispute"] in self.disputes, "it resolves no dispute")
        openers, _, outcome = self.disputes[p["dispute"]]
        require(outcome is None, "the dispute was resolved already")
        if p["outcome"] == "withdrawn":
            require(self.speakers(event) & openers, "another opened the dispute")
        else:
            require(not self.speakers(event) <= openers, "its opener resolves the dispute")

    def apply_dispute_resolved(self, event):
        self.disputes[event.predicate["dispute"]][2] = event.predicate["outcome"]

    def check_filter_completed(self, event):
        p = event.predicate
        tally = self.release(p["release"])["tally"]
        require(p["scannedRows"] == tally["rows"], "not the whole release was read")
        require(is_part(p["matched"], tally), "more was chosen than there is")

    # Cleanup

    def check_reinstatement_decided(self, event):
        p = event.predicate
        self.release(p["release"])
        line = self.line(p["release"])
        decided = {id for name in line for id in self.removals.get(name, [])}
        left = 0
        for id in p["removals"]:
            require(id in decided, "a removal is not of the line")
            removal = self.events[id].predicate
            require(removal["reasonClass"] != "decoy", "what hides others comes back")
            left += removal["removed"]["keys"]
        for name in line:
            for earlier in self.reinstatements.get(name, {}).values():
                if set(earlier["removals"]) <= set(p["removals"]):
                    left -= earlier["reinstated"]["keys"]
        require(p["reinstated"]["keys"] <= left, "more is reinstated than was removed")
        self.check_grounds(p)

    def check_grounds(self, p):
        reached, verified = set(), 0
        for id in p["grounds"]:
            require(id in self.events, "a ground is not in the ledger")
            ground = self.events[id].predicate
            if self.events[id].kind == "dispute-resolved":
                require(ground["outcome"] in ("upheld", "partly"), "a dispute was not upheld")
                target, verified = self.disputes[ground["dispute"]][1], None
            else:
                require(
                    self.events[id].kind == "verification-recorded"
                    and ground["outcome"] == "false-positive"
                    and id not in self.replaced,
                    "a ground is no dispute and no false positive",
                )
                target, count = ground["target"], ground["count"]
                # What is not counted in keys or rows, or may be less, bears nothing out.
                is_counted = count["unit"] in ("keys", "rows")
                is_counted = is_counted and count["exactness"] in ("exact", "at-least")
                if is_counted and verified is not None:
                    verified += count["value"]
            found = {r for r in p["removals"] if self.rests(r, target)}
            require(found, "a ground is about another removal")
            reached |= found
        require(reached == set(p["removals"]), "no ground reaches a removal")
        require(
            verified is None or p["reinstated"]["keys"] <= verified,
            "more is reinstated than was verified",
        )

    def rests(self, removal, target):
        sources = self.events[removal].predicate["sources"]
        return target == removal or target in [source["event"] for source in sources]

    def apply_reinstatement_decided(self, event):
        p = event.predicate
        self.reinstatements.setdefault(p["release"], {})[event.id] = p

    def check_residue_found(self, event):
        p = event.predicate
        if "removal" not in p:
            return
        removal = self.referred(p["removal"], "removal-decided")
        if "stated" not in removal.predicate:
            line = self.line(p["release"]) if p["release"] in self.releases else []
            applied = {
                id
                for n in line
                for id in self.releases[n].get("derivation", {}).get("removals", [])
            }
            require(p["removal"] in applied, "no release applied that removal")

    # Attachments

    def check_named(self, p):
        for id in p["events"]:
            digests = [a["sha256"] for a in self.events[id].attachments]
            require(p["attachment"] in digests, "an event does not name the attachment")

    def check_preservation_held(self, event):
        p = event.predicate
        if "hold" in p:
            held = self.preserved.get(p["hold"])
            require(held is not None and held[0] == p["held"], "it ends no hold")
            require(not held[2], "the hold was ended already")
        else:
            erased = [d for d in p["held"] if self.attachment_states.get(d) == "erased"]
            require(not erased, "an attachment was erased")

    def apply_preservation_held(self, event):
        p = event.predicate
        if "hold" in p:
            self.preserved[p["hold"]][2] = True
        else:
            self.preserved[event.id] = [p["held"], event.until, False]

    def check_attachment_withheld(self, event):
        p = event.predicate
        self.check_named(p)
        state = self.attachment_states.get(p["attachment"])
        require(state != "erased", "the attachment was erased")
        is_back = p["state"] == "returned"
        require((state == "withheld") == is_back, "the attachment is withheld, or is not")

    def apply_attachment_withheld(self, event):
        self.attachment_states[event.predicate["attachment"]] = event.predicate["state"]

    def check_attachment_erased(self, event):
        p = event.predicate
        self.check_named(p)
        state = self.attachment_states.get(p["attachment"])
        require(state != "erased", "the attachment was erased already")
        for held, until, ended in self.preserved.values():
            over = ended or (until is not None and until < event.recorded)
            require(over or p["attachment"] not in held, "the attachment is held")

    def apply_attachment_erased(self, event):
        self.attachment_states[event.predicate["attachment"]] = "erased"

    # Claims

    def check_claim_recorded(self, event):
        p = event.predicate
        claimant = p.get("attributedTo", p["claimant"])
        require(claimant == p["claimant"], "the claim is another's")

    def check_evidence_pinned(self, event):
        if "earlier" in event.predicate:
            self.referred(event.predicate["earlier"], "evidence-pinned")

    def check_measure_taken(self, event):
        for id in event.predicate.get("answers", []):
            require(self.events[id].kind in ANSWERED, "a measure answers no such event")

    def check_event_corrected(self, event):
        target = self.events[event.predicate["target"]]
        speakers = self.speakers(event)
        require(
            speakers & target.actors
            or any(self.holds_role(actor, "administrator") for actor in speakers),
            "another signed what it corrects",
        )
