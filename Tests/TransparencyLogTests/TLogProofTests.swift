import LedgerCrypto
import Testing
import TransparencyLog

@Suite struct `A tlog-proof` {
  private let tree = MemoryTree(leaves: 11)
  private let log: NoteSigner
  private let policy: LogPolicy

  init() throws {
    log = try signer("log.example", seed: 1)
    policy = try LogPolicy(logs: [LogPolicy.Log(key: log.verifierKey)])
  }

  private func proof(_ leaf: Int, extra: [UInt8]? = nil) throws -> TLogProof {
    let checkpoint = try Checkpoint(origin: log.verifierKey.name, head: tree.frontier.head)
    let inclusion = try TreeProof.inclusionProof(
      leaf: UInt64(leaf), size: tree.frontier.size, reading: tree.read)
    return try TLogProof(
      index: UInt64(leaf), inclusion: inclusion, checkpoint: checkpoint.signed(by: log),
      extra: extra)
  }

  @Test func `is printed as the draft says`() throws {
    let proof = try proof(10, extra: "hello".bytes)
    let lines = String(decoding: proof.bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "c2sp.org/tlog-proof@v1")
    #expect(lines[1] == "extra aGVsbG8=")
    #expect(lines[2] == "index 10")
    #expect(lines[3...4].map(String.init) == proof.inclusion.hashes.map(\.base64))
    #expect(lines[5] == "")
    #expect(lines[6] == "log.example")
    #expect(lines[7] == "11")
    #expect(lines.last == "")
  }

  @Test(arguments: 0..<11) func `verifies after printing and parsing`(leaf: Int) throws {
    for extra in [nil, [], [0, 255]] as [[UInt8]?] {
      let proof = try proof(leaf, extra: extra)
      let parsed = try TLogProof(parsing: proof.bytes)
      #expect(parsed == proof)
      let verified = try parsed.verify(entry: MemoryTree.entry(leaf).span, policy: policy)
      #expect(verified.head == tree.frontier.head)
    }
  }

