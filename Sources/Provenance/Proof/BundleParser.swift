internal import CanonicalJSON
internal import LedgerCrypto

extension Bundle {
  /// Reads a bundle strictly: lines of known types in their order, each canonical, attachments
  /// with their digests.
  ///
  /// Nothing is verified yet. Cost: linear; memory about twice the file.
  package init(parsing bytes: [UInt8]) throws(BundleError) {
    var parser = BundleParser()
    guard !bytes.isEmpty else { throw .empty }
    // No text begins as gzip or Zstandard do.
    guard !bytes.starts(with: [0x1f, 0x8b]), !bytes.starts(with: [0x28, 0xb5, 0x2f, 0xfd]) else {
      throw .compressed
    }
    guard bytes.last == 0x0a else { throw .noFinalLineFeed }
    var start = 0
    var number = 0
    while start < bytes.count {
      number += 1
      let end = bytes[start...].firstIndex(of: 0x0a) ?? bytes.count
      guard end - start <= Self.maximumLine else { throw .lineTooLong(number) }
      try parser.take(Array(bytes[start..<end]), number: number)
      start = end + 1
    }
    self = try parser.finish()
  }
}

/// The lines of a bundle taken one after the other.
struct BundleParser {
  private var head: (origin: Origin, genesis: EventID)?
  private var checkpoint: [UInt8]?
  private var items: [Bundle.Item] = []
  private var attachments: [Bundle.Attachment] = []
  private var claims: [Claim] = []

  mutating func take(_ line: [UInt8], number: Int) throws(BundleError) {
    let document: JSONElement
    do {
      document = try JSONDocument(parsingCanonical: line).root
    } catch {
      throw .json(number, error)
    }
    guard document.isObject else { throw .wrongPlace(number) }
    do {
      guard head != nil else { return head = try Self.head(document) }
      guard let member = document.soleMember else { throw BundleError.wrongPlace(number) }
      guard checkpoint != nil else {
        guard member.name == "checkpoint", let note = member.value.string else {
          throw BundleError.wrongPlace(number)
        }
        return checkpoint = Array(note.utf8)
      }
      switch member.name {
      case "entry" where attachments.isEmpty && claims.isEmpty:
        try takeEntry(member.value, number)
      case "attachment" where claims.isEmpty: try takeAttachment(member.value, number)
      case "claim":
        var reader = try MemberReader(member.value, path: "claim")
        claims.append(try Claim(from: &reader))
      default: throw BundleError.wrongPlace(number)
      }
    } catch let error as FieldError {
      throw .field(number, error)
    } catch let error as BundleError {
      throw error
    } catch {
      throw .wrongPlace(number)
    }
  }

  private static func head(_ json: JSONElement) throws(FieldError) -> (Origin, EventID) {
    var reader = try MemberReader(json, path: "")
    guard try reader.string("winnow") == "bundle/1" else { throw .outOfRange("winnow") }
    guard let origin = Origin(try reader.string("origin")) else { throw .outOfRange("origin") }
    let genesis = try reader.eventID("genesis")
    try reader.finish()
    return (origin, genesis)
  }

  private mutating func takeEntry(_ json: JSONElement, _ number: Int) throws {
    var reader = try MemberReader(json, path: "entry")
    let sequence = try reader.amount("sequence")
    let bytes = try reader.base64("bytes")
    var inclusion: [Digest]?
    if let list = try reader.optionalArray("inclusion", count: 0...64) {
      var hashes: [Digest] = []
      for item in list {
        guard let raw = item.text?.base64, let hash = Digest(bytes: raw)
        else { throw FieldError.outOfRange("entry.inclusion") }
        hashes.append(hash)
      }
      inclusion = hashes
    }
    try reader.finish()
    if let last = items.last {
      guard last.sequence < sequence else { throw BundleError.outOfOrder(number) }
      guard (last.inclusion == nil) == (inclusion == nil) else {
        throw BundleError.inclusionMixed(number)
      }
    }
    items.append(.init(sequence: sequence, bytes: bytes, inclusion: inclusion))
  }

  private mutating func takeAttachment(_ json: JSONElement, _ number: Int) throws {
    var reader = try MemberReader(json, path: "attachment")
    let reference = BlobReference(
      sha256: try reader.digest("sha256"), size: try reader.amount("size"))
    let text = try reader.optionalText("bytes")
    try reader.finish()
    if let last = attachments.last, last.reference.sha256 >= reference.sha256 {
      throw BundleError.outOfOrder(number)
    }
    guard let text else {
      attachments.append(.init(reference: reference, bytes: nil))
      return
    }
    guard let bytes = text.base64,
      UInt64(bytes.count) == reference.size,
      Digest(sha256: bytes) == reference.sha256
    else { throw BundleError.attachmentDiffers(number) }
    attachments.append(.init(reference: reference, bytes: bytes))
  }

  consuming func finish() throws(BundleError) -> Bundle {
    guard let head else { throw .empty }
    guard let checkpoint else { throw .missing("checkpoint") }
    // Entries alone speak of all entries where one of the claims does.
    if claims.isEmpty, let first = items.first, first.inclusion == nil { throw .noClaim }
    if let first = items.first,
      (first.inclusion == nil) != claims.contains(.complete)
    {
      throw .inclusionMixed(3)
    }
    return Bundle(
      origin: head.origin, genesis: head.genesis, checkpoint: checkpoint, items: items,
      attachments: attachments, claims: claims)
  }
}
