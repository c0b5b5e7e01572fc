package import LedgerCrypto

/// The hashes that a set's tree is made of (see the article Formats).
///
/// Each begins with its own byte, so that no leaf reads as a node nor one kind of root as another.
/// A leaf (73 bytes) and a node (114 bytes) are two SHA-256 blocks, written here with their padding.
package enum SetHash {
  /// H(10 ‖ key ‖ u64 n ‖ D).
  package static func leaf(_ entry: SetEntry) -> Digest {
    let key = entry.key.words
    let value = entry.value.words
    var message = TwoBlockMessage()
    message.words[0] = 0x10 << 56 | key.0 >> 8
    message.words[1] = key.0 << 56 | key.1 >> 8
    message.words[2] = key.1 << 56 | key.2 >> 8
    message.words[3] = key.2 << 56 | key.3 >> 8
    message.words[4] = key.3 << 56 | entry.rows >> 8
    message.words[5] = entry.rows << 56 | value.0 >> 8
    message.words[6] = value.0 << 56 | value.1 >> 8
    message.words[7] = value.1 << 56 | value.2 >> 8
    message.words[8] = value.2 << 56 | value.3 >> 8
    message.words[9] = value.3 << 56 | 0x80 << 48
    message.words[15] = 73 * 8
    return message.digest()
  }

  /// H(11 ‖ u8 bit ‖ prefix ‖ u64 rowsLeft ‖ u64 rowsRight ‖ left ‖ right).
  ///
  /// `bit` is 0 … 255, and `prefix` has no bit set from `bit` on.
  package static func node(
    bit: Int, prefix: Digest, rowsLeft: UInt64, rowsRight: UInt64, left: Digest, right: Digest
  ) -> Digest {
    let prefix = prefix.words
    let left = left.words
    let right = right.words
    var message = TwoBlockMessage()
    message.words[0] = 0x11 << 56 | UInt64(truncatingIfNeeded: bit & 255) << 48 | prefix.0 >> 16
    message.words[1] = prefix.0 << 48 | prefix.1 >> 16
    message.words[2] = prefix.1 << 48 | prefix.2 >> 16
    message.words[3] = prefix.2 << 48 | prefix.3 >> 16
    message.words[4] = prefix.3 << 48 | rowsLeft >> 16
    message.words[5] = rowsLeft << 48 | rowsRight >> 16
    message.words[6] = rowsRight << 48 | left.0 >> 16
    message.words[7] = left.0 << 48 | left.1 >> 16
    message.words[8] = left.1 << 48 | left.2 >> 16
    message.words[9] = left.2 << 48 | left.3 >> 16
    message.words[10] = left.3 << 48 | right.0 >> 16
    message.words[11] = right.0 << 48 | right.1 >> 16
    message.words[12] = right.1 << 48 | right.2 >> 16
    message.words[13] = right.2 << 48 | right.3 >> 16
    message.words[14] = right.3 << 48 | 0x80 << 40
    message.words[15] = 114 * 8
    return message.digest()
  }

  /// H(12): the top of a set without keys, and nothing else.
  package static let empty = Digest(sha256: [0x12])

  /// H(13 ‖ u64 rows ‖ top) of a release, H(14 ‖ u64 keys ‖ top) of an entry set.
  package static func root(_ kind: SetKind, count: UInt64, top: Digest) -> Digest {
    var message: [UInt8] = [kind == .release ? 0x13 : 0x14]
    message.append(bigEndian: count)
    top.append(to: &message)
    return Digest(sha256: message)
  }
}
