internal import CIsal

/// Bytes of a file in gzip framing (RFC 1952), inflated as they are asked for.
///
/// Takes any number of members one after another. Each member's checksum and length are checked;
/// a file that ends inside a member, or has anything but another member after one (zero padding
/// too), is refused. Memory stays at one input buffer whatever the ratio: a bomb only takes time,
/// and its caller sees every byte of it pass.
@safe
final class GzipReader: ContentReader {
  private let file: OpenFile
  private let tap: ((Span<UInt8>) -> Void)?
  private let state: UnsafeMutablePointer<inflate_state>
  /// What is kept before the bytes of ``input``: ISA-L reads up to eight bytes ahead and gives back
  /// those that are not the member's, be they of the buffer before this one.
  private static let margin = 16
  private var input = [UInt8](repeating: 0, count: margin + 1 << 18)
  private var filled = margin
  private var taken = margin
  private(set) var bytesRead = 0
  private var inMember = false
  /// Whether a member came before.
  private var isPastFirst = false
  /// Whether more comes of the input that was taken.
  private var hasMore = false
  private var failed = false

  init(file: OpenFile, tap: ((Span<UInt8>) -> Void)?) {
    self.file = file
    self.tap = tap
    let size = winnow_inflate_size()
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
    unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    unsafe state = memory.assumingMemoryBound(to: inflate_state.self)
    unsafe winnow_inflate_start(state)
  }

  deinit { unsafe UnsafeMutableRawPointer(state).deallocate() }

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
    var needsInput = taken == filled && !hasMore
    while done < count {
      if needsInput {
        try refill()
        if taken == filled {
          // An empty file has no member at all, and so is not gzip.
          if inMember || bytesRead == 0 { throw .gzip(path: file.path, .truncated) }
          return done
        }
      }
      if !inMember {
        if isPastFirst { try checkNextMember() }
        (inMember, isPastFirst) = (true, true)
      }
      // ISA-L counts in 32 bits.
      var room = UInt32(min(count - done, 1 << 30))
      let before = Int(room)
      var left = UInt32(filled - taken)
      let status = unsafe buffer.withUnsafeMutableBufferPointer { output in
        unsafe input.withUnsafeMutableBufferPointer { input in
          unsafe winnow_inflate(
            state, input.baseAddress.map { unsafe $0 + taken }, &left,
            output.baseAddress.map { unsafe $0 + start + done }, &room)
        }
      }
      taken = filled - Int(left)
      done += before - Int(room)
      if status < 0 { throw .gzip(path: file.path, .damaged) }
      if status == 1 {
        inMember = false
        unsafe winnow_inflate_again(state)
      }
      // With room left it has given all that its input holds.
      hasMore = status == 0 && room == 0
      needsInput = taken == filled && !hasMore
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
    for place in 0..<Self.margin { input[place] = input[filled - Self.margin + place] }
    let got = try file.read(
      into: &input, at: Self.margin, count: input.count - Self.margin, from: bytesRead)
    taken = Self.margin
    filled = Self.margin + got
    bytesRead += got
    if got > 0 {
      let bytes = input
      tap?(bytes.span.extracting(Self.margin..<filled))
    }
  }
}
