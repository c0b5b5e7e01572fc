package import LedgerCrypto
package import Provenance

/// Bodies of what happened around datasets and models, with defaults that fit ``Body/dataset(_:)``,
/// its release `laion@1` and the model `diffusion`.
extension Body {
  package static func withdrawal(
    _ release: String = "laion@1", _ scope: WithdrawalScope = .temporary
  ) -> Body {
    .releaseWithdrawn(
      ReleaseWithdrawn(
        release: .named(release), scope: scope, includesDerivatives: true,
        statedReason: .of("why \(release) is withdrawn")))
  }

  package static func modelWithdrawal(
    _ model: String = "diffusion", host: String = "hub.example.org",
    _ scope: WithdrawalScope = .permanent
  ) -> Body {
    .modelWithdrawn(
      ModelWithdrawn(
        model: .named(model), host: .named(host), scope: scope,
        statedReason: .of("planned deprecation")))
  }

  package static func observation(
    _ release: String, publication: EventID, root: String? = nil, keys: UInt64 = 970,
    rows: UInt64 = 978
  ) -> Body {
    .releaseObserved(
      ReleaseObserved(
        release: .named(release), publication: publication,
        root: .of(root ?? "root of \(release)"), tally: Tally(keys: keys, rows: rows)))
  }

  package static func derivativeCleaned(
    _ dataset: String = "laion-coco", against: String = "laion@2",
    _ disclosure: Disclosure = .open
  ) -> Body {
    .derivativeCleaned(
      DerivativeCleaned(
        dataset: .named(dataset), against: .named(against), removed: .stated(7),
        before: .of("before", disclosure), after: .of("after", disclosure)))
  }

  package static func derivativeDeleted(_ dataset: String = "laion-coco") -> Body {
    .derivativeDeleted(
      DerivativeDeleted(dataset: .named(dataset), copies: .stated(2), statement: .of("deleted")))
  }

  package static func availability(
    _ thing: Topic = .model(.named("diffusion")), artifact: Digest? = nil,
    host: String = "hub.example.org", _ state: AvailabilityState = .available
  ) -> Body {
    .availabilityObserved(
      AvailabilityObserved(
        thing: thing, artifact: artifact, host: .named(host), state: state, method: .metadata,
        observedAt: .at("2025-12-04T00:00:00Z"), copies: .stated(3),
        downloads: .stated(5_800_000, exactness: .approximate),
        repository: .of("mirror/of-diffusion", .sealed)))
  }

  package static func suspicion(
    about: [Topic] = [.release(.named("laion@1"))], _ counts: [Count] = [.stated(3_226)]
  ) -> Body {
    .suspicionReported(
      SuspicionReported(
        about: about, reasonClass: .illegal, methods: [.perceptualHash, .nearestNeighbour],
        counts: counts, report: .of("report")))
  }

  package static func notice(
    to actor: String = "alice", about: [Topic] = [.release(.named("laion@1"))]
  ) -> Body {
    .noticeSent(NoticeSent(to: .named(actor), about: about, channel: .email, text: .of("notice")))
  }

  package static func acknowledgement(_ notice: EventID) -> Body {
    .noticeAcknowledged(
      NoticeAcknowledged(notice: notice, receivedAt: .at("2025-12-05T00:00:00Z")))
  }

  package static func response(_ target: EventID) -> Body {
    .responseRecorded(
      ResponseRecorded(target: target, response: .declined, text: .of("response")))
  }

  package static func filter(
    _ release: String, keys: UInt64 = 100, rows: UInt64 = 110, scanned: UInt64 = 1000,
    _ disclosure: Disclosure = .open, set: Disclosure = .sealed
  ) -> Body {
    .filterCompleted(
      FilterCompleted(
        release: .named(release), filter: .of("punsafe > 0.95", disclosure), tool: .of("tool"),
        scannedRows: scanned, matched: Tally(keys: keys, rows: rows),
        set: SetReference(
          root: .of("filter \(release) \(keys)"), keys: keys, disclosure: set, members: nil)))
  }

  package static func dispute(
    _ target: EventID, _ grounds: DisputeGrounds = .falsePositive
  ) -> Body {
    .disputeOpened(
      DisputeOpened(
        target: target, grounds: grounds, counts: [.stated(2)], text: .of("no such thing")))
  }

  package static func resolution(
    _ dispute: EventID, _ outcome: DisputeOutcome = .upheld
  ) -> Body {
    .disputeResolved(
      DisputeResolved(dispute: dispute, outcome: outcome, text: .of("reasons")))
  }

  package static func reinstatement(
    _ release: String, of removals: [EventID], grounds: [EventID],
    keys: UInt64 = 1, rows: UInt64 = 2, disclosure: Disclosure = .sealed
  ) -> Body {
    .reinstatementDecided(
      ReinstatementDecided(
        release: .named(release), removals: removals, grounds: grounds,
        reinstated: Tally(keys: keys, rows: rows),
        set: SetReference(
          root: .of("reinstated \(release) \(keys)"), keys: keys, disclosure: disclosure,
          members: nil)))
  }

  package static func residue(_ release: String, removal: EventID? = nil) -> Body {
    .residueFound(
      ResidueFound(
        release: .named(release), removal: removal, method: .canary, count: .stated(1)))
  }

  package static func authorityReport(
    to authority: String = "registry", about: [Topic] = [.release(.named("laion@1"))]
  ) -> Body {
    .authorityReportFiled(
      AuthorityReportFiled(
        authority: .named(authority), about: about, count: .stated(22),
        receipt: .of("receipt", .sealed)))
  }

  package static func hold(
    _ attachments: [AttachmentReference], until: String? = "2027-01-01T00:00:00Z"
  ) -> Body {
    .preservationHeld(
      PreservationHeld(
        state: .held, basis: .authorityOrder, held: attachments.map(\.sha256),
        until: until.map { .at($0) }))
  }

  package static func holdEnded(_ attachments: [AttachmentReference], _ hold: EventID) -> Body {
    .preservationHeld(
      PreservationHeld(
        state: .released, basis: .authorityOrder, held: attachments.map(\.sha256), hold: hold))
  }

  package static func withholding(
    _ attachment: AttachmentReference, of events: [EventID],
    _ state: WithholdingState = .withheld
  ) -> Body {
    .attachmentWithheld(
      AttachmentWithheld(
        attachment: attachment.sha256, events: events, state: state, basis: .courtOrder,
        reason: .of("order")))
  }

  package static func erasure(
    _ attachment: AttachmentReference, of events: [EventID], requestedBy: String? = nil
  ) -> Body {
    .attachmentErased(
      AttachmentErased(
        attachment: attachment.sha256, events: events, basis: .dataProtection,
        requestedBy: requestedBy.map { .named($0) }))
  }
}

extension HostName {
  package static func named(_ text: String) -> HostName { HostName(text)! }
}

extension Count {
  /// A count as of the first of December 2025.
  package static func stated(
    _ value: UInt64, _ unit: CountUnit = .unspecified, exactness: Exactness = .exact
  ) -> Count {
    Count(value, unit, exactness, asOf: .at("2025-12-01T00:00:00Z"))
  }
}
