internal import ArgumentParser
internal import Datasets
internal import Workflows

/// How a command that reads rows does that.
struct RowOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The most memory to take, as 512MB or 2GB. (default: 512MB)",
      discussion:
        "More of it keeps more rows from being sorted on disk, and lets more cores work; rows longer than a megabyte, hash lists, and the process that reads Parquet take theirs beside."
    ))
  var memory: MemoryAmount?
  @Option(
    help:
      "DuckDB's command line, for Parquet; WINNOW_DUCKDB names it otherwise, or PATH.")
  var duckdb: String?

  func validate() throws {
    guard (memory?.bytes ?? Work.usualMemory) >= Work.leastMemory else {
      let least = Work.leastMemory / MemoryAmount.megabyte
      throw ValidationError("--memory is too little to work with; give it \(least)MB or more.")
    }
  }

  /// What reads and writes Parquet.
  var engine: Engine { Engine(named: duckdb ?? Variable.value("WINNOW_DUCKDB")) }

  /// The same work, in so much memory.
  func held(_ progress: Workflows.Progress) -> Workflows.Progress {
    var progress = progress
    if let memory { progress.memory = memory.bytes }
    return progress
  }
}

/// An amount of memory as it is written: a number with `MB` or `GB`, in either case.
struct MemoryAmount: ExpressibleByArgument {
  static let megabyte = 1_000_000
  let bytes: Int

  init?(argument: String) {
    let unit = argument.suffix(2).lowercased()
    let digits = argument.dropLast(2)
    guard unit == "mb" || unit == "gb", digits.allSatisfy({ $0.isASCII && $0.isNumber }),
      let number = Int(digits), number <= 1_000_000_000
    else { return nil }
    bytes = number * (unit == "mb" ? Self.megabyte : 1_000 * Self.megabyte)
  }
}

/// A command that reads the rows of a release.
protocol RowCommand: LedgerCommand {
  var working: RowOptions { get }
}

extension RowCommand {
  func run() throws { try open(perform) }

  /// Opens the ledger for work in the memory, and with the program, that were given.
  func open(_ body: (Workplace) throws -> Void) throws {
    try options.open { place in
      var place = place
      place.progress = working.held(place.progress)
      place.engine = working.engine
      try body(place)
    }
  }
}
