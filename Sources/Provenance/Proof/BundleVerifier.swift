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
  /// The bytes of an attachment that lies beside the bundle.
  let besides: (BlobReference) -> [UInt8]?

  var checks: [Check] = []
  var sentences: [String] = []
  var signers: [ClaimSigners] = []
  var notShown: [String] = []
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
    anchors: TrustAnchors, row: HeldRow? = nil,
    besides: @escaping (BlobReference) -> [UInt8]? = { _ in nil }
  ) {
    self.anchors = anchors
    self.row = row
    self.besides = besides
  }

  /// Verifies the bytes of a bundle; never throws, for bad input is a verdict too.
  package consuming func verify(_ bytes: [UInt8]) -> Verdict {
    do {
      return verify(try Bundle(parsing: bytes))
    } catch {
      return Verdict(
        checks: [Check("bundle", .failed(error.description))], level: .record,
        sentences: ["The bundle cannot be read, so that nothing in it is shown."], notShown: [])
    }
  }

  /// Verifies a bundle that was read.
  package consuming func verify(_ bundle: Bundle) -> Verdict {
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
        skip(name, "An earlier check failed.")
      } else {
        check(claim, of: bundle, name: name)
      }
    }
    return Verdict(
      checks: checks, level: .record, sentences: sentences, notShown: notShown, signers: signers,
      isAnchored: anchors.policy != nil)
  }

  mutating func pass(_ name: String) { checks.append(Check(name, .passed)) }
  mutating func fail(_ name: String, _ why: String) {
    hasFailed = true
    checks.append(Check(name, .failed(why)))
  }
  mutating func skip(_ name: String, _ why: String) { checks.append(Check(name, .skipped(why))) }

  /// There is something to verify, once, and the verifier's row is what some claim is about.
  private mutating func checkClaims(_ bundle: Bundle) {
    if bundle.claims.isEmpty {
      skip("claims", "The bundle makes no claim, so that there is nothing to verify.")
    }
    if Set(bundle.claims).count != bundle.claims.count {
      fail("claims", "The bundle makes one claim twice.")
    }
    let isAboutRow = bundle.claims.contains { claim in
      switch claim {
      case .presence, .absence: true
      case .complete, .event, .transition: false
      }
    }
    if row != nil, !isAboutRow {
      skip("row", "No claim of the bundle is about a row, so that it says nothing about yours.")
    }
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
        fail("checkpoint", "The checkpoint is not a signed note of the bundle's log.")
      } else {
        skip(
          "checkpoint",
          "Unanchored: without a policy nothing says which log key to trust; give --policy.")
      }
      return
    }
    do {
      let checkpoint = try policy.verify(checkpointNote: bundle.checkpoint)
      guard checkpoint.origin.bytes.elementsEqual(bundle.origin.text.utf8) else {
        return fail("checkpoint", "The checkpoint is of another log than the bundle's origin.")
      }
      head = checkpoint.head
      pass("checkpoint")
    } catch .witnessesUnchecked(let quorum) {
      skip("checkpoint", PolicyRefusal.witnessesUnchecked(quorum).description)
      head = (try? SignedNote(parsing: bundle.checkpoint)).flatMap {
        try? Checkpoint(parsing: $0.text).head
      }
    } catch {
      fail("checkpoint", error.description)
    }
  }

  /// Compact claims: each entry is in the tree of the checkpoint.
  private mutating func checkInclusions(_ bundle: Bundle) {
    guard let head else { return skip("inclusion", "There is no checkpoint to prove against.") }
    for item in bundle.items {
      do {
        try InclusionProof(hashes: item.inclusion ?? []).verify(
          leafHash: TreeHash.leaf(item.bytes), index: item.sequence, size: head.size,
          root: head.root)
      } catch {
        return fail("inclusion", "Sequence \(item.sequence): \(error)")
      }
      do {
        proven[item.sequence] = try Entry(bytes: item.bytes)
      } catch {
        return fail("inclusion", "Sequence \(item.sequence): \(error)")
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
        return fail(
          "signatures",
          "Sequence \(sequence): the signature by the key \(id.hex) is not valid, or the bundle does not hold that key."
        )
      }
    }
    pass("signatures")
    checkRulesWithin(ordered, since: since)
  }

  /// Under `complete`: the root over all entries, and every rule from the first on.
  private mutating func checkComplete(_ bundle: Bundle) {
    guard let head else { return skip("entries", "There is no checkpoint to prove against.") }
    guard !bundle.items.isEmpty else {
      return fail("entries", "The bundle has no entries, and a ledger has one at least.")
    }
    var frontier = TreeFrontier()
    var replay = Replay()
    for (index, item) in bundle.items.enumerated() {
      guard item.sequence == UInt64(index) else {
        return fail("entries", "Sequence \(index) is missing.")
      }
      _ = frontier.append(TreeHash.leaf(item.bytes))
    }
    guard frontier.size == head.size, frontier.root == head.root else {
      return fail(
        "entries",
        "The \(bundle.items.count.of("entry", "entries")) of the bundle do not have the root of the checkpoint, which covers \(head.size.rawValue.grouped)."
      )
    }
    pass("entries")
    for item in bundle.items {
      do {
        let entry = try Entry(bytes: item.bytes)
        _ = try replay.admit(entry)
        proven[item.sequence] = entry
      } catch EventError.unknownKind {
        return skip(
          "rules", ReplayFailure(item.sequence, .unreadable(.unknownKind(""))).description)
      } catch let error as EventError {
        return fail("rules", ReplayFailure(item.sequence, .unreadable(error)).description)
      } catch let error as ReplayFailure {
        return fail("rules", error.description)
      } catch {
        return fail("rules", "Sequence \(item.sequence) cannot be read.")
      }
    }
    pass("signatures")
    pass("rules")
    guard let vkey = replay.state.logKey(at: head.size.rawValue),
      let key = try? NoteVerifierKey(parsing: Array(vkey.utf8)),
      let note = try? SignedNote(parsing: bundle.checkpoint),
      (try? VerifiedCheckpoint(verifying: note, with: [key])) != nil
    else {
      return fail(
        "log key", "The checkpoint is not signed by the log key that counts at its size.")
    }
    pass("log key")
    state = replay.state
    concerns = Concerns(proven.sorted { $0.key < $1.key })
  }

  /// The bundle is of one ledger, and of the pinned one.
  private mutating func checkGenesis(_ bundle: Bundle) {
    for (sequence, entry) in proven {
      let binding = entry.event.statement.header.binding
      let isOfLedger =
        sequence == 0
        ? entry.event.id == bundle.genesis && binding == .origin(bundle.origin)
        : binding == .ledger(bundle.genesis)
      guard isOfLedger else {
        return fail("ledger", "Sequence \(sequence) is of another ledger than the bundle.")
      }
    }
    if let pinned = anchors.genesis, pinned != bundle.genesis {
      return fail("ledger", "The ledger is not the one that was pinned.")
    }
    // The header's genesis is a word until the entry with that identifier is shown at sequence 0.
    if !bundle.isComplete, bundle.items.first?.sequence != 0 {
      return skip(
        "ledger",
        "The bundle does not hold the log's first entry, so that nothing shows which ledger it is of; ask for one that does."
      )
    }
    pass("ledger")
    if anchors.genesis == nil, !bundle.items.isEmpty {
      notShown.append(
        "that the actors are who they say: their names are as named by the ledger (compare its first entry, \(bundle.genesis), with one from elsewhere, and give that with --genesis)"
      )
    }
  }
}
