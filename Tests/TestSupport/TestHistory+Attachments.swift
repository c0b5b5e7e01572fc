internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance

/// Attachments: which an event names, and that some are held, withheld, returned and erased.
extension TestHistory {
  mutating func attachmentBody(of kind: Kind) -> Body? {
    guard let reference = references.randomElement(using: &random) else { return nil }
    let events = namings[reference.sha256, default: []]
    let states = ledger.state.attachments
    switch kind {
    case .preservationHeld:
      return isOne(in: 3) ? endOfHold() : hold(with: reference)
    case .attachmentWithheld:
      // Now and then one that is withheld comes back.
      let withheld = references.filter { states.records[$0.sha256]?.state == .withheld }
      if !withheld.isEmpty, isOne(in: 3) {
        let back = pick(withheld)
        return .withholding(back, of: namings[back.sha256, default: []].sorted(), .returned)
      }
      return .withholding(reference, of: events.sorted())
    default:
      let who = isOne(in: 2) ? pick(actors).text : nil
      return .erasure(reference, of: [pick(events)], requestedBy: who)
    }
  }

  private mutating func hold(with reference: AttachmentReference) -> Body {
    var held = [reference]
    if let other = references.randomElement(using: &random), other.sha256 != reference.sha256 {
      held.append(other)
    }
    return .hold(held, until: pick([nil, "2025-06-01T00:00:00Z", "2040-01-01T00:00:00Z"]))
  }

  private mutating func endOfHold() -> Body? {
    guard let id = some(.preservationHeld), case .preservationHeld(let hold) = body(id) else {
      return nil
    }
    let held = Set(hold.held)
    return .holdEnded(references.filter { held.contains($0.sha256) }, id)
  }

  /// The statement with attachments of its own in place of those that the makers of bodies share, so
  /// that one can be erased and later events still name theirs; now and then it shares an earlier one.
  ///
  /// - Returns: the statement, and the bytes of the open ones that are new.
  mutating func withOwnAttachments(
    _ statement: Statement
  ) throws -> (statement: Statement, open: [[UInt8]]) {
    if statement.attachments.isEmpty { return (statement, []) }
    guard case .object(let document) = try JSON(parsingCanonical: statement.payload),
      let predicate = document["predicate"]
    else { return (statement, []) }
    var open: [[UInt8]] = []
    let own = ownAttachments(in: predicate, &open)
    return (try Statement(kind: statement.body.kind, predicate: own), open)
  }

  private mutating func ownAttachments(in json: JSON, _ open: inout [[UInt8]]) -> JSON {
    switch json {
    case .array(let items):
      var own: [JSON] = []
      for item in items { own.append(ownAttachments(in: item, &open)) }
      return .array(own)
    case .object(var object):
      if case .string(let mediaType)? = object["mediaType"], object["sha256"] != nil {
        let disclosure: Disclosure = object["disclosure"] == "open" ? .open : .sealed
        return ownAttachment(disclosure, mediaType, &open).json
      }
      for member in object.members {
        object[member.name] = ownAttachments(in: member.value, &open)
      }
      return .object(object)
    default: return json
    }
  }

  private mutating func ownAttachment(
    _ disclosure: Disclosure, _ mediaType: String, _ open: inout [[UInt8]]
  ) -> AttachmentReference {
    if isOne(in: 12), let earlier = references.suffix(50).randomElement(using: &random),
      earlier.disclosure == disclosure, earlier.mediaType == mediaType
    {
      return earlier
    }
    let text = "text \(number) \(random.next())"
    if disclosure == .open { open.append(AttachmentReference.bytes(text)) }
    return .of(text, disclosure, mediaType: mediaType)
  }
}
