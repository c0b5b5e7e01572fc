internal import CZlib

/// Deflates bytes into one gzip member (RFC 1952) whose bytes depend on the input and zlib alone.
///
/// The header is fixed: no name, no comment, time 0, operating system 255 (unknown). One version of
/// zlib gives the same bytes on every machine; another version may choose other codes.
@safe
package final class GzipWriter {
  private let stream: UnsafeMutablePointer<z_stream>
  private let header: UnsafeMutablePointer<gz_header>
  private var output = [UInt8](repeating: 0, count: 1 << 18)

  /// Starts a member at `level` 1 (fast) to 9 (small).
  package init(level: Int = 6) {
    precondition((1...9).contains(level), "a gzip level is 1 to 9")
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    unsafe header = .allocate(capacity: 1)
    unsafe header.initialize(to: gz_header())
    unsafe header.pointee.os = 255
    let started = unsafe winnow_deflate_init(stream, Int32(level))
    precondition(started == Z_OK, "zlib must have memory for one stream")
    unsafe deflateSetHeader(stream, header)
  }

  deinit {
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
    unsafe header.deallocate()
  }

  /// `bytes` as one member.
  package static func member(_ bytes: Span<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    func take(_ span: Span<UInt8>) {
      unsafe span.withUnsafeBufferPointer { unsafe output.append(contentsOf: $0) }
    }
    let writer = GzipWriter()
    writer.write(bytes, to: take)
    writer.finish(to: take)
    return output
  }

  /// Takes `bytes`; hands what is ready to `sink`.
  package func write<Failure>(
    _ bytes: Span<UInt8>, to sink: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    var done = 0
    while done < bytes.count {
      let piece = bytes.extracting(done..<min(bytes.count, done + 1 << 20))
      try run(piece, flush: Z_NO_FLUSH, sink)
      done += piece.count
    }
  }

  /// Ends the member; this writer takes no more bytes.
  package func finish<Failure>(
    to sink: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    try run([UInt8]().span, flush: Z_FINISH, sink)
  }

  private func run<Failure>(
    _ piece: Span<UInt8>, flush: Int32, _ sink: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    var taken = 0
    while true {
      let (status, left, free) = unsafe piece.withUnsafeBufferPointer { input in
        unsafe output.withUnsafeMutableBufferPointer { output in
          unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            .map { unsafe $0 + taken }
          unsafe stream.pointee.avail_in = UInt32(piece.count - taken)
          unsafe stream.pointee.next_out = output.baseAddress
          unsafe stream.pointee.avail_out = UInt32(output.count)
          let status = unsafe deflate(stream, flush)
          return unsafe (status, Int(stream.pointee.avail_in), Int(stream.pointee.avail_out))
        }
      }
      precondition(
        status == Z_OK || status == Z_BUF_ERROR || status == Z_STREAM_END,
        "zlib refuses only a stream that was misused")
      taken = piece.count - left
      if free < output.count {
        let bytes = output
        try sink(bytes.span.extracting(0..<bytes.count - free))
      }
      if flush == Z_FINISH ? status == Z_STREAM_END : left == 0 && free > 0 { return }
    }
  }
}
