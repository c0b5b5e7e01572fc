import LedgerCrypto
import Testing
import TransparencyLog

private func logKey(_ seed: UInt8, _ name: String = "log.example") throws -> NoteVerifierKey {
  try signer(name, seed: seed).verifierKey
}

private func witnessKey(_ seed: UInt8) throws -> NoteVerifierKey {
  try cosigner("witness\(seed).example", seed: seed).verifierKey
}

private func word(_ text: String) throws -> PolicyWord {
  try #require(PolicyWord(text))
}

/// The example of the specification, with keys: two levels of groups.
private func example() throws -> String {
  var text = "# A policy\n\n  \t\nlog \(try logKey(1)) https://log.example/\n"
  for seed in UInt8(1)...3 { text += "\twitness X\(seed)  \(try witnessKey(seed)) \n" }
  text += "group X-witnesses 2 X1 X2 X3\n"
  for seed in UInt8(4)...6 {
    text += "witness Y\(seed) \(try witnessKey(seed)) https://y/\(seed)\n"
  }
  return text + """
    group Y-witnesses any Y4 Y5 Y6
    group X-and-Y all X-witnesses Y-witnesses
    quorum X-and-Y
      # the end

    """
}

@Suite struct `A log policy` {
  private func parse(_ text: String) throws -> LogPolicy {
    try LogPolicy(parsing: text.bytes)
  }

