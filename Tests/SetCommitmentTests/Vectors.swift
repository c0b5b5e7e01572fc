import Foundation
import LedgerCrypto
import SetCommitment
import TestSupport

/// `Tests/Vectors/set-commitment.json`.
enum Vectors {
  struct File: Decodable {
    let sets: [SetVector]
    let refusedWitnesses: [RefusedWitness]
    let refusedTransitions: [RefusedTransition]
  }

  struct SetVector: Decodable {
    let name: String
    let entries: [Entry]
    let rows: UInt64
    let root: String
    let entrySetRoot: String
    let lookups: [Lookup]
    let transitions: [TransitionVector]
  }

  struct Entry: Decodable {
    let key: String
    let digests: [String]
    let value: String
  }

  struct Lookup: Decodable {
    let key: String
    let present: Bool
    let rows: UInt64?
    let value: String?
    let witness: String
  }

  struct Listed: Decodable {
    let key: String
    let rows: UInt64
    let value: String
  }

  struct TransitionVector: Decodable {
    let removed: [String]
    let changed: [Listed]
    let added: [Listed]
    let witness: String
    let rootBefore: String
    let rootAfter: String
    let rowsAfter: UInt64
  }

  struct RefusedWitness: Decodable {
    let name: String
    let witness: String
    let kind: String
  }

  struct RefusedTransition: Decodable {
    let name: String
    let witness: String
    let rootBefore: String
    let removed: [String]
    let changed: [Listed]
    let added: [Listed]
  }

  static func read() throws -> File {
    try JSONDecoder().decode(File.self, from: Data(PackageFolder.vectors("set-commitment.json")))
  }
}

struct NotHexadecimal: Error {}

func digest(_ hex: String) throws -> Digest {
  guard let digest = Digest(hex: hex) else { throw NotHexadecimal() }
  return digest
}

func bytes(_ hex: String) throws -> [UInt8] {
  guard let bytes = [UInt8](hex: hex) else { throw NotHexadecimal() }
  return bytes
}

/// The lists as a hostile publisher may write them: nothing is judged before the checker sees them.
func stream(_ removed: [Digest], _ changed: [SetEntry], _ added: [SetEntry]) -> TransitionStream {
  var (removed, changed, added) = (
    removed.makeIterator(), changed.makeIterator(), added.makeIterator()
  )
  return TransitionStream(
    removed: { removed.next() }, changed: { changed.next() }, added: { added.next() })
}

extension Vectors.Listed {
  func entry() throws -> SetEntry {
    SetEntry(key: try digest(key), rows: rows, value: try digest(value))
  }
}
