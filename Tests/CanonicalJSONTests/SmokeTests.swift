import CanonicalJSON
import Testing

@Suite struct `A JSON document` {
  @Test func `round trips`() throws {
    let text = #"{"a":[1,-2,true,false,null],"b":{"c":"d\n"}}"#
    let json = try JSON(parsingCanonical: Array(text.utf8))
    #expect(String(decoding: json.canonicalBytes, as: UTF8.self) == text)
  }
}
