package import CanonicalJSON

/// What became of the entries of a hash list: those that its set counts, and those that it does not.
package struct ListEntries: StatementPart {
  /// Entries of the list, whatever is in them.
  package let read: UInt64
  /// Entries whose hash had come before.
  package let repeated: UInt64
  /// Entries without a hash of the list's algorithm.
  package let withoutHash: UInt64
  /// Hashes of an empty file, or all zeros.
  package let ofNothing: UInt64
  /// Perceptual hashes whose quality is below 50.
  package let belowQuality: UInt64
  /// Entries that say that one was deleted.
  package let deleted: UInt64
  /// Entries that members of the issuer dispute, and that count all the same.
  package let disputed: UInt64

  package init(
    read: UInt64, repeated: UInt64 = 0, withoutHash: UInt64 = 0, ofNothing: UInt64 = 0,
    belowQuality: UInt64 = 0, deleted: UInt64 = 0, disputed: UInt64 = 0
  ) {
    self.read = read
    self.repeated = repeated
    self.withoutHash = withoutHash
    self.ofNothing = ofNothing
    self.belowQuality = belowQuality
    self.deleted = deleted
    self.disputed = disputed
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    read = try reader.amount("read")
    repeated = try reader.amount("repeated")
    withoutHash = try reader.amount("withoutHash")
    ofNothing = try reader.amount("ofNothing")
    belowQuality = try reader.amount("belowQuality")
    deleted = try reader.amount("deleted")
    disputed = try reader.amount("disputed")
  }

  package func write(to object: inout JSONObject) {
    object.set("read", amount: read)
    object.set("repeated", amount: repeated)
    object.set("withoutHash", amount: withoutHash)
    object.set("ofNothing", amount: ofNothing)
    object.set("belowQuality", amount: belowQuality)
    object.set("deleted", amount: deleted)
    object.set("disputed", amount: disputed)
  }

  /// Whether a set of `keys` hashes and what was left out make up what was read; amounts of a
  /// statement are below 2^53 each, so that their sum does not overflow.
  func addUp(with keys: UInt64) -> Bool {
    read == keys + repeated + withoutHash + ofNothing + belowQuality + deleted
      && disputed <= read - deleted
  }
}

extension ListEntries: PartValue { package static let definition = "listEntries" }
