import LedgerCrypto
import Testing

@testable import Datasets

@Suite struct `A Git LFS pointer` {
  static let start = "version https://git-lfs.github.com/spec/v1\n"
  static let oid = "oid sha256:" + String(repeating: "1f", count: 32) + "\n"

  @Test(arguments: [
    start + oid + "size 7516192768\n",
    "version https://hawser.github.com/spec/v1\n" + oid + "size 7516192768\n",
    start + "ext-0-foo sha256:" + String(repeating: "00", count: 32) + "\n" + oid
      + "size 7516192768\n",
  ])
  func `says the digest and the size of the file that it stands for`(text: String) throws {
    let pointer = try #require(LFSPointer(Array(text.utf8)))
    #expect(pointer.sha256.hex == String(repeating: "1f", count: 32))
    #expect(pointer.size == 7_516_192_768)
  }

  @Test(arguments: [
    "", "version 1\n", "{\"URL\":\"version https://git-lfs.github.com/spec/v1\"}\n",
    " " + start + oid + "size 1\n", "URL,TEXT\n",
  ])
  func `is not what begins otherwise`(text: String) {
    #expect(!LFSPointer.begins(Array(text.utf8)))
    #expect(LFSPointer(Array(text.utf8)) == nil)
  }

  @Test(arguments: [
    start, start + oid, start + "size 1\n", start + oid + "size 1", start + oid + "size\n",
    start + oid + "size -1\n", start + oid + "size 1.5\n", start + oid + "size +1\n",
    start + oid + "size 18446744073709551616\n", start + oid + "size  1\n",
    start + oid + "\nsize 1\n", start + oid + oid + "size 1\n",
    start + oid.replacing("sha256", with: "md5") + "size 1\n",
    start + oid.replacing("1f1f1f", with: "1f1f") + "size 1\n",
    start + oid.replacing("1f1f1f", with: "1f1fxf") + "size 1\n",
    start.replacing("v1", with: "v2") + oid + "size 1\n",
    start.replacing("v1", with: "v1.1") + oid + "size 1\n",
    start + oid + "size 1\n" + String(repeating: "x", count: 1_024) + " y\n",
  ])
  func `that is damaged says nothing, and is seen to be meant as one`(text: String) {
    #expect(LFSPointer.begins(Array(text.utf8)))
    #expect(LFSPointer(Array(text.utf8)) == nil)
  }
}
