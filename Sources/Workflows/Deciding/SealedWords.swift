internal import Provenance

extension Kind {
  /// Whether words in `field` are sealed unless they are to be open.
  ///
  /// Sealed is what is said about rows and people before anybody knows what of it may be shown; stated
  /// reasons, claims and titles are open.
  func sealsWords(in field: String) -> Bool {
    field == "evidence" || type.sealsWords
  }
}
