package import LedgerCrypto

/// A new charter takes the place of the last one, whole.
package struct CharterSet: AuthorityKind {
  package static let kind = Kind.charterSet
  package var body: Body { .charterSet(self) }

  package let charter: Charter
  package let after: EventID

  package init(charter: Charter, after: EventID) {
    self.charter = charter
    self.after = after
  }

  package static let form = Form<Self>(
    "A new charter takes the place of the last one, whole.",
    about: .those(
      { _ in [Subject(named: "charter")] }, "The charter, by SHA-256 of the word.",
      name: .words(["charter"])),
    Member("charter", \.charter),
    Member("after", \.after, as: "after"),
    make: Self.init)

  package func lastTouch(in authority: Authority) -> UInt64 {
    authority.founding?.set ?? 0
  }

  /// None but that enough can still sign each authority kind under it.
  package func check(_: Authority, at _: UInt64, signers _: [Digest]) {}

  package func change(_ authority: inout Authority, at sequence: UInt64) -> [ProjectionChange] {
    authority.founding?.charter = charter
    authority.founding?.set = sequence
    return []
  }
}
