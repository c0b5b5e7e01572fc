import CanonicalJSON
import Provenance
import TestSupport
import Testing

/// Keys that each have a row at least, as every kind counts them but where it repeats another's count.
@Suite struct `A tally of keys that are there` {
  /// `json` with one of its tallies replaced, for each in turn; sources repeat what others counted.
  static func variants(of json: JSON, with tally: JSON) -> [JSON] {
    switch json {
    case .object(let object):
      if Set(object.members.map(\.name)) == ["keys", "rows"] { return [tally] }
      return object.members.filter { $0.name != "sources" }.flatMap { name, value in
        variants(of: value, with: tally).map { variant in
          var copy = object
          copy[name] = variant
          return .object(copy)
        }
      }
    case .array(let items):
      return items.indices.flatMap { index in
        variants(of: items[index], with: tally).map { variant in
          var copy = items
          copy[index] = variant
          return .array(copy)
        }
      }
    default: return []
    }
  }

  static let kinds: Set<Kind> = [
    .releasePublished, .releaseObserved, .matchCompleted, .filterCompleted, .unionComputed,
    .removalDecided, .reinstatementDecided,
  ]

  @Test func `has no fewer rows than keys, and none without keys`() throws {
    var seen: Set<Kind> = []
    for body in StatementSamples.bodies {
      let statement = Statement(header: StatementSamples.header(body.kind), body: body)
      guard case .object(let document) = try JSON(parsingCanonical: statement.payload),
        let predicate = document["predicate"]
      else { continue }
      for tally: JSON in [
        ["keys": 5, "rows": 4], ["keys": 1, "rows": 0], ["keys": 0, "rows": 1],
      ] {
        for variant in Self.variants(of: predicate, with: tally) {
          seen.insert(body.kind)
          #expect(throws: FieldError.self, "\(body.kind.rawValue): \(variant)") {
            try Statement(kind: body.kind, predicate: variant)
          }
        }
      }
    }
    #expect(seen == Self.kinds)
  }

  @Test(arguments: [
    ("tally", Body.observation("laion@1", publication: StatementSamples.id)),
    ("matched", .filter("laion@1", keys: 2, rows: 3)),
  ])
  func `is refused for its rows alone`(name: String, body: Body) throws {
    func taken(_ keys: Int64, _ rows: Int64) throws -> Bool {
      let statement = Statement(header: StatementSamples.header(body.kind), body: body)
      guard case .object(let document) = try JSON(parsingCanonical: statement.payload),
        case .object(var predicate)? = document["predicate"]
      else { return false }
      predicate[name] = ["keys": .integer(keys), "rows": .integer(rows)]
      do {
        _ = try Statement(kind: body.kind, predicate: .object(predicate))
        return true
      } catch {
        #expect(error == .outOfRange(name))
        return false
      }
    }
    #expect(try taken(2, 2) && taken(2, 3))
    #expect(try !taken(2, 1) && !taken(2, 0))
  }
}
