"""What comes after the story of a cleanup: every kind that the story itself has no use for.

`tell` goes on from `make_ledger.go_on`; the publisher is an administrator, the hotline matches and
verifies, the foundation's key is lent.
"""

import make_ledger as m
from verifier.encoding import sha256

IMPORT = {"attestation": "third-party-import", "attributedTo": "foundation"}


def count(s, value, unit="rows", exactness="exact"):
    return {"value": value, "unit": unit, "exactness": exactness, "asOf": s.stamp()}


def release(name):
    return {"release": name}


def tell(s):
    """Appends each of the kinds once or more."""
    hotline = (m.HOTLINE,)
    s.reason = s.attach("trained on 1.0")
    s.dispute_target = next(
        id for id, entry in zip(s.ids, s.entries)
        if b"event/removal-decided/" in m.base64_payload(entry) and b"consent" in m.base64_payload(entry)
    )  # fmt: skip
    datasets(s, hotline)
    s.notice = s.append(
        "notice-sent", hotline, to="publisher", about=[release("laion@1.0")], channel="email",
        text=s.attach("notice"),
    )  # fmt: skip
    s.append("notice-acknowledged", notice=s.notice, receivedAt=s.stamp())
    s.append("response-recorded", target=s.notice, response="accepted", text=s.attach("yes"))
    s.suspicion = s.append(
        "suspicion-reported", hotline, about=[{"dataset": "laion"}, release("laion@1.0")],
        reasonClass="illegal", methods=["classifier", "perceptual-hash"],
        counts=[count(s, 3226, "match-ids", "at-least"), count(s, 40)], report=s.attach("report"),
    )  # fmt: skip
    likely = s.append(
        "verification-recorded", hotline, target=s.suspicion, outcome="likely", count=count(s, 40)
    )
    for outcome, value in (("confirmed", 30), ("inconclusive", 10)):
        s.append(
            "verification-recorded", hotline, target=s.suspicion, outcome=outcome,
            count=count(s, value), replaces=likely if outcome == "confirmed" else None,
        )  # fmt: skip
    reinstate(s, hotline)
    cleanup(s, hotline)
    models(s)
    claims(s, hotline)
    imports(s)


def datasets(s, hotline):
    s.append(
        "release-withdrawn", release="laion@1.0", scope="temporary", includesDerivatives=True,
        statedReason=s.attach("withdrawn"),
    )  # fmt: skip
    s.append("release-withdrawn", release="laion@1.0", scope="lifted", includesDerivatives=False)
    s.append(
        "release-observed", hotline, release="laion@1.1", publication=s.second,
        winnowSet1=s.statement(s.second)["winnowSet1"], tally=s.statement(s.second)["tally"],
    )  # fmt: skip
    s.append(
        "dataset-registered", dataset="laion-coco", identity=["URL"], tagging="plain",
        derivedFrom="laion@1.0",
    )  # fmt: skip
    s.append(
        "derivative-cleaned", dataset="laion-coco", against="laion@1.1", removed=count(s, 3),
        before=s.attach("before", disclosure="sealed"),
        after=s.attach("after", disclosure="sealed"),
    )  # fmt: skip
    s.append("derivative-deleted", dataset="laion-coco", copies=count(s, 1, "unspecified"))
    s.append(
        "availability-observed", thing={"model": "imagegen-1.5"},
        artifact=sha256(b"weights").hex(), host="hub.example.org", state="available",
        method="digest", observedAt=s.stamp(), copies=count(s, 2, "unspecified"),
        repository=s.attach("some/mirror", disclosure="sealed"),
    )  # fmt: skip


def reinstate(s, hotline):
    """A removal is disputed, overturned, and its key comes back by the next release."""
    keys = sorted(s.before)[30:35]
    s.dispute = s.append(
        "dispute-opened", hotline, target=s.dispute_target, grounds="false-positive",
        counts=[count(s, 1, "keys")], text=s.attach("wrong"),
    )  # fmt: skip
    s.resolved = s.append("dispute-resolved", dispute=s.dispute, outcome="partly")
    s.reinstatement = s.append(
        "reinstatement-decided", release="laion@1.2", removals=[s.dispute_target],
        grounds=[s.resolved], reinstated=s.tally(keys[:1]), set=m.set_of(keys[:1], "back"),
    )  # fmt: skip
    members = {**s.left, keys[0]: s.before[keys[0]]}
    s.publish(
        "laion@1.3", members, manifest=s.attach("shards again", disclosure="sealed"),
        derivation=s.back_derivation(),
    )  # fmt: skip
    filtered = sorted(members)[20:25]
    rows = sum(members[k][0] for k in filtered)
    scanned = sum(n for n, _ in members.values())
    s.filter = s.append(
        "filter-completed", release="laion@1.3", filter=s.attach("WIDTH < 9", disclosure="sealed"),
        scannedRows=scanned, tool=sha256(b"tool").hex(), matched=m.tally(len(filtered), rows),
        set=m.set_of(filtered, "filter"),
    )  # fmt: skip
    s.remove([s.filter], filtered, release="laion@1.3", basis="classifier", reasonClass="quality")


