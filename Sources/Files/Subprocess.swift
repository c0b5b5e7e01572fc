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
    let source = try Child.input(input, in: scratch)
    defer { System.close(source) }
    let output = try OutputPipe(keeping: maximumOutput + 1)
    let errors = try OutputPipe(keeping: 4096)
    let child = try Child(path, arguments, [source, output.writing, errors.writing])
    output.closeWriting()
    errors.closeWriting()
    let deadline = ContinuousClock.now + .seconds(seconds)
    var failure: Failure?
    var code: Int32?
    // What it leaves running may hold its outputs open; only its own end counts.
    while failure == nil, code == nil {
      OutputPipe.wait(for: [output, errors])
      code = child.ended(waiting: false)
      output.drain()
      errors.drain()
      if output.bytes.count > maximumOutput { failure = .tooMuchOutput(limit: maximumOutput) }
      if code == nil, ContinuousClock.now > deadline { failure = .tooSlow(seconds: seconds) }
      if code == nil, isCancelled() { failure = .cancelled }
    }
    if code == nil {
      child.kill()
      code = child.ended(waiting: true)
    }
    if let failure { throw failure }
    return Outcome(code: code ?? 0, output: output.bytes, errors: errors.bytes)
  }
}
