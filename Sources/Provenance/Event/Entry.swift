internal import CanonicalJSON
internal import LedgerCrypto

/// An event as admitted: the bytes that are hashed into the log.
///
/// JCS of `{"envelope":…,"recordedAt":"…Z"}`, at most 65,535 bytes (C2SP tlog-tiles).
package struct Entry: Sendable {
  package let event: SignedEvent
  package let recordedAt: Timestamp
  package let bytes: [UInt8]

  package static let maximumSize = 65_535

  /// Admits `event` at `recordedAt`.
  package init(event: SignedEvent, recordedAt: Timestamp) throws(EventError) {
    try self.init(event: event, canonicalEnvelope: event.canonicalEnvelope, recordedAt: recordedAt)
  }

  /// Admits `event` at `recordedAt`, given its ``SignedEvent/canonicalEnvelope``, which a store
  /// writes before it takes its lock.
  package init(
    event: SignedEvent, canonicalEnvelope: [UInt8], recordedAt: Timestamp
  ) throws(EventError) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(canonicalEnvelope.count + 64)
    bytes.append(contentsOf: "{\"envelope\":".utf8)
    bytes.append(contentsOf: canonicalEnvelope)
    bytes.append(contentsOf: ",\"recordedAt\":\"".utf8)
    bytes.append(contentsOf: recordedAt.text.utf8)
    bytes.append(contentsOf: "\"}".utf8)
    guard bytes.count <= Self.maximumSize else { throw .tooLarge(bytes.count) }
    self.event = event
    self.recordedAt = recordedAt
    self.bytes = bytes
  }

  /// Reads an entry strictly; signatures, authority and rules are not checked yet.
  package init(bytes: [UInt8]) throws(EventError) {
    guard bytes.count <= Self.maximumSize else { throw .tooLarge(bytes.count) }
    let document: JSONDocument
    do { document = try JSONDocument(parsingCanonical: bytes) } catch { throw .json(error) }
    let parts = try EntryParts(document)
    event = try SignedEvent(parts.envelope)
    recordedAt = parts.recordedAt
    self.bytes = bytes
  }
}

/// What an entry holds, read strictly.
private struct EntryParts {
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
