import Files
import Foundation
import Rows
import TestSupport
import Testing

@testable import Datasets

@Suite struct `Parquet that cannot be read` {
  /// Reads a file whole, and gives why that failed.
  private func flaw(
    _ path: String, _ engine: Engine = Parquet.engine, work: Work = smallWork()
  ) throws -> EngineFlaw? {
    do {
      _ = try ReleaseReader(
        registering: Shard.list([path]), identity: ["URL"], engine: engine
      ).index(to: nil, work: work)
      return nil
    } catch DatasetFailure.engine(let shard, let flaw) {
      #expect(shard == nil || shard == Directory.name(of: path))
      return flaw
    }
  }

  @Test func `is refused for a string that is not UTF-8, which is not shown`() throws {
    let scratch = try Scratch()
    let path = try scratch.put(Parquet.bytes("notutf8"), "bad.parquet")
    let error = #expect(throws: DatasetFailure.self) {
      try Parquet.release([path]).index(to: nil)
    }
    let text = "\(error as Any)"
    #expect(text.contains("bad.parquet: a string in it is not UTF-8"))
    #expect(!text.contains("secret") && !text.contains("example"))
  }

  @Test func `is refused for times that microseconds do not hold`() throws {
    let scratch = try Scratch()
    for name in ["endless", "far"] {
      let path = try scratch.put(Parquet.bytes(name), "\(name).parquet")
      #expect(try flaw(path) == .timeOutOfRange, "\(name)")
    }
    // DuckDB cuts nanoseconds, and takes the old times for local ones.
    for (name, word) in [
      ("nanoseconds", "a time in nanoseconds"), ("int96", "a time without a zone"),
    ] {
      let path = try scratch.put(Parquet.bytes(name), "\(name).parquet")
      let error = #expect(throws: DatasetFailure.self) { try Parquet.release([path]) }
      guard case .columns(_, .unreadable("time", word)) = error else {
        return #expect(Bool(false), "\(name) \(error as Any)")
      }
    }
  }

  @Test func `is refused where it is cut anywhere`() throws {
    let scratch = try Scratch()
    let bytes = try Parquet.bytes("types")
    var random = SplitMix64(seed: 1)
    for count in [0, 1, 4, 8, 11, bytes.count - 1, bytes.count - 8]
      + (0..<6).map({ _ in Int.random(in: 12..<bytes.count, using: &random) })
    {
      let path = try scratch.put(Array(bytes.prefix(count)), "cut.parquet")
      #expect(try flaw(path) != nil, "\(count)")
      try Directory.remove(file: path)
    }
  }

  /// Files of apache/parquet-testing (Apache License 2.0), each with a flaw that some reader fell for.
  @Test(arguments: [
    "ARROW-GH-43605", "ARROW-GH-45185", "ARROW-GH-47662", "ARROW-RS-GH-6229-DICTHEADER",
    "ARROW-RS-GH-6229-LEVELS", "PARQUET-1481", "hadoop_lz4_compressed", "nation.dict-malformed",
    "rle-dict-uncompressed-corrupt-checksum",
  ])
  func `from public collections ends in rows or a sentence`(name: String) throws {
    let scratch = try Scratch()
    let path = try scratch.put(Parquet.bytes("broken/\(name)"), "broken.parquet")
    let identity: [String]
    do {
      let file = try OpenFile(path: path)
      identity = Array(
        try ParquetSchema(of: file, named: "broken.parquet", Parquet.engine).columns
          .map(\.name).prefix(1))
    } catch DatasetFailure.engine(_, .damaged) {
      #expect(["PARQUET-1481"].contains(name))
      return
    }
    do {
      let summary = try Parquet.release([path], identity: identity, content: identity)
        .index(to: nil)
      let known: UInt64? = [
        // What DuckDB makes of them: a manifest's digest tells a file from one that was damaged.
        "ARROW-GH-43605": 21_186, "ARROW-GH-45185": 5, "nation.dict-malformed": 25,
        "rle-dict-uncompressed-corrupt-checksum": 1000,
      ][name]
      #expect(summary.rows == known)
    } catch let failure as DatasetFailure {
      #expect(
        ["ARROW-GH-47662", "hadoop_lz4_compressed"].contains(name)
          || name.hasPrefix("ARROW-RS"), "\(failure)")
      #expect("\(failure)".hasPrefix("broken.parquet: "), "\(failure)")
    }
  }

  @Test func `ends in rows or a sentence wherever a byte differs`() throws {
    let scratch = try Scratch()
    let bytes = try Parquet.bytes("types")
    var random = SplitMix64(seed: UInt64.random(in: .min ... .max))
    let seed = random
    for turn in 0..<(Fuzz.isOptimized ? 300 : 10) {
      let path = try scratch.put(bytes.mutated(by: &random), "mutated.parquet")
      do {
        _ = try Parquet.release([path]).index(to: nil)
      } catch let failure as DatasetFailure {
        #expect("\(failure)".hasPrefix("mutated.parquet: "), "\(turn) of \(seed): \(failure)")
        #expect(!"\(failure)".contains("a.example"), "\(turn) of \(seed): \(failure)")
      }
      try Directory.remove(file: path)
    }
  }

  @Test func `says how to get DuckDB where there is none, or another program`() throws {
    let scratch = try Scratch()
    let path = try scratch.put(Parquet.bytes("alike"), "alike.parquet")
    let missing = scratch("nothing-here")
    #expect(try flaw(path, Engine(named: missing)) == .notThere(missing))
    let text = try scratch.put("text", "no-program")
    #expect(try flaw(path, Engine(named: text)) == .notThere(text))
    #expect(try flaw(path, Engine(named: "/bin/true")) == .notDuckDB("/bin/true"))
    #expect(try flaw(path, Engine(named: "/bin/false")) == .notDuckDB("/bin/false"))
    for version in ["v1.3.2", "v0.10.0", "0.9", "v1.3"] {
      let old = try flaw(path, FakeEngine(scratch, "exit 1", version: version).engine)
      guard case .old = old else { return #expect(Bool(false), "\(version) \(old as Any)") }
    }
    for version in ["", "duckdb", "v1", "vx.y", "1.-"] {
      let other = try flaw(path, FakeEngine(scratch, "exit 1", version: version).engine)
      guard case .notDuckDB = other else { return #expect(Bool(false), "\(version)") }
    }
  }

  /// What the schema of `alike` is answered with, and its rows.
  private let schema = """
    echo '{"name":"schema","children":2,"logical":null}'
    echo '{"name":"URL","children":null,"logical":null}'
    echo '{"name":"url","children":null,"logical":null}'
    echo '{"column":"URL","type":"VARCHAR"}'
    echo '{"column":"url_1","type":"BIGINT"}'
    echo '{"rows":2}'
    """

  @Test(arguments: [
    ("echo '{\"0\":\"x\",\"1\":1}'", EngineFlaw.otherRows),
    ("echo '{\"0\":\"x\",\"1\":1}'; echo '{\"0\":\"v\",\"1\":2}'; exit 1", .failed(code: 1)),
    ("echo '{\"0\":\"x\",\"1\":1}'; echo '{\"0\":\"v\",\"1\":2}'; kill -9 $$", .failed(code: 137)),
    ("echo '{\"0\":\"x\",\"1\":1}'; kill -15 $$", .failed(code: 143)),
    ("echo 'Out of Memory Error: https://a.example/secret' >&2; exit 1", .outOfMemory),
    ("echo 'Invalid Input Error: Invalid string encoding: secret' >&2; exit 1", .invalidUTF8),
    ("head -c 10000000 /dev/zero >&2; exit 1", .failed(code: 1)),
    ("exec >&-; exit 3", .failed(code: 3)),
    ("", .otherRows),
  ])
  func `is not taken for whole where DuckDB ends early`(
    rows: String, expected: EngineFlaw
  ) throws {
    let scratch = try Scratch()
    let path = try scratch.put(Parquet.bytes("alike"), "alike.parquet")
    let fake = try FakeEngine(
      scratch, "if grep -q parquet_schema; then\n\(schema)\nexit 0; fi\n\(rows)")
    #expect(try flaw(path, fake.engine) == expected)
  }

  @Test(arguments: [
    "echo nonsense", "echo '{\"rows\":1}'; echo '{\"rows\":2}'", "echo '{\"rows\":-1}'", "",
    "echo '{\"name\":\"schema\",\"children\":9223372036854775807}'; echo '{\"rows\":2}'",
    "echo '{\"name\":\"schema\",\"children\":-5}'; echo '{\"rows\":2}'; echo '{\"column\":\"a\",\"type\":\"b\"}'",
    "yes '{\"rows\":2}' | head -c 100000000",
  ])
  func `is refused where DuckDB answers otherwise`(answer: String) throws {
    let scratch = try Scratch()
    let path = try scratch.put(Parquet.bytes("alike"), "alike.parquet")
    let fake = try FakeEngine(scratch, "cat > /dev/null\n\(answer)")
    #expect(try flaw(path, fake.engine) == .otherAnswer)
  }

  @Test func `is refused when it changes while it is read`() throws {
    let scratch = try Scratch()
    let path = try scratch.put(Parquet.bytes("alike"), "alike.parquet")
    let fake = try FakeEngine(
      scratch,
      """
      if grep -q parquet_schema; then
      \(schema)
      exit 0; fi
      echo '{"0":"x","1":1}'; echo '{"0":"v","1":2}'
      touch \(path)
      """)
    let error = #expect(throws: DatasetFailure.self) { try flaw(path, fake.engine) }
    guard case .file(.changed) = error else { return #expect(Bool(false), "\(error as Any)") }
  }

  @Test func `stops when the caller says so, and its program with it`() throws {
    let scratch = try Scratch()
    let path = try scratch.put(Parquet.bytes("alike"), "alike.parquet")
    let mark = scratch("running")
    let fake = try FakeEngine(
      scratch,
      "if grep -q parquet_schema; then\n\(schema)\nexit 0; fi\necho $$ > \(mark); exec sleep 60")
    let work = Work(workers: 2, isCancelled: { Directory.holds(mark) })
    let error = #expect(throws: DatasetFailure.self) { try flaw(path, fake.engine, work: work) }
    guard case .cancelled = error else { return #expect(Bool(false), "\(error as Any)") }
    let process = try #require(Int32(try scratch.text("running").dropLast()))
    #expect(kill(process, 0) != 0)
  }
}
