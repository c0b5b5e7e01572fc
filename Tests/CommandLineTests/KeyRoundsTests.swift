import Testing

/// The program as it is, without what other tests load into it.
@Suite struct `What a passphrase protects` {
  @Test func `takes 600,000 rounds to open`() async throws {
    let scratch = try Scratch()
    let outcome = try await Program.run(
      """
      set -e
      few=$LD_PRELOAD; unset LD_PRELOAD
      echo "correct horse" > pass.txt
      export WINNOW_LEDGER=demo WINNOW_PASSPHRASE_FILE=pass.txt
      winnow init demo --origin ledger.example.org/laion > /dev/null
      # 0927C0 is 600,000.
      for key in demo/keys/*.pem; do openssl asn1parse -in $key | grep -o 'INTEGER.*'; done
      winnow dataset register a --identity id --keyed > /dev/null
      # With fewer the ledger's own key does not open.
      [ -z "$few" ] || ! LD_PRELOAD=$few winnow dataset register b --identity id --keyed || echo "b"
      """, in: scratch.path)
    #expect(outcome.code == 0, "\(outcome.complaint)")
    #expect(outcome.text == String(repeating: "INTEGER           :0927C0\n", count: 2))
    #expect(outcome.complaint.contains("passphrase") || Preloaded.fewRounds == nil)
  }
}
