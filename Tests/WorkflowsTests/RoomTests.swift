import Foundation
import Testing

/// The folders of Workflows are rooms: a room knows those below it, and none beside or above.
@Suite struct `The rooms of the workflows` {
  /// From the ground up; families are beside each other.
  private static let floors = [
    ["Ledger"], ["Reading"], ["Vault"], ["Shelf"], ["Signing"], ["Deciding"],
    ["Keys", "Releases", "Findings", "Cleanup", "Models", "Records", "Proofs", "Queries"],
    ["Story"],
  ]

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources/Workflows").standardizedFileURL

  /// The files of a room, without their comments and texts.
  private static func files(_ room: String) throws -> [(name: String, code: String)] {
    let folder = root.appending(path: room)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") }.map { name in
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        return ("\(room)/\(name)", code(text))
      }
  }

  private static func code(_ text: String) -> String {
    text.replacing(#///[^\n]*/#, with: "").replacing(#/"(?:\\.|[^"\\\n])*"/#, with: "")
  }

  /// The types that each room declares for others.
  private static let types = Result {
    try Dictionary(uniqueKeysWithValues: floors.joined().map { ($0, try declared($0)) })
  }

  private static func declared(_ room: String) throws -> Set<String> {
    let declaration =
      #/^(?:package )?(?:final )?(?:struct|enum|class|protocol) ([A-Z]\w*)/#
      .anchorsMatchLineEndings()
    return Set(
      try files(room).flatMap { file in file.code.matches(of: declaration).map { String($0.1) } })
  }

  private static func words(_ code: String) -> Set<String> {
    Set(code.matches(of: #/\b[A-Z]\w*/#).map { String($0.0) })
  }

  @Test func `are all on a floor`() throws {
    let rooms = try FileManager.default.contentsOfDirectory(atPath: Self.root.path)
    #expect(Set(rooms) == Set(Self.floors.joined()))
  }

  @Test(arguments: Array(floors.joined()))
  func `know none beside or above them`(room: String) throws {
    let floor = try #require(Self.floors.firstIndex { $0.contains(room) })
    let types = try Self.types.get()
    let others = Self.floors[floor...].joined().filter { $0 != room }
    for file in try Self.files(room) {
      let words = Self.words(file.code)
      for other in others {
        let known = words.intersection(try #require(types[other]))
        #expect(known.isEmpty, "\(file.name) names \(known.sorted()) of \(other)")
      }
    }
  }

  @Test func `are read as they are written`() {
    #expect(
      Self.words(Self.code("let a: Shelf // Desk\n\"Vault \\\" Place\" Stored")) == [
        "Shelf", "Stored",
      ])
  }
}
