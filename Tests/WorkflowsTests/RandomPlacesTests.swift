import Testing
import Workflows

@Suite struct `Places in a random order` {
  @Test func `are each there once`() {
    for count in 0..<60 {
      #expect(Array(RandomPlaces(below: count)).sorted() == Array(0..<count))
    }
  }

  /// Each of the orders of four comes up: the chance that one of 24 does not in 2,000 is 3 in 10³⁶.
  @Test func `come in every order`() {
    let orders = Set((0..<2000).map { _ in Array(RandomPlaces(below: 4)) })
    #expect(orders.count == 24)
  }

  @Test func `take memory only for those that are drawn`() {
    var places = RandomPlaces(below: .max)
    let drawn = (0..<1000).compactMap { _ in places.next() }
    #expect(Set(drawn).count == 1000 && drawn.allSatisfy { $0 >= 0 })
  }
}
