/// A file's content as a program tells it.
final class ToldContent: ContentReader {
  private(set) var bytesRead = 0
  private let file: OpenFile
  private let program: ChildOutput
  private let tap: ((Span<UInt8>) -> Void)?

  init(of file: OpenFile, _ program: ChildOutput, tap: ((Span<UInt8>) -> Void)?) {
    self.file = file
    self.program = program
    self.tap = tap
  }

  func read(
    into buffer: inout [UInt8], at start: Int, count: Int
  ) throws(FileFailure) -> Int {
    let got = try program.read(into: &buffer, at: start, count: count)
    if got < count { try showFile() }
    return got
  }

  /// Shows the whole file to the tap, once the program has ended.
  private func showFile() throws(FileFailure) {
    guard let tap else { return bytesRead = file.size }
    var buffer = [UInt8](repeating: 0, count: max(1, min(1 << 20, file.size)))
    while bytesRead < file.size {
      let got = try file.read(into: &buffer, count: buffer.count, from: bytesRead)
      guard got > 0 else { throw .changed(path: file.path) }
      tap(buffer.span.extracting(0..<got))
      bytesRead += got
    }
  }
}
