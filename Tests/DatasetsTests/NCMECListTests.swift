import Files
import LedgerCrypto
import TestSupport
import Testing

@testable import Datasets

@Suite struct `A list in NCMEC's XML` {
  typealias Answers = NCMECListTests

  func read(_ text: String, _ algorithm: ListAlgorithm = .md5, piece: Int? = nil) throws
    -> ListCollector
  {
    let bytes = Array(text.utf8)
    var parser = HashListParser(algorithm: algorithm)
    var start = 0
    while start < bytes.count {
      let end = min(start + (piece ?? bytes.count), bytes.count)
      try parser.take(bytes.span.extracting(start..<end))
      start = end
    }
    return try parser.finish()
  }

  @Test(arguments: [1, 7, 64, 100_000])
  func `counts deleted entries, disputed ones, and those without the hash`(piece: Int) throws {
    let list = try read(Answers.answer, piece: piece)
    #expect(
      list.hashes == ["a", "b"].map { word in LegacyHash.paddedMD5(Array(word.utf8).span) })
    #expect(list.counts.read == 5 && list.counts.deleted == 2 && list.counts.withoutHash == 1)
    #expect(list.counts.disputed == 1)
    let sha1 = try read(Answers.answer, .sha1, piece: piece)
    #expect(sha1.hashes.count == 1 && sha1.counts.withoutHash == 2 && sha1.counts.deleted == 2)
  }

  @Test func `may name its elements with a prefix, and have strangers' between them`() throws {
    let list = try read(
      """
      <n:queryResult xmlns:n="\(NCMECList.namespace)" xmlns="other"><n:images><n:image>
      <n:fingerprints><md5>zz</md5><n:md5>&#48;cc175b9c0f1b6a831c399e26977266<![CDATA[1]]></n:md5>
      </n:fingerprints><fingerprints><n:md5>zz</n:md5></fingerprints></n:image></n:images>
      <n:paging><n:next><n:md5>zz</n:md5></n:next></n:paging></n:queryResult>
      """)
    #expect(list.hashes == [LegacyHash.paddedMD5(Array("a".utf8).span)] && list.counts.read == 1)
  }

  @Test(arguments: [
    "<!DOCTYPE queryResult>", "<!DOCTYPE q [<!ENTITY a \"aaaa\">]>",
    "<!DOCTYPE q [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\"><!ENTITY c \"&b;&b;\">]>",
    "<!DOCTYPE q SYSTEM \"file:///etc/passwd\">",
    "<!DOCTYPE q PUBLIC \"x\" \"http://example.com/\">",
    "<!DOCTYPE q [<!ENTITY % p SYSTEM \"http://example.com/\"> %p;]>", "<!DOCTYPE", "<!DOCTYPE q [",
  ])
  func `with a document type is refused before anything of it is read`(type: String) throws {
    let body = Answers.answer.replacing(
      "<queryResult", with: "\(type)<queryResult", maxReplacements: 1)
    for piece in [3, 100_000] {
      let flaw = #expect(throws: HashListFlaw.self) { try read(body, piece: piece) }
      // Cut off before it began it is only malformed.
      #expect(flaw == .doctype || !type.hasSuffix(">") && flaw == .malformedXML)
    }
  }

  @Test(arguments: [
    ("", HashListFlaw.otherXML), ("<queryResult/>", .otherXML),
    ("<status xmlns=\"\(NCMECList.namespace)\"/>", .otherXML),
    ("<queryResult xmlns=\"https://hashsharing.ncmec.org/hashsharing/v1\"/>", .otherXML),
    ("<queryResult xmlns=\"\(NCMECList.namespace)\">", .malformedXML),
    ("<a><b></a></b>", .otherXML), ("<", .malformedXML), ("<a", .malformedXML),
    ("<a>&x;</a>", .otherXML),
    ("\(Answers.opening)&x;\(Answers.closing)", .malformedXML),
    ("\(Answers.opening)<image></images>", .malformedXML),
    ("\(Answers.answer)<x/>", .malformedXML),
    ("\(Answers.opening)\(Answers.image("zz"))\(Answers.closing)", .notAHash(.md5)),
    (
      "\(Answers.opening)\(Answers.image(String(repeating: "0", count: 5000)))\(Answers.closing)",
      .notAHash(.md5)
    ),
    ("\(Answers.opening)\(Answers.image("<b/>"))\(Answers.closing)", .malformedXML),
    (
      "\(Answers.opening)\(Answers.image("\(Answers.md5)</md5><md5>\(Answers.md5)"))\(Answers.closing)",
      .twoHashes(.md5)
    ),
    (
      "\(Answers.opening)\(String(repeating: "<a>", count: 80))\(Answers.closing)", .malformedXML
    ),
  ])
  func `is refused when it is something else`(text: String, flaw: HashListFlaw) throws {
    if text.isEmpty { return }
    for piece in [5, 100_000] {
      #expect(throws: flaw) { try read(text, piece: piece) }
    }
  }

  @Test func `has no markup without an end`() throws {
    let endless = "<queryResult a=\"" + String(repeating: "b", count: 1 << 20)
    var parser = HashListParser(algorithm: .md5)
    #expect(throws: HashListFlaw.malformedXML) {
      try parser.take(Array(endless.utf8).span)
      let more = [UInt8](repeating: UInt8(ascii: "b"), count: 1 << 20)
      for _ in 0..<12 { try parser.take(more.span) }
    }
  }

  @Test func `says on which line it is refused`() throws {
    let scratch = try Scratch()
    let text = Answers.opening + "\n\n" + Answers.image("zz") + Answers.closing
    let path = try scratch.put(Array(text.utf8).gzipped, "list")
    do {
      _ = try HashList(path: path, algorithm: .md5, of: .image)
      Issue.record("it was taken")
    } catch DatasetFailure.list(_, let line, let flaw) {
      #expect(line == 3 && flaw == .notAHash(.md5))
    }
  }
}

