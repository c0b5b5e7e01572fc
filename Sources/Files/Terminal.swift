internal import Foundation

/// The terminal that standard input comes from.
package enum Terminal {
  /// Asks on standard error and reads one line that is not shown as it is typed, or gives `nil` at the
  /// end of input.
  package static func readSecret(prompt: String) -> [UInt8]? {
    FileHandle.standardError.write(Data(prompt.utf8))
    var settings = termios()
    unsafe tcgetattr(0, &settings)
    var silent = settings
    silent.c_lflag &= ~tcflag_t(ECHO)
    unsafe tcsetattr(0, TCSAFLUSH, &silent)
    defer {
      unsafe tcsetattr(0, TCSAFLUSH, &settings)
      FileHandle.standardError.write(Data("\n".utf8))
    }
    return readLine(strippingNewline: true).map { Array($0.utf8) }
  }
}
