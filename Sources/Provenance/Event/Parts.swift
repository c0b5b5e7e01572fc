package import CanonicalJSON
package import LedgerCrypto

/// A number with what it counts, how exactly, and as of when.
package struct Count: StatementPart {
  package let value: UInt64
  package let unit: CountUnit
  package let exactness: Exactness
  package let asOf: Timestamp

  package init(_ value: UInt64, _ unit: CountUnit, _ exactness: Exactness, asOf: Timestamp) {
    self.value = value
    self.unit = unit
    self.exactness = exactness
    self.asOf = asOf
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    value = try reader.amount("value")
    unit = try reader.word("unit")
    exactness = try reader.word("exactness")
    asOf = try reader.time("asOf")
  }

  package func write(to object: inout JSONObject) {
    object.set("value", amount: value)
    object.set("unit", unit)
    object.set("exactness", exactness)
    object.set("asOf", time: asOf)
  }

  /// How many keys or rows there are for certain: 0 for another unit, and where it may be less.
  package var leastKeysOrRows: UInt64 {
    switch (unit, exactness) {
    case (.keys, .exact), (.keys, .atLeast), (.rows, .exact), (.rows, .atLeast): value
    default: 0
    }
  }
}

/// Exact numbers of keys and of their rows in the release that is spoken of, where some of the keys
/// may have none.
package struct Tally: StatementPart {
  package let keys: UInt64
  package let rows: UInt64

  package init(keys: UInt64, rows: UInt64) {
    self.keys = keys
    self.rows = rows
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    keys = try reader.amount("keys")
    rows = try reader.amount("rows")
  }

  package func write(to object: inout JSONObject) {
    object.set("keys", amount: keys)
    object.set("rows", amount: rows)
  }

  /// Of counts that statements give, below 2^53 each, so that thousands of them do not overflow.
  package static func + (a: Tally, b: Tally) -> Tally {
    Tally(keys: a.keys + b.keys, rows: a.rows + b.rows)
  }

  /// Whether every key can have at least one of the rows.
  package var isOfPresentKeys: Bool { rows >= keys && (keys > 0 || rows == 0) }

  /// Whether `part` can be of it: every key that is not in the part has a row at least.
  func canInclude(_ part: Tally) -> Bool {
    part.keys <= keys && part.rows <= rows - (keys - part.keys)
  }
}

/// Bytes that an event names by digest.
///
/// Open bytes are 32 random bytes ‖ content; sealed bytes are nonce ‖ ciphertext ‖ tag, of padded
/// content (``SealedContent``). The digest and the size cover the bytes as stored.
package struct AttachmentReference: StatementPart {
  package let sha256: Digest
  package let size: UInt64
  /// `type/subtype`, at most 64 bytes of `[a-z0-9.+/-]`.
  package let mediaType: String
  package let disclosure: Disclosure

  package init(sha256: Digest, size: UInt64, mediaType: String, disclosure: Disclosure) {
    self.sha256 = sha256
    self.size = size
    self.mediaType = mediaType
    self.disclosure = disclosure
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    sha256 = try reader.digest("sha256")
    size = try reader.amount("size")
    mediaType = try reader.string("mediaType")
    disclosure = try reader.word("disclosure")
    // An open attachment begins with its salt; a sealed one is padded.
    guard disclosure == .open ? size >= 32 : SealedContent.isStoredSize(size) else {
      throw .outOfRange(reader.path(of: "size"))
    }
    guard Self.isMediaType(mediaType) else { throw .outOfRange(reader.path(of: "mediaType")) }
  }

  package func write(to object: inout JSONObject) {
    object.set("sha256", sha256)
    object.set("size", amount: size)
    object["mediaType"] = .string(mediaType)
    object.set("disclosure", disclosure)
  }

  /// Whether `text` is `type/subtype` in at most 64 bytes of `[a-z0-9.+/-]`.
  package static func isMediaType(_ text: String) -> Bool {
    let halves = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return text.utf8.count <= 64 && halves.count == 2 && halves.allSatisfy { !$0.isEmpty }
      && text.utf8.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "+-./".utf8.contains($0)
      }
  }
}

/// A committed set of keys and where its members are.
package struct SetReference: StatementPart {
  /// The root over keys (open), or over HMAC-SHA-256(set secret, key) (sealed).
  package let root: Digest
  package let keys: UInt64
  package let disclosure: Disclosure
  /// The member file when open, set secret ‖ member file, sealed, when sealed; absent when they are
  /// held elsewhere.
  package let members: AttachmentReference?

  package init(root: Digest, keys: UInt64, disclosure: Disclosure, members: AttachmentReference?) {
    self.root = root
    self.keys = keys
    self.disclosure = disclosure
    self.members = members
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    root = try reader.digest("winnowSet1")
    keys = try reader.amount("keys")
    disclosure = try reader.word("disclosure")
    members = try reader.optionalNested("members")
    if let members, members.disclosure != disclosure {
      throw .outOfRange(reader.path(of: "members"))
    }
  }

  package func write(to object: inout JSONObject) {
    object.set("winnowSet1", root)
    object.set("keys", amount: keys)
    object.set("disclosure", disclosure)
    object.set("members", part: members)
  }
}

/// A salted attachment that supports or contradicts a statement.
package struct Evidence: StatementPart {
  package let attachment: AttachmentReference
  package let retrievedAt: Timestamp
  package let relation: EvidenceRelation

  package init(
    attachment: AttachmentReference, retrievedAt: Timestamp, relation: EvidenceRelation
  ) {
    self.attachment = attachment
    self.retrievedAt = retrievedAt
    self.relation = relation
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    attachment = try reader.nested("attachment")
    retrievedAt = try reader.time("retrievedAt")
    relation = try reader.word("relation")
  }

  package func write(to object: inout JSONObject) {
    object.set("attachment", part: attachment)
    object.set("retrievedAt", time: retrievedAt)
    object.set("relation", relation)
  }
}
