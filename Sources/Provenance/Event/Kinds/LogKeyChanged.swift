package import CanonicalJSON
package import LedgerCrypto

/// Another key signs the log's checkpoints, from the size that includes this event on.
///
/// The administrators sign, and the new log key with them: that is its proof of possession, over a
/// statement that names this ledger. The old key need not sign, for it may be lost. Beside sequence 0
/// and checkpoints a log key signs nothing else, ever.
package struct LogKeyChanged: EventBody {
  package static let kind = Kind.logKeyChanged
  /// The log's new verifier key (C2SP signed-note vkey); its name is the origin, which is a rule.
  package let logKey: String
  package let after: EventID

  package init(logKey: String, after: EventID) {
    self.logKey = logKey
    self.after = after
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    logKey = try reader.string("logKey")
    guard logKey.utf8.count <= 256, LogKey.publicKey(ofVkey: logKey) != nil else {
      throw .outOfRange(reader.path(of: "logKey"))
    }
    after = try reader.eventID("after")
  }

  package func write(to object: inout JSONObject) {
    object["logKey"] = .string(logKey)
    object.set("after", after)
  }

  /// The new public key; there, for what was read or made from a vkey.
  package var publicKey: VerifyingKey? { LogKey.publicKey(ofVkey: logKey) }

  package var subjects: [Subject] {
    [Subject("log key", sha256: publicKey?.id ?? Digest(sha256: logKey))]
  }
  package var references: [EventID] { [after] }
}
