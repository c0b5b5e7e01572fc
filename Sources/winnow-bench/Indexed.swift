internal import ArgumentParser
internal import Datasets
internal import Files

/// Indexes files in a process of its own and prints µs of processor time a row, seconds and MiB.
struct Indexed: ParsableCommand {
  static let configuration = CommandConfiguration(shouldDisplay: false)
  @Argument var files: [String]
  @Option var memory = 512
  @Option var workers: Int?

  func run() throws {
    let reader = try ReleaseReader(registering: try Shard.list(files), identity: ["URL"])
    let work = Work(workers: workers ?? Cores.count, memory: memory * 1_000_000)
    var rows = 0
    let speed = try rate(1) {
      rows = Int(try reader.index(to: nil, scratch: ".", work: work).rows)
    }
    let processor = speed.processor.map { 1e6 / $0 / Double(rows) } ?? 0
    print(rows, processor, 1 / speed.wall, try PeakMemory.mebibytes())
  }
}
