import CanonicalJSON
import LedgerCrypto
import Provenance
import TestSupport
import Testing

@Suite struct `An entry` {
  let entry: Entry
  let json: JSON

  init() throws {
    var ledger = try TestLedger()
    try ledger.enrol("bob", .publisher)
    try ledger.admit(.dataset(), by: "alice", "bob")
    entry = ledger.entries[4]
    json = try JSON(parsingCanonical: entry.bytes)
  }

  /// The error of this entry with another value at `path`, `nil` when it is read all the same.
  func error(
    _ path: [Places.Step], _ change: (JSON) -> JSON?
  ) throws -> EventError? {
    let changed = Places.replacing(path[...], of: json, change)
    let bytes = try #require(changed).canonicalBytes
    do throws(EventError) {
      _ = try Entry(bytes: bytes)
      return nil
    } catch {
      return error
    }
  }

  let signatures: [Places.Step] = [.member("envelope"), .member("signatures")]

  @Test func `is read as it was written`() throws {
    let read = try Entry(bytes: entry.bytes)
    #expect(read.bytes == entry.bytes)
    #expect(read.event.id == entry.event.id)
    #expect(read.event.statement == entry.event.statement)
    #expect(try Entry(event: read.event, recordedAt: read.recordedAt).bytes == entry.bytes)
    #expect(try error([]) { $0 } == nil)
    #expect(entry.event.signatures.count == 2)
    #expect(
      entry.event.id
        == EventID(Digest(sha256: SignedEvent.preAuthentication(of: entry.event.payload))))
  }

  @Test func `has one signature for each signer, in their order`() throws {
    #expect(
      try error(signatures) { json in
        guard case .array(let list) = json else { return json }
        return .array(list.reversed())
      } == .signersDiffer)
    #expect(try error(signatures + [.element(0)]) { _ in nil } == .signersDiffer)
    #expect(try error(signatures + [.element(1)]) { _ in nil } == .signersDiffer)
    #expect(try error(signatures) { _ in [] } == .field(.outOfRange("envelope.signatures")))
    #expect(
      try error(signatures) { json in
        guard case .array(let list) = json else { return json }
        return .array(list + [list[1]])
      } == .signersDiffer)
    #expect(
      try error(signatures) { json in
        guard case .array(let list) = json else { return json }
        return .array(list + [["keyid": .string(Digest.of("eve").hex), "sig": list[0].sig]])
      } == .signersDiffer)
    #expect(
      try error(signatures + [.element(0), .member("keyid")]) { _ in
        .string(Digest.of("eve").hex)
      } == .signersDiffer)
  }

  @Test func `spells base64 in one way only`() throws {
    let sig = signatures + [.element(0), .member("sig")]
    let payload: [Places.Step] = [.member("envelope"), .member("payload")]
    func respelled(_ path: [Places.Step], _ change: (String) -> String) throws -> EventError? {
      try error(path) { json in
        guard case .string(let text) = json else { return json }
        return .string(change(text))
      }
    }
    for change: (String) -> String in [
      { $0 + "\n" }, { " " + $0 }, { String($0.dropLast()) }, { $0 + "=" }, { $0 + "AAAA==" },
      { $0.replacing("=", with: "") + "-" }, { String($0.prefix(8)) + "\n" + $0.dropFirst(8) },
    ] {
      #expect(try respelled(payload, change) == .payloadNotBase64)
      #expect(try respelled(sig, change) == .signatureNotBase64)
    }
    // 64 bytes end in one letter and two signs of padding: the letter has four spare bits.
    #expect(
      try respelled(sig) { text in
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let last = alphabet.firstIndex(of: Array(text)[text.count - 3]) ?? 0
        return String(text.dropLast(3)) + String(alphabet[last + 1]) + "=="
      } == .signatureNotBase64)
    for count in [0, 63, 65] {
      #expect(
        try error(sig) { _ in .string(Base64.encode([UInt8](repeating: 1, count: count))) }
          == .signatureNotBase64)
    }
  }

  @Test func `has the type of in-toto and no other member`() throws {
    let type: [Places.Step] = [.member("envelope"), .member("payloadType")]
    for text in [
      "", "application/vnd.in-toto+json ", "application/json", "Application/vnd.in-toto+json",
    ] {
      #expect(try error(type) { _ in .string(text) } == .payloadType)
    }
    for path in [[], [.member("envelope")], signatures + [.element(1)]] as [[Places.Step]] {
      let refused = try error(path) { json in
        guard case .object(var object) = json else { return json }
        object["extra"] = true
        return .object(object)
      }
      guard case .field(.unknown) = refused else {
        Issue.record("\(String(describing: refused))")
        continue
      }
      for member in [
        "envelope", "recordedAt", "payload", "payloadType", "signatures", "keyid", "sig",
      ] {
        guard case .object(let object)? = Places.value(path[...], of: json), object[member] != nil
        else { continue }
        guard case .field(.missing) = try error(path + [.member(member)], { _ in nil }) else {
          Issue.record("\(member) is not needed")
          continue
        }
        #expect(try error(path + [.member(member)]) { _ in nil } != nil)
        #expect(try error(path + [.member(member)]) { _ in .null } != nil)
        #expect(try error(path + [.member(member)]) { _ in 7 } != nil)
      }
    }
  }

  @Test(arguments: [
    "", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.0Z", "2026-01-01T00:00:00.0000Z",
    "2026-01-01T00:00:00.000", "2026-01-01T00:00:00.000z", "2026-01-01t00:00:00.000Z",
    "2026-01-01 00:00:00.000Z", "2026-01-01T00:00:00.000+00:00", "2026-01-01T01:00:00.000+01:00",
    "2026-1-1T00:00:00.000Z", "2026-02-29T00:00:00.000Z", "2026-01-01T24:00:00.000Z",
    "2026-01-01T00:00:60.000Z", "+2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z ",
    "2026-01-01T00:00:00,000Z", "\u{ff12}026-01-01T00:00:00.000Z", "0000-01-01T00:00:00.000Z",
    "10000-01-01T00:00:00.000Z",
  ]) func `spells the time of its admission in one way only`(text: String) throws {
    #expect(try error([.member("recordedAt")]) { _ in .string(text) } == .recordedAt)
  }

  @Test func `takes any moment spelled right`() throws {
    for text in [
      "2024-02-29T23:59:59.999Z", "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z",
    ] {
      #expect(try error([.member("recordedAt")]) { _ in .string(text) } == nil)
    }
  }

  @Test func `is canonical, as its payload is`() throws {
    for bytes in [
      entry.bytes + [0x0a], [0x20] + entry.bytes, Array(entry.bytes.dropLast()), [],
      Array(String(decoding: entry.bytes, as: UTF8.self).replacing(":", with: ": ").utf8),
    ] {
      do {
        _ = try Entry(bytes: bytes)
        Issue.record("another spelling was taken")
      } catch {
        guard case .json = error else {
          Issue.record("\(error)")
          continue
        }
      }
    }
    let payload: [Places.Step] = [.member("envelope"), .member("payload")]
    let loose = Base64.encode(entry.event.payload + [0x20])
    guard case .json = try error(payload, { _ in .string(loose) }) else {
      Issue.record("a payload with a space after it was taken")
      return
    }
  }

  @Test func `has at most 65,535 bytes`() throws {
    var ledger = try TestLedger()
    func body(_ count: Int, last: Int) -> Body {
      .dataset(
        content: (0..<count).map { index in
          let length = index == count - 1 ? last : 118
          return "\(1000 + index)" + String(repeating: "x", count: length - 4)
        })
    }
    func size(_ body: Body) throws -> Int {
      let event = try ledger.event(body, keys: [TestLedger.TestKeys["alice"]])
      do throws(EventError) {
        let size = try Entry(event: event, recordedAt: ledger.now).bytes.count
        #expect(size <= 65_535)
        return size
      } catch {
        guard case .tooLarge(let size) = error else { throw error }
        #expect(size > 65_535)
        return size
      }
    }
    var count = 380
    while try size(body(count, last: 118)) <= 65_535 { count += 1 }
    // Three bytes of the payload cost four of the entry.
    let sizes = try (4...118).map { try size(body(count, last: $0)) }
    #expect(sizes.contains { $0 > 65_535 - 4 && $0 <= 65_535 })
    #expect(sizes.contains { $0 > 65_535 && $0 <= 65_535 + 4 })
    #expect(throws: EventError.tooLarge(65_536)) {
      try Entry(bytes: [UInt8](repeating: 0x20, count: 65_536))
    }
  }
}

extension JSON {
  fileprivate var sig: JSON {
    if case .object(let object) = self, let sig = object["sig"] { sig } else { .null }
  }
}

extension Places {
  /// The value at `path`.
  static func value(_ path: ArraySlice<Step>, of json: JSON) -> JSON? {
    var found: JSON?
    _ = replacing(path, of: json) {
      found = $0
      return $0
    }
    return found
  }
}
