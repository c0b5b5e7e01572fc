package import CanonicalJSON
package import LedgerCrypto

/// What shows a claim, in one file: JSON Lines, each line canonical JSON (see the article Formats).
package struct Bundle: Sendable {
  /// An entry with its place and the way up to the checkpoint's root; no way under `complete`.
  package struct Item: Sendable {
    package let sequence: UInt64
    package let bytes: [UInt8]
    package let inclusion: [Digest]?

    package init(sequence: UInt64, bytes: [UInt8], inclusion: [Digest]?) {
      self.sequence = sequence
      self.bytes = bytes
      self.inclusion = inclusion
    }
  }

  /// An attachment; `bytes` is `nil` when they lie in a file beside the bundle.
  package struct Attachment: Sendable {
    package let reference: BlobReference
    package let bytes: [UInt8]?

    package init(reference: BlobReference, bytes: [UInt8]?) {
      self.reference = reference
      self.bytes = bytes
    }
  }

  package let origin: Origin
  package let genesis: EventID
  /// The signed checkpoint, verbatim.
  package let checkpoint: [UInt8]
  /// Ascending by sequence.
  package let items: [Item]
  /// Ascending by digest.
  package let attachments: [Attachment]
  package let claims: [Claim]

  package init(
    origin: Origin, genesis: EventID, checkpoint: [UInt8], items: [Item],
    attachments: [Attachment], claims: [Claim]
  ) {
    self.origin = origin
    self.genesis = genesis
    self.checkpoint = checkpoint
    self.items = items.sorted { $0.sequence < $1.sequence }
    self.attachments = attachments.sorted { $0.reference.sha256 < $1.reference.sha256 }
    self.claims = claims
  }

  package var isComplete: Bool { claims.contains(.complete) }

  /// The longest line: 64 MiB.
  package static let maximumLine = 64 << 20

  /// The largest attachment that is written into a line; a larger one goes to a file beside it.
  package static let maximumInline = 16 << 20

  /// Calls `body` with each line of the bundle, its line feed included.
  package func forEachLine<Failure: Error>(
    _ body: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    func write(_ json: JSON) throws(Failure) { try body(json.canonicalBytes + [0x0a]) }
    try write([
      "winnow": "bundle/1", "origin": .string(origin.text),
      "genesis": .string(genesis.description),
    ])
    try write(["checkpoint": .string(String(decoding: checkpoint, as: UTF8.self))])
    for item in items {
      var entry = JSONObject()
      entry.set("sequence", amount: item.sequence)
      entry["bytes"] = .string(Base64.encode(item.bytes))
      if let inclusion = item.inclusion {
        entry["inclusion"] = .array(inclusion.map { .string($0.base64) })
      }
      try write(["entry": .object(entry)])
    }
    for attachment in attachments {
      var object = JSONObject()
      object.set("sha256", attachment.reference.sha256)
      object.set("size", amount: attachment.reference.size)
      if let bytes = attachment.bytes { object["bytes"] = .string(Base64.encode(bytes)) }
      try write(["attachment": .object(object)])
    }
    for claim in claims { try write(["claim": claim.json]) }
  }
}

/// Why a file is not a bundle, and in which line.
package enum BundleError: Error, Hashable, Sendable {
  case empty
  case compressed
  case noFinalLineFeed
  case noClaim
  case lineTooLong(Int)
  case json(Int, JSONError)
  case field(Int, FieldError)
  case wrongPlace(Int)
  case outOfOrder(Int)
  case attachmentDiffers(Int)
  case inclusionMixed(Int)
  case missing(String)
}

extension BundleError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "The bundle is empty; fetch it again."
    case .compressed: "The bundle is compressed; unpack it, with gzip -d or zstd -d."
    case .noClaim: "The bundle was cut off, for it ends before its claims; fetch it again."
    case .noFinalLineFeed: "The bundle was cut off, for its last line has no end; fetch it again."
    case .lineTooLong(let line):
      "Line \(line) of the bundle is longer than 64 MiB; keep the attachment in a file beside it."
    case .json(let line, let error): "Line \(line) of the bundle: \(error)"
    case .field(let line, let error): "Line \(line) of the bundle: \(error)"
    case .wrongPlace(let line):
      "Line \(line) of the bundle is of a type that cannot stand there; ask for the bundle as it was written."
    case .outOfOrder(let line):
      "Line \(line) of the bundle is not in ascending order; ask for the bundle as it was written."
    case .attachmentDiffers(let line):
      "The attachment in line \(line) of the bundle does not have the digest and size that it states; do not trust it, and ask for another."
    case .inclusionMixed(let line):
      "Line \(line) of the bundle: an inclusion proof is needed in every entry, or under `complete` in none; ask for the bundle as it was written."
    case .missing(let what): "The bundle has no \(what); ask for the whole of it."
    }
  }
}