/// Answers in the form of NCMEC's API, made up.
enum NCMECListTests {
  static let md5 = "0cc175b9c0f1b6a831c399e269772661"
  static let opening = "<queryResult xmlns=\"\(NCMECList.namespace)\"><images>"
  static let closing = "</images></queryResult>"
  static func image(_ md5: String) -> String {
    "<image><fingerprints><md5>\(md5)</md5></fingerprints></image>"
  }
  static let answer = """
    <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
    <queryResult xmlns="https://hashsharing.ncmec.org/hashsharing/v2">
      <images count="2" maxTimestamp="2017-10-24T15:10:00Z">
        <image>
          <member id="42">Example Member</member>
          <timestamp>2017-10-24T15:00:00Z</timestamp>
          <id>image1</id>
          <classification>A1</classification>
          <fingerprints>
            <md5>\(md5)</md5>
            <sha1>86f7e437faa5a7fce15d1ddcb9eaeaea377667b8</sha1>
            <pdna>a1a1a1...</pdna>
          </fingerprints>
          <feedback lastUpdateTimestamp="2023-06-01T12:48:14Z">
            <affirmativeFeedback type="Md5"><members/></affirmativeFeedback>
            <negativeFeedback type="Sha1"><reasons><reason name="1"/></reasons></negativeFeedback>
            <negativeFeedback type="Md5"/>
          </feedback>
        </image>
        <deletedImage><member id="43">Other</member><id>image4</id></deletedImage>
      </images>
      <videos count="3">
        <video>
          <fingerprints>
            <md5>92EB5FFEE6AE2FEC3AD71C777531578F</md5>
            <tmk-pdqf rel="self" href="/v2/entries/1/fingerprints/TMK_PDQF"/>
          </fingerprints>
        </video>
        <video><fingerprints><pdna>b1</pdna></fingerprints><feedback/></video>
        <deletedVideo><id>video4</id></deletedVideo>
      </videos>
      <paging><next>/v2/entries?from=2017&amp;to=2018</next></paging>
    </queryResult>
    """
}
