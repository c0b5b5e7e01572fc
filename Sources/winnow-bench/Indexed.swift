internal import ArgumentParser
internal import Datasets

/// Indexes files in a process of its own and prints µs of processor time a row, seconds and MiB.
struct Indexed: ParsableCommand {
  static let configuration = CommandConfiguration(shouldDisplay: false)
  @Argument var files: [String]
  @Option var memory = 256
  @Option var workers: Int?

  func run() throws {
    let reader = try ReleaseReader(registering: try Shard.list(files), identity: ["URL"])
    var work = Work(memory: memory << 20)
    if let workers { work.workers = workers }
    var rows = 0
    let speed = try rate(1) {
      rows = Int(try reader.index(to: nil, scratch: ".", work: work).rows)
    }
    let processor = speed.processor.map { 1e6 / $0 / Double(rows) } ?? 0
    print(rows, processor, 1 / speed.wall, try PeakMemory.mebibytes())
  }
}
