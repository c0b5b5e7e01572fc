import CanonicalJSON
import LedgerCrypto
import Provenance
import TestSupport
import Testing

@Suite struct `An envelope as another program writes it` {
  let keys = ["alice", "bob"].map { TestLedger.TestKeys[$0] }
  let whole: PartlySigned

  init() throws {
    var ledger = try TestLedger()
    var draft = try PartlySigned(ledger.statement(.dataset(), keys: keys))
    try draft.sign(with: keys)
    whole = draft
  }

  func read(_ json: String, known: [SigningKey]? = nil) throws -> PartlySigned {
    let json = try JSON(parsing: Array(json.utf8))
    #expect(EnvelopeSpelling.isEnvelope(json))
    return try EnvelopeSpelling.draft(json) { id in
      (known ?? keys).map(\.verifyingKey).first { $0.id == id }
    }
  }

  func url(_ bytes: [UInt8], padded: Bool = true) -> String {
    let text = String(
      Base64.encode(bytes).map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
    return padded ? text : String(text.prefix { $0 != "=" })
  }

  func bare(_ bytes: [UInt8]) -> String { String(Base64.encode(bytes).prefix { $0 != "=" }) }

  /// An envelope of the signatures at `places`, spelled by the closures, spaced and unordered.
  func spelled(
    _ places: [Int] = [1, 0], keyID: (Digest) -> String = { #""keyid": "\#($0.hex)", "# },
    base64: ([UInt8]) -> String = Base64.encode, payload: [UInt8]? = nil
  ) -> String {
    let signatures = places.map { place in
      let signature = whole.signatures[place]
      return #"{ \#(keyID(signature.keyID))"sig" : "\#(base64(signature.bytes))" }"#
    }
    return """
      {
        "signatures": [\(signatures.joined(separator: ",\n  "))],
        "payloadType" : "\(Statement.payloadType)",
        "payload": "\(base64(payload ?? whole.payload))"
      }
      """
  }

  @Test func `is the canonical one, whatever its spaces, order, padding and alphabet`() throws {
    for base64 in [Base64.encode, bare, { url($0) }, { url($0, padded: false) }] {
      for places in [[0, 1], [1, 0]] {
        let read = try read(spelled(places, base64: base64))
        #expect(read.bytes == whole.bytes)
        #expect(read.missing == [])
      }
      #expect(try read(spelled([1], base64: base64)).missing == [whole.signatures[0].keyID])
    }
    #expect(try read(spelled([])).bytes == whole.payload)
  }

  @Test func `without keyids is of the signers whose keys made the signatures`() throws {
    for keyID in [{ _ in "" }, { _ in #""keyid": "", "# }] as [(Digest) -> String] {
      #expect(try read(spelled(keyID: keyID)).bytes == whole.bytes)
      #expect(try read(spelled([1], keyID: keyID), known: keys).missing.count == 1)
      #expect(throws: EventError.signerUnnamed(whole.statement.header.signers)) {
        try read(spelled(keyID: keyID), known: [])
      }
    }
    // A key that the statement itself brings is known by it.
    var ledger = try TestLedger()
    let carol = TestLedger.TestKeys["carol"]
    let statement = ledger.statement(.keyAdded("carol", after: ledger.genesis), keys: [carol])
    var draft = try PartlySigned(statement)
    try draft.sign(with: [carol])
    let text =
      #"{"payload":"\#(Base64.encode(draft.payload))","payloadType":"\#(Statement.payloadType)","signatures":[{"sig":"\#(Base64.encode(draft.signatures[0].bytes))"}]}"#
    #expect(try read(text, known: []).bytes == draft.bytes)
  }

  @Test func `is refused with signatures of others, twice, of another payload or length`() throws {
    let unnamed: (Digest) -> String = { _ in "" }
    #expect(throws: EventError.signersDiffer) { try read(spelled([0, 0])) }
    #expect(throws: EventError.signersDiffer) { try read(spelled([0, 0], keyID: unnamed)) }
    #expect(throws: EventError.signersDiffer) {
      try read(spelled(keyID: { _ in #""keyid": 7, "# }))
    }
    let stranger = TestLedger.TestKeys["carol"].verifyingKey.id
    #expect(throws: EventError.signersDiffer) {
      try read(spelled([0], keyID: { _ in #""keyid": "\#(stranger.hex)", "# }))
    }
    var ledger = try TestLedger()
    let other = ledger.statement(.dataset("coyo"), keys: keys).payload
    #expect(throws: EventError.self) { try read(spelled(keyID: unnamed, payload: other)) }
    for base64 in [
      { Base64.encode($0) + "=" }, { Base64.encode($0 + [0]) }, { "\(Base64.encode($0))\\n" },
      { " \(Base64.encode($0))" }, { _ in "" }, { "\(bare($0))!" }, { bare($0) + "=" },
    ] as [([UInt8]) -> String] {
      #expect(throws: EventError.self) { try read(spelled(base64: base64)) }
    }
  }

  @Test func `is refused with members of another kind, or a payload that is not canonical`() throws
  {
    let text = spelled()
    for (old, new) in [
      ("\"payload\":", "\"comment\": 1, \"payload\":"), ("\"sig\"", "\"cert\": \"\", \"sig\""),
      (Statement.payloadType, "text/plain"), ("\"payload\":", "\"body\":"),
      ("\"signatures\": [", "\"signatures\": [7, "), ("\"signatures\":", "\"signature\":"),
    ] {
      let changed = text.replacing(old, with: new)
      #expect(changed != text)
      #expect(throws: EventError.self) { try read(changed) }
    }
    #expect(throws: EventError.self) { try read(spelled(payload: [0x20] + whole.payload)) }
    #expect(throws: EventError.self) {
      try EnvelopeSpelling.draft("payload") { _ in nil }
    }
    // An entry's envelope has one spelling, in the log as before.
    #expect(throws: EventError.self) { try PartlySigned(bytes: Array(text.utf8)) }
  }
}
