internal import LedgerCrypto

extension LedgerState {
  func check(
    _ body: RemovalDecided, _ header: Header, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    _ = try exactRelease(body.release)
    guard let event = references[body.union], case .unionComputed(let union) = event.statement.body,
      union.release == body.release
    else {
      throw .wrongReference(body.union, expected: "a union computed on \(body.release)")
    }
    // What was decided already is not decided again: a union of removals is for a cleaned release.
    let decided = Set(catalog.line(of: body.release).flatMap(\.removals))
    guard union.sources.allSatisfy({ !decided.contains($0.event) }) else {
      throw .wrongReference(body.union, expected: "a union of matches on \(body.release)")
    }
    // A union without sources is of reinstatements, and nothing goes by it.
    guard !union.sources.isEmpty, union.minus.isEmpty else {
      throw .wrongReference(body.union, expected: "a union of matches on \(body.release)")
    }
    guard union.union == body.removed, union.explainedRows == body.explainedRows else {
      throw .sourceDiffers(body.union)
    }
    if body.reasonClass == .illegal {
      // An open set or a published filter says which rows it chose.
      guard union.set.disclosure == .sealed, union.explainedRows == nil,
        header.evidence.allSatisfy({ $0.attachment.disclosure == .sealed })
      else { throw .disclosureDiffers(body.union) }
    }
    if body.basis == .confirmed {
      for source in union.sources {
        // What was taken back confirms nothing.
        let causes = header.causes.filter { verifications.records[$0]?.replaced == nil }
        guard Self.confirms(source, causes.compactMap { references[$0]?.statement.body })
        else { throw .confirmationMissing(source.event) }
      }
    }
  }

  /// Whether the verifications among `causes` confirm all that `source` found, together.
  private static func confirms(_ source: SourceTally, _ causes: [Body]) -> Bool {
    var keys: UInt64 = 0
    var rows: UInt64 = 0
    for case .verificationRecorded(let verification) in causes
    where verification.target == source.event && verification.outcome == .confirmed {
      let count = verification.count
      guard count.exactness == .exact || count.exactness == .atLeast else { continue }
      switch count.unit {
      case .keys: keys += count.value
      case .rows: rows += count.value
      default: continue
      }
    }
    return keys >= source.tally.keys || rows >= source.tally.rows
  }
}
