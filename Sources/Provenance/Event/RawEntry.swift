package import CanonicalJSON
internal import LedgerCrypto

/// An entry as any version of winnow can read it, whatever its kind: how a ledger that a later
/// version wrote is shown.
///
/// Envelope, in-toto Statement and canonical form are checked as ever; what the predicate says is
/// not looked at.
package struct RawEntry: Sendable {
  package let id: EventID
  package let recordedAt: Timestamp
  /// The statement's `predicateType`, which a later version made.
  package let predicateType: String
  /// The statement as signed: canonical JSON.
  package let payload: [UInt8]
  /// In the envelope's order; not checked, since the keys are what events say.
  package let signatures: [EnvelopeSignature]
  package let bytes: [UInt8]

  /// Reads an entry.
  ///
  /// - Throws: ``EventError``, never `unknownKind`.
  package init(bytes: [UInt8]) throws(EventError) {
    guard bytes.count <= Entry.maximumSize else { throw .tooLarge(bytes.count) }
    let outer: EntryParts
    let document: JSONDocument
    do {
      outer = try EntryParts(JSONDocument(parsingCanonical: bytes))
      document = try JSONDocument(parsingCanonical: outer.envelope.payload)
    } catch let error as JSONError {
      throw .json(error)
    } catch let error as EventError {
      throw error
    } catch {
      throw .recordedAt
    }
    do {
      var statement = try MemberReader(document.root, path: "statement")
      guard try statement.string("_type") == Statement.type else {
        throw FieldError.outOfRange("statement._type")
      }
      predicateType = try statement.string("predicateType")
      _ = try statement.value("subject")
      _ = try statement.object("predicate")
      try statement.finish()
    } catch let error as FieldError {
      throw .field(error)
    } catch {
      throw .payloadType
    }
    payload = outer.envelope.payload
    signatures = outer.envelope.signatures
    recordedAt = outer.recordedAt
    id = EventID(Digest(sha256: SignedEvent.preAuthentication(of: payload)))
    self.bytes = bytes
  }

  /// Whether this version knows the kind and its version.
  package var isKnown: Bool { (try? Entry(bytes: bytes)) != nil }

  /// The statement as signed.
  package var statement: JSON { (try? JSON(parsing: payload)) ?? .null }

  /// The envelope as DSSE JSON, exactly as signed.
  package var envelope: JSON {
    (try? JSON(parsing: bytes)).flatMap { entry in
      guard case .object(let object) = entry else { return nil }
      return object["envelope"]
    } ?? .null
  }
}

/// What an entry holds, read strictly.
struct EntryParts {
  let envelope: EnvelopeParts
  let recordedAt: Timestamp

  init(_ document: JSONDocument) throws(EventError) {
    let element: JSONElement
    let time: Timestamp?
    do {
      var reader = try MemberReader(document.root, path: "entry")
      element = try reader.value("envelope")
      time = try reader.text("recordedAt").milliseconds
      try reader.finish()
    } catch { throw .field(error) }
    guard let moment = time else { throw .recordedAt }
    envelope = try EnvelopeParts(element, signatures: 1...Header.maximumSigners)
    recordedAt = moment
  }
}
