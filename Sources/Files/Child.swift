internal import Foundation

/// A program that was started.
struct Child {
  private let process: pid_t

  /// Starts the program at `path` with `descriptors` as its 0, 1 and 2.
  ///
  /// - Parameters:
  ///   - path: the program's file.
  ///   - arguments: what it is called with, the program's name not among them.
  ///   - descriptors: its standard input, output and error.
  ///   - environment: `NAME=value` each; this process's own by default.
  /// - Throws: ``Subprocess/Failure/notStarted(code:)``.
  init(
    _ path: String, _ arguments: [String], _ descriptors: [Int32], environment: [String]? = nil
  ) throws(Subprocess.Failure) {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for place in descriptors.indices {
      unsafe posix_spawn_file_actions_adddup2(&actions, descriptors[place], Int32(place))
    }
    var words = unsafe Self.copies([path] + arguments)
    defer { unsafe Self.free(words) }
    var settings = unsafe Self.copies(environment ?? [])
    defer { unsafe Self.free(settings) }
    var child: pid_t = 0
    let code =
      unsafe environment == nil
      ? posix_spawn(&child, path, &actions, nil, &words, environ)
      : posix_spawn(&child, path, &actions, nil, &words, &settings)
    guard code == 0 else { throw .notStarted(code: code) }
    process = child
  }

  /// The exit code of one that ended, 128 and the signal when a signal ended it; asked once.
  func ended(waiting: Bool) -> Int32? {
    var status: Int32 = 0
    while true {
      let got = unsafe waitpid(process, &status, waiting ? 0 : WNOHANG)
      if got == process { break }
      if got == 0 { return nil }
      // Somebody else took it: nothing is known of how it ended.
      if errno != EINTR { return 127 }
    }
    let signal = status & 0x7f
    return signal == 0 ? (status >> 8) & 0xff : 128 + signal
  }

  /// Ends it at once.
  func kill() { Foundation.kill(process, SIGKILL) }

  private static func copies(_ words: [String]) -> [UnsafeMutablePointer<CChar>?] {
    var copies: [UnsafeMutablePointer<CChar>?] = unsafe []
    for word in words { unsafe copies.append(strdup(word)) }
    unsafe copies.append(nil)
    return unsafe copies
  }

  private static func free(_ copies: [UnsafeMutablePointer<CChar>?]) {
    for place in unsafe copies.indices { unsafe Foundation.free(copies[place]) }
  }

  /// What a program reads as its standard input: a file without a name in `directory`.
  static func input(
    _ bytes: [UInt8], in directory: String
  ) throws(Subprocess.Failure) -> Int32 {
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
}
