internal import LedgerCrypto
/// Why text is not a policy; lines are counted from 1.
package enum LogPolicyError: Error, Hashable, Sendable {
  /// The policy has more bytes than ``LogPolicy/maximumLength``.
  case tooLong(Int)
  /// The last line does not end with a newline, so that the policy may be cut.
  case withoutNewline
  /// The line holds a byte other than 09, 20–7E and 80–FF.
  case controlCharacter(line: Int)
  /// The line begins with none of `log`, `witness`, `group`, `quorum` and `#`.
  case unknownKeyword(line: Int)
  /// The line has too few or too many words.
  case wrongWordCount(line: Int)
  /// The line's key is not a usable vkey.
  case invalidKey(VerifierKeyError, line: Int)
  /// The key is of type 01 where a witness has 04, or the other way round.
  case keyOfOtherType(line: Int)
  /// Another log, or another witness, has the same public key.
  case duplicateKey(line: Int)
  /// The name is defined already, or is `none`.
  case nameTaken(PolicyWord, line: Int)
  /// The name is not that of a witness or group on a line before.
  case undefinedName(PolicyWord, line: Int)
  /// The name is a member of a group already.
  case memberTwice(PolicyWord, line: Int)
  /// The threshold is not `all`, `any` or a canonical decimal from 1 to the number of members.
  case invalidThreshold(line: Int)
  /// There is a second quorum.
  case secondQuorum(line: Int)
  /// There is no quorum.
  case noQuorum
  /// There is no log.
  case noLog
}

extension LogPolicyError: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .tooLong(let count):
      "The policy has \(count.of("byte")), more than \(LogPolicy.maximumLength.grouped); make it shorter."
    case .withoutNewline: "The policy's last line has no newline and may be cut; give it whole."
    case .controlCharacter(let line):
      "Line \(line) of the policy holds a control character; remove it (lines end with LF only)."
    case .unknownKeyword(let line):
      "Line \(line) of the policy begins with none of log, witness, group and quorum; correct it."
    case .wrongWordCount(let line):
      "Line \(line) of the policy has too few or too many words; correct it."
    case .invalidKey(let error, let line): "Line \(line) of the policy: \(error)"
    case .keyOfOtherType(let line):
      "The key on line \(line) of the policy is of the other kind; a log's has type 01, a "
        + "witness's type 04."
    case .duplicateKey(let line):
      "The key on line \(line) of the policy stands on a line before; remove one of the two."
    case .nameTaken(let name, let line):
      "The name \(name) on line \(line) of the policy is taken; choose another."
    case .undefinedName(let name, let line):
      "The name \(name) on line \(line) of the policy is not defined before it; define it first."
    case .memberTwice(let name, let line):
      "The name \(name) on line \(line) of the policy is a member already; list it once in all."
    case .invalidThreshold(let line):
      "The group on line \(line) of the policy needs all, any or a number up to its members'; give one of them."
    case .secondQuorum(let line):
      "Line \(line) of the policy gives a second quorum; keep one."
    case .noQuorum: "The policy has no quorum; add the line `quorum none`."
    case .noLog: "The policy has no log; add a line of `log` and the log's vkey."
    }
  }
}