def cleanup(s, hotline):
    s.append(
        "residue-found", release="laion@1.2", removal=s.dispute_target, method="lookup",
        count=count(s, 1, "keys"),
    )  # fmt: skip
    s.append(
        "authority-report-filed", authority="foundation", about=[release("laion@1.0")],
        count=count(s, 9), receipt=s.attach("receipt", disclosure="sealed"),
    )  # fmt: skip
    digest = s.reason["sha256"]
    named = [
        id for id, e in zip(s.ids, s.entries) if digest.encode() in m.base64_payload(e)
    ][:1]  # fmt: skip
    hold = s.append(
        "preservation-held", state="held", basis="statute", held=[digest], until=s.stamp(m.MINUTE)
    )
    s.append("preservation-held", state="released", basis="statute", held=[digest], hold=hold)
    for state in ("withheld", "returned"):
        s.append(
            "attachment-withheld", attachment=digest, events=named, state=state,
            basis="court-order", reason=s.attach("order"),
        )  # fmt: skip
    s.append(
        "attachment-erased", attachment=digest, events=named, basis="data-protection",
        requestedBy="hotline",
    )  # fmt: skip
    s.attachments.pop(digest, None)


def models(s):
    s.append("model-derived", model="imagegen-2", parent="imagegen-1.5", relation="finetuned")
    s.request = s.append(
        "deprecation-requested", model="imagegen-2", to="publisher", grounds="trained-on-removed"
    )
    s.append(
        "model-withdrawn", model="imagegen-2", host="hub.example.org", scope="permanent",
        statedReason=s.attach("planned"),
    )  # fmt: skip
    s.append(
        "model-tested", model="imagegen-2", permission="authority", result="inconclusive",
        report=s.attach("test", disclosure="sealed"),
    )  # fmt: skip
    s.append(
        "safeguard-noted", about=[{"model": "imagegen-2"}], safeguard="output-filter",
        state="claimed",
    )  # fmt: skip


def claims(s, hotline):
    s.claim = s.append(
        "claim-recorded", hotline, claimant="publisher", about=[release("laion@1.1")],
        counts=[count(s, 2236, "rows", "at-most")], text=s.attach("2236 links removed"),
        **{"attestation": "first-party"},
    )  # fmt: skip
    pinned = {
        "attachment": s.attach("page"), "retrievedAt": s.stamp(), "relation": "supports"
    }  # fmt: skip
    pin = s.append(
        "evidence-pinned", about=[{"event": s.claim}], pinned=pinned, host="www.example.org",
        address=s.attach("address"),
    )  # fmt: skip
    s.append("evidence-pinned", about=[{"event": s.claim}], pinned=pinned, earlier=pin)
    advice = s.append(
        "recommendation-made", about=[{"model": "imagegen-2"}], measure="withdraw",
        to=["hotline", "publisher"],
    )  # fmt: skip
    s.append(
        "measure-taken", about=[{"model": "imagegen-2"}], measure="withdraw",
        answers=sorted([advice, s.request]),
    )  # fmt: skip
    s.append("event-corrected", hotline, target=s.claim, correction=s.attach("2861"))
    s.append(
        "audit-completed", about=[release("laion@1.1")], level="sample", outcome="passed",
        findings=s.attach("findings"),
    )  # fmt: skip
    s.append(
        "proceeding-noted", about=[{"actor": "foundation"}], proceeding="civil", state="opened"
    )


def imports(s):
    """The history of another, without a root."""
    s.append("dataset-registered", dataset="theirs", identity=["URL"], tagging="plain", **IMPORT)
    s.stated = s.append(
        "release-published", release="theirs@1", stated=[count(s, 5850000000, "rows", "approximate")],
        **IMPORT,
    )  # fmt: skip
    listed = s.append(
        "hash-list-received", list="theirs-list@1", issuer="hotline", algorithm="md5", of="image",
        asOf=s.stamp(), stated=[count(s, 14000000, "hashes", "approximate")], **IMPORT,
    )  # fmt: skip
    match = s.append(
        "match-completed", release="theirs@1", list=listed, stated=[count(s, 1129)], **IMPORT
    )
    filtered = s.append(
        "filter-completed", release="theirs@1", stated=[count(s, 65000000, "rows", "approximate")],
        filter=s.attach("punsafe"), **IMPORT,
    )  # fmt: skip
    union = s.append(
        "union-computed", release="theirs@1", sources=sorted([match, filtered]),
        stated=[count(s, 2236, "rows", "at-most")], **IMPORT,
    )  # fmt: skip
    s.append(
        "removal-decided", release="theirs@1", basis="hash-match", reasonClass="illegal",
        sources=[union], stated=[count(s, 2236, "rows", "at-most")], **IMPORT,
    )  # fmt: skip
    s.append(
        "release-published", release="theirs@2", parent="theirs@1",
        stated=[count(s, 5526641167)], **IMPORT,
    )  # fmt: skip
    s.append("model-registered", model="theirs/model", **IMPORT)


def change_log_key(s):
    s.append("log-key-changed", (m.PUBLISHER, m.NEXT_LOG), logKey=m.vkey(m.NEXT_LOG))
