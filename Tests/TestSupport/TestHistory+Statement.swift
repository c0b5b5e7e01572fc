internal import LedgerCrypto
internal import Provenance

/// What a statement has beside its body.
extension TestHistory {
  /// The header with causes, evidence, a case, an earlier time or an attribution, each now and then.
  mutating func dressed(_ plain: Header, of body: Body) -> Header {
    var header = plain
    header.causes = causes(of: body)
    if body.kind.isAuthority { return header }
    if isOne(in: 6) { header.caseName = .named("case/\(number % 7)") }
    if isOne(in: 6) {
      let isOpen = !isOne(in: 3)
      header.evidence = [
        Evidence(
          attachment: .of("evidence", isOpen ? .open : .sealed),
          retrievedAt: header.occurredAt.advanced(bySeconds: -3_600),
          relation: pick([.supports, .contradicts]))
      ]
    }
    if isOne(in: 20) { header.expects = ledger.size }
    if isOne(in: 5) {
      header.precision = pick(Precision.allCases)
      if header.precision == .interval { header.occurredUntil = header.occurredAt }
      header.occurredAt = header.occurredAt.advanced(bySeconds: -Int64(amount(upTo: 90_000)))
    }
    if body.isStated || (isOne(in: 10) && !body.kind.actsOnLedger) {
      let signing = Set(header.signers)
      let others = actors.filter { actor in
        !keys[actor, default: []].contains {
          signing.contains(TestLedger.TestKeys[$0.label].verifyingKey.id)
        }
      }
      if others.isEmpty { return header }
      header.attestation = .thirdPartyImport
      if case .claimRecorded(let body) = body, others.contains(body.claimant) {
        header.attributedTo = body.claimant
      } else {
        header.attributedTo = pick(others)
      }
    }
    return header
  }

  /// Verifications that confirm what a removal says is confirmed; else now and then some event.
  private mutating func causes(of body: Body) -> [EventID] {
    if case .removalDecided(let removal) = body, removal.basis == .confirmed {
      let sources = Set(removal.sources.map(\.event))
      return ids[.verificationRecorded, default: []].suffix(200).filter { id in
        guard case .verificationRecorded(let found) = self.body(id) else { return false }
        return found.outcome == .confirmed && sources.contains(found.target)
      }.sorted()
    }
    return isOne(in: 8) ? [someAnswerable()].compactMap(\.self) : []
  }
}
