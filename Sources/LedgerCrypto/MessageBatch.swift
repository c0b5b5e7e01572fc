internal import CLibcrypto

/// Messages that all begin with one header, hashed together.
///
/// Each is written with its padding behind it (FIPS 180-4), so that hashing it is one call over whole
/// blocks, with neither libcrypto's buffer nor a final call.
package struct MessageBatch: Sendable {
  /// All messages after their headers, then room: what is appended needs no look at a capacity.
  private var bytes = [UInt8](repeating: 0, count: 1 << 10)
  /// How many bytes were written.
  package private(set) var used = 0
  /// Where the message that is being written begins.
  package private(set) var start = 0
  /// The digests of the messages that were hashed last, in their order.
  package private(set) var digests: [Digest] = []
  /// How many messages wait to be hashed.
  package var count: Int { messages.count }

  private let header: SHA256
  private let headerLength: Int
  private var messages: [Range<Int>] = []

  /// Takes a hasher that has taken a header of `headerLength` bytes, a whole number of blocks.
  package init(after header: SHA256, of headerLength: Int) {
    precondition(headerLength.isMultiple(of: 64), "a midstate stands between two blocks")
    self.header = header
    self.headerLength = headerLength
  }

  /// Appends to the message that is being written.
  package mutating func append(_ span: Span<UInt8>) {
    makeRoom(span.count)
    put(span, at: used)
    used += span.count
  }

  /// Appends a byte, the length of `span` in four bytes, the most significant first, and `span`.
  package mutating func append(tag: UInt8, counted span: Span<UInt8>) {
    guard let count = UInt32(exactly: span.count) else {
      preconditionFailure("a counted span has at most 4,294,967,295 bytes")
    }
    // The five bytes are stored as eight.
    makeRoom(span.count + 8)
    let start = UInt64(tag) | UInt64(count.bigEndian) << 8
    let place = used
    unsafe bytes.withUnsafeMutableBytes { output in
      unsafe output.storeBytes(of: start.littleEndian, toByteOffset: place, as: UInt64.self)
    }
    put(span, at: place + 5)
    used = place + 5 + span.count
  }

  /// Appends a byte, and a word in eight bytes, the most significant first.
  package mutating func append(tag: UInt8, bigEndian word: UInt64) {
    makeRoom(9)
    let place = used
    unsafe bytes.withUnsafeMutableBytes { output in
      unsafe output[place] = tag
      unsafe output.storeBytes(of: word.bigEndian, toByteOffset: place + 1, as: UInt64.self)
    }
    used = place + 9
  }

  /// Appends what stands in `range` of another batch.
  package mutating func append(_ range: Range<Int>, of other: borrowing MessageBatch) {
    append(other.bytes.span.extracting(range))
  }

  /// Takes back what was written of this message from `end` on.
  package mutating func cut(to end: Int) {
    precondition(end >= start && end <= used, "only what was written of a message is taken back")
    used = end
  }

  /// Ends the message that was written.
  package mutating func end() {
    let length = used - start
    let end = start + (length + 9 + 63) / 64 * 64
    let bits = UInt64(headerLength + length) << 3
    makeRoom(end - used)
    let place = used
    unsafe bytes.withUnsafeMutableBytes { output in
      unsafe output[place] = 0x80
      unsafe UnsafeMutableRawBufferPointer(rebasing: output[place + 1..<end - 8])
        .initializeMemory(as: UInt8.self, repeating: 0)
      unsafe output.storeBytes(of: bits.bigEndian, toByteOffset: end - 8, as: UInt64.self)
    }
    messages.append(start..<end)
    used = end
    start = end
  }

  /// Hashes all messages into ``digests``, and starts anew.
  package mutating func hash() {
    precondition(start == used, "a message is hashed when it has ended")
    digests.removeAll(keepingCapacity: true)
    unsafe bytes.withUnsafeBytes { bytes in
      for message in messages {
        var context = header.context
        let blocks = unsafe UnsafeRawBufferPointer(rebasing: bytes[message])
        unsafe SHA256_Update(&context, blocks.baseAddress, blocks.count)
        digests.append(Digest(stateOf: context))
      }
    }
    messages.removeAll(keepingCapacity: true)
    start = 0
    used = 0
  }

  /// Writes `span` where there is room for it.
  private mutating func put(_ span: Span<UInt8>, at place: Int) {
    unsafe bytes.withUnsafeMutableBytes { output in
      unsafe span.withUnsafeBytes { text in
        unsafe UnsafeMutableRawBufferPointer(rebasing: output[place...]).copyMemory(from: text)
      }
    }
  }

  private mutating func makeRoom(_ more: Int) {
    if bytes.count - used >= more { return }
    let (old, size) = (bytes, 2 * (used + more))
    bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { output, count in
      _ = unsafe output.initialize(fromContentsOf: old)
      unsafe UnsafeMutableBufferPointer(rebasing: output[old.count...]).initialize(repeating: 0)
      count = size
    }
  }
}
