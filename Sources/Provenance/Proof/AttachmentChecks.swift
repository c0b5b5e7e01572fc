internal import LedgerCrypto
internal import SetCommitment

extension BundleVerifier {
  /// Every attachment is named and has its digest; under `complete` every open one that an event
  /// names is there, unless a later event says that it was withheld or erased.
  mutating func checkAttachments(_ bundle: Bundle) {
    // Entries past one that cannot be judged may name what the earlier ones do not.
    if bundle.isComplete, state == nil {
      return skip("attachments", .notReplayed)
    }
    var present: Set<BlobReference> = []
    let named = namedAttachments(bundle)
    for attachment in bundle.attachments {
      guard named.contains(attachment.reference) else {
        return fail("attachments", .attachmentNotNamed(attachment.reference.sha256))
      }
      if attachment.bytes == nil {
        guard let bytes = besides(attachment.reference) else {
          return skip("attachments", .attachmentElsewhere(attachment.reference.sha256))
        }
        guard UInt64(bytes.count) == attachment.reference.size,
          Digest(sha256: bytes) == attachment.reference.sha256
        else { return fail("attachments", .attachmentAltered(attachment.reference.sha256)) }
      }
      present.insert(attachment.reference)
    }
    guard bundle.isComplete else { return pass("attachments") }
    var sealed = 0
    var taken: Set<Digest> = []
    for (sequence, entry) in proven.sorted(by: { $0.key < $1.key }) {
      for (field, reference) in entry.event.statement.attachments {
        switch reference.disclosure {
        case .sealed: sealed += 1
        case .open:
          let blob = BlobReference(sha256: reference.sha256, size: reference.size)
          if present.contains(blob) { continue }
          guard state?.attachments.missing(reference.sha256) != nil else {
            return fail("attachments", .attachmentMissing(sequence, field: field))
          }
          taken.insert(reference.sha256)
        }
      }
    }
    pass("attachments")
    checkOpenSets(bundle)
    if !taken.isEmpty { note(notShown: .gone(taken.count)) }
    if sealed > 0 { note(notShown: .sealed(sealed)) }
  }

  /// What the entries and claims of the bundle name: nothing else belongs in it.
  private func namedAttachments(_ bundle: Bundle) -> Set<BlobReference> {
    var named: Set<BlobReference> = []
    for entry in proven.values {
      for (_, reference) in entry.event.statement.attachments {
        named.insert(BlobReference(sha256: reference.sha256, size: reference.size))
      }
    }
    for case .transition(_, _, let witness, let lists) in bundle.claims {
      named.insert(witness)
      named.insert(lists)
    }
    return named
  }

  /// Whether the bundle has a line for an attachment.
  func names(_ reference: BlobReference, _ bundle: Bundle) -> Bool {
    places[reference.sha256].map { bundle.attachments[$0].reference == reference } ?? false
  }

  /// Recomputes the sets whose members are open.
  mutating func checkOpenSets(_ bundle: Bundle) {
    for (sequence, entry) in proven.sorted(by: { $0.key < $1.key }) {
      for set in entry.event.statement.body.content.sets {
        guard set.disclosure == .open, let members = set.members,
          let bytes = attachment(
            BlobReference(sha256: members.sha256, size: members.size), of: bundle)
        else { continue }
        guard let file = try? EntrySet(file: Array(bytes.dropFirst(32))),
          file.root.root == set.root, UInt64(file.count) == set.keys
        else { return fail("sets", .membersDiffer(sequence)) }
      }
    }
    pass("sets")
  }

  /// The bytes of an attachment that a claim names.
  func attachment(_ reference: BlobReference, of bundle: Bundle) -> [UInt8]? {
    guard let place = places[reference.sha256], bundle.attachments[place].reference == reference
    else { return nil }
    if let bytes = bundle.attachments[place].bytes { return bytes }
    // A file can change between two readings.
    guard let bytes = besides(reference), Digest(sha256: bytes) == reference.sha256 else {
      return nil
    }
    return bytes
  }
}
