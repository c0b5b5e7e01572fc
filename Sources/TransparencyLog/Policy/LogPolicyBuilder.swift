internal import LedgerCrypto

/// Takes a policy line by line and holds it to the rules of tlog-policy.
struct LogPolicyBuilder {
  private var policy = LogPolicy(unchecked: ())
  private var line = 0
  private var hasQuorum = false

  /// Every witness and group so far, and whether it is a member of a group.
  private var isMember: [PolicyWord: Bool] = [:]
  private var logKeys: Set<Digest> = []
  private var witnessKeys: Set<Digest> = []

  /// Takes the next line, without its newline.
  mutating func add(line text: ArraySlice<UInt8>) throws(LogPolicyError) {
    line += 1
    guard text.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7f) }) else {
      throw .controlCharacter(line: line)
    }
    var words = text.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 })[...]
    guard let keyword = words.popFirst(), keyword.first != UInt8(ascii: "#") else { return }
    switch String(decoding: keyword, as: UTF8.self) {
    case "log":
      guard (1...2).contains(words.count) else { throw .wrongWordCount(line: line) }
      let key = try parseKey(words.removeFirst())
      try addLog(LogPolicy.Log(key: key, url: words.first.flatMap { PolicyWord(bytes: $0) }))
    case "witness":
      guard (2...3).contains(words.count) else { throw .wrongWordCount(line: line) }
      let name = try define(words.removeFirst())
      let key = try parseKey(words.removeFirst())
      try addWitness(
        LogPolicy.Witness(name: name, key: key, url: words.first.flatMap { PolicyWord(bytes: $0) }))
    case "group":
      guard words.count >= 3 else { throw .wrongWordCount(line: line) }
      try addGroup(words)
    case "quorum":
      guard words.count == 1 else { throw .wrongWordCount(line: line) }
      try setQuorum(words.removeFirst())
    default: throw .unknownKeyword(line: line)
    }
  }

  /// Takes a log as the next line.
  mutating func add(_ log: LogPolicy.Log) throws(LogPolicyError) {
    line += 1
    // A key's name may hold 7F, which a policy may not.
    guard PolicyWord(bytes: log.key.name.bytes) != nil else { throw .controlCharacter(line: line) }
    try addLog(log)
  }

  /// Takes the word after `quorum`.
  mutating func setQuorum(_ word: ArraySlice<UInt8>) throws(LogPolicyError) {
    guard !hasQuorum else { throw .secondQuorum(line: line) }
    hasQuorum = true
    if word.elementsEqual(PolicyWord.none) { return }
    let name = try parseWord(word)
    guard isMember[name] != nil else { throw .undefinedName(name, line: line) }
    policy.quorum = name
  }

  /// The whole policy, once there are no more lines.
  func finish() throws(LogPolicyError) -> LogPolicy {
    guard hasQuorum else { throw .noQuorum }
    guard !policy.logs.isEmpty else { throw .noLog }
    return policy
  }

  private mutating func addLog(_ log: LogPolicy.Log) throws(LogPolicyError) {
    guard log.key.algorithm == .ed25519 else { throw .keyOfOtherType(line: line) }
    guard logKeys.insert(log.key.key.bytes).inserted else { throw .duplicateKey(line: line) }
    policy.logs.append(log)
  }

  private mutating func addWitness(_ witness: LogPolicy.Witness) throws(LogPolicyError) {
    guard witness.key.algorithm == .ed25519Cosignature else { throw .keyOfOtherType(line: line) }
    guard witnessKeys.insert(witness.key.key.bytes).inserted else {
      throw .duplicateKey(line: line)
    }
    policy.witnesses.append(witness)
  }

  private mutating func addGroup(_ words: ArraySlice<ArraySlice<UInt8>>) throws(LogPolicyError) {
    var words = words
    let nameWord = words.removeFirst()
    let thresholdWord = words.removeFirst()
    var members: [PolicyWord] = []
    for word in words {
      let member = try parseWord(word)
      guard let used = isMember[member] else { throw .undefinedName(member, line: line) }
      guard !used else { throw .memberTwice(member, line: line) }
      isMember[member] = true
      members.append(member)
    }
    let threshold: Int
    switch String(decoding: thresholdWord, as: UTF8.self) {
    case "all": threshold = members.count
    case "any": threshold = 1
    default:
      guard let value = Decimal.parse(thresholdWord), let count = Int(exactly: value),
        (1...members.count).contains(count)
      else { throw .invalidThreshold(line: line) }
      threshold = count
    }
    // Defined last, so that a group cannot name itself.
    let name = try define(nameWord)
    policy.groups.append(LogPolicy.Group(name: name, threshold: threshold, members: members))
  }

  /// Takes a name that must be new.
  private mutating func define(_ word: ArraySlice<UInt8>) throws(LogPolicyError) -> PolicyWord {
    let name = try parseWord(word)
    guard name.bytes != PolicyWord.none, isMember[name] == nil else {
      throw .nameTaken(name, line: line)
    }
    isMember[name] = false
    return name
  }

  private func parseWord(_ word: ArraySlice<UInt8>) throws(LogPolicyError) -> PolicyWord {
    guard let word = PolicyWord(bytes: word) else { throw .controlCharacter(line: line) }
    return word
  }

  private func parseKey(_ vkey: ArraySlice<UInt8>) throws(LogPolicyError) -> NoteVerifierKey {
    do {
      return try NoteVerifierKey(parsing: vkey)
    } catch {
      throw .invalidKey(error, line: line)
    }
  }
}
