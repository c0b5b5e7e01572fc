internal import CIsal

/// Deflates bytes into one gzip member (RFC 1952).
///
/// The header is fixed: no name, no comment, time 0, operating system 255 (unknown). The rest depends on
/// the bytes, the version of ISA-L and the kind of processor.
@safe
package final class GzipWriter {
  private let state: UnsafeMutableRawPointer
  private var output = [UInt8](repeating: 0, count: 1 << 18)

  /// Starts a member.
  package init() {
    unsafe state = .allocate(byteCount: winnow_deflate_size(), alignment: 64)
    unsafe state.initializeMemory(as: UInt8.self, repeating: 0, count: winnow_deflate_size())
    unsafe winnow_deflate_start(state)
  }

  deinit { unsafe state.deallocate() }

  /// `bytes` as one member.
  package static func member(_ bytes: Span<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count / 2 + 64)
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
      try run(piece, isLast: false, sink)
      done += piece.count
    }
  }

  /// Ends the member; this writer takes no more bytes.
  package func finish<Failure>(
    to sink: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    try run([UInt8]().span, isLast: true, sink)
  }

  private func run<Failure>(
    _ piece: Span<UInt8>, isLast: Bool, _ sink: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    var taken = 0
    while true {
      var left = UInt32(piece.count - taken)
      var room = UInt32(output.count)
      let status = unsafe piece.withUnsafeBufferPointer { input in
        unsafe output.withUnsafeMutableBufferPointer { output in
          unsafe winnow_deflate(
            state, UnsafeMutablePointer(mutating: input.baseAddress).map { unsafe $0 + taken },
            &left, isLast ? 1 : 0, output.baseAddress, &room)
        }
      }
      precondition(status >= 0, "ISA-L refuses only a stream that was misused")
      taken = piece.count - Int(left)
      let made = output.count - Int(room)
      if made > 0 {
        let bytes = output
        try sink(bytes.span.extracting(0..<made))
      }
      if isLast ? status == 1 : left == 0 && room > 0 { return }
    }
  }
}
