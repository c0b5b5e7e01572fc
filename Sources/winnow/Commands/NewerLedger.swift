internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

/// `log`, `show` and `verify` of a ledger that a later winnow wrote: raw, and undecided (3).
extension Session {
  /// Lists the entries as they stand.
  func printRawLog(at asOf: AsOf?, asJSON: Bool) throws {
    try forEachRawEntry(at: asOf) { sequence, entry in
      if asJSON { return Console.json(.object(entry.summary(sequence))) }
      Console.line(
        "\(sequence)  \(entry.recordedAt.seconds)  \(entry.predicateType)\(entry.isKnown ? "" : "  (not known here)")"
      )
    }
  }

  /// Shows one entry as it stands.
  func printRawEntry(named name: String, asEnvelope: Bool, asJSON: Bool) throws {
    let (sequence, entry) = try rawEntry(named: name)
    if asEnvelope { return Console.json(entry.envelope) }
    if asJSON {
      var object = entry.summary(sequence)
      object["statement"] = entry.statement
      return Console.json(.object(object))
    }
    Console.line("sequence    \(sequence)")
    Console.line("event       \(entry.id)")
    Console.line("type        \(entry.predicateType)\(entry.isKnown ? "" : " (not known here)")")
    Console.line("recorded    \(entry.recordedAt.text)")
    for signature in entry.signatures {
      Console.line("signed by   key \(signature.keyID.hex) (not checked)")
    }
    Console.line("statement   \(String(decoding: entry.payload, as: UTF8.self))")
  }

  /// Checks what can be checked; never says that the ledger verifies.
  func printRawVerdict(remembered: [UInt8]?, asJSON: Bool) throws {
    let result = try verifyNewer(remembered: remembered)
    if asJSON {
      Console.json(result.json)
    } else {
      for line in result.lines { Console.line(line) }
    }
    throw result.isConsistent ? Failure.notEnough : Failure.verificationFailed
  }
}

extension RawEntry {
  fileprivate func summary(_ sequence: UInt64) -> JSONObject {
    JSONObject([
      ("sequence", JSON(sequence)), ("event", JSON(id)), ("predicateType", .string(predicateType)),
      ("known", .bool(isKnown)), ("recordedAt", .string(recordedAt.text)),
      ("signers", .array(signatures.map { JSON($0.keyID) })),
    ])
  }
}
