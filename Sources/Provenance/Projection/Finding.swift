/// What an event found in a release, so that someone can verify it.
package struct Finding: Sendable {
  package let release: VersionedName
  let found: Found

  init(_ release: VersionedName, _ found: Found) {
    self.release = release
    self.found = found
  }
}

/// How much an event found at the most.
enum Found: Sendable {
  /// Keys and rows; what was counted in another unit, as hashes or photos, was in the rows.
  case matched(Tally)
  /// Keys and rows that are to go.
  case decided(Tally)
  /// Counts as they were stated.
  case stated([Count])

  /// The most in `unit`, or `nil` where nothing says.
  func most(of unit: CountUnit) -> UInt64? {
    switch (self, unit) {
    case (.matched(let tally), .keys), (.decided(let tally), .keys): tally.keys
    case (.matched(let tally), _), (.decided(let tally), .rows): tally.rows
    case (.decided, _): nil
    case (.stated(let counts), _):
      counts.first {
        $0.unit == unit && ($0.exactness == .exact || $0.exactness == .atMost)
      }?.value
    }
  }

  /// Whether what was counted apart is together more than was found; each key has a row of its own.
  func isExceeded(by counts: [Count]) -> Bool {
    var sums: [CountUnit: UInt64] = [:]
    for count in counts where most(of: count.unit) != nil {
      sums[count.unit, default: 0] += count.value
    }
    if sums.contains(where: { unit, sum in most(of: unit).map { sum > $0 } ?? false }) {
      return true
    }
    switch self {
    case .matched(let tally), .decided(let tally): return sums.values.reduce(0, +) > tally.rows
    case .stated: return false
    }
  }
}
