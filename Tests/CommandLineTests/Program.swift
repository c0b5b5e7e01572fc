import Foundation

/// The program under test, and everything else that is started beside it.
enum Program {
  /// The directory that holds `winnow`: that of the test bundle, or what `WINNOW_BIN` names.
  static let directory: String = {
    if let named = ProcessInfo.processInfo.environment["WINNOW_BIN"] { return named }
    let bundles = Bundle.allBundles.filter { $0.bundlePath.hasSuffix(".xctest") }
    let places =
      [Bundle.main.executableURL?.deletingLastPathComponent()]
      + bundles.map { $0.bundleURL.deletingLastPathComponent() }
    let found = places.compactMap { $0?.path }.first {
      FileManager.default.isExecutableFile(atPath: $0 + "/winnow")
    }
    return found ?? "."
  }()

  /// The root of the package.
  static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// What a command left.
  struct Outcome {
    var output: [UInt8]
    var errors: [UInt8]
    /// The exit code; 128 and the signal when one ended it.
    var code: Int32

    var text: String { String(decoding: output, as: UTF8.self) }
    var complaint: String { String(decoding: errors, as: UTF8.self) }
  }

  /// A command that runs on its own.
  ///
  /// Outputs go to files, so that nobody has to drain a pipe.
  final class Running: Sendable {
    let process: Process
    let output: String
    let errors: String
    private let ended: AsyncStream<Void>

    /// What is started finds the signals `blocked` blocked.
    init(
      _ script: String, in directory: String, variables: [String: String] = [:],
      blocking blocked: [Int32] = []
    ) throws {
      let stem = NSTemporaryDirectory() + "winnow-run-" + UUID().uuidString
      output = stem + ".out"
      errors = stem + ".err"
      for path in [output, errors] {
        try Data().write(to: URL(fileURLWithPath: path))
      }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/bash")
      process.arguments = ["-c", script]
      process.currentDirectoryURL = URL(fileURLWithPath: directory)
      var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("WINNOW_") }
      environment["PATH"] = Program.directory + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
      environment["LC_ALL"] = "C.UTF-8"
      for (name, value) in variables { environment[name] = value }
      process.environment = environment
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle(forWritingAtPath: output)
      process.standardError = FileHandle(forWritingAtPath: errors)
      let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
      process.terminationHandler = { _ in continuation.finish() }
      self.process = process
      ended = stream
      // Threads of a pool block signals, and a background job ignores them; what is started
      // inherits both.
      for number in [SIGINT, SIGTERM] { _ = Foundation.signal(number, SIG_DFL) }
      Self.mask(SIG_UNBLOCK, [SIGINT, SIGTERM])
      Self.mask(SIG_BLOCK, blocked)
      defer { Self.mask(SIG_UNBLOCK, blocked) }
      try process.run()
    }

    private static func mask(_ how: some BinaryInteger, _ numbers: [Int32]) {
      var signals = sigset_t()
      unsafe sigemptyset(&signals)
      for number in numbers { unsafe sigaddset(&signals, number) }
      unsafe pthread_sigmask(Int32(how), &signals, nil)
    }

    deinit {
      try? FileManager.default.removeItem(atPath: output)
      try? FileManager.default.removeItem(atPath: errors)
    }

    var isRunning: Bool { process.isRunning }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// What it has written so far.
    var outputSoFar: [UInt8] { (try? Self.read(output)) ?? [] }

    func outcome() async throws -> Outcome {
      for await _ in ended {}
      let isSignal = process.terminationReason == .uncaughtSignal
      return Outcome(
        output: try Self.read(output), errors: try Self.read(errors),
        code: process.terminationStatus + (isSignal ? 128 : 0))
    }

    private static func read(_ path: String) throws -> [UInt8] {
      Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }
  }

  /// Runs a shell script to its end.
  static func run(
    _ script: String, in directory: String, variables: [String: String] = [:]
  ) async throws -> Outcome {
    try await Running(script, in: directory, variables: variables).outcome()
  }
}
