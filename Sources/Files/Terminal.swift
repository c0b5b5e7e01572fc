internal import Foundation

/// The terminal that standard input comes from.
package enum Terminal {
  /// Asks on standard error and reads one line that is not shown as it is typed.
  ///
  /// `isCancelled` is asked ten times a second. Gives `nil` at the end of input, when the line has more
  /// than 64 KiB, and when the user gave up: what is typed is shown again in any case.
  package static func readSecret(
    prompt: String, isCancelled: () -> Bool = { false }
  ) -> [UInt8]? {
    try? StandardStream.errors.write(Array(prompt.utf8))
    var settings = termios()
    unsafe tcgetattr(0, &settings)
    var silent = settings
    silent.c_lflag &= ~tcflag_t(ECHO)
    unsafe tcsetattr(0, TCSAFLUSH, &silent)
    defer {
      unsafe tcsetattr(0, TCSAFLUSH, &settings)
      try? StandardStream.errors.write([0x0a])
    }
    var line: [UInt8] = []
    while line.count <= 1 << 16 {
      if isCancelled() { return nil }
      var polled = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
      guard unsafe poll(&polled, 1, 100) > 0 else { continue }
      var byte: UInt8 = 0
      let got = unsafe read(0, &byte, 1)
      if got < 0, errno == EINTR { continue }
      guard got == 1 else { return line.isEmpty ? nil : line }
      if byte == 0x0a { return line }
      line.append(byte)
    }
    return nil
  }
}
