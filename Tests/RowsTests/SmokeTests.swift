import Rows
import Testing

@Suite struct `A column type` {
  @Test func `round trips`() throws {
    #expect(try ColumnType(text: "list<list<int>>").text == "list<list<int>>")
  }
}
