internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

extension OpenList {
  /// What to do about it.
  var takeBack: String {
    let what =
      switch self {
      case .transition(let release): "The list of what left for \(release)"
      case .manifest(let release, _): "The shard manifest of \(release)"
      case .set(let sequence): "The set of sequence \(sequence)"
      case .filter(let sequence): "The filter of sequence \(sequence)"
      }
    let until = "\(what) was open until now and could tell which rows are of class illegal"
    guard let attachment else {
      return "\(until): no proof shows it any more; take it back where you published it."
    }
    return
      "\(until): `winnow audit export` and `winnow publish` still hand it out; end that with `winnow attachment withhold \(attachment) --basis policy`, and take it back where you published it."
  }

  var json: JSON {
    var object =
      switch self {
      case .transition(let release):
        JSONObject([("list", "transition"), ("release", JSON(release))])
      case .manifest(let release, _):
        JSONObject([("list", "manifest"), ("release", JSON(release))])
      case .set(let sequence): JSONObject([("list", "set"), ("sequence", JSON(sequence))])
      case .filter(let sequence): JSONObject([("list", "filter"), ("sequence", JSON(sequence))])
      }
    if let attachment { object["attachment"] = .string(attachment) }
    return .object(object)
  }
}

/// What nothing can hide: whoever holds a release before and after it was cleaned compares them.
enum Comparison {
  /// For a decision on so many rows of class illegal, and so many others.
  static func words(illegal: UInt64, others: UInt64) -> String {
    let compare = "  Whoever holds the release before and after can compare them and see what left"
    guard others > 0 else {
      return
        "\(compare): these alone, where nothing else leaves with them. With --dilute N, N others leave too."
    }
    let (all, overflow) = illegal.addingReportingOverflow(others)
    return
      "\(compare): of the \((overflow ? UInt64.max : all).grouped) rows of this decision \(illegal.of("is", "are")) of class illegal."
  }
}
