import LedgerCrypto
import Provenance
import TestSupport
import Testing

@Suite struct `A statement on its way to its signers` {
  private let alice = TestLedger.TestKeys["alice"]
  private let bob = TestLedger.TestKeys["bob"]

  /// For alice and bob to sign.
  private func draft() throws -> PartlySigned {
    var ledger = try TestLedger()
    return try PartlySigned(ledger.statement(.dataset(), keys: [alice, bob]))
  }

  @Test func `is its payload, then an envelope, and becomes the event that one process signs`()
    throws
  {
    var draft = try draft()
    let whole = try SignedEvent(signing: draft.statement, with: [alice, bob])
    #expect(draft.bytes == draft.statement.payload)
    #expect(draft.id == whole.id)
    #expect(try PartlySigned(bytes: draft.bytes).missing == draft.statement.header.signers)
    for key in [bob, alice] {
      try draft.add(try key.sign(draft.message.span), by: key.verifyingKey)
      draft = try PartlySigned(bytes: draft.bytes)
      #expect(draft.isSigned(by: key.verifyingKey))
    }
    #expect(draft.missing == [])
    #expect(draft.bytes == whole.canonicalEnvelope)
    let event = try SignedEvent(draft)
    #expect(event.signatures == whole.signatures && event.id == whole.id)
    #expect(event.repetitionKey == whole.repetitionKey)
  }

  @Test func `takes no signature of a stranger, of another statement or of another length`() throws
  {
    var draft = try draft()
    let carol = TestLedger.TestKeys["carol"]
    let message = draft.message
    #expect(throws: SigningFailure.notASigner(carol.verifyingKey.id)) {
      try draft.add(try carol.sign(message.span), by: carol.verifyingKey)
    }
    #expect(throws: SigningFailure.notASigner(carol.verifyingKey.id)) {
      try draft.sign(with: [carol])
    }
    let others = [
      try bob.sign(message.span), try alice.sign((message + [0]).span),
      Array(try alice.sign(message.span).dropLast()), [UInt8](repeating: 0, count: 64), [],
    ]
    for bytes in others {
      #expect(throws: SigningFailure.invalid(alice.verifyingKey.id)) {
        try draft.add(bytes, by: alice.verifyingKey)
      }
    }
    #expect(draft.signatures == [])
    #expect(throws: SigningFailure.signersDiffer) { try SignedEvent(draft) }
    try draft.sign(with: [alice])
    #expect(throws: SigningFailure.signersDiffer) { try SignedEvent(draft) }
  }

  @Test func `keeps one signature a signer, whoever merges`() throws {
    var first = try draft()
    var second = first
    try first.sign(with: [alice])
    try second.sign(with: [bob, bob])
    var third = second
    third.merge(first)
    third.merge(second)
    #expect(third.missing == [] && third.signatures.count == 2)
    second.merge(try draft())
    #expect(second.signatures.count == 1)
    var ledger = try TestLedger()
    _ = ledger.statement(.dataset(), keys: [alice])
    var other = try PartlySigned(ledger.statement(.dataset(), keys: [alice, bob]))
    try other.sign(with: [alice])
    second.merge(other)
    #expect(second.signatures.count == 1)
  }

  @Test func `is read strictly`() throws {
    var draft = try draft()
    let payload = draft.bytes
    try draft.sign(with: [alice])
    let envelope = draft.bytes
    #expect(throws: EventError.self) { try PartlySigned(bytes: []) }
    #expect(throws: EventError.self) { try PartlySigned(bytes: Array("{}".utf8)) }
    #expect(throws: EventError.self) { try PartlySigned(bytes: payload + [0x0a]) }
    #expect(throws: EventError.self) { try PartlySigned(bytes: [0x20] + envelope) }
    for bytes in [payload, envelope] {
      for place in stride(from: 0, to: bytes.count, by: 7) {
        var changed = bytes
        changed[place] ^= 0x01
        // What is read after all is another statement, or has another signature.
        if let read = try? PartlySigned(bytes: changed) {
          #expect(read.id != draft.id || read.signatures != draft.signatures)
          #expect(!read.isSigned(by: alice.verifyingKey))
        }
        #expect(throws: EventError.self) { try PartlySigned(bytes: Array(bytes[..<place])) }
      }
    }
  }

  @Test func `is refused with signatures of others, twice or out of order`() throws {
    var one = try draft()
    var two = one
    try one.sign(with: [alice])
    try two.sign(with: [bob])
    func envelope(_ parts: [EnvelopeSignature]) -> [UInt8] {
      let list = parts.map {
        #"{"keyid":"\#($0.keyID.hex)","sig":"\#(Base64.encode($0.bytes))"}"#
      }.joined(separator: ",")
      return Array(
        #"{"payload":"\#(Base64.encode(one.payload))","payloadType":"\#(Statement.payloadType)","signatures":[\#(list)]}"#
          .utf8)
    }
    let sorted = (one.signatures + two.signatures).sorted { $0.keyID < $1.keyID }
    #expect(try PartlySigned(bytes: envelope(sorted)).missing == [])
    #expect(try PartlySigned(bytes: envelope([])).missing.count == 2)
    let stranger = EnvelopeSignature(
      keyID: TestLedger.TestKeys["carol"].verifyingKey.id, bytes: sorted[0].bytes)
    for parts in [
      Array(sorted.reversed()), [sorted[0], sorted[0]], [stranger], sorted + [sorted[1]],
    ] {
      #expect(throws: EventError.signersDiffer) { try PartlySigned(bytes: envelope(parts)) }
    }
  }

  @Test func `is tried under every rule, and never passes for signed`() throws {
    var ledger = try TestLedger()
    let draft = try PartlySigned(ledger.statement(.dataset(), keys: [alice]))
    let event = try Entry(trying: draft, at: Timestamp(milliseconds: 0)).event
    #expect(event.id == draft.id)
    #expect(
      event.canonicalEnvelope.count
        == (try SignedEvent(signing: draft.statement, with: [alice])).canonicalEnvelope.count)
    #expect(throws: Refusal.invalidSignature(alice.verifyingKey.id)) {
      try ledger.state.checkSignatures(of: event)
    }
  }
}

@Suite struct `A public key file` {
  private let key = TestLedger.TestKeys["alice"].verifyingKey

  @Test func `is PEM or DER, as others write it`() {
    let pem = Array(key.pem.utf8)
    #expect(VerifyingKey(publicKeyFile: pem) == key)
    let text = key.pem.split(separator: "\n")[1]
    #expect(VerifyingKey(publicKeyFile: Base64.decode(text)!) == key)
    let lines = String(decoding: pem, as: UTF8.self).replacing("\n", with: "\r\n")
    #expect(VerifyingKey(publicKeyFile: Array(lines.utf8)) == key)
  }

  @Test func `of anything else is none`() {
    let pem = key.pem
    let der = Base64.decode(pem.split(separator: "\n")[1])!
    let files: [[UInt8]] = [
      [], [0x30], Array("x".utf8), key.bytes.bytes, der + [0], Array(der.dropLast()),
      [0x30, 0x2b] + der.dropFirst(2), Array(pem.replacing("PUBLIC", with: "PRIVATE").utf8),
      Array(pem.utf8.prefix(60)), [UInt8](repeating: 0x30, count: 5000),
      Array(pem.replacing("BEGIN", with: "begin").utf8),
      // X25519 has the next identifier.
      Array(der[..<8]) + [0x6e] + Array(der[9...]),
    ]
    for file in files { #expect(VerifyingKey(publicKeyFile: file) == nil) }
  }
}
