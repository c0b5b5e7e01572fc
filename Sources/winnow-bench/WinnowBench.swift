internal import ArgumentParser

/// Prints rates beside the limits of the machine and its peers, all measured in the same run.
///
/// A rate alone says more about the machine than about the program: only ratios are compared.
@main
struct WinnowBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "winnow-bench",
    abstract: "Measures winnow against the limits of the machine it runs on.",
    subcommands: [
      All.self, Append.self, Admit.self, Verify.self, Rebuild.self, State.self, Proof.self,
      Index.self, Cleaned.self, Matched.self, Packed.self, SetBench.self, Stages.self, Opened.self,
      Indexed.self, Writer.self,
    ],
    defaultSubcommand: All.self)
}

/// What every measurement takes.
struct Settings: ParsableArguments {
  @Flag(help: "Print one JSON document.")
  var json = false

  @Flag(help: "Measure at three sizes, each ten times the last.")
  var growth = false

  @Option(help: "Repetitions, of which the median counts.")
  var rounds = 3

  @Option(help: "Events of a ledger.")
  var events = 10_000

  @Option(help: "Keys of a set.")
  var rows = 200_000

  @Option(help: "Rows of a release that is indexed or cleaned.")
  var releaseRows = 3_000_000

  @Option(help: "Perceptual hashes that a hundredth of as many others are compared with.")
  var nearHashes = 1_000_000

  @OptionGroup var peers: Peers

  @Option(help: "A directory for files that are made and removed; its disk is what is measured.")
  var scratch: String?

  func validate() throws {
    guard rounds > 0, (1_000...10_000_000).contains(events), (1_000...1_000_000_000).contains(rows),
      (1_000...1_000_000_000).contains(releaseRows), (1_000...10_000_000).contains(nearHashes)
    else { throw ValidationError("Give at least 1 round, 1000 events and 1000 rows.") }
  }

  /// Runs `measure` once, or at three sizes, and prints what it found.
  func report(_ measure: (Settings, Scratch) throws -> [Measurement]) throws {
    var found: [Measurement] = []
    for factor in growth ? [1, 10, 100] : [1] {
      var settings = self
      settings.events *= factor
      settings.rows *= factor
      settings.releaseRows *= factor
      let scratch = try Scratch(self.scratch)
      defer { scratch.remove() }
      found += try measure(settings, scratch)
    }
    try Table.print(found, asJSON: json)
  }
}

struct Append: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Durable appends of own events.")
  @OptionGroup var settings: Settings
  func run() throws { try settings.report(AppendBench.run) }
}

struct Admit: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Admission of others' events.")
  @OptionGroup var settings: Settings
  func run() throws { try settings.report(AppendBench.admit) }
}

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Verification of a whole ledger.")
  @OptionGroup var settings: Settings
  func run() throws { try settings.report(LogBench.verify) }
}

struct Rebuild: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Rebuilding all projections.")
  @OptionGroup var settings: Settings
  func run() throws { try settings.report(LogBench.rebuild) }
}

struct State: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "What an open ledger holds in memory.")
  @OptionGroup var settings: Settings
  func run() throws { try settings.report(StateBench.run) }
}

struct Proof: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Inclusion proofs: making, checking.")
  @OptionGroup var settings: Settings
  func run() throws { try settings.report(LogBench.proof) }
}

struct Index: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Rows of CSV, JSON Lines, Parquet to a root.")
  @OptionGroup var settings: Settings
  func run() throws { try settings.report(IndexBench.run) }
}

struct Cleaned: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean", abstract: "A release of CSV less some of its rows.")
  @OptionGroup var settings: Settings
  func run() throws { try settings.report(CleanBench.run) }
}

struct Matched: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "match", abstract: "Rows compared with hash lists, exact and perceptual.")
  @OptionGroup var settings: Settings
  func run() throws { try settings.report(MatchBench.run) }
}

struct Packed: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "packing", abstract: "Rows as gzip and zstd, and back.")
  @OptionGroup var settings: Settings
  func run() throws { try settings.report(PackingBench.run) }
}

struct SetBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Set roots, lookups and transitions.")
  @OptionGroup var settings: Settings
  func run() throws { try settings.report(SetMeasurements.run) }
}

struct Stages: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Where the time of one event goes.")
  @OptionGroup var settings: Settings
  func run() throws { try settings.report(StageBench.run) }
}

struct All: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "All of them.")
  @OptionGroup var settings: Settings

  func run() throws {
    try settings.report { settings, scratch in
      var found = try AppendBench.run(settings, scratch)
      found += try AppendBench.admit(settings, scratch)
      found += try LogBench.verify(settings, scratch)
      found += try LogBench.rebuild(settings, scratch)
      found += try StateBench.run(settings, scratch)
      found += try LogBench.proof(settings, scratch)
      found += try IndexBench.run(settings, scratch)
      found += try CleanBench.run(settings, scratch)
      found += try MatchBench.run(settings, scratch)
      found += try PackingBench.run(settings, scratch)
      found += try SetMeasurements.run(settings, scratch)
      return found
    }
  }
}
