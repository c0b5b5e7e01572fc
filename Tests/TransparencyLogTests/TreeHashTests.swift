import LedgerCrypto
import Testing
import TransparencyLog

@Suite struct `The hashes of RFC 6962` {
  @Test func `are those of the certificate-transparency constants`() throws {
    #expect(
      TreeHash.empty.hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      TreeHash.leaf([]).hex == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
    #expect(
      TreeHash.leaf("L123456".bytes).hex
        == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56")
    // H(01 ‖ N123 ‖ N456): the constant's children are not 32 bytes, so it is hashed by hand.
    #expect(
      Digest(sha256: [0x01] + "N123N456".bytes).hex
        == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb")
  }

  @Test func `make the eight reference roots`() throws {
    let leaves = [
      "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
      "606162636465666768696a6b6c6d6e6f",
    ]
    let roots = [
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
    var frontier = TreeFrontier()
    #expect(frontier.root == TreeHash.empty)
    for (leaf, root) in zip(leaves, roots) {
      frontier.append(TreeHash.leaf(try #require([UInt8](hex: leaf))))
      #expect(frontier.root.hex == root)
    }
  }

  @Test func `make the root of one, two, three in a checkpoint of Tessera`() {
    var frontier = TreeFrontier()
    for entry in ["one", "two", "three"] { frontier.append(TreeHash.leaf(entry.bytes)) }
    #expect(frontier.root.base64 == "Wqx3HImawpLnS/Gv4ubjAvi1WIOy0b8Ze0amvqbavKk=")
  }
}

@Suite struct `The size of a tree` {
  @Test(arguments: [
    "", " 1", "1 ", "+1", "-1", "00", "01", "1.", "0x1", "1e3", "٣", "9223372036854775808",
    "18446744073709551615", "18446744073709551616", "99999999999999999999",
    "100000000000000000000",
  ])
  func `is not spelled so`(text: String) {
    #expect(TreeSize(decimal: text.utf8) == nil)
  }

  @Test(arguments: ["0", "1", "10", "20852163", "9223372036854775807"])
  func `is canonical decimal`(text: String) {
    #expect(TreeSize(decimal: text.utf8)?.description == text)
  }
}
