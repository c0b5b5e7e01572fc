package import LedgerCrypto

/// A kind that changes who may sign what.
///
/// The rules and the projection make one change: what it would leave is judged before it is made.
package protocol AuthorityKind: ListedKind {
  /// The authority event that the signers had seen.
  var after: EventID { get }
  /// The last sequence that touched any of what the event touches.
  ///
  /// What gives an actor more is outdated by anything that touched the actor since, so that no grant
  /// outlives the loss of a key or role. What takes away follows only what it takes, so that a
  /// revocation signed beforehand stays good.
  func lastTouch(in authority: Authority) -> UInt64
  /// Checks what the kind alone asks for, as the entry at `sequence` that `signers` signed.
  func check(_ authority: Authority, at sequence: UInt64, signers: [Digest]) throws(Refusal)
  /// Makes the change; total.
  func change(_ authority: inout Authority, at sequence: UInt64) -> [ProjectionChange]
}

extension AuthorityKind {
  package static var standing: Standing { .authority }

  package func check(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    try judging.header.checkValidity()
    guard let seen = judging.references[after],
      seen.statement.body.kind.isAuthority || seen.sequence == 0
    else { throw .wrongReference(after, expected: "an authority event") }
    let touched = lastTouch(in: state.authority)
    guard touched <= seen.sequence else { throw .staleAuthority(later: touched) }
    try check(state.authority, at: state.size, signers: judging.header.signers)
    var next = state.authority
    _ = change(&next, at: state.size)
    try next.checkGovernable()
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    change(&state.authority, at: event.sequence) + state.authority.follow(event)
  }
}
