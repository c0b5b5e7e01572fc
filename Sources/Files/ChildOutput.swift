internal import Foundation

/// What a program writes to its standard output, read while it runs.
///
/// The end of it is an end only when the program ended well. What it writes to standard error is never
/// passed on: it may say values. Only which of some phrases stands in it is told.
package final class ChildOutput {
  /// How a program is started, and what is known of what it may say.
  package struct Command: Sendable {
    /// The program's file.
    package var program: String
    package var arguments: [String]
    /// `NAME=value` each: all of the environment that it has.
    package var environment: [String]
    /// What it reads as its standard input, which a pipe holds: 1 MiB at most.
    package var input: [UInt8]
    /// Phrases of its standard error that a failure tells of, by their places.
    package var phrases: [String]

    package init(
      program: String, arguments: [String], environment: [String], input: [UInt8],
      phrases: [String] = []
    ) {
      self.program = program
      self.arguments = arguments
      self.environment = environment
      self.input = input
      self.phrases = phrases
    }
  }

  private let command: Command
  private let output: OutputPipe
  private let errors: OutputPipe
  private let child: Child
  private let isCancelled: @Sendable () -> Bool
  private var code: Int32?

  /// Starts the program; it is killed when the last reference goes before its end.
  ///
  /// - Parameters:
  ///   - command: what is started.
  ///   - isCancelled: asked ten times a second while nothing comes.
  /// - Throws: ``FileFailure/program(_:_:)``.
  package init(
    _ command: Command, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(FileFailure) {
    self.command = command
    self.isCancelled = isCancelled
    let input = try Self.filled(command.input)
    do throws(Subprocess.Failure) {
      output = try OutputPipe(keeping: 0)
      errors = try OutputPipe(keeping: 1 << 16)
      output.widen()
      child = try Child(
        command.program, command.arguments, [input.reading, output.writing, errors.writing],
        environment: command.environment)
    } catch {
      throw .program(command.program, .notStarted)
    }
    output.closeWriting()
    errors.closeWriting()
  }

  deinit {
    if code != nil { return }
    child.kill()
    _ = child.ended(waiting: true)
  }

  /// Reads up to `count` bytes into `buffer` at `start`; gives how many came.
  ///
  /// Fewer than `count` come only at the end, and after the program ended with exit code 0.
  func read(
    into buffer: inout [UInt8], at start: Int, count: Int
  ) throws(FileFailure) -> Int {
    var done = 0
    while done < count, output.isOpen {
      if let got = output.take(into: &buffer, at: start + done, count: count - done) {
        done += got
        continue
      }
      errors.drain()
      if isCancelled() { throw .program(command.program, .stopped) }
      OutputPipe.wait(for: errors.isOpen ? [output, errors] : [output])
    }
    if done < count { try end() }
    return done
  }

  /// All that it writes, `limit` bytes at most.
  package func readAll(limit: Int) throws(FileFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = try read(into: &buffer, at: 0, count: buffer.count)
      bytes.append(contentsOf: buffer[..<got])
      if got < buffer.count { return bytes }
      guard bytes.count <= limit else { throw .program(command.program, .tooMuch) }
    }
  }

  /// Waits for the program, which has closed its output.
  private func end() throws(FileFailure) {
    // One that goes on without its output is not waited for.
    let deadline = ContinuousClock.now + .seconds(60)
    while code == nil {
      errors.drain()
      code = child.ended(waiting: false)
      if code != nil { break }
      if isCancelled() { throw .program(command.program, .stopped) }
      if ContinuousClock.now > deadline { throw .program(command.program, .failed(nil, code: 124)) }
      OutputPipe.wait(for: [errors])
    }
    guard let code, code != 0 else { return }
    errors.drain()
    let said = command.phrases.firstIndex { phrase in
      String(decoding: errors.bytes, as: UTF8.self).contains(phrase)
    }
    throw .program(command.program, .failed(said, code: code))
  }

  /// The reading end of a pipe that holds all of `bytes`.
  private static func filled(_ bytes: [UInt8]) throws(FileFailure) -> OutputPipe {
    let name = "standard input"
    do throws(Subprocess.Failure) {
      let pipe = try OutputPipe(keeping: 0)
      pipe.widen()
      // What does not fit is an error here, where waiting for room would be for ever.
      _ = fcntl(pipe.writing, F_SETFL, O_NONBLOCK)
      _ = fcntl(pipe.reading, F_SETFL, 0)
      do throws(FileFailure) {
        try System.write(pipe.writing, name, bytes.span)
      } catch {
        throw .file(error)
      }
      pipe.closeWriting()
      return pipe
    } catch {
      if case .file(let failure) = error { throw failure }
      throw .system(path: name, .create, code: EIO)
    }
  }
}
