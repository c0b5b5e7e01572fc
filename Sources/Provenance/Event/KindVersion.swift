package import CanonicalJSON

/// One version of what a kind of event says: what an in-toto `predicateType` names.
package struct KindVersion: Hashable, Sendable {
  package let kind: Kind
  /// 1 to 999.
  package let number: Int

  package init(_ kind: Kind, _ number: Int) {
    self.kind = kind
    self.number = number
  }

  /// Takes `https://winnow.dev/event/KIND/vN`, or gives `nil`.
  ///
  /// Compared by bytes: `String`'s own equality follows Unicode's normal forms.
  package init?(predicateType text: Span<UInt8>) {
    let start = Self.prefix.count
    guard text.count > start, NameOrder.areSame(text.extracting(0..<start), Self.prefix.span)
    else { return nil }
    let rest = text.extracting(start..<text.count)
    guard let slash = rest.indices.first(where: { rest[$0] == UInt8(ascii: "/") }),
      let kind = Self.kind(rest.extracting(0..<slash)),
      (slash + 3...slash + 5).contains(rest.count), rest[slash + 1] == UInt8(ascii: "v"),
      rest[slash + 2] != UInt8(ascii: "0")
    else { return nil }
    var number = 0
    for place in slash + 2..<rest.count {
      guard rest[place] &- UInt8(ascii: "0") < 10 else { return nil }
      number = number * 10 + Int(rest[place] - UInt8(ascii: "0"))
    }
    self.init(kind, number)
  }

  /// Takes `https://winnow.dev/event/KIND/vN`, or gives `nil`.
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

  /// The identifier; it is never fetched.
  package var predicateType: String { "https://winnow.dev/event/\(kind.rawValue)/v\(number)" }

  private static let prefix = Array("https://winnow.dev/event/".utf8)
  /// Ascending by name.
  private static let kinds = Kind.allCases.sorted { NameOrder.precedes($0.rawValue, $1.rawValue) }
    .map { (name: Array($0.rawValue.utf8), kind: $0) }
}

/// How the predicates of older versions are read: a pure function leads from each version of a kind to
/// the next.
///
/// Entries keep their bytes for ever; a kind that gains a version gains a step here, and nothing else
/// needs to know the old one.
package struct Upcasters: Sendable {
  /// Makes a predicate of one version into one of the next; `nil` for what is not of its version.
  package typealias Step = @Sendable (JSONObject) -> JSONObject?

  /// The step at place i leads from version i + 1 to version i + 2.
  private let steps: [Kind: [Step]]

  package init(_ steps: [Kind: [Step]]) { self.steps = steps }

  /// Those of this version of winnow: every kind has its first version.
  package static let current = Upcasters([:])

  /// The version of `kind` that is written now.
  package func version(of kind: Kind) -> Int { (steps[kind]?.count ?? 0) + 1 }

  /// What leads from `version` to the one that is written now; `nil` for a version to come.
  func path(from version: KindVersion) -> ArraySlice<Step>? {
    let known = steps[version.kind] ?? []
    guard version.number <= known.count + 1 else { return nil }
    return known[(version.number - 1)...]
  }
}
