internal import CanonicalJSON
package import LedgerCrypto

/// Bytes of a bundle, named by digest and size.
package struct BlobReference: Hashable, Sendable {
  package let sha256: Digest
  package let size: UInt64

  package init(sha256: Digest, size: UInt64) {
    self.sha256 = sha256
    self.size = size
  }

  init(_ reader: inout MemberReader, _ name: String) throws(FieldError) {
    var inner = try reader.object(name)
    sha256 = try inner.digest("sha256")
    size = try inner.amount("size")
    try inner.finish()
  }

  var json: JSON { ["sha256": .string(sha256.hex), "size": .integer(Int64(clamping: size))] }
}

/// A statement that a bundle sets out to show (see the article Formats).
package enum Claim: Hashable, Sendable {
  /// These are all entries up to the checkpoint.
  case complete
  /// The entry at this sequence is in the log, signed as it says.
  case event(UInt64)
  /// The release at this sequence has rows of `key`; the witness opens the way to them.
  case presence(release: UInt64, key: Digest, witness: [UInt8])
  /// The release at this sequence has no row of `key`.
  case absence(release: UInt64, key: Digest, witness: [UInt8])
  /// The two releases differ by exactly the listed keys.
  case transition(from: UInt64, to: UInt64, witness: BlobReference, lists: BlobReference)

  /// The word that names the claim.
  package var type: String {
    switch self {
    case .complete: "complete"
    case .event: "event"
    case .presence: "presence"
    case .absence: "absence"
    case .transition: "transition"
    }
  }

  init(from reader: inout MemberReader) throws(FieldError) {
    switch try reader.string("type") {
    case "complete": self = .complete
    case "event": self = .event(try reader.amount("sequence"))
    case "presence":
      self = .presence(
        release: try reader.amount("sequence"), key: try reader.digest("key"),
        witness: try reader.base64("witness"))
    case "absence":
      self = .absence(
        release: try reader.amount("sequence"), key: try reader.digest("key"),
        witness: try reader.base64("witness"))
    case "transition":
      self = .transition(
        from: try reader.amount("from"), to: try reader.amount("to"),
        witness: try BlobReference(&reader, "witness"), lists: try BlobReference(&reader, "lists"))
    default: throw .outOfRange(reader.path(of: "type"))
    }
    try reader.finish()
  }

  var json: JSON {
    var object = JSONObject()
    object["type"] = .string(type)
    switch self {
    case .complete: break
    case .event(let sequence): object.set("sequence", amount: sequence)
    case .presence(let sequence, let key, let witness),
      .absence(let sequence, let key, let witness):
      object.set("sequence", amount: sequence)
      object.set("key", key)
      object["witness"] = .string(Base64.encode(witness))
    case .transition(let from, let to, let witness, let lists):
      object.set("from", amount: from)
      object.set("to", amount: to)
      object["witness"] = witness.json
      object["lists"] = lists.json
    }
    return .object(object)
  }
}

extension MemberReader {
  mutating func base64(_ name: String) throws(FieldError) -> [UInt8] {
    guard let bytes = try text(name).base64 else { throw .outOfRange(path(of: name)) }
    return bytes
  }
}
