internal import CZstd

/// Bytes of a file of zstd frames (RFC 8878), decompressed as they are asked for.
///
/// Takes any number of frames one after another, those to be skipped too. Checksums are checked where
/// frames have them; a file that ends inside a frame, or has anything but another frame after one, is
/// refused. Memory stays at one input buffer and the frame's window, of 128 MiB at most as the `zstd`
/// program has it: a bomb only takes time, and its caller sees every byte of it pass.
@safe
final class ZstdReader: ContentReader {
  private let file: OpenFile
  private let tap: ((Span<UInt8>) -> Void)?
  private let context: OpaquePointer
  private var input = [UInt8](repeating: 0, count: 1 << 18)
  private var filled = 0
  private var taken = 0
  private(set) var bytesRead = 0
  private var inFrame = false
  /// Whether a frame came before.
  private var isPastFirst = false
  /// Whether more comes of the input that was taken.
  private var hasMore = false
  private var failed = false

  init(file: OpenFile, tap: ((Span<UInt8>) -> Void)?) {
    self.file = file
    self.tap = tap
    guard let context = unsafe ZSTD_createDCtx() else {
      preconditionFailure("there is no memory left to decompress with")
    }
    unsafe self.context = context
    unsafe ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, 27)
  }

  deinit { unsafe ZSTD_freeDCtx(context) }

  func read(into buffer: inout [UInt8], at start: Int, count: Int) throws(FileFailure) -> Int {
    guard !failed else { throw .zstd(path: file.path, .damaged) }
    do throws(FileFailure) {
      return try decompress(into: &buffer, at: start, count: count)
    } catch {
      failed = true
      throw error
    }
  }

  private func decompress(
    into buffer: inout [UInt8], at start: Int, count: Int
  ) throws(FileFailure) -> Int {
    var done = 0
    while done < count {
      if taken == filled, !hasMore {
        try refill()
        if taken == filled {
          // An empty file has no frame at all, and so is not zstd.
          if inFrame || bytesRead == 0 { throw .zstd(path: file.path, .truncated) }
          return done
        }
      }
      let (left, before) = (filled - taken, done)
      let status = unsafe buffer.withUnsafeMutableBytes { output in
        unsafe input.withUnsafeBytes { input in
          var from = unsafe ZSTD_inBuffer(
            src: input.baseAddress.map { unsafe $0 + taken }, size: left, pos: 0)
          var to = unsafe ZSTD_outBuffer(
            dst: output.baseAddress.map { unsafe $0 + start + done }, size: count - done, pos: 0)
          let status = unsafe ZSTD_decompressStream(context, &to, &from)
          taken += unsafe from.pos
          done += unsafe to.pos
          return status
        }
      }
      if ZSTD_isError(status) != 0 { throw .zstd(path: file.path, flaw(status)) }
      // Nothing goes on for ever, whatever the library makes of the bytes.
      guard status == 0 || filled - taken < left || done > before || hasMore else {
        throw .zstd(path: file.path, .damaged)
      }
      inFrame = status != 0
      if !inFrame { isPastFirst = true }
      // With room left it has given all that its input holds.
      hasMore = inFrame && done == count
    }
    return done
  }

  private func flaw(_ status: Int) -> FileFailure.ZstdFlaw {
    switch ZSTD_getErrorCode(status) {
    case ZSTD_error_prefix_unknown: isPastFirst && !inFrame ? .trailingBytes : .damaged
    case ZSTD_error_frameParameter_windowTooLarge: .window
    case ZSTD_error_dictionary_wrong: .dictionary
    default: .damaged
    }
  }

  private func refill() throws(FileFailure) {
    filled = try file.read(into: &input, count: input.count, from: bytesRead)
    taken = 0
    bytesRead += filled
    if filled > 0 {
      let bytes = input
      tap?(bytes.span.extracting(0..<filled))
    }
  }
}
