import LedgerCrypto
import Testing
import TransparencyLog

@Suite struct `Tiles` {
  @Test(
    arguments: [
      (0, []),
      (1, ["tile/entries/000.p/1", "tile/0/000.p/1"]),
      (255, ["tile/entries/000.p/255", "tile/0/000.p/255"]),
      (256, ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]),
      (
        257,
        [
          "tile/entries/000", "tile/entries/001.p/1", "tile/0/000", "tile/0/001.p/1",
          "tile/1/000.p/1",
        ]
      ),
    ] as [(Int, [String])])
  func `of a size are listed`(size: Int, paths: [String]) {
    #expect(TileList(size: TreeSize(size)).map(\.description) == paths)
  }

  @Test func `of 70,000 entries are those of the specification`() {
    let paths = TileList(size: TreeSize(70_000)).map(\.description)
    let level0 = paths.filter { $0.hasPrefix("tile/0/") }
    #expect(level0.count == 274)
    #expect(level0.last == "tile/0/273.p/112")
    #expect(
      paths.filter { $0.hasPrefix("tile/1/") } == ["tile/1/000", "tile/1/001.p/17"])
    #expect(paths.filter { $0.hasPrefix("tile/2/") } == ["tile/2/000.p/1"])
    #expect(paths.filter { $0.hasPrefix("tile/entries/") }.count == 274)
    #expect(paths.count == 274 + 274 + 2 + 1)
  }

  @Test func `of the largest log have seven levels above the leaves`() throws {
    var last: Set<Int> = []
    for level in 0...63 {
      let tile = try #require(Tile(level: level, number: 0, width: 1))
      if tile.exists(in: .max) { last.insert(level) }
    }
    #expect(last == Set(0...7))
    // The list of the last few entries is short, and is made without walking the others.
    let older = try #require(TreeSize(UInt64(Int64.max) - 300))
    let paths = TileList(from: older, to: .max).map(\.description)
    let group = "x036/x028/x797/x018/x963"
    #expect(
      paths == [
        "tile/entries/\(group)/966", "tile/entries/\(group)/967.p/255", "tile/0/\(group)/966",
        "tile/0/\(group)/967.p/255", "tile/1/x140/x737/x488/x355/327.p/255",
      ])
    #expect(paths.allSatisfy { TilePath($0)?.description == $0 })
  }

  @Test func `new between two sizes are what the older lacks`() {
    var generator = SplitMix64(state: 11)
    for _ in 0..<300 {
      let newer = Int.random(in: 0...1_500, using: &generator)
      let older = Int.random(in: 0...newer, using: &generator)
      let had = Set(TileList(size: TreeSize(older)))
      let new = TileList(from: TreeSize(older), to: TreeSize(newer))
      #expect(Array(new) == TileList(size: TreeSize(newer)).filter { !had.contains($0) })
      #expect(Array(TileList(from: TreeSize(newer), to: TreeSize(older))).isEmpty)
    }
  }

  @Test(arguments: [1, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537])
  func `hold the hashes of their subtrees`(size: Int) throws {
    let tree = MemoryTree(leaves: size)
    // Level by level from the leaves, each node of whole subtrees over 256 below.
    var below = (0..<size).map(MemoryTree.leaf)
    var level = 0
    while !below.isEmpty {
      var rebuilt: [Digest] = []
      for case .tile(let tile) in TileList(size: TreeSize(size)) where tile.level == level {
        let bytes = try tile.bytes(in: TreeSize(size), reading: tree.read)
        #expect(bytes.count == 32 * tile.width)
        rebuilt += try #require(tile.parse(bytes))
        #expect(tile.parse(Array(bytes.dropLast())) == nil)
        #expect(tile.parse(bytes + [0]) == nil)
      }
      #expect(rebuilt == below)
      below = (0..<below.count / 256).map { number in
        var frontier = TreeFrontier()
        for hash in below[number * 256..<number * 256 + 256] { frontier.append(hash) }
        return frontier.root
      }
      level += 1
    }
  }

  @Test func `beyond a tree are not made`() throws {
    let tree = MemoryTree(leaves: 257)
    for (level, number, width) in [
      (0, 1, 2), (0, 1, 256), (0, 2, 1), (1, 0, 2), (1, 1, 1), (2, 0, 1), (8, 0, 1), (63, 0, 1),
      (63, 1 << 54, 256),
    ] {
      let tile = try #require(Tile(level: level, number: UInt64(number), width: width))
      #expect(throws: TreeReadError<Never>.outsideTree) {
        try tile.bytes(in: TreeSize(257), reading: tree.read)
      }
    }
    #expect(Tile(level: -1, number: 0) == nil)
    #expect(Tile(level: 64, number: 0) == nil)
    #expect(Tile(level: 0, number: 0, width: 0) == nil)
    #expect(Tile(level: 0, number: 0, width: 257) == nil)
    #expect(Tile(level: 0, number: 1 << 55) == nil)
    #expect(EntryTile(number: 1 << 55) == nil)
    #expect(EntryTile(number: 0, width: 0) == nil)
  }
}

