internal import CanonicalJSON
internal import Provenance

/// Puts lists whose order means nothing into the order in which statements write them.
enum MemberOrder {
  /// Lists of words, names and ids, ascending by their bytes.
  private static let words: Set<String> = [
    "answers", "causes", "events", "grounds", "held", "methods", "minus", "reinstatements",
    "sources",
    "removals", "to", "unions",
  ]

  /// Lists of objects, ascending by one of their members.
  private static let keyed = [
    "artifacts": "sha256", "counts": "unit", "sources": "event", "stated": "unit",
  ]

  /// `json`, in order if it is a list that has one.
  static func restored(_ json: JSON, of name: String) -> JSON {
    guard case .array(let items) = json else { return json }
    // What has no key is misshapen, and stays for the reader to refuse.
    let keys = items.map { key(of: $0, in: name) }
    guard keys.allSatisfy({ $0 != nil }) else { return json }
    return .array(
      zip(items, keys.compactMap(\.self)).sorted { $0.1.lexicographicallyPrecedes($1.1) }
        .map(\.0))
  }

  private static func key(of item: JSON, in list: String) -> [String.UTF8View.Element]? {
    switch item {
    case .string(let text) where words.contains(list): return Array(text.utf8)
    case .object(let object):
      if let member = keyed[list], case .string(let text)? = object[member] {
        return Array(text.utf8)
      }
      // A thing that a statement is about: by kind, then by name.
      guard list == "about", object.members.count == 1, let (name, value) = object.members.first,
        case .string(let text) = value
      else { return nil }
      return Array(name.utf8) + [0] + Array(text.utf8)
    default: return nil
    }
  }
}
