internal import Foundation
internal import GRDB
package import LedgerCrypto
package import Provenance

extension Ledger {
  /// The first event that `signer` signed with `nonce`, or `nil`.
  ///
  /// Cost: a pass over the bytes of the log; only retries ask.
  package func first(nonce: [UInt8], signer: Digest) throws -> AdmittedEvent? {
    try reading { db, snapshot in
      for sequence in try EventRows.candidates(db, nonce: nonce) {
        let event = try EventRows.event(
          db, at: sequence, snapshot.state.authority, memory.recent)
        if let event, event.statement.header.nonce == nonce,
          event.statement.header.signers.contains(signer)
        {
          return event
        }
      }
      return nil
    }
  }
}

extension EventRows {
  /// The sequences of events whose payload may hold this nonce.
  ///
  /// An entry has its payload in base64, where the same text looks one of three ways.
  fileprivate static func candidates(_ db: Database, nonce: [UInt8]) throws -> [UInt64] {
    let text = Array(#""nonce":"\#(nonce.hex)""#.utf8)
    let spellings = (0..<3).map { skipped in
      let whole = (text.count - skipped) / 3 * 3
      return Data(Base64.encode(Array(text[skipped..<skipped + whole])).utf8)
    }
    let statement = try db.cachedStatement(
      sql: """
        SELECT sequence FROM event
        WHERE instr(entry, ?) OR instr(entry, ?) OR instr(entry, ?) ORDER BY sequence
        """)
    var sequences: [UInt64] = []
    let rows = try Row.fetchCursor(statement, arguments: StatementArguments(spellings))
    while let row = try rows.next() { sequences.append(try row.natural(0, "a nonce")) }
    return sequences
  }
}
