internal import Foundation

/// A pipe whose reading end keeps the first bytes that come.
final class OutputPipe {
  let reading: Int32
  private(set) var writing: Int32
  private(set) var isOpen = true
  private(set) var bytes: [UInt8] = []
  private let limit: Int

  init(keeping limit: Int) throws(Subprocess.Failure) {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw .notStarted(code: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    reading = ends[0]
    writing = ends[1]
    self.limit = limit
  }

  deinit {
    System.close(reading)
    closeWriting()
  }

  func closeWriting() {
    if writing >= 0 { System.close(writing) }
    writing = -1
  }

  /// Waits for something to read, a tenth of a second at most.
  static func wait(for pipes: [OutputPipe]) {
    var polled = pipes.filter(\.isOpen).map {
      pollfd(fd: $0.reading, events: Int16(POLLIN), revents: 0)
    }
    _ = unsafe poll(&polled, nfds_t(polled.count), polled.isEmpty ? 5 : 100)
  }

  /// Reads what is there, and drops what comes after the limit.
  func drain() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    // So many times at most: a program that never stops talking is for the caller to stop.
    for _ in 0..<16 where isOpen {
      guard let got = take(into: &buffer, at: 0, count: buffer.count) else { return }
      bytes.append(contentsOf: buffer[..<min(got, limit - bytes.count)])
    }
  }

  /// Reads what is there into `buffer`, `count` bytes at most; 0 at the end, `nil` when nothing is there
  /// yet.
  func take(into buffer: inout [UInt8], at start: Int, count: Int) -> Int? {
    precondition(start >= 0 && count >= 0 && start <= buffer.count - count, "there is room")
    while true {
      let got = unsafe buffer.withUnsafeMutableBytes {
        unsafe read(reading, $0.baseAddress.map { unsafe $0 + start }, count)
      }
      if got > 0 { return got }
      if got == 0 {
        isOpen = count == 0 && isOpen
        return 0
      }
      if errno != EINTR { return nil }
    }
  }

  /// Asks for room for a whole chunk, so that writer and reader wait for each other less often.
  func widen() {
    // 1 MiB is what anyone may have (pipe(7)); with less it is slower, no more.
    _ = fcntl(reading, 1031 /* F_SETPIPE_SZ */, 1 << 20)
  }
}
