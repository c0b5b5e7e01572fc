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
      case .manifest(let release): "The shard manifest of \(release)"
      case .set(let sequence): "The set or filter of sequence \(sequence)"
      }
    return
      "\(what) was open until now and is shown no more, for it could tell which rows are of class illegal; take it back where you published it."
  }

  var json: JSON {
    switch self {
    case .transition(let release): ["list": "transition", "release": JSON(release)]
    case .manifest(let release): ["list": "manifest", "release": JSON(release)]
    case .set(let sequence): ["list": "set", "sequence": JSON(sequence)]
    }
  }
}

/// What nothing can hide: whoever holds a release before and after it was cleaned compares them.
enum Comparison {
  /// For a decision on so many keys of class illegal, and so many others.
  static func words(illegal: UInt64, others: UInt64) -> String {
    let compare = "  Whoever holds the release before and after can compare them and see what left"
    guard others > 0 else {
      return
        "\(compare): these alone, where nothing else leaves with them. With --dilute N, N others leave too."
    }
    let (all, overflow) = illegal.addingReportingOverflow(others)
    let share = overflow ? UInt64.max : all / max(1, illegal)
    return "\(compare): of these about one in \(share.grouped) is of class illegal."
  }
}
