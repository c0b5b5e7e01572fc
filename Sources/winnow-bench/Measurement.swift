/// One kind of work beside what bounds it: medians over rounds that took turns.
struct Measurement: Encodable {
  let work: String
  /// Events, rows or keys.
  let size: Int
  let unit: String
  /// Per second, or bytes where the unit says so.
  let rate: Double
  /// What it is compared with.
  let limitName: String
  let limit: Double
  /// `rate ÷ limit`, round by round.
  let ratio: Double
  /// The ratio to reach; none where the target file has none.
  let target: Double?
  /// Whether less is better.
  var isCeiling = false

  /// Whether the target is reached.
  var isReached: Bool? { target.map { isCeiling ? ratio <= $0 : ratio >= $0 } }
}

extension Measurement {
  /// Measures limit and work in turns.
  ///
  /// Both closures give a rate; the median of the rounds' ratios counts, since what else the
  /// machine does weighs on both alike.
  static func compare(
    _ work: String, size: Int, unit: String = "/s", rounds: Int, limit limitName: String,
    target: Double?, _ limit: () throws -> Double, _ measured: () throws -> Double
  ) rethrows -> Measurement {
    var limits: [Double] = []
    var rates: [Double] = []
    var ratios: [Double] = []
    for _ in 0..<rounds {
      let bound = try limit()
      let rate = try measured()
      limits.append(bound)
      rates.append(rate)
      ratios.append(rate / bound)
    }
    return Measurement(
      work: work, size: size, unit: unit, rate: median(rates), limitName: limitName,
      limit: median(limits), ratio: median(ratios), target: target)
  }

  /// A figure that needs no rounds, such as a size.
  static func ceiling(
    _ work: String, size: Int, unit: String, _ value: Double, limit: Double
  ) -> Measurement {
    Measurement(
      work: work, size: size, unit: unit, rate: value, limitName: "target", limit: limit,
      ratio: value / limit, target: 1, isCeiling: true)
  }

  private static func median(_ values: [Double]) -> Double {
    values.sorted()[values.count / 2]
  }
}

/// How often a second `count` things happen when `body` does them all.
func rate(_ count: Int, _ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  let time = try clock.measure(body)
  let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
  return Double(count) / max(seconds, 1e-9)
}
