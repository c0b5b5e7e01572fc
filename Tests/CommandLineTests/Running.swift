import Foundation
import Synchronization

extension Program {
  /// A command that runs on its own.
  ///
  /// Outputs go to files, so that nobody has to drain a pipe. Started without Foundation's `Process`,
  /// which on Linux reads past directory entries and now and then crashes (swift-corelibs-foundation
  /// #5472).
  final class Running: Sendable {
    private let child: pid_t
    private let output: String
    private let errors: String
    private let code = Mutex<Int32?>(nil)
    private let ended: AsyncStream<Void>

    /// What is started finds the signals `blocked` blocked.
    init(
      _ script: String, in directory: String, variables: [String: String] = [:],
      blocking blocked: [Int32] = []
    ) throws {
      let stem = NSTemporaryDirectory() + "winnow-run-" + UUID().uuidString
      output = stem + ".out"
      errors = stem + ".err"
      var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("WINNOW_") }
      environment["PATH"] = Program.directory + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
      environment["LC_ALL"] = "C.UTF-8"
      environment["LD_PRELOAD"] = Preloaded.fewRounds
      for (name, value) in variables { environment[name] = value }
      let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
      ended = stream
      child = try Self.spawn(
        ["/usr/bin/env", "-C", directory, "/bin/bash", "-c", script],
        environment.map { "\($0.key)=\($0.value)" }, output, errors, blocking: blocked)
      Thread.detachNewThread { [self] in
        let code = Self.wait(for: child)
        self.code.withLock { $0 = code }
        continuation.finish()
      }
    }

    /// Runs a program to its end, whatever it says; its exit code.
    static func end(of words: [String]) -> Int32? {
      let variables = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
      return (try? spawn(words, variables, "/dev/null", "/dev/null", blocking: [])).map(wait)
    }

    var isRunning: Bool { code.withLock { $0 == nil } }

    func signal(_ number: Int32) { kill(child, number) }

    /// What it has written so far.
    var outputSoFar: [UInt8] { (try? Self.read(output)) ?? [] }

    /// Waits for its end; takes its outputs away, so that it is asked once.
    func outcome() async throws -> Outcome {
      for await _ in ended {}
      defer { for path in [output, errors] { try? FileManager.default.removeItem(atPath: path) } }
      return Outcome(
        output: try Self.read(output), errors: try Self.read(errors),
        code: code.withLock { $0 } ?? -1)
    }

    private static func read(_ path: String) throws -> [UInt8] {
      Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// The exit code; 128 and the signal when one ended it.
    private static func wait(for child: pid_t) -> Int32 {
      var status: Int32 = 0
      while unsafe waitpid(child, &status, 0) != child {
        if errno != EINTR { return -1 }
      }
      let signal = status & 0x7f
      return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }

    private static func spawn(
      _ words: [String], _ variables: [String], _ output: String, _ errors: String,
      blocking blocked: [Int32]
    ) throws -> pid_t {
      var actions = unsafe posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
      unsafe posix_spawn_file_actions_init(&actions)
      unsafe posix_spawnattr_init(&attributes)
      defer {
        unsafe posix_spawn_file_actions_destroy(&actions)
        unsafe posix_spawnattr_destroy(&attributes)
      }
      unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
      for (descriptor, path) in [(1, output), (2, errors)] as [(Int32, String)] {
        unsafe posix_spawn_file_actions_addopen(
          &actions, descriptor, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
      }
      // Threads of a pool block signals, and a background job ignores them; what is started would
      // inherit both.
      var defaults = set(of: [SIGINT, SIGTERM])
      var mask = set(of: blocked)
      unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
      unsafe posix_spawnattr_setsigmask(&attributes, &mask)
      unsafe posix_spawnattr_setpgroup(&attributes, 0)
      let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP
      unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
      let arguments = unsafe words.map { unsafe strdup($0) } + [nil]
      let environment = unsafe variables.map { unsafe strdup($0) } + [nil]
      defer {
        for index in unsafe arguments.indices { unsafe free(arguments[index]) }
        for index in unsafe environment.indices { unsafe free(environment[index]) }
      }
      var child: pid_t = 0
      let code = unsafe posix_spawn(
        &child, words[0], &actions, &attributes, arguments, environment)
      guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
      return child
    }

    private static func set(of signals: [Int32]) -> sigset_t {
      var set = sigset_t()
      unsafe sigemptyset(&set)
      for number in signals { unsafe sigaddset(&set, number) }
      return set
    }
  }
}
