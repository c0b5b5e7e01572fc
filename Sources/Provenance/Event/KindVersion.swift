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
  package init?(predicateType: String) {
    var rest = Array(predicateType.utf8)[...]
    guard rest.starts(with: Self.prefix) else { return nil }
    rest = rest.dropFirst(Self.prefix.count)
    guard let slash = rest.firstIndex(of: UInt8(ascii: "/")),
      let kind = Self.kinds[Array(rest[..<slash])]
    else { return nil }
    let version = rest[(slash + 1)...]
    guard version.first == UInt8(ascii: "v"), (2...4).contains(version.count),
      version.dropFirst().first != UInt8(ascii: "0")
    else { return nil }
    var number = 0
    for digit in version.dropFirst() {
      guard digit &- UInt8(ascii: "0") < 10 else { return nil }
      number = number * 10 + Int(digit - UInt8(ascii: "0"))
    }
    self.init(kind, number)
  }

  /// The identifier; it is never fetched.
  package var predicateType: String { "https://winnow.dev/event/\(kind.rawValue)/v\(number)" }

  private static let prefix = Array("https://winnow.dev/event/".utf8)
  private static let kinds = Dictionary(
    uniqueKeysWithValues: Kind.allCases.map { (Array($0.rawValue.utf8), $0) })
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