  @Test func `of the specification is read and printed`() throws {
    let policy = try parse(try example())
    #expect(
      policy.logs == [LogPolicy.Log(key: try logKey(1), url: try word("https://log.example/"))])
    #expect(policy.witnesses.count == 6)
    #expect(policy.witnesses.last?.url == (try word("https://y/6")))
    #expect(policy.groups.map(\.threshold) == [2, 1, 2])
    #expect(policy.quorum == (try word("X-and-Y")))
    #expect(try LogPolicy(parsing: policy.bytes) == policy)
    let printed = String(decoding: policy.bytes, as: UTF8.self)
    #expect(
      printed.hasSuffix(
        "group X-witnesses 2 X1 X2 X3\ngroup Y-witnesses any Y4 Y5 Y6\n"
          + "group X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n"))
  }

  @Test func `made for a log asks for no witness`() throws {
    let policy = try LogPolicy(logs: [LogPolicy.Log(key: try logKey(1))])
    #expect(policy.bytes == "log \(try logKey(1))\nquorum none\n".bytes)
    #expect(try LogPolicy(parsing: policy.bytes) == policy)
    #expect(throws: LogPolicyError.noLog) { try LogPolicy(logs: []) }
    #expect(throws: LogPolicyError.duplicateKey(line: 2)) {
      try LogPolicy(logs: [
        LogPolicy.Log(key: try logKey(1)), LogPolicy.Log(key: try logKey(1, "other")),
      ])
    }
    #expect(throws: LogPolicyError.controlCharacter(line: 1)) {
      try LogPolicy(logs: [LogPolicy.Log(key: try logKey(1, "a\u{7f}b"))])
    }
    #expect(throws: LogPolicyError.keyOfOtherType(line: 1)) {
      try LogPolicy(logs: [LogPolicy.Log(key: try witnessKey(1))])
    }
  }

  @Test func `holds dozens of logs, witnesses and groups`() throws {
    var text = ""
    for seed in UInt8(0)..<64 {
      text += "log \(try logKey(seed, "log\(seed).example"))\n"
      text += "witness w\(seed) \(try witnessKey(seed))\ngroup g\(seed) any w\(seed)\n"
    }
    text += "group all all" + (0..<64).map { " g\($0)" }.joined() + "\nquorum none\n"
    let policy = try parse(text)
    #expect(policy.logs.count == 64 && policy.witnesses.count == 64 && policy.groups.count == 65)
    #expect(policy.groups.last?.threshold == 64)
    #expect(try LogPolicy(parsing: policy.bytes) == policy)
  }

  @Test func `compares names by their octets`() throws {
    let log = "log \(try logKey(1))\n"
    let policy = try parse(
      log + "witness K \(try witnessKey(1))\nwitness \u{212a} \(try witnessKey(2))\n"
        + "witness caf\u{e9} \(try witnessKey(3))\nwitness cafe\u{301} \(try witnessKey(4))\n"
        + "quorum none\n")
    #expect(policy.witnesses.count == 4)
    let octets = try LogPolicy(
      parsing: log.bytes + "witness ".bytes + [0xff, 0x80] + " \(try witnessKey(1)) ".bytes
        + [0xfe] + "\nquorum ".bytes + [0xff, 0x80, 0x0a])
    #expect(octets.quorum?.bytes == [0xff, 0x80])
    #expect(try LogPolicy(parsing: octets.bytes) == octets)
  }

  @Test func `that breaks a rule is refused with its line`() throws {
    let log = "log \(try logKey(1))\n"
    let w1 = "witness w1 \(try witnessKey(1))\n"
    let w2 = "witness w2 \(try witnessKey(2))\n"
    let none = "quorum none\n"
    let w1Name = try word("w1")
    let missing = try word("x")
    let cases: [(String, LogPolicyError)] = [
      ("", .withoutNewline), ("\n", .noQuorum), (log, .noQuorum), (none, .noLog),
      (log + "quorum none", .withoutNewline), (log + none + none, .secondQuorum(line: 3)),
      (log + "quorum\n", .wrongWordCount(line: 2)),
      (log + "quorum none none\n", .wrongWordCount(line: 2)),
      (log + "quorum x\n", .undefinedName(missing, line: 2)),
      (log + "quorum w1\n" + w1, .undefinedName(w1Name, line: 2)),
      (log + "Quorum none\n", .unknownKeyword(line: 2)), ("x\n", .unknownKeyword(line: 1)),
      (log + "quorum NONE\n", .undefinedName(try word("NONE"), line: 2)),
      (log + "quorum none # why\n", .wrongWordCount(line: 2)),
      (log + "quorum none\r\n", .controlCharacter(line: 2)),
      (log + "# \u{0}\n" + none, .controlCharacter(line: 2)),
      (log + "# \u{7f}\n" + none, .controlCharacter(line: 2)),
      ("log\n", .wrongWordCount(line: 1)),
      ("log \(try logKey(1)) a b\n", .wrongWordCount(line: 1)),
      ("log x\n", .invalidKey(.malformed, line: 1)),
      ("log \(try witnessKey(1))\n", .keyOfOtherType(line: 1)),
      (log + log + none, .duplicateKey(line: 2)),
      (log + "log \(try logKey(1, "b.example"))\n" + none, .duplicateKey(line: 2)),
      ("log\u{a0}\(try logKey(1))\n", .unknownKeyword(line: 1)),
      ("witness w1\n", .wrongWordCount(line: 1)),
      ("witness w1 \(try logKey(1))\n", .keyOfOtherType(line: 1)),
      ("witness none \(try witnessKey(1))\n", .nameTaken(try word("none"), line: 1)),
      (w1 + w1, .nameTaken(w1Name, line: 2)),
      (w1 + "witness w2 \(try witnessKey(1))\n", .duplicateKey(line: 2)),
      (w1 + "group w1 any w1\n", .nameTaken(w1Name, line: 2)),
      (w1 + "group g any\n", .wrongWordCount(line: 2)), ("group g\n", .wrongWordCount(line: 1)),
      (w1 + "group none any w1\n", .nameTaken(try word("none"), line: 2)),
      (w1 + "group g any none\n", .undefinedName(try word("none"), line: 2)),
      (w1 + "group g any g\n", .undefinedName(try word("g"), line: 2)),
      (w1 + "group g any w2\n" + w2, .undefinedName(try word("w2"), line: 2)),
      (w1 + "group g any w1 w1\n", .memberTwice(w1Name, line: 2)),
      (w1 + w2 + "group g any w1\ngroup h all w2 w1\n", .memberTwice(w1Name, line: 4)),
    ]
    for (text, error) in cases {
      #expect(throws: error, "\(text)") { try parse(text) }
    }
    for threshold in [
      "0", "3", "01", "-1", "+1", "1.0", "ALL", "18446744073709551615", "99999999999999999999",
    ] {
      #expect(throws: LogPolicyError.invalidThreshold(line: 3)) {
        try parse(w1 + w2 + "group g \(threshold) w1 w2\n")
      }
    }
    let long = [UInt8](repeating: 0x0a, count: LogPolicy.maximumLength + 1)
    #expect(throws: LogPolicyError.tooLong(long.count)) { try LogPolicy(parsing: long) }
  }

  @Test func `with a quorum is refused when used, in words`() throws {
    let log = try signer("log.example", seed: 1)
    let checkpoint = try Checkpoint(origin: log.verifierKey.name, head: .empty).signed(by: log)
    let policy = try parse(try example())
    let refusal = PolicyRefusal.witnessesUnchecked(try word("X-and-Y"))
    #expect(throws: refusal) { try policy.verify(checkpoint) }
    #expect(refusal.description.hasPrefix("This version checks no witnesses; "))
  }

  @Test func `finds the log of a checkpoint`() throws {
    let first = try signer("a.example", seed: 1)
    let second = try signer("b.example", seed: 2)
    let stranger = try signer("c.example", seed: 3)
    let policy = try LogPolicy(
      logs: [first, second].map { LogPolicy.Log(key: $0.verifierKey) })
    let head = MemoryTree(leaves: 3).frontier.head
    for log in [first, second] {
      let note = try Checkpoint(origin: log.verifierKey.name, head: head).signed(by: log)
      let verified = try policy.verify(checkpointNote: note.bytes)
      #expect(verified.origin == log.verifierKey.name && verified.head == head)
      #expect(verified.note.signatures.map(\.key) == [log.verifierKey])
    }
    let unknown = try Checkpoint(origin: stranger.verifierKey.name, head: head)
      .signed(by: stranger)
    #expect(throws: PolicyRefusal.checkpoint(.unknownLog(stranger.verifierKey.name))) {
      try policy.verify(unknown)
    }
    let text = try Checkpoint(origin: first.verifierKey.name, head: head).text
    #expect(throws: PolicyRefusal.checkpoint(.note(.noKnownKey))) {
      try policy.verify(try SignedNote(signing: text, by: [second]))
    }
    let extended = try SignedNote(signing: text + "more\n".bytes, by: [first])
    #expect(throws: PolicyRefusal.checkpoint(.extensionLines)) { try policy.verify(extended) }
    #expect(throws: PolicyRefusal.checkpoint(.note(.noBlankLine))) {
      try policy.verify(checkpointNote: text)
    }
  }

  @Test func `prints the same policy again, whatever the mutation`() throws {
    let seed: UInt64 = 0x706f_6c69
    let originals = [
      try example().bytes, "log \(try logKey(1))\nquorum none\n".bytes,
    ]
    for bytes in Mutations(of: originals, seed: seed) {
      guard let policy = try? LogPolicy(parsing: bytes) else { continue }
      if try LogPolicy(parsing: policy.bytes) != policy {
        Issue.record("seed \(seed): \(bytes.hex)")
      }
    }
  }
}
