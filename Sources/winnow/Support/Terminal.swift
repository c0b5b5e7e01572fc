internal import Foundation

/// A prompt that does not echo.
enum Terminal {
  static func readSecret(prompt: String) -> [UInt8]? {
    FileHandle.standardError.write(Data(prompt.utf8))
    var settings = termios()
    tcgetattr(0, &settings)
    var silent = settings
    silent.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(0, TCSAFLUSH, &silent)
    defer {
      tcsetattr(0, TCSAFLUSH, &settings)
      FileHandle.standardError.write(Data("\n".utf8))
    }
    return readLine(strippingNewline: true).map { Array($0.utf8) }
  }
}
