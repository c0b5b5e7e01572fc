/// The places 0 ..< count, each once, in an order that is drawn at random.
///
/// Memory for the places drawn so far, whatever the count: a shuffle (Durstenfeld 1964) of which only
/// what was moved is kept. The system's generator draws, which nobody can predict.
package struct RandomPlaces: Sequence, IteratorProtocol {
  private var left: Int
  /// What lies at a place, where that is not the place itself.
  private var moved: [Int: Int] = [:]
  private var generator = SystemRandomNumberGenerator()

  package init(below count: Int) { left = count }

  package mutating func next() -> Int? {
    guard left > 0 else { return nil }
    let drawn = Int.random(in: 0..<left, using: &generator)
    left -= 1
    let last = moved.removeValue(forKey: left) ?? left
    if drawn == left { return last }
    return moved.updateValue(last, forKey: drawn) ?? drawn
  }
}
