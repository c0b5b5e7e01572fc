/// The rules that a statement meets or breaks by itself, whatever else is in the log.
extension Statement {
  /// It was made for this size of the log, speaks of no future and came in time.
  func checkMoments(size: UInt64, recordedAt: Timestamp) throws(Refusal) {
    guard header.expects.map({ $0 == size }) ?? true else {
      throw .unexpectedSize(expected: header.expects ?? 0, actual: size)
    }
    let latest = recordedAt.advanced(bySeconds: LedgerState.clockTolerance)
    if let moment = statedTimes.first(where: { $0 > latest }) { throw .fromTheFuture(moment) }
    if let notAfter = header.notAfter, recordedAt > notAfter { throw .expired(notAfter) }
  }

  /// What others did can be imported; what gives authority over this ledger cannot.
  func checkImportable() throws(Refusal) {
    if header.attributedTo != nil, body.kind.actsOnLedger { throw .importForbidden(body.kind) }
  }

  /// What changes who may sign what cannot be played later.
  func checkValidity() throws(Refusal) { try header.checkValidity() }
}

extension Header {
  func checkValidity() throws(Refusal) {
    guard let notAfter else { throw .notAfterMissing }
    guard notAfter <= occurredAt.advanced(bySeconds: LedgerState.authorityValidity)
    else { throw .notAfterTooLate }
  }
}
