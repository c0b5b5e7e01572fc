import Foundation
import Testing

/// Releases of more files than a process may have open: 10,000 under a limit of 1,024 with
/// `WINNOW_SHARDS=all`, less of both otherwise.
@Suite struct `A release of very many files` {
  static let all = ProcessInfo.processInfo.environment["WINNOW_SHARDS"] == "all"
  static let (shards, limit) = all ? (10_000, 1_024) : (400, 128)

  @Test func `goes through all commands`() async throws {
    let bench = try Bench(ledger: "demo")
    let (shards, limit) = (Self.shards, Self.limit)
    // Plain, gzip and zstd in turn, in seven folders; one row in two files goes.
    let text = try await bench.done(
      """
      set -e
      echo "correct horse" > pass.txt
      for i in $(seq 1 \(shards)); do
        d=data/$((i % 7)); [ -d $d ] || mkdir -p $d
        printf 'URL,TEXT\\nhttp://example.com/%d.jpg,%d\\nhttp://example.org/%d.jpg,x\\n' $i $i $i > $d/p-$i.csv
      done
      gzip -n data/*/p-*1.csv data/*/p-*4.csv; zstd -q --rm data/*/p-*2.csv data/*/p-*5.csv
      for i in $(seq 1 5 \(shards)); do echo http://example.com/$i.jpg; done > asked.txt
      for i in $(seq 3 10 \(shards)); do printf http://example.org/$i.jpg | md5sum; done > list.txt
      winnow init demo --origin ledger.example.org/many > /dev/null
      winnow role grant publisher matcher > /dev/null
      winnow dataset register d --identity URL > /dev/null
      ulimit -n \(limit)
      winnow release publish d@1.0 data | tail -2
      winnow release verify d@1.0
      winnow hashlist add publisher@1 --algorithm md5 --of url list.txt > /dev/null
      winnow match d@1.0 --list publisher@1 list.txt | tail -1
      winnow remove d@1.0 --all-matches --basis hash-match --reason-class privacy | tail -1
      winnow remove d@1.0 --rows asked.txt --basis request --reason-class consent | tail -1
      winnow clean d@1.0 --to d@1.1 --out out | tail -2
      winnow release verify d@1.1
      winnow release verify d@1.1 out
      winnow release locate d@1.1 out
      winnow checkpoint > /dev/null
      winnow prove transition d@1.0 d@1.1 --out t.winnow.jsonl > /dev/null
      winnow audit export --all --out all.winnow.jsonl > /dev/null
      winnow audit verify all.winnow.jsonl --policy demo/policy.txt | tail -1 > /dev/null
      (cd data && find . -type f | sort) > a; (cd out && find . -type f | sort) > b; cmp a b
      find out -name '.*' -type f
      """)
    let rows = UInt64(shards) * 2
    let (asked, matched) = ((shards + 4) / 5, (shards + 6) / 10)
    let lines = text.split(separator: "\n").map { $0.replacing(",", with: "") }
    try #require(lines.count == 11, "\(text)")
    #expect(lines[0].hasPrefix("d@1.0 has \(rows) rows under \(rows) keys."))
    let root = lines[1].split(separator: " ").last ?? ""
    #expect(lines[2] == "The files have the published root: \(rows) rows \(root).")
    #expect(lines[3].hasPrefix("\(matched) of \(rows) rows matched"))
    #expect(lines[4] == "\(matched) rows of d@1.0 are to go.")
    #expect(lines[5] == "\(asked) rows of d@1.0 are to go.")
    let cleaned = lines[7].split(separator: " ").last ?? ""
    #expect(root != cleaned && cleaned.count == 64)
    let left = rows - UInt64(asked + matched)
    #expect(lines[6] == "d@1.1 has \(left) rows: d@1.0 less \(asked + matched).")
    for line in lines[8...9] {
      #expect(line == "The files have the published root: \(left) rows \(cleaned).")
    }
    #expect(lines[10] == "\(shards) of \(shards) files of d@1.1 were found.")
  }

  /// The last of the files is another: nothing is left of those before.
  @Test func `leaves nothing of a cleaning that is refused`() async throws {
    let bench = try Bench(ledger: "demo")
    try await bench.done(
      """
      set -e
      echo "correct horse" > pass.txt
      mkdir data; for i in $(seq 100 \(Self.limit * 2 + 100)); do
        printf 'URL\\nhttp://example.com/%d.jpg\\n' $i > data/p-$i.csv; done
      echo http://example.com/100.jpg > asked.txt
      winnow init demo --origin ledger.example.org/many > /dev/null
      winnow dataset register d --identity URL > /dev/null
      winnow release publish d@1.0 data > /dev/null
      winnow remove d@1.0 --rows asked.txt --basis request --reason-class consent > /dev/null
      """)
    let last = bench.scratch.path + "/data/p-\(Self.limit * 2 + 99).csv"
    try Data("URL\nhttp://example.com/other.jpg\n".utf8).write(to: URL(filePath: last))
    let before = try bench.scratch.snapshot()
    let outcome = try await bench.run(
      "ulimit -n \(Self.limit); exec winnow clean d@1.0 --to d@1.1 --out out")
    #expect(outcome.code == 6 && outcome.complaint.contains("is not the file that was catalogued"))
    #expect(try bench.scratch.changes(since: before) == [])
    #expect(!FileManager.default.fileExists(atPath: bench.scratch.path + "/out"))
  }
}
