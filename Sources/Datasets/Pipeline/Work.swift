internal import Files

/// How far long work has come.
package struct Progress: Hashable, Sendable {
  /// Rows done.
  package var rows: UInt64
  /// Bytes of files read, compressed or not.
  package var bytes: Int
  /// Bytes of files to read altogether.
  package var totalBytes: Int
}

/// How long work is to be done: threads, memory, and the caller's say.
package struct Work: Sendable {
  /// Threads, the caller's among them, 1 or more.
  package var workers: Int
  /// Bytes of memory that the work and the program may take; a row longer than a MiB takes more.
  package var memory: Int
  /// Told now and then, from the caller's thread.
  package var progress: @Sendable (Progress) -> Void
  /// Asked for each chunk, from any thread; `true` stops the work with ``DatasetFailure/cancelled``.
  package var isCancelled: @Sendable () -> Bool
  /// Bytes of content in one chunk.
  var chunkSize: Int

  /// What is taken unless told otherwise.
  package static let usualMemory = 512_000_000
  /// The least that rows are worked on with.
  package static let leastMemory = 128_000_000
  /// What a worker needs to be of use.
  private static let memoryOfWorker = 32_000_000

  /// Takes the machine's cores, or as many as have room in `memory`, which is ``leastMemory`` or more.
  package init(
    workers: Int = Cores.count, memory: Int = Self.usualMemory,
    progress: @escaping @Sendable (Progress) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.memory = max(memory, Self.leastMemory)
    self.workers = min(max(workers, 1), self.memory / Self.memoryOfWorker)
    self.progress = progress
    self.isCancelled = isCancelled
    chunkSize = min(1 << 22, MemoryShares(of: self.memory, for: self.workers).chunk)
  }

  /// What each part of the work may take.
  var shares: MemoryShares { MemoryShares(of: memory, for: workers) }
}