  @Test func `does not verify for another entry, place, log or policy`() throws {
    let good = try proof(3)
    #expect(throws: TLogProofError.inclusion(.hashMismatch)) {
      try good.verify(entry: MemoryTree.entry(4).span, policy: policy)
    }
    func moved(to index: UInt64) throws -> TLogProof {
      try TLogProof(index: index, inclusion: good.inclusion, checkpoint: good.checkpoint)
    }
    #expect(throws: TLogProofError.inclusion(.hashMismatch)) {
      try moved(to: 2).verify(entry: MemoryTree.entry(3).span, policy: policy)
    }
    for index in [11, UInt64.max] {
      #expect(
        throws: TLogProofError.inclusion(.indexOutsideTree(index: index, size: TreeSize(11)))
      ) {
        try moved(to: index).verify(entry: MemoryTree.entry(3).span, policy: policy)
      }
    }
    let other = try LogPolicy(
      logs: [LogPolicy.Log(key: try signer("other.example", seed: 2).verifierKey)])
    #expect(throws: TLogProofError.checkpoint(.unknownLog(try name("log.example")))) {
      try good.verify(entry: MemoryTree.entry(3).span, policy: other)
    }
    let impostor = try LogPolicy(
      logs: [LogPolicy.Log(key: try signer("log.example", seed: 2).verifierKey)])
    #expect(throws: TLogProofError.checkpoint(.note(.noKnownKey))) {
      try good.verify(entry: MemoryTree.entry(3).span, policy: impostor)
    }
    let witness = try cosigner("witness.example", seed: 3).verifierKey
    let witnessed = try LogPolicy(
      parsing: "log \(log.verifierKey)\nwitness w \(witness)\nquorum w\n".bytes)
    #expect(throws: TLogProofError.witnessesUnchecked(try #require(PolicyWord("w")))) {
      try good.verify(entry: MemoryTree.entry(3).span, policy: witnessed)
    }
  }

  @Test func `is not spelled otherwise`() throws {
    let text = String(decoding: try proof(10, extra: "hello".bytes).bytes, as: UTF8.self)
    let hash = try #require(try proof(10).inclusion.hashes.first?.base64)
    let many = String(repeating: hash + "\n", count: 62)
    let cases: [(String, String, TLogProofError)] = [
      ("c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v2\n", .notAProof),
      ("c2sp.org/tlog-proof@v1\n", "", .notAProof),
      ("c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v1 \n", .notAProof),
      ("c2sp.org/tlog-proof@v1\n", "\nc2sp.org/tlog-proof@v1\n", .notAProof),
      ("c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v1\r\n", .notAProof),
      ("extra aGVsbG8=\n", "extra  aGVsbG8=\n", .invalidExtra),
      ("extra aGVsbG8=\n", "extra aGVsbG9=\n", .invalidExtra),
      ("extra aGVsbG8=\n", "extra aGVsbG8\n", .invalidExtra),
      ("extra aGVsbG8=\n", "extra\n", .invalidIndex),
      ("extra aGVsbG8=\n", "extra aGVsbG8=\nextra aGVsbG8=\n", .invalidIndex),
      ("index 10\n", "", .invalidIndex), ("index 10\n", "index 010\n", .invalidIndex),
      ("index 10\n", "index -1\n", .invalidIndex), ("index 10\n", "index  10\n", .invalidIndex),
      ("index 10\n", "index 18446744073709551616\n", .invalidIndex),
      ("index 10\n", "Index 10\n", .invalidIndex), ("index 10\n", "index\n", .invalidIndex),
      (hash, "\(hash) ", .invalidHash(number: 1)), (hash, "x", .invalidHash(number: 1)),
      (hash, String(hash.dropLast()), .invalidHash(number: 1)),
      (hash, "AAAA", .invalidHash(number: 1)), (hash + "\n", many + hash + "\n", .tooManyHashes),
      ("\n\nlog.example", "\nlog.example", .invalidHash(number: 3)),
      ("\n11\n", "\n11\n\u{1}", .checkpoint(.note(.controlCharacter(offset: 15)))),
    ]
    for (from, to, error) in cases {
      var changed = text.bytes
      changed.replaceSubrange(try #require(changed.firstRange(of: from.bytes)), with: to.bytes)
      #expect(throws: error, "\(to)") { try TLogProof(parsing: changed) }
    }
    #expect(throws: TLogProofError.noCheckpoint) {
      try TLogProof(parsing: "c2sp.org/tlog-proof@v1\nindex 0\n".bytes)
    }
    #expect(throws: TLogProofError.invalidIndex) {
      try TLogProof(parsing: "c2sp.org/tlog-proof@v1\n".bytes)
    }
    #expect(throws: TLogProofError.checkpoint(.note(.noBlankLine))) {
      try TLogProof(parsing: "c2sp.org/tlog-proof@v1\nindex 0\n\n".bytes)
    }
    let long = [UInt8](repeating: 0, count: TLogProof.maximumLength + 1)
    #expect(throws: TLogProofError.tooLong(long.count)) { try TLogProof(parsing: long) }
    #expect(throws: TLogProofError.tooManyHashes) {
      try TLogProof(
        index: 0, inclusion: InclusionProof(hashes: [Digest](repeating: .zero, count: 64)),
        checkpoint: try proof(1).checkpoint)
    }
  }

  @Test func `fails when any one bit of its hashes or checkpoint is flipped`() throws {
    let bytes = try proof(5).bytes
    var step = 1
    #if DEBUG
      step = 7
    #endif
    for bit in stride(from: 0, to: 8 * bytes.count, by: step) {
      var changed = bytes
      changed[bit / 8] ^= 0x80 >> UInt8(bit % 8)
      let passes =
        (try? TLogProof(parsing: changed).verify(
          entry: MemoryTree.entry(5).span, policy: policy)) != nil
      #expect(!passes, "bit \(bit)")
    }
  }

  @Test func `survives no mutation but of its extra, and no mutation traps`() throws {
    let seed: UInt64 = 0x7072_6f6f
    let originals = [try proof(5).bytes, try proof(10, extra: "hello".bytes).bytes]
    for bytes in Mutations(of: originals, seed: seed) {
      guard let proof = try? TLogProof(parsing: bytes) else { continue }
      if proof.bytes != bytes { Issue.record("seed \(seed): not canonical: \(bytes.hex)") }
      for leaf in [5, 10] {
        guard (try? proof.verify(entry: MemoryTree.entry(leaf).span, policy: policy)) != nil
        else { continue }
        if proof.index != UInt64(leaf) { Issue.record("seed \(seed): verified: \(bytes.hex)") }
      }
    }
  }
}
