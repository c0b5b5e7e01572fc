/// Which logs to trust, and which of their witnesses must have cosigned (tlog-policy draft).
///
/// Lines of `log <vkey> [url]`, `witness <name> <vkey> [url]`, `group <name> all|any|<k> <name>…` and
/// one of `quorum <name>|none`. At least one log is needed. The whole grammar is parsed, and only
/// `quorum none` can be used: this version checks no witnesses, and says so when asked to.
package struct LogPolicy: Hashable, Sendable {
  /// A log to trust: its key is named after its origin.
  package struct Log: Hashable, Sendable {
    /// The log's key, type 01.
    package let key: NoteVerifierKey

    /// Where the log is, if the policy says.
    package let url: PolicyWord?

    /// Names a log.
    package init(key: NoteVerifierKey, url: PolicyWord? = nil) {
      self.key = key
      self.url = url
    }
  }

  /// A witness, under the name that groups and the quorum use.
  package struct Witness: Hashable, Sendable {
    /// Its name within the policy.
    package let name: PolicyWord

    /// The witness's key, type 04.
    package let key: NoteVerifierKey

    /// Where the witness is, if the policy says.
    package let url: PolicyWord?
  }

  /// Some of whose members must have cosigned.
  package struct Group: Hashable, Sendable {
    /// Its name within the policy.
    package let name: PolicyWord

    /// How many members it takes: 1 to their number.
    package let threshold: Int

    /// Witnesses and groups that are defined before it; each is a member once in all.
    package let members: [PolicyWord]
  }

  /// The most bytes that a policy may have: 1 MiB.
  package static let maximumLength = 1 << 20

  /// At least one, in the order of their lines, each with another public key.
  package internal(set) var logs: [Log] = []

  /// In the order of their lines, each with another public key.
  package internal(set) var witnesses: [Witness] = []

  /// In the order of their lines.
  package internal(set) var groups: [Group] = []

  /// The witness or group that must have cosigned; `nil` for `none`.
  package internal(set) var quorum: PolicyWord?

  /// Trusts logs and asks for no witness.
  ///
  /// - Throws: ``LogPolicyError`` as for the lines of a policy, which the logs count as.
  package init(logs: [Log]) throws(LogPolicyError) {
    var builder = LogPolicyBuilder()
    for log in logs { try builder.add(log) }
    try builder.setQuorum(PolicyWord.none[...])
    self = try builder.finish()
  }

  /// Parses a policy.
  ///
  /// - Throws: ``LogPolicyError``, with the line that it is about.
  package init(parsing policy: [UInt8]) throws(LogPolicyError) {
    guard policy.count <= Self.maximumLength else { throw .tooLong(policy.count) }
    guard policy.last == 0x0a else { throw .withoutNewline }
    var builder = LogPolicyBuilder()
    for line in policy.dropLast().split(separator: 0x0a, omittingEmptySubsequences: false) {
      try builder.add(line: line)
    }
    self = try builder.finish()
  }

  init(unchecked: Void) {}

  /// The policy as text: no comments, one space between words, logs, witnesses, groups, quorum.
  package var bytes: [UInt8] {
    var output: [UInt8] = []
    func line(_ words: [[UInt8]]) {
      output += Array(words.joined(separator: [0x20])) + [0x0a]
    }
    for log in logs {
      line(
        [Array("log".utf8), Array(log.key.description.utf8)] + (log.url.map { [$0.bytes] } ?? []))
    }
    for witness in witnesses {
      line(
        [Array("witness".utf8), witness.name.bytes, Array(witness.key.description.utf8)]
          + (witness.url.map { [$0.bytes] } ?? []))
    }
    for group in groups {
      let threshold =
        group.threshold == group.members.count
        ? "all" : group.threshold == 1 ? "any" : String(group.threshold)
      line(
        [Array("group".utf8), group.name.bytes, Array(threshold.utf8)]
          + group.members.map(\.bytes))
    }
    line([Array("quorum".utf8), quorum?.bytes ?? PolicyWord.none])
    return output
  }

  /// Verifies a signed checkpoint of one of the logs.
  ///
  /// The log is found by the origin, which is the name of its key; all keys of that name count.
  ///
  /// - Throws: ``PolicyRefusal``.
  package func verify(_ checkpoint: SignedNote) throws(PolicyRefusal) -> VerifiedCheckpoint {
    if let quorum { throw .witnessesUnchecked(quorum) }
    do {
      return try VerifiedCheckpoint(verifying: checkpoint, with: logs.map(\.key))
    } catch {
      throw .checkpoint(error)
    }
  }

  /// Verifies the bytes of a signed checkpoint of one of the logs.
  ///
  /// - Throws: ``PolicyRefusal``.
  package func verify(checkpointNote: [UInt8]) throws(PolicyRefusal) -> VerifiedCheckpoint {
    let note: SignedNote
    do {
      note = try SignedNote(parsing: checkpointNote)
    } catch {
      throw .checkpoint(.note(error))
    }
    return try verify(note)
  }
}

/// Why a policy does not accept a checkpoint.
package enum PolicyRefusal: Error, Hashable, Sendable {
  /// The policy asks for this quorum of witnesses, which this version does not check.
  case witnessesUnchecked(PolicyWord)
  /// The checkpoint is malformed, of an unknown log, or not signed by it.
  case checkpoint(CheckpointError)
}

extension PolicyRefusal: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .witnessesUnchecked(let quorum):
      "This version checks no witnesses; the policy's `quorum \(quorum)` cannot be met, so use a "
        + "policy with `quorum none` or a version that checks them."
    case .checkpoint(let error): error.description
    }
  }
}
