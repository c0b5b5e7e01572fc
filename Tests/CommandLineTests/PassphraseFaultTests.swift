import Foundation
import Testing

@Suite(.enabled(if: Preloaded.faults != nil))
struct `A change of passphrase` {
  /// At every call that changes a file: it fails, or is the last that the program does.
  @Test(arguments: ["fail", "kill"]) func `leaves each file one of two`(kind: String) async throws {
    let bench = try await Bench(rows: 20)
    let faults = try #require(Preloaded.faults)
    try await bench.done(
      """
      set -e
      echo "battery staple" > new.txt
      winnow dataset register clinic --identity id --keyed
      winnow actor add foundation --role matcher --custodial
      echo '{"id":"1","text":"row"}' > clinic.jsonl
      cp -a demo kept
      """)
    let outcome = try await bench.run(
      """
      change() { winnow key passphrase --new-passphrase-file new.txt; }
      fault() { FAULT_AT=$1 FAULT_KIND=\(kind) FAULT_COUNT=$PWD/count \
        LD_PRELOAD="\(faults) $LD_PRELOAD" \
        bash -c 'exec winnow key passphrase --new-passphrase-file new.txt'; }
      fault 0 > /dev/null 2>&1 || { echo "it fails without a fault"; exit 1; }
      last=$(cat count)
      [ "$last" -ge 8 ] || { echo "only $last calls were seen"; exit 1; }
      for n in $(seq 1 $((last / 6 + 1)) $last) $last; do
        rm -rf demo && cp -a kept demo
        fault $n > said 2> complaint; code=$?
        for key in demo/keys/*.pem; do
          openssl pkey -in $key -noout -passin file:pass.txt 2> /dev/null ||
            openssl pkey -in $key -noout -passin file:new.txt 2> /dev/null ||
            echo "broken $n: $key opens with neither"
        done
        change > again 2>&1 || echo "broken $n: $(cat again)"
        for key in demo/keys/*.pem; do
          openssl pkey -in $key -noout -passin file:new.txt 2> /dev/null ||
            echo "broken $n: $key does not open"
        done
        { WINNOW_PASSPHRASE_FILE=new.txt winnow release publish clinic@1 clinic.jsonl &&
          WINNOW_PASSPHRASE_FILE=new.txt winnow checkpoint; } > again 2>&1 || echo "broken $n: $(cat again)"
        \(kind == "kill" ? "rm -f demo/*/.winnow-*" : "")
        find demo -name '.winnow-*' | sed "s/^/broken $n: left /"
        echo "try $n $code $(head -c 7 complaint)"
      done
      """)
    #expect(outcome.code == 0, "\(outcome.text) \(outcome.complaint)")
    let lines = outcome.text.split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("broken") } == [])
    let tries = lines.filter { $0.hasPrefix("try") }
    #expect(tries.count > 2)
    // What only makes things tidy may fail unsaid.
    #expect(tries.count { $0.contains(kind == "kill" ? " 137" : " 4 winnow:") } > 2, "\(tries)")
  }
}
