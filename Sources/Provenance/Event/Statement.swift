package import CanonicalJSON
package import LedgerCrypto

/// What actors sign: an in-toto Statement v1 whose predicate is one kind of event.
package struct Statement: Hashable, Sendable {
  package let header: Header
  package let body: Body

  package init(header: Header, body: Body) {
    self.header = header
    self.body = body
  }

  package static let type = "https://in-toto.io/Statement/v1"
  package static let payloadType = "application/vnd.in-toto+json"

  /// The canonical bytes, which are what gets signed.
  package var payload: [UInt8] {
    var predicate = JSONObject()
    header.write(to: &predicate)
    let content = body.content
    content.write(to: &predicate)
    let statement: JSON = [
      "_type": .string(Self.type),
      "subject": .array(content.subjects.map(\.json)),
      "predicateType": .string(body.kind.predicateType),
      "predicate": .object(predicate),
    ]
    return statement.canonicalBytes
  }

  /// Reads a payload strictly: canonical JSON, a known kind, each member known and in range, and
  /// the subjects exactly those that follow from the predicate.
  package init(payload: [UInt8]) throws(EventError) {
    let document: JSONDocument
    do { document = try JSONDocument(parsingCanonical: payload) } catch { throw .json(error) }
    try self.init(document)
  }

  /// Reads a payload that has been found to be canonical JSON.
  init(_ document: JSONDocument) throws(EventError) {
    do {
      var statement = try MemberReader(document.root, path: "statement")
      guard try statement.text("_type").isSame(as: Self.type) else {
        throw FieldError.outOfRange("statement._type")
      }
      guard let kind = try statement.text("predicateType").kind else {
        throw EventError.unknownKind(try statement.string("predicateType"))
      }
      var predicate = try statement.reader(of: statement.value("predicate"))
      header = try Header(from: &predicate, kind: kind)
      body = try Body(kind: kind, from: &predicate)
      try predicate.finish()
      let subjects = try statement.value("subject")
      try statement.finish()
      let expected = Subject.canonicalBytes(of: body.content.subjects)
      guard subjects.isWritten(as: expected) else {
        throw FieldError.outOfRange("statement.subject")
      }
    } catch let error as FieldError {
      throw .field(error)
    } catch let error as EventError {
      throw error
    } catch {
      throw .unknownKind("")
    }
  }

  /// Takes a statement of `kind` from its predicate alone: what is around it follows.
  ///
  /// Errors name members from the predicate on.
  package init(kind: Kind, predicate: JSON) throws(FieldError) {
    var reader = try MemberReader(predicate, path: "")
    header = try Header(from: &reader, kind: kind)
    body = try Body(kind: kind, from: &reader)
    try reader.finish()
  }

  /// Every admitted event that the rules read to judge this one.
  package var references: Set<EventID> {
    Set(body.content.references).union(header.causes)
  }

  /// Every attachment that the statement names, each with its field.
  package var attachments: [(field: String, reference: AttachmentReference)] {
    body.content.attachments + header.evidence.map { ("evidence", $0.attachment) }
  }

  /// The moments that the statement speaks of as past, `occurredAt` among them.
  package var statedTimes: [Timestamp] {
    var times = [header.occurredAt] + header.evidence.map(\.retrievedAt)
    if let until = header.occurredUntil { times.append(until) }
    return times + body.content.statedTimes
  }

  /// The statement without its nonce and times: equal for a repeated one.
  package var repetitionKey: Digest {
    // What was written is read: a statement that cannot be is equal to none but itself.
    guard let document = try? JSONDocument(parsingCanonical: payload) else {
      return Digest(sha256: payload)
    }
    return Self.repetitionKey(of: document)
  }

  /// SHA-256 of the payload without the predicate's `nonce`, `notAfter` and `occurredAt`.
  static func repetitionKey(of document: JSONDocument) -> Digest {
    let bytes = document.bytes
    var hasher = SHA256()
    var start = 0
    for name in ["nonce", "notAfter", "occurredAt"] {
      guard let range = document.root.member("predicate")?.memberRange(name),
        range.lowerBound > start
      else { continue }
      // With the comma before it, so that absent and present members leave the same.
      hasher.update(bytes.span.extracting(start..<range.lowerBound - 1))
      start = range.upperBound
    }
    hasher.update(bytes.span.extracting(start..<bytes.count))
    return hasher.digest()
  }
}

/// Why bytes are not an event.
package enum EventError: Error, Hashable, Sendable {
  case json(JSONError)
  case field(FieldError)
  case unknownKind(String)
  case payloadType
  case payloadNotBase64
  case signatureNotBase64
  case signersDiffer
  case signerUnnamed([Digest])
  case tooLarge(Int)
  case recordedAt
}

extension EventError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .json(let error): error.description
    case .field(let error): error.description
    case .unknownKind: "The event is of a kind that this version does not know; update winnow."
    case .payloadType:
      "The envelope's payloadType is not \(Statement.payloadType); sign a statement of that type."
    case .payloadNotBase64: "The envelope's payload is not canonical padded base64; encode it so."
    case .signatureNotBase64:
      "A signature is not 64 bytes in canonical padded base64; encode it so."
    case .signersDiffer:
      "The envelope's signatures are not exactly those of the statement's signers, in their order; sign it again."
    case .signerUnnamed(let signers):
      "A signature has no keyid, and none of the signers' keys that are known here made it; give it the keyid of its key, one of \(signers.map(\.hex).joined(separator: ", "))."
    case .tooLarge(let size):
      "The entry has \(size.of("byte")) and the log takes at most 65,535; move content to attachments."
    case .recordedAt:
      "The entry's recordedAt is not a time of the form 2026-01-31T12:00:00.000Z; write it so."
    }
  }
}
