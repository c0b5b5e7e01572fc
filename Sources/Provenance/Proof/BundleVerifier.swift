internal import LedgerCrypto
internal import TransparencyLog

/// A row that whoever verifies holds, as a JSON object of its columns.
package struct HeldRow: Sendable {
  /// One line of JSON.
  package let json: [UInt8]
  /// The dataset's secret, where it is keyed.
  package let secret: [UInt8]?

  package init(json: [UInt8], secret: [UInt8]?) {
    self.json = json
    self.secret = secret
  }
}

/// Verifies a bundle: needs no ledger, network or database.
package struct BundleVerifier {
  let anchors: TrustAnchors
  let row: HeldRow?
  /// The release that files are to be held against.
  let question: FilesQuestion?
  /// The bytes of an attachment that lies beside the bundle.
  let besides: (BlobReference) -> [UInt8]?

  var checks: [Check] = []
  var sentences: [String] = []
  var signers: [ClaimSigners] = []
  var notShown: [Unshown] = []
  /// Entries whose bytes are canonical and whose place in the log is proven.
  var proven: [UInt64: Entry] = [:]
  /// Public keys that proven entries introduce, by key id.
  var keys: [Digest: VerifyingKey] = [:]
  var state: LedgerState?
  /// What a complete log says about its own events.
  var concerns: Concerns?
  var head: TreeHead?
  private(set) var hasFailed = false
  /// Where the bundle's attachments stand, by digest.
  var places: [Digest: Int] = [:]

  package init(
    anchors: TrustAnchors, row: HeldRow? = nil, filesOf question: FilesQuestion? = nil,
    besides: @escaping (BlobReference) -> [UInt8]? = { _ in nil }
  ) {
    self.anchors = anchors
    self.row = row
    self.question = question
    self.besides = besides
  }

  /// Verifies the bytes of a bundle; never throws, for bad input is a verdict too.
  package consuming func verify(_ bytes: [UInt8]) -> Verdict { examine(bytes).verdict }

  /// Verifies a bundle that was read.
  package consuming func verify(_ bundle: Bundle) -> Verdict {
    _ = examine(bundle)
    return verdict
  }

  /// Verifies the bytes of a bundle, and says what it shows of the release that is asked about.
  ///
  /// The release is `nil` unless the verdict is verified: there is else nothing to hold files against.
  package consuming func examine(_ bytes: [UInt8]) -> (verdict: Verdict, release: ProvenRelease?) {
    do {
      let release = examine(try Bundle(parsing: bytes))
      let verdict = verdict
      return (verdict, verdict.conclusion == .verified ? release : nil)
    } catch {
      return (
        Verdict(
          checks: [Check("bundle", .failed(.unreadable(error)))], level: .record,
          sentences: ["The bundle cannot be read, so that nothing in it is shown."], notShown: []),
        nil
      )
    }
  }

  private var verdict: Verdict {
    Verdict(
      checks: checks, level: .record, sentences: sentences, notShown: notShown, signers: signers,
      isAnchored: anchors.policy != nil)
  }

  private mutating func examine(_ bundle: Bundle) -> ProvenRelease? {
    pass("bundle")
    for (place, attachment) in bundle.attachments.enumerated() {
      places[attachment.reference.sha256] = place
    }
    checkCheckpoint(bundle)
    if bundle.isComplete { checkComplete(bundle) } else { checkInclusions(bundle) }
    checkGenesis(bundle)
    checkAttachments(bundle)
    checkPins()
    checkClaims(bundle)
    for (index, claim) in bundle.claims.enumerated() {
      let name = "claim \(index + 1): \(claim.type)"
      // What failed once is not said again at the cost of another claim.
      if hasFailed {
        skip(name, .failedBefore)
      } else {
        check(claim, of: bundle, name: name)
      }
    }
    return question.flatMap { provenRelease($0, of: bundle) }
  }

  mutating func pass(_ name: String) { checks.append(Check(name, .passed)) }
  mutating func fail(_ name: String, _ flaw: Flaw) {
    hasFailed = true
    checks.append(Check(name, .failed(flaw)))
  }
  mutating func skip(_ name: String, _ lack: Lack) { checks.append(Check(name, .skipped(lack))) }

  /// There is something to verify, once, and the verifier's row is what some claim is about.
  private mutating func checkClaims(_ bundle: Bundle) {
    if bundle.claims.isEmpty { skip("claims", .noClaim) }
    if Set(bundle.claims).count != bundle.claims.count { fail("claims", .claimTwice) }
    let isAboutRow = bundle.claims.contains { claim in
      switch claim {
      case .presence, .absence: true
      case .complete, .event, .transition: false
      }
    }
    if row != nil, !isAboutRow { skip("row", .noClaimAboutRow) }
  }

  /// Verifies the log's signature, against the policy alone.
  private mutating func checkCheckpoint(_ bundle: Bundle) {
    guard let policy = anchors.policy else {
      if let note = try? SignedNote(parsing: bundle.checkpoint),
        let checkpoint = try? Checkpoint(parsing: note.text),
        checkpoint.origin.bytes.elementsEqual(bundle.origin.text.utf8)
      {
        head = checkpoint.head
      }
      if head == nil {
        fail("checkpoint", .notACheckpoint)
      } else {
        skip("checkpoint", .noPolicy)
      }
      return
    }
    do {
      let checkpoint = try policy.verify(checkpointNote: bundle.checkpoint)
      guard checkpoint.origin.bytes.elementsEqual(bundle.origin.text.utf8) else {
        return fail("checkpoint", .checkpointOfOtherLog)
      }
      head = checkpoint.head
      pass("checkpoint")
    } catch {
      switch error {
      case .checkpoint(let error): fail("checkpoint", .checkpoint(error))
      case .witnessesUnchecked(let quorum):
        skip("checkpoint", .witnessesUnchecked(quorum))
        head = (try? SignedNote(parsing: bundle.checkpoint)).flatMap {
          try? Checkpoint(parsing: $0.text).head
        }
      }
    }
  }

  /// Compact claims: each entry is in the tree of the checkpoint.
  private mutating func checkInclusions(_ bundle: Bundle) {
    guard let head else { return skip("inclusion", .noCheckpoint) }
    for item in bundle.items {
      do {
        try InclusionProof(hashes: item.inclusion ?? []).verify(
          leafHash: TreeHash.leaf(item.bytes), index: item.sequence, size: head.size,
          root: head.root)
      } catch {
        return fail("inclusion", .notIncluded(item.sequence, error))
      }
      do {
        proven[item.sequence] = try Entry(bytes: item.bytes)
      } catch {
        return fail("inclusion", .notAnEntry(item.sequence, error))
      }
    }
    pass("inclusion")
    let ordered = proven.sorted { $0.key < $1.key }
    // From which sequence on each key counts.
    var since: [Digest: UInt64] = [:]
    for (sequence, entry) in ordered {
      // Whoever brings a key signs with it too, or else the entry makes nothing its own.
      let signers = entry.event.signatures.map(\.keyID)
      for key in entry.event.statement.body.broughtKeys.map(\.publicKey)
      where signers.contains(key.id) && keys[key.id] == nil {
        keys[key.id] = key
        since[key.id] = sequence
      }
    }
    // A key that anyone can sign for shows nothing, and no ledger admits one.
    keys = keys.filter { !$0.value.isSmallOrder }
    let prepared = PreparedKeys()
    for (sequence, entry) in ordered {
      if let id = entry.event.firstInvalidSigner(with: prepared, keys: { keys[$0] }) {
        return fail("signatures", .signature(sequence, key: id))
      }
    }
    pass("signatures")
    checkRulesWithin(ordered, since: since)
  }

  /// Under `complete`: the root over all entries, and every rule from the first on.
  private mutating func checkComplete(_ bundle: Bundle) {
    guard let head else { return skip("entries", .noCheckpoint) }
    guard !bundle.items.isEmpty else { return fail("entries", .noEntries) }
    var frontier = TreeFrontier()
    var replay = Replay()
    for (index, item) in bundle.items.enumerated() {
      guard item.sequence == UInt64(index) else {
        return fail("entries", .entryMissing(UInt64(index)))
      }
      _ = frontier.append(TreeHash.leaf(item.bytes))
    }
    guard frontier.size == head.size, frontier.root == head.root else {
      return fail(
        "entries", .entriesDiffer(count: bundle.items.count, covered: head.size.rawValue))
    }
    pass("entries")
    for item in bundle.items {
      let entry: Entry
      do {
        entry = try Entry(bytes: item.bytes)
      } catch .unknownKind {
        return skip("rules", .unknownKind(item.sequence))
      } catch {
        return fail("rules", .rule(ReplayFailure(item.sequence, .unreadable(error))))
      }
      do { _ = try replay.admit(entry) } catch { return fail("rules", .rule(error)) }
      proven[item.sequence] = entry
    }
    pass("signatures")
    pass("rules")
    guard let vkey = replay.state.logKey(at: head.size.rawValue),
      let key = try? NoteVerifierKey(parsing: Array(vkey.utf8)),
      let note = try? SignedNote(parsing: bundle.checkpoint),
      (try? VerifiedCheckpoint(verifying: note, with: [key])) != nil
    else { return fail("log key", .otherLogKey) }
    pass("log key")
    state = replay.state
    concerns = Concerns(proven.sorted { $0.key < $1.key })
  }

  /// The bundle is of one ledger, and of the pinned one.
  private mutating func checkGenesis(_ bundle: Bundle) {
    for (sequence, entry) in proven.sorted(by: { $0.key < $1.key }) {
      let binding = entry.event.statement.header.binding
      let isOfLedger =
        sequence == 0
        ? entry.event.id == bundle.genesis && binding == .origin(bundle.origin)
        : binding == .ledger(bundle.genesis)
      guard isOfLedger else { return fail("ledger", .otherLedger(sequence)) }
    }
    if let pinned = anchors.genesis, pinned != bundle.genesis {
      return fail("ledger", .ledgerNotPinned)
    }
    // The header's genesis is a word until the entry with that identifier is shown at sequence 0.
    if !bundle.isComplete, bundle.items.first?.sequence != 0 {
      return skip("ledger", .noFirstEntry)
    }
    pass("ledger")
    if anchors.genesis == nil, !bundle.items.isEmpty {
      note(notShown: .identities(genesis: bundle.genesis))
    }
  }
}
