import Foundation
import LedgerCrypto
import Testing

/// Nothing that leaves the custodian says which rows are of class `illegal`.
@Suite struct `The whole story of illegal rows` {
  @Test(arguments: ["", "--keyed"])
  func `names none of them anywhere`(register: String) async throws {
    let bench = try await Bench(rows: 300, shards: 2, register: register)
    let isKeyed = !register.isEmpty
    let story = try await bench.run(
      #"""
      winnow init demo --origin ledger.example.org/laion
      winnow key new hotline --out hotline-keys
      winnow actor add hotline --name "Example Hotline" --role matcher --role verifier --keys hotline-keys
      winnow release publish laion@1.0 sample/rows-*.csv
      winnow match laion@1.0 --list publisher@md5 sample/hotline-url-md5.txt --as hotline --keys hotline-keys
      winnow match laion@1.0 --list publisher@sha256 sample/foundation-url-sha256.csv --json
      winnow reconcile laion@1.0
      winnow reconcile laion@1.0 --json
      winnow remove laion@1.0 --all-matches --basis hash-match --reason-class illegal --dry-run
      winnow remove laion@1.0 --all-matches --basis hash-match --reason-class illegal --json
      winnow clean laion@1.0 --to laion@1.1 --out out --dry-run
      winnow clean laion@1.0 --to laion@1.1 --out out
      winnow clean laion@1.0 --to laion@1.2 --out again
      winnow model register m --artifact sample/model-weights.bin
      winnow model trained-on m laion@1.0
      winnow model deprecate m --stated-reason "not maintained"
      winnow model status m
      for n in $(seq 0 18); do winnow show $n; winnow show $n --json; winnow show $n --envelope; done
      winnow log --json; winnow status; winnow status --json
      winnow release list --json; winnow release show laion@1.1; winnow release show laion@1.1 --json
      winnow release diff laion@1.0 laion@1.1; winnow release diff laion@1.0 laion@1.1 --json
      winnow release verify laion@1.1; winnow release verify laion@1.0 sample/rows-*.csv
      winnow release verify laion@1.0 out/*.csv
      winnow hashlist list --json; winnow dataset list --json; winnow dataset show laion --json
      last() { winnow log | tail -1 | cut -d' ' -f1; }
      removal=$(winnow log | grep removal-decided | cut -d' ' -f1)
      diff sample/rows-00000.csv out/rows-00000.csv | sed -n 's/^< //p' | cut -d, -f1 | head -1 | sed 's/.*/{"URL":"&"}/' > wrong.jsonl
      winnow reinstate laion@1.1 --row wrong.jsonl --ground $removal
      winnow dispute open $removal --grounds false-positive --as hotline --keys hotline-keys
      winnow dispute resolve $(last) --outcome upheld --json
      winnow reinstate laion@1.1 --row wrong.jsonl --ground $(last) --json
      winnow clean laion@1.1 --to laion@1.3 --out out13 --dry-run
      winnow clean laion@1.1 --to laion@1.3 --out out13
      winnow prove transition laion@1.1 laion@1.3 --out returned.winnow.jsonl
      winnow remove laion@1.1 --row wrong.jsonl --basis report --reason-class illegal
      winnow remove laion@1.1 --row wrong.jsonl --basis report --reason-class privacy
      winnow remove laion@1.3 --row wrong.jsonl --basis report --reason-class privacy --json
      winnow attachment show $(($(last) - 1))/filter; winnow attachment show $(last)/set --json
      winnow release withdraw laion@1.3 --scope temporary --stated-reason "Under review." --json
      for n in $(seq 19 $(last)); do winnow show $n; winnow show $n --json; done
      rm -r wrong.jsonl out13
      winnow checkpoint
      winnow publish site
      winnow prove transition laion@1.0 laion@1.1 --out transition.winnow.jsonl
      winnow prove event 9 --out event.winnow.jsonl --tlog-proof event.tlog-proof
      winnow audit export --all --out audit.winnow.jsonl
      winnow audit verify audit.winnow.jsonl --policy demo/policy.txt
      winnow audit verify audit.winnow.jsonl --policy demo/policy.txt --json
      head -c 20000 sample/rows-00000.csv > cut.csv; echo '"' >> cut.csv
      winnow release publish laion@2.0 cut.csv; rm cut.csv
      winnow release publish laion@2.0 sample/rows-00000.csv --type width=bool
      winnow match laion@1.0 --list publisher@md5 sample/foundation-url-sha256.csv
      mv sample/rows-00001.csv away.csv
      winnow match laion@1.0 --list publisher@md5 sample/hotline-url-md5.txt
      winnow verify; winnow verify --json
      mv away.csv sample/rows-00001.csv
      """#)
    let all = try urls(in: "sample", of: bench)
    let removed = all.subtracting(try urls(in: "out", of: bench))
    try #require(removed.count > 5, "\(story.text)\(story.complaint)")
    try #require(story.text.contains("verified (level record)"), "\(story.complaint)")
    #expect(story.complaint.contains("no list of what left is shown"), "\(story.complaint)")

    var needles = Needles()
    for (place, url) in all.sorted().enumerated() where isKeyed || removed.contains(url) {
      needles.add(hashesOf: url, of: "row \(place)")
      needles.add(Array(url.utf8), "the URL of row \(place)")
      needles.add(tag: key(of: url), "the plain key of row \(place)")
    }
    for row in try rows(in: "sample", of: bench) where removed.contains(row.url) {
      needles.add(Array(row.md5.utf8), "the MD5 of an image")
    }
    for (name, bytes) in try outputs(of: bench, story) {
      #expect(needles.found(in: bytes) == [], "\(name)")
    }
    // What finds nothing here finds them where they are.
    #expect(!needles.found(in: try contents("sample/hotline-url-md5.txt", of: bench)).isEmpty)
  }

  /// Beside an open one of an earlier release it would say how many rows each shard lost.
  @Test func `keeps the manifest of what was cleaned to its custodian`() async throws {
    let bench = try await Bench(rows: 300, shards: 2)
    try await bench.done(
      """
      \(Bench.publish) && \(Bench.match)
      winnow remove laion@1.0 --all-matches --basis hash-match --reason-class illegal
      \(Bench.clean) && winnow publish site && winnow audit export --all --out a.winnow.jsonl
      """)
    let manifest = Array(#""shards":[{"#.utf8)
    var needles = Needles()
    needles.add(manifest, "a manifest")
    let found = try bench.scratch.snapshot().filter { name, _ in
      name.hasPrefix("site/") || name.hasPrefix("demo/attachments/")
    }.filter { !needles.found(in: Array($0.value)).isEmpty }
    // Of laion@1.0 alone.
    #expect(Set(found.map { $0.key.split(separator: "/").last }).count <= 1)
  }

  /// Who asks for one of them to go learns nothing from counts: others leave for what two decisions
  /// share, and with them where they were drawn.
  @Test func `takes as many rows as its counts say, whoever asked for one of them`() async throws {
    let bench = try await Bench(rows: 300, shards: 2)
    let story = try await bench.run(
      #"""
      winnow release publish laion@1.0 sample/rows-*.csv
      winnow match laion@1.0 --list publisher@md5 sample/hotline-url-md5.txt --json
      tail -qn +2 sample/rows-*.csv | cut -d, -f1 | while read -r url; do
        hash=$(printf %s "$url" | md5sum | cut -d' ' -f1)
        grep -qi $hash sample/hotline-url-md5.txt && echo "{\"URL\":\"$url\"}"
      done > listed.jsonl
      head -1 listed.jsonl > asked.jsonl; cp listed.jsonl demo/secrets; rm listed.jsonl
      winnow remove laion@1.0 --row asked.jsonl --basis request --reason-class privacy --json
      rm asked.jsonl
      winnow remove laion@1.0 --all-matches --basis hash-match --reason-class illegal --dilute 4 --dry-run
      winnow remove laion@1.0 --all-matches --basis hash-match --reason-class illegal --dilute 4 --json
      winnow clean laion@1.0 --to laion@1.1 --out out --dry-run --json
      winnow clean laion@1.0 --to laion@1.1 --out out --json
      winnow reconcile laion@1.0; winnow reconcile laion@1.0 --json
      winnow release diff laion@1.0 laion@1.1 --json; winnow release show laion@1.1 --json
      for n in $(seq 0 17); do winnow show $n; winnow show $n --json; done
      winnow checkpoint; winnow publish site; winnow verify
      winnow prove transition laion@1.0 laion@1.1 --out transition.winnow.jsonl
      winnow audit export --all --out audit.winnow.jsonl
      winnow audit verify audit.winnow.jsonl --policy demo/policy.txt --json
      """#)
    let all = try urls(in: "sample", of: bench)
    let removed = all.subtracting(try urls(in: "out", of: bench))
    let listed = String(
      decoding: try contents("demo/secrets/listed.jsonl", of: bench), as: UTF8.self)
    let illegal = removed.filter { listed.contains("\"\($0)\"") }
    try #require(illegal.count > 1, "\(story.text)\(story.complaint)")
    // What was found, what was asked for, though it was found as well, and what was drawn.
    #expect(removed.count == illegal.count + 1 + 4, "\(story.text)\(story.complaint)")
    #expect(story.text.contains(#""removedKeys":\#(illegal.count + 5)"#), "\(story.text)")
    #expect(story.complaint.contains("no list of what left is shown"), "\(story.complaint)")
    try expectHidden(removed, of: bench, story)
  }

  /// Of rows that somebody asked for, by a table or by a condition, and of those of lists that changed,
  /// only numbers leave the custodian.
  @Test func `names no row that was asked for, nor one of a list that changed`() async throws {
    let bench = try await Bench(rows: 300, shards: 2)
    let story = try await bench.run(
      #"""
      asked=demo/secrets/asked
      sed -n 2,4p sample/rows-00000.csv | cut -d, -f1 | { echo URL; cat; } > $asked.csv
      { cat $asked.csv; echo https://absent.example/1.jpg; } > $asked-absent.csv
      sed -n 5p sample/rows-00001.csv | cut -d, -f1 > $asked-where.txt
      where=$(cat $asked-where.txt)
      winnow release publish laion@1.0 sample/rows-*.csv
      winnow match laion@1.0 --list publisher@md5 --list publisher@sha256 sample/hotline-url-md5.txt sample/foundation-url-sha256.csv
      winnow match laion@1.0 --list publisher@md5 --list publisher@sha256 sample/hotline-url-md5.txt sample/foundation-url-sha256.csv --json
      winnow remove laion@1.0 --rows $asked-absent.csv --basis request --reason-class consent
      for more in --dry-run "--dry-run --json" --json; do
        winnow remove laion@1.0 --rows $asked-absent.csv --absent-ok --basis request --reason-class consent $more
        winnow remove laion@1.0 --where "URL=$where" --where "prefix:$where" --basis request --reason-class privacy $more
      done
      winnow remove laion@1.0 --all-matches --basis hash-match --reason-class illegal --json
      tail -n +3 sample/hotline-url-md5.txt > demo/secrets/later.txt
      found=$(tail -qn +2 sample/rows-*.csv | cut -d, -f1 | while read -r url; do printf %s "$url" | md5sum | cut -d' ' -f1; done | grep -if - sample/hotline-url-md5.txt | head -2)
      grep -vF "$found" sample/hotline-url-md5.txt > demo/secrets/later.txt
      winnow hashlist add publisher@later --algorithm md5 --of url demo/secrets/later.txt
      winnow match laion@1.0 --list publisher@later demo/secrets/later.txt
      winnow hashlist diff publisher@md5 publisher@later sample/hotline-url-md5.txt demo/secrets/later.txt
      winnow hashlist diff publisher@md5 publisher@later sample/hotline-url-md5.txt demo/secrets/later.txt --json
      winnow hashlist diff publisher@md5 publisher@later sample/hotline-url-md5.txt demo/secrets/later.txt --rows lost.jsonl
      wc -l < lost.jsonl; mv lost.jsonl demo/secrets
      winnow hashlist diff publisher@md5 publisher@later demo/secrets/later.txt sample/hotline-url-md5.txt
      winnow clean laion@1.0 --to laion@1.1 --out out --dry-run --json
      winnow clean laion@1.0 --to laion@1.1 --out out
      winnow reconcile laion@1.0 --json
      last=$(winnow log | tail -1 | cut -d' ' -f1)
      for n in $(seq 0 $last); do winnow show $n; winnow show $n --json; winnow show $n --envelope; done
      winnow checkpoint; winnow publish site; winnow verify
      winnow prove event $last --out event.winnow.jsonl
      winnow audit export --all --out audit.winnow.jsonl
      for bundle in event audit; do
        for files in out sample; do
          winnow release verify laion@1.1 $files --bundle $bundle.winnow.jsonl --policy demo/policy.txt
          winnow release verify laion@1.0 $files --bundle $bundle.winnow.jsonl --policy demo/policy.txt --json
        done
      done
      (cd out && sha256sum *.csv) | sed 's/  / * /' > listing.txt
      winnow release verify laion@1.1 --listing listing.txt
      winnow release verify laion@1.0 --listing listing.txt --json
      winnow release verify laion@1.0 --listing listing.txt --bundle audit.winnow.jsonl --policy demo/policy.txt
      """#)
    let all = try urls(in: "sample", of: bench)
    let removed = all.subtracting(try urls(in: "out", of: bench))
    try #require(removed.count > 5, "\(story.text)\(story.complaint)")
    try #require(story.text.contains("lost their ground"), "\(story.text)\(story.complaint)")
    let lost = try contents("demo/secrets/lost.jsonl", of: bench)
    try #require(lost.count(where: { $0 == 0x0a }) == 2, "\(story.text)\(story.complaint)")
    try #require(story.text.contains("verified (level files)"), "\(story.complaint)")
    let needles = try expectHidden(removed, of: bench, story)
    // What finds nothing here finds them where they are.
    #expect(!needles.found(in: lost).isEmpty)
  }

  /// Looks in everything that may leave the custodian for rows by their URLs, hashes and keys.
  @discardableResult
  private func expectHidden(
    _ removed: Set<String>, of bench: Bench, _ story: Program.Outcome
  ) throws -> Needles {
    var needles = Needles()
    for (place, url) in removed.sorted().enumerated() {
      needles.add(hashesOf: url, of: "row \(place)")
      needles.add(Array(url.utf8), "the URL of row \(place)")
      needles.add(tag: key(of: url), "the key of row \(place)")
    }
    for row in try rows(in: "sample", of: bench) where removed.contains(row.url) {
      needles.add(Array(row.md5.utf8), "the MD5 of an image")
    }
    for (name, bytes) in try outputs(of: bench, story) {
      #expect(needles.found(in: bytes) == [], "\(name)")
    }
    return needles
  }

  /// Everything that may leave the custodian: what was said, and every file that is not the data,
  /// the lists, a secret, or an index or catalogue that stays here.
  private func outputs(of bench: Bench, _ story: Program.Outcome) throws -> [(String, [UInt8])] {
    let kept = ["sample/", "out/", "again/", "demo/secrets/", "demo/index/", "demo/catalog/"]
    let files = try bench.scratch.snapshot().keys.filter { name in
      !kept.contains { name.hasPrefix($0) }
    }
    return [("standard output", story.output), ("standard error", story.errors)]
      + (try files.sorted().map { ($0, try contents($0, of: bench)) })
  }

  private func contents(_ name: String, of bench: Bench) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: bench.scratch.path + "/" + name)))
  }

  private func urls(in folder: String, of bench: Bench) throws -> Set<String> {
    Set(try rows(in: folder, of: bench).map(\.url))
  }

  private func rows(in folder: String, of bench: Bench) throws -> [(url: String, md5: String)] {
    var rows: [(url: String, md5: String)] = []
    let path = bench.scratch.path + "/" + folder
    for name in try FileManager.default.contentsOfDirectory(atPath: path)
    where name.hasPrefix("rows-") {
      let text = String(decoding: try contents("\(folder)/\(name)", of: bench), as: UTF8.self)
      for line in text.split(separator: "\n") where line.hasPrefix("http") {
        rows.append((String(line.prefix { $0 != "," }), String(line.suffix(32))))
      }
    }
    return rows
  }

  /// The key of a row of a plain dataset whose identity is its URL.
  private func key(of url: String) -> [UInt8] {
    let text = Array(url.utf8)
    let size = UInt32(text.count)
    let length = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) }
    return Digest(
      sha256: Digest(sha256: Array("winnow key v1".utf8)).bytes
        + Digest(sha256: Array(#"[["URL","string"]]"#.utf8)).bytes + [5] + length + text
    ).bytes
  }
}
