/// The content of a file, which comes once and in order.
protocol ContentReader: AnyObject {
  /// Bytes of the file read so far, as they lie on disk.
  var bytesRead: Int { get }
  /// Reads up to `count` bytes of content into `buffer` at `start`; fewer come only at the end.
  func read(into buffer: inout [UInt8], at start: Int, count: Int) throws(FileFailure) -> Int
}

extension Packing {
  /// Reads the content of `file`, and shows `tap` the file's bytes as they lie on disk.
  func reader(of file: OpenFile, tap: ((Span<UInt8>) -> Void)?) -> any ContentReader {
    switch self {
    case .plain: PlainReader(file: file, tap: tap)
    case .gzip: GzipReader(file: file, tap: tap)
    case .zstd: ZstdReader(file: file, tap: tap)
    }
  }
}

/// The bytes of a file as they lie on disk.
final class PlainReader: ContentReader {
  private let file: OpenFile
  private let tap: ((Span<UInt8>) -> Void)?
  private(set) var bytesRead = 0

  init(file: OpenFile, tap: ((Span<UInt8>) -> Void)?) {
    self.file = file
    self.tap = tap
  }

  func read(into buffer: inout [UInt8], at start: Int, count: Int) throws(FileFailure) -> Int {
    let got = try file.read(into: &buffer, at: start, count: count, from: bytesRead)
    bytesRead += got
    if got > 0 { tap?(buffer.span.extracting(start..<start + got)) }
    return got
  }
}
