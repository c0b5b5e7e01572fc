/// A JSON value as signed documents hold it: I-JSON (RFC 7493) with integers only.
///
/// Two values are equal when their names and strings have the same *bytes*: Swift's own `String ==`
/// would merge Unicode normal forms, which are different documents with different hashes.
package enum JSON: Sendable {
  /// The literal `null`.
  case null
  /// The literal `true` or `false`.
  case bool(Bool)
  /// An integer; a parsed one lies in ``integerRange``.
  case integer(Int64)
  /// A string, with no escapes left in it.
  case string(String)
  /// The values between brackets, in order.
  case array([JSON])
  /// Members, sorted and without a duplicate.
  case object(JSONObject)

  /// The integers that every JSON reader holds exactly: −(2^53−1) to 2^53−1 (RFC 7493 section 2.2).
  ///
  /// The parser refuses any other. The writer writes what it is given, so a caller that takes an
  /// integer from outside checks it against this range first.
  package static let integerRange: ClosedRange<Int64> =
    -9_007_199_254_740_991...9_007_199_254_740_991

  /// The most containers inside one another, the outermost included: 32.
  package static let maximumDepth = 32
}

extension JSON: Equatable {
  /// Whether both are the same value, byte for byte in names and strings.
  package static func == (a: JSON, b: JSON) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.string(let a), .string(let b)): NameOrder.areSame(a, b)
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)): a == b
    default: false
    }
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  /// Makes a string.
  package init(stringLiteral value: String) { self = .string(value) }
  /// Makes an integer.
  package init(integerLiteral value: Int64) { self = .integer(value) }
  /// Makes a truth value.
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Makes `null`.
  package init(nilLiteral: ()) { self = .null }
  /// Makes an array.
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// Makes an object; a duplicate name is a broken invariant.
  package init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(JSONObject(elements))
  }
}
