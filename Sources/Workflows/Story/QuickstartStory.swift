internal import Datasets
internal import Files
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import TransparencyLog

/// The whole story on generated rows, ending in a verified bundle and a detected tampering.
package struct QuickstartStory {
  /// One line of the story.
  package struct Step: Sendable {
    package let title: String
    package let text: String
  }

  let directory: String
  let rows: Int
  let progress: Progress
  let say: (Step) -> Void

  package init(
    directory: String, rows: Int, progress: Progress, say: @escaping (Step) -> Void
  ) {
    self.directory = directory
    self.rows = rows
    self.progress = progress
    self.say = say
  }

  private func name<Value>(_ make: (String) -> Value?, _ text: String) throws -> Value {
    guard let value = make(text) else {
      throw WorkflowFailure.badInput("The story's name \(text) is malformed; choose another.")
    }
    return value
  }

  /// Tells the story; when it is stopped or fails, the directory that it made goes again.
  ///
  /// - Returns: whether the bundle was verified and the tampering found.
  package func tell() throws -> Bool {
    guard !Directory.holds(directory) else { throw WorkflowFailure.exists(directory) }
    try Directory.makeNew(directory, mode: 0o700)
    do {
      return try told()
    } catch {
      try? FileTree.remove(directory)
      throw error
    }
  }

  private func told() throws -> Bool {
    let passphrase = try makePassphrase()
    let publisher = try name(ActorName.init, "publisher")
    let hotline = try name(ActorName.init, "hotline")
    let foundation = try name(ActorName.init, "foundation")
    let original = try name(VersionedName.init, "sample@1.0")
    let cleaned = try name(VersionedName.init, "sample@1.1")
    let model = try name(Name.init, "imagegen-1.5")

    let releases = "\(directory)/releases"
    let sample = try SampleRows(seed: 1, rows: UInt64(rows), shards: 2).write(
      to: "\(releases)/sample@1.0", isCancelled: progress.isCancelled)
    try moveLists(sample)
    say(
      .init(
        title: "rows",
        text: "\(rows.of("made-up row")) in \(releases)/sample@1.0, and two hash lists beside them")
    )

    let ledgerDirectory = LedgerDirectory("\(directory)/ledger")
    let made = try Creation.create(
      at: ledgerDirectory, origin: try name(Origin.init, "ledger.example.org/sample"),
      actor: publisher, passphrase: passphrase)
    say(.init(title: "ledger", text: "\(made.origin), named by its first entry \(made.ledger)"))

    let hotlineKeys = KeyDirectory("\(directory)/hotline-keys")
    _ = try hotlineKeys.make(for: hotline, passphrase: passphrase)
    func place(_ actor: ActorName, _ keys: KeyDirectory? = nil) throws -> Workplace {
      try Workplace(
        directory: ledgerDirectory, actor: actor, keys: keys, passphrase: { passphrase },
        progress: progress)
    }
    let own = try place(publisher)
    let atHotline = try place(hotline, hotlineKeys)
    _ = try own.decide(
      AddActor(
        hotline, title: "Example Hotline", roles: [.matcher, .verifier],
        key: .own(hotlineKeys, passphrase: passphrase)))
    _ = try own.decide(
      AddActor(
        foundation, title: "Example Foundation", roles: [.matcher], key: .custodial))
    say(
      .init(
        title: "actors",
        text: "a hotline with its own key, and a foundation whose key is held here and marked so"))

    _ = try own.decide(
      RegisterDataset(original.name, identity: ["URL"], content: nil, tagging: .plain))
    let published = try own.decide(PublishRelease(original, files: sample.shardPaths)).answer
      .publication
    say(
      .init(
        title: "release",
        text:
          "\(original): \(published.tally.rows.of("row")), root \(published.root.hex.prefix(16))…"
      ))

    let first = try match(
      own, by: atHotline, original, list: "hotline@2024-03", file: lists("hotline-url-md5.txt"),
      algorithm: .md5)
    let second = try match(
      own, by: try place(foundation), original, list: "foundation@2024-03",
      file: lists("foundation-url-sha256.csv"), algorithm: .sha256)
    say(
      .init(
        title: "matches",
        text:
          "\(first.answer.matched.rows.of("row")) on one list, \(second.answer.matched.rows.grouped) on the other"
      ))
    let sums = try Reconciliation(of: original, own.shelf())
    say(
      .init(
        title: "reconcile",
        text:
          "\(first.answer.matched.rows.grouped) + \(second.answer.matched.rows.grouped) = \(sums.sum.grouped), overlap \((sums.overlap ?? 0).grouped), union \((sums.union?.rows ?? 0).grouped)"
      ))
    let confirmed = min(20, first.answer.matched.rows)
    for match in first.recorded {
      _ = try atHotline.decide(
        RecordVerification(
          of: match.receipt.sequence, outcome: .confirmed, count: confirmed, unit: .rows,
          exactness: .exact))
    }
    say(.init(title: "verified", text: "\(confirmed.grouped) confirmed by the hotline"))
    let removal = try own.decide(
      Remove(
        original, RemovalChoice(matches: nil), basis: .hashMatch, reasonClass: .privacy))
    say(.init(title: "removal", text: "\(removal.answer.tally.rows.of("row")) to go"))
    let clean = try own.decide(
      Clean(original, to: cleaned, out: "\(releases)/sample@1.1"))
    say(
      .init(
        title: "clean",
        text:
          "\(cleaned): \(clean.answer.publication.tally.rows.of("row")), read back from what was written"
      ))
    _ = try own.decide(RegisterModel(model, artifacts: [lists("model-weights.bin")]))
    _ = try own.decide(
      AssertTraining(model, on: original, polarity: .trained, use: .pretraining))
    _ = try own.decide(
      DeprecateModel(model, statedReason: "Trained on a release that was cleaned since."))
    say(.init(title: "model", text: "\(model), trained on \(original), is deprecated"))

    let site = try own.publish(to: "\(directory)/site")
    say(
      .init(
        title: "publish",
        text:
          "\(site.size.of("entry", "entries")) as static files in \(directory)/site, under a signed checkpoint"
      ))
    let bundle = "\(directory)/audit.winnow.jsonl"
    _ = try BundleFile.write(try own.view().completeBundle(), to: OutputTarget(bundle))
    let policy = try LogPolicy(
      parsing: try OpenFile.readAll(ledgerDirectory.policy, maxBytes: 1 << 20))
    let anchors = TrustAnchors(policy: policy, genesis: made.ledger)
    let verdict = try BundleFile.verify(bundle, anchors: anchors, row: nil)
    say(
      .init(
        title: "audit",
        text:
          "\(bundle) checked with the log's key alone: \(verdict.conclusion.rawValue)"))
    let transition = try Tampering.transitionVerdict(own, original, cleaned, anchors)
    say(
      .init(
        title: "transition",
        text:
          "\(original) → \(cleaned): exactly the removed rows left, \(transition.conclusion.rawValue)"
      ))
    let found = try Tampering(
      ledger: ledgerDirectory, scratch: TemporaryName.fresh(in: directory),
      checkpoint: try own.view().latestCheckpoint().note
    ).findingSequence()
    say(
      .init(
        title: "tampering",
        text: found.map { "one byte of a copy edited: the check FAILED, first at sequence \($0)" }
          ?? "one byte of a copy edited, and the check did not see it"))
    say(
      .init(
        title: "done",
        text:
          "the passphrase is in \(directory)/passphrase.txt; both sides' keys lie on this machine here"
      ))
    return verdict.conclusion == .verified && transition.conclusion == .verified && found != nil
  }

  private func makePassphrase() throws -> Passphrase {
    let words = try Random.bytes(16).hex
    try AtomicFile.write(
      Array("\(words)\n".utf8), to: "\(directory)/passphrase.txt", mode: 0o600)
    return Passphrase(bytes: Array(words.utf8))
  }

  private func lists(_ name: String) -> String { "\(directory)/lists/\(name)" }

  /// Keeps the lists apart from the release's shards.
  private func moveLists(_ sample: SampleRows.Summary) throws {
    try Directory.make("\(directory)/lists")
    for path in [sample.hotlineListPath, sample.foundationListPath, sample.modelPath] {
      try Directory.move(path, to: lists(Directory.name(of: path)))
    }
  }

  private func match(
    _ own: Workplace, by matcher: Workplace, _ release: VersionedName, list: String, file: String,
    algorithm: HashAlgorithm
  ) throws -> (answer: MatchCompleted, recorded: [Recorded]) {
    let list = try name(VersionedName.init, list)
    let file = ListFile(file)
    _ = try own.decide(
      AddHashList(list, file: file, algorithm: algorithm, of: .url, issuer: nil, asOf: nil))
    let decided = try matcher.decide(MatchRelease(release, [.init(list, file)]))
    return (decided.answer[0].match, decided.recorded)
  }
}
