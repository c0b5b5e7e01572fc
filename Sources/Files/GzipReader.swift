internal import CZlib

/// Bytes of a file in gzip framing (RFC 1952), inflated as they are asked for.
///
/// Takes any number of members one after another. Each member's checksum and length are checked;
/// a file that ends inside a member, or has anything but another member after one (zero padding
/// too), is refused. Memory stays at one input buffer whatever the ratio: a bomb only takes time,
/// and its caller sees every byte of it pass.
@safe
final class GzipReader {
  private let file: OpenFile
  private let tap: ((Span<UInt8>) -> Void)?
  private let stream: UnsafeMutablePointer<z_stream>
  private var input = [UInt8](repeating: 0, count: 1 << 18)
  private var filled = 0
  private var taken = 0
  private(set) var offset = 0
  private var inMember = false
  private var failed = false

  init(file: OpenFile, tap: ((Span<UInt8>) -> Void)?) throws(FileFailure) {
    self.file = file
    self.tap = tap
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    guard unsafe winnow_inflate_init(stream) == Z_OK else {
      throw .system(path: file.path, .open, code: 12)
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deinitialize(count: 1)
    unsafe stream.deallocate()
  }

  /// Inflates up to `count` bytes into `buffer` at `start`; fewer come only at the end.
  func read(into buffer: inout [UInt8], at start: Int, count: Int) throws(FileFailure) -> Int {
    guard !failed else { throw .gzip(path: file.path, .damaged) }
    do throws(FileFailure) {
      return try inflate(into: &buffer, at: start, count: count)
    } catch {
      failed = true
      throw error
    }
  }

  private func inflate(
    into buffer: inout [UInt8], at start: Int, count: Int
  ) throws(FileFailure) -> Int {
    var done = 0
    while done < count {
      if taken == filled {
        try refill()
        if filled == 0 {
          // An empty file has no member at all, and so is not gzip.
          if inMember || offset == 0 { throw .gzip(path: file.path, .truncated) }
          return done
        }
      }
      if !inMember {
        if offset > filled || taken > 0 { try checkNextMember() }
        inMember = true
      }
      // zlib counts in 32 bits.
      let room = min(count - done, 1 << 30)
      let (status, read, wrote) = unsafe buffer.withUnsafeMutableBufferPointer { output in
        unsafe input.withUnsafeMutableBufferPointer { input in
          unsafe stream.pointee.next_in = input.baseAddress.map { unsafe $0 + taken }
          unsafe stream.pointee.avail_in = UInt32(filled - taken)
          unsafe stream.pointee.next_out = output.baseAddress.map { unsafe $0 + start + done }
          unsafe stream.pointee.avail_out = UInt32(room)
          let status = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
          return unsafe (
            status, filled - taken - Int(stream.pointee.avail_in),
            room - Int(stream.pointee.avail_out)
          )
        }
      }
      taken += read
      done += wrote
      switch status {
      case Z_OK: break
      case Z_STREAM_END:
        inMember = false
        guard unsafe inflateReset(stream) == Z_OK else { throw .gzip(path: file.path, .damaged) }
      case Z_BUF_ERROR where taken == filled: break
      default: throw .gzip(path: file.path, .damaged)
      }
    }
    return done
  }

  /// Refuses what follows a member unless it starts like another: 1f, or 1f at the buffer's end.
  private func checkNextMember() throws(FileFailure) {
    guard input[taken] == 0x1f, taken + 1 == filled || input[taken + 1] == 0x8b else {
      throw .gzip(path: file.path, .trailingBytes)
    }
  }

  private func refill() throws(FileFailure) {
    filled = try file.read(into: &input, count: input.count, from: offset)
    taken = 0
    offset += filled
    if filled > 0 {
      let bytes = input
      tap?(bytes.span.extracting(0..<filled))
    }
  }
}
