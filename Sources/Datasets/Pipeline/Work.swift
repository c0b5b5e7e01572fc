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
  /// Bytes of keys and digests held in memory before they go to disk; 1 MiB or more.
  package var memory: Int
  /// Told now and then, from the caller's thread.
  package var progress: @Sendable (Progress) -> Void
  /// Asked for each chunk, from any thread; `true` stops the work with ``DatasetFailure/cancelled``.
  package var isCancelled: @Sendable () -> Bool
  /// Bytes of content in one chunk.
  var chunkSize = 1 << 22

  /// Takes the machine's cores and 256 MiB unless told otherwise.
  package init(
    workers: Int = Cores.count, memory: Int = 256 << 20,
    progress: @escaping @Sendable (Progress) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.workers = min(max(workers, 1), 64)
    self.memory = max(memory, 1 << 20)
    self.progress = progress
    self.isCancelled = isCancelled
  }
}
