internal import ArgumentParser
internal import LedgerCrypto
internal import Provenance
internal import TransparencyLog
internal import Workflows

/// What whoever verifies a bundle trusts: which log, which ledger, whose keys.
struct AnchorOptions: ParsableArguments {
  @Option(help: "A C2SP tlog-policy file with the log's key.") var policy: String?
  @Option(
    help: "The event id of sequence 0, to pin the ledger: all 64 digits, for fewer pin nothing.")
  var genesis: String?
  @Option(
    help: ArgumentHelp(
      "ACTOR=KEY to pin an actor's key; may be repeated.",
      discussion:
        "KEY is 32 bytes in base64, or a file with the public key, as `winnow key new` writes it."
    ))
  var trust: [String] = []

  /// Whether nothing is said.
  var isEmpty: Bool { policy == nil && genesis == nil && trust.isEmpty }

  func anchors() throws -> TrustAnchors {
    var anchors = TrustAnchors()
    if let policy {
      anchors.policy = try LogPolicy(parsing: try InputFile.read(policy, maximum: 1 << 20))
    }
    if let genesis {
      guard let id = EventID(hex: genesis) else {
        throw ValidationError(
          "--genesis takes all 64 hexadecimal digits of an event id, in lower case.")
      }
      anchors.genesis = id
    }
    for pin in trust { try Self.add(pin, to: &anchors) }
    return anchors
  }

  private static func key(_ text: String) throws -> VerifyingKey? {
    if let raw = Base64.decode(text[...]), let key = Digest(bytes: raw) {
      return VerifyingKey(bytes: key)
    }
    return InputFile.isThere(text) ? try PublicKeyFile.read(text) : nil
  }

  private static func add(_ pin: String, to anchors: inout TrustAnchors) throws {
    guard let split = pin.firstIndex(of: "="), let actor = ActorName(String(pin[..<split])),
      let key = try key(String(pin[pin.index(after: split)...]))
    else {
      throw ValidationError(
        "--trust takes ACTOR=KEY with a base64 public key, or the file of one.")
    }
    do {
      try anchors.pin(key, as: actor)
    } catch {
      throw ValidationError(
        "--trust pins one key twice, for \(error.first) and for \(error.second); a key belongs to one actor, so give it once."
      )
    }
  }
}
