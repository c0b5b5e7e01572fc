internal import Files
internal import LedgerCrypto
internal import Provenance
internal import Synchronization

/// What other threads find while the log is read.
final class FoundElsewhere: Sendable {
  private struct Content {
    var flaws: [LedgerVerdict.Flaw] = []
    var attachments = LedgerVerdict.Attachments()
    /// Open ones that are not here, for a later event may say why.
    var missing: [(sequence: UInt64, digest: Digest)] = []
  }
  private let kept = Mutex(Content())
  private let prepared = PreparedKeys()

  var content: (flaws: [LedgerVerdict.Flaw], attachments: LedgerVerdict.Attachments) {
    kept.withLock { ($0.flaws, $0.attachments) }
  }

  /// Judges what is missing, and what is there though it should be gone, once all events are known.
  ///
  /// Withheld bytes may be here: whoever keeps them can return them.
  func settle(_ states: AttachmentStates, in ledger: Ledger) {
    for (sequence, digest) in kept.withLock({ $0.missing }) where states.missing(digest) == nil {
      note(sequence, .attachmentMissing(digest))
    }
    for record in states.records.values {
      switch record.state {
      case .returned: continue
      case .withheld: kept.withLock { $0.attachments.withheld += 1 }
      case .erased:
        kept.withLock { $0.attachments.erased += 1 }
        if !ledger.remains(of: record.attachment).isEmpty {
          note(record.sequence, .attachmentRemains(record.attachment))
        }
      }
    }
  }

  func note(_ sequence: UInt64, _ reason: LedgerVerdict.Flaw.Reason) {
    kept.withLock { content in
      if content.flaws.count < 1_000 {
        content.flaws.append(LedgerVerdict.Flaw(sequence, reason))
      }
    }
  }

  /// Checks every signature of `event` under `keys`, in the signers' order.
  func checkSignatures(of event: SignedEvent, keys: [VerifyingKey], at sequence: UInt64) {
    let message = SignedEvent.preAuthentication(of: event.payload)
    for (signature, key) in zip(event.signatures, keys)
    where !prepared.verifies(signature.bytes, of: message.span, under: key) {
      return note(sequence, .refused(.invalidSignature(signature.keyID)))
    }
  }

  /// Looks at the bytes kept for an attachment: open ones must be here, sealed ones may be.
  func check(_ reference: AttachmentReference, at path: String, _ sequence: UInt64) {
    do {
      guard let digest = try Ledger.digest(ofFile: path) else {
        if reference.disclosure == .open {
          kept.withLock { content in
            // Not without bound: a thousand say as much as a million.
            if content.missing.count < 100_000 {
              content.missing.append((sequence, reference.sha256))
            }
          }
        } else {
          kept.withLock { $0.attachments.sealed += 1 }
        }
        return
      }
      guard digest == reference.sha256, try UInt64(OpenFile(path: path).size) == reference.size
      else { return note(sequence, .attachmentDiffers(reference.sha256)) }
      kept.withLock { content in
        if reference.disclosure == .open {
          content.attachments.open += 1
        } else {
          content.attachments.held += 1
        }
      }
    } catch {
      note(sequence, .unreadable("\(error)"))
    }
  }
}
