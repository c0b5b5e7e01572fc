import Testing

/// Decisions, cleanings and releases published by hand in any order, against a model that knows which
/// rows each release has, and what each decision took or brought back.
@Suite struct `A random line of cleanings` {
  @Test(arguments: 0..<6 as Range<UInt64>)
  func `has the rows that its decisions say, in exact sums and without an open list`(seed: UInt64)
    throws
  {
    var line = try RandomLine(seed: seed)
    for _ in 0..<14 { try line.step() }
    try line.check()
  }
}
