import LedgerCrypto
import Testing

@Suite struct `A figure in a sentence` {
  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1_000, "1,000"), (12_345, "12,345"),
    (999_999, "999,999"), (1_000_000, "1,000,000"), (-7, "-7"), (-999, "-999"),
    (-1_234_567, "-1,234,567"), (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func `has its digits in groups of three`(figure: Int, text: String) {
    #expect(figure.grouped == text)
  }

  @Test func `is grouped whatever its type`() {
    #expect(UInt64.max.grouped == "18,446,744,073,709,551,615")
    #expect(UInt8(200).grouped == "200")
  }

  @Test func `agrees in number with what it counts`() {
    #expect(0.of("row") == "0 rows")
    #expect(1.of("row") == "1 row")
    #expect(2.of("row") == "2 rows")
    #expect(UInt64(20_000).of("row") == "20,000 rows")
    #expect(1.of("entry", "entries") == "1 entry")
    #expect(1_000.of("entry", "entries") == "1,000 entries")
  }
}
