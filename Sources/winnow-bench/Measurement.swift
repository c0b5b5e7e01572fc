internal import Glibc

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
  /// The same per second of processor time, which what else the machine does hardly changes; none
  /// where the limit is a stated figure.
  var processorRatio: Double?
  /// Processor time of each event, row or key, in microseconds, all threads together.
  var processorMicroseconds: Double?
  /// The ratio to reach; none where the target file has none.
  let target: Double?
  /// Whether less is better.
  var isCeiling = false
  /// Whether the target is one of processor time.
  var isOfProcessor = false

  /// Whether the target is reached.
  var isReached: Bool? {
    let ratio = isOfProcessor ? processorRatio ?? 0 : ratio
    return target.map { isCeiling ? ratio <= $0 : ratio >= $0 }
  }
}

extension Measurement {
  /// Measures limit and work in turns.
  ///
  /// Both closures give a rate; the median of the rounds' ratios counts, since what else the
  /// machine does weighs on both alike.
  static func compare(
    _ work: String, size: Int, unit: String = "/s", rounds: Int, limit limitName: String,
    target: Double?, isOfProcessor: Bool = false, _ limit: () throws -> Speed,
    _ measured: () throws -> Speed
  ) rethrows -> Measurement {
    var limits: [Double] = []
    var rates: [Double] = []
    var ratios: [Double] = []
    var processorRatios: [Double] = []
    var processorTimes: [Double] = []
    for _ in 0..<rounds {
      let bound = try limit()
      let rate = try measured()
      limits.append(bound.wall)
      rates.append(rate.wall)
      ratios.append(rate.wall / bound.wall)
      if let work = rate.processor {
        processorTimes.append(1e6 / work)
        if let limit = bound.processor { processorRatios.append(work / limit) }
      }
    }
    return Measurement(
      work: work, size: size, unit: unit, rate: median(rates), limitName: limitName,
      limit: median(limits), ratio: median(ratios),
      processorRatio: processorRatios.isEmpty ? nil : median(processorRatios),
      processorMicroseconds: processorTimes.isEmpty ? nil : median(processorTimes),
      target: target, isOfProcessor: isOfProcessor)
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

/// How often something happens in a second that passes, and in one that this process runs.
struct Speed {
  let wall: Double
  /// All threads of the process, and of programs that it ran, together; none for a figure that was
  /// not measured here.
  var processor: Double?

  /// A figure that stands in the target file.
  static func stated(_ rate: Double) -> Speed { Speed(wall: rate) }

  static func / (speed: Speed, divisor: Double) -> Speed {
    Speed(wall: speed.wall / divisor, processor: speed.processor.map { $0 / divisor })
  }
}

/// How often `count` things happen when `body` does them all.
func rate(_ count: Int, _ body: () throws -> Void) rethrows -> Speed {
  let start = processorSeconds()
  let time = try ContinuousClock().measure(body)
  let used = processorSeconds() - start
  let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
  return Speed(
    wall: Double(count) / max(seconds, 1e-9), processor: Double(count) / max(used, 1e-9))
}

/// What this process and the programs that it ran to their end have used.
private func processorSeconds() -> Double {
  var (own, others) = (rusage(), rusage())
  unsafe getrusage(RUSAGE_SELF.rawValue, &own)
  unsafe getrusage(RUSAGE_CHILDREN.rawValue, &others)
  return [own.ru_utime, own.ru_stime, others.ru_utime, others.ru_stime].reduce(0) {
    $0 + Double($1.tv_sec) + Double($1.tv_usec) * 1e-6
  }
}
