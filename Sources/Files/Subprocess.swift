internal import Foundation

/// A program that is run to its end, with bounds on its time and on what it may say.
package enum Subprocess {
  /// What a program that ended left.
  package struct Outcome: Sendable {
    /// The exit code; 128 and the signal when one ended it.
    package let code: Int32
    package let output: [UInt8]
    /// The beginning of what it wrote to standard error.
    package let errors: [UInt8]
  }

  /// Why there is no outcome.
  package enum Failure: Error, Hashable, Sendable {
    case notStarted(code: Int32)
    case tooSlow(seconds: Double)
    case tooMuchOutput(limit: Int)
    case cancelled
    case file(FileFailure)
  }

  /// Runs `path` with `arguments` (the program's name not among them), its standard input at `input`.
  ///
  /// It stays in the terminal's foreground, so that it can ask for a PIN. One that is stopped is
  /// killed; what it started itself is left alone, and no longer listened to.
  ///
  /// - Parameters:
  ///   - path: the program's file.
  ///   - arguments: what it is called with.
  ///   - input: what standard input holds, in a file without a name in `scratch`.
  ///   - scratch: a directory that can be written to.
  ///   - maximumOutput: how many bytes standard output may have.
  ///   - seconds: how long it may run.
  ///   - isCancelled: asked ten times a second.
  /// - Returns: what it left, whatever its exit code.
  /// - Throws: ``Failure``.
  package static func run(
    _ path: String, _ arguments: [String], input: [UInt8], scratch: String, maximumOutput: Int,
    seconds: Double, isCancelled: () -> Bool = { false }
  ) throws(Failure) -> Outcome {
    let source = try inputFile(input, in: scratch)
    defer { System.close(source) }
    let output = try OutputPipe(keeping: maximumOutput + 1)
    let errors = try OutputPipe(keeping: 4096)
    let child = try spawn(path, arguments, [source, output.writing, errors.writing])
    output.closeWriting()
    errors.closeWriting()
    let deadline = ContinuousClock.now + .seconds(seconds)
    var failure: Failure?
    var code: Int32?
    // What it leaves running may hold its outputs open; only its own end counts.
    while failure == nil, code == nil {
      wait(for: [output, errors])
      code = ended(child, waiting: false)
      output.drain()
      errors.drain()
      if output.bytes.count > maximumOutput { failure = .tooMuchOutput(limit: maximumOutput) }
      if code == nil, ContinuousClock.now > deadline { failure = .tooSlow(seconds: seconds) }
      if code == nil, isCancelled() { failure = .cancelled }
    }
    if code == nil {
      kill(child, SIGKILL)
      code = ended(child, waiting: true)
    }
    if let failure { throw failure }
    return Outcome(code: code ?? 0, output: output.bytes, errors: errors.bytes)
  }

  /// The exit code of a child that ended.
  private static func ended(_ child: pid_t, waiting: Bool) -> Int32? {
    var status: Int32 = 0
    while true {
      let got = unsafe waitpid(child, &status, waiting ? 0 : WNOHANG)
      if got == child { break }
      if got == 0 { return nil }
      // Somebody else took it: nothing is known of how it ended.
      if errno != EINTR { return 127 }
    }
    let signal = status & 0x7f
    return signal == 0 ? (status >> 8) & 0xff : 128 + signal
  }

  private static func inputFile(_ bytes: [UInt8], in directory: String) throws(Failure) -> Int32 {
    let path = TemporaryName.fresh(in: directory)
    do throws(FileFailure) {
      let descriptor = try System.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode: 0o600)
      do throws(FileFailure) {
        try System.remove(path)
        try System.write(descriptor, path, bytes.span, at: 0)
      } catch {
        System.close(descriptor)
        throw error
      }
      return descriptor
    } catch {
      throw .file(error)
    }
  }

  /// Waits for something to read, a tenth of a second at most.
  private static func wait(for pipes: [OutputPipe]) {
    var polled = pipes.filter(\.isOpen).map {
      pollfd(fd: $0.reading, events: Int16(POLLIN), revents: 0)
    }
    _ = unsafe poll(&polled, nfds_t(polled.count), polled.isEmpty ? 5 : 100)
  }

  /// Starts the program with `descriptors` as its 0, 1 and 2.
  private static func spawn(
    _ path: String, _ arguments: [String], _ descriptors: [Int32]
  ) throws(Failure) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for place in descriptors.indices {
      unsafe posix_spawn_file_actions_adddup2(&actions, descriptors[place], Int32(place))
    }
    var words: [UnsafeMutablePointer<CChar>?] = unsafe []
    for word in [path] + arguments { unsafe words.append(strdup(word)) }
    unsafe words.append(nil)
    defer {
      for place in unsafe words.indices { unsafe free(words[place]) }
    }
    var child: pid_t = 0
    let code = unsafe posix_spawn(&child, path, &actions, nil, &words, environ)
    guard code == 0 else { throw .notStarted(code: code) }
    return child
  }
}

/// A pipe whose reading end keeps the first bytes that come.
private final class OutputPipe {
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

  /// Reads what is there, and drops what comes after the limit.
  func drain() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    // So many times at most: a program that never stops talking is for the caller to stop.
    for _ in 0..<16 where isOpen {
      let got = unsafe read(reading, &buffer, buffer.count)
      if got > 0 {
        bytes.append(contentsOf: buffer[..<min(got, limit - bytes.count)])
      } else if got == 0 {
        isOpen = false
      } else if errno != EINTR {
        return
      }
    }
  }
}
