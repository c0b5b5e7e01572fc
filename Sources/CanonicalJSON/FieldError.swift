/// Why the members of a sound JSON document are not the ones asked for.
///
/// Each case carries the member's path, such as `predicate.rows` or `subject[0].digest`.
package enum FieldError: Error, Hashable, Sendable {
  /// The value is not an object.
  case notAnObject(String)
  /// A required member is absent.
  case missing(String)
  /// The member has another JSON type; `expected` names the right one.
  case wrongType(String, expected: String)
  /// An integer or a count of elements lies outside its range.
  case outOfRange(String)
  /// The value is of the right type but not one of those that are allowed; `allowed` says which.
  case notAllowed(String, allowed: String)
  /// A member is not one of those known here.
  case unknown(String)
}

extension FieldError: CustomStringConvertible {
  /// One sentence that says what to change.
  package var description: String {
    switch self {
    case .notAnObject(let path):
      path.isEmpty
        ? "The document must be a JSON object; write its members between braces."
        : "\(path) must be a JSON object; write its members between braces."
    case .missing(let path): "\(path) is missing; add it."
    case .wrongType(let path, let expected): "\(path) must be \(expected); change its type."
    case .outOfRange(let path): "\(path) is out of range; use a value that its schema allows."
    case .notAllowed(let path, let allowed): "\(path) must be \(allowed); change it."
    case .unknown(let path): "\(path) is not a known member; remove it."
    }
  }
}
