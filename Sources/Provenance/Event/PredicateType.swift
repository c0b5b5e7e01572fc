internal import CanonicalJSON

/// What an in-toto `predicateType` names: `https://winnow.dev/event/KIND/v1`, one for each kind.
extension Kind {
  /// The identifier; it is never fetched.
  package var predicateType: String { "https://winnow.dev/event/\(rawValue)/v1" }

  /// Takes the identifier of a kind, or gives `nil`, as for a version to come.
  ///
  /// Compared by bytes: `String`'s own equality follows Unicode's normal forms.
  package init?(predicateType text: Span<UInt8>) {
    let (start, end) = (Self.prefix.count, text.count - Self.suffix.count)
    guard start < end, NameOrder.areSame(text.extracting(0..<start), Self.prefix.span),
      NameOrder.areSame(text.extracting(end..<text.count), Self.suffix.span),
      let kind = Self.kind(text.extracting(start..<end))
    else { return nil }
    self = kind
  }

  /// Takes the identifier of a kind, or gives `nil`.
  package init?(predicateType: String) { self.init(predicateType: predicateType.utf8Span.span) }

  /// The kind of that name: a binary search, which copies nothing.
  private static func kind(_ name: Span<UInt8>) -> Kind? {
    var low = 0
    var high = kinds.count
    while low < high {
      let middle = low + (high - low) / 2
      let known = kinds[middle]
      if NameOrder.areSame(known.name.span, name) { return known.kind }
      if NameOrder.precedes(known.name.span, name) { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  private static let prefix = Array("https://winnow.dev/event/".utf8)
  private static let suffix = Array("/v1".utf8)
  /// Ascending by name.
  private static let kinds = Kind.allCases.sorted { NameOrder.precedes($0.rawValue, $1.rawValue) }
    .map { (name: Array($0.rawValue.utf8), kind: $0) }
}