@Suite struct `The path of a tile` {
  @Test(arguments: [
    "tile/0/000", "tile/0/005", "tile/63/999", "tile/0/x001/000", "tile/3/x001/x234/067",
    "tile/3/x001/x234/067.p/1", "tile/entries/x123/456.p/255", "tile/entries/000",
    "tile/0/x036/x028/x797/x018/x963/967",
  ])
  func `is spelled so`(path: String) throws {
    #expect(try #require(TilePath(path)).description == path)
  }

  @Test(arguments: [
    "", "/", "tile", "tile/", "tile/0", "tile/0/", "/tile/0/000", "tile/0/000/", "tile//000",
    "tile/0/0", "tile/0/00", "tile/0/0000", "tile/0/1000", "tile/00/000", "tile/01/000",
    "tile/64/000", "tile/-1/000", "tile/+1/000", "tile/0/x000/000", "tile/0/x000/x001/000",
    "tile/0/001/000", "tile/0/x001", "tile/0/x001/x000", "tile/0/x01/000", "tile/0/X001/000",
    "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01",
    "tile/0/000.p/1/", "tile/0/000.p/1/2", "tile/0/000.p/-1", "tile/0.p/1", "tile/0/x001.p/000",
    "tile/0/000.P/1", "tile/data/000", "tile/entries", "tile/entries/", "Tile/0/000",
    "tile/0/ 00", "tile/0/٠٠٠", "tile/0/x036/x028/x797/x018/x963/968",
    "tile/0/x001/x000/x000/x000/x000/x000/000", "tile/99999999999999999999/000", "tile/0/000\n",
    "tile/0/..", "tile/0/000%2ep/1", "checkpoint",
  ])
  func `is not spelled so`(path: String) {
    #expect(TilePath(path) == nil)
  }

  @Test func `of a partial tile leads to the full one`() {
    #expect(TilePath("tile/1/x001/002.p/7")?.full.description == "tile/1/x001/002")
    #expect(TilePath("tile/entries/002.p/7")?.full.description == "tile/entries/002")
  }

  @Test func `prints what it parsed, whatever the mutation`() {
    let seed: UInt64 = 0x7469_6c65
    let originals = [
      "tile/0/000", "tile/3/x001/x234/067.p/12", "tile/entries/x123/456.p/255",
      "tile/0/x036/x028/x797/x018/x963/967",
    ].map(\.bytes)
    for bytes in Mutations(of: originals, seed: seed) {
      guard let path = TilePath(bytes: bytes) else { continue }
      if path.description.bytes != bytes { Issue.record("seed \(seed): \(bytes.hex)") }
    }
  }
}

@Suite struct `An entry bundle` {
  @Test func `is the entries after their lengths`() throws {
    let bytes = try EntryBundle.encode(["a".bytes, [], "bcd".bytes])
    #expect(bytes.hex == "000161" + "0000" + "0003626364")
    #expect(try EntryBundle.parse(bytes, count: 3) == ["a".bytes, [], "bcd".bytes])
  }

  @Test func `holds entries up to 65,535 bytes`() throws {
    let longest = [UInt8](repeating: 7, count: 65_535)
    #expect(
      try EntryBundle.parse(try EntryBundle.encode([longest]), count: 1) == [longest])
    #expect(throws: EntryBundleError.entryTooLong(entry: 1, count: 65_536)) {
      try EntryBundle.encode([longest, longest + [7]])
    }
  }

  @Test func `holds 1 to 256 entries`() throws {
    #expect(throws: EntryBundleError.wrongCount(expected: 256)) { try EntryBundle.encode([]) }
    #expect(throws: EntryBundleError.wrongCount(expected: 256)) {
      try EntryBundle.encode([[UInt8]](repeating: [], count: 257))
    }
    let full = try EntryBundle.encode([[UInt8]](repeating: [1], count: 256))
    #expect(try EntryBundle.parse(full, count: 256).count == 256)
    for count in [Int.min, -1, 0, 257, Int.max] {
      #expect(throws: EntryBundleError.wrongCount(expected: 256)) {
        try EntryBundle.parse(full, count: count)
      }
    }
  }

  @Test(
    arguments: [
      ("", 1, .wrongCount(expected: 1)), ("00", 1, .truncated(entry: 0)),
      ("0001", 1, .truncated(entry: 0)), ("000261", 1, .truncated(entry: 0)),
      ("ffff61", 1, .truncated(entry: 0)), ("00016100", 1, .wrongCount(expected: 1)),
      ("0001610000", 1, .wrongCount(expected: 1)), ("00016100", 2, .truncated(entry: 1)),
      ("000161", 2, .wrongCount(expected: 2)),
    ] as [(String, Int, EntryBundleError)])
  func `is not spelled so`(hex: String, count: Int, error: EntryBundleError) throws {
    let bytes = try #require([UInt8](hex: hex))
    #expect(throws: error) { try EntryBundle.parse(bytes, count: count) }
  }

  @Test func `encodes to what it parsed, whatever the mutation`() throws {
    let seed: UInt64 = 0x6275_6e64
    let original = try EntryBundle.encode((0..<5).map(MemoryTree.entry))
    for bytes in Mutations(of: [original], seed: seed) {
      for count in [4, 5, 6] {
        guard let entries = try? EntryBundle.parse(bytes, count: count) else { continue }
        if try EntryBundle.encode(entries) != bytes {
          Issue.record("seed \(seed): \(bytes.hex)")
        }
      }
    }
  }
}
