import Foundation
import Synchronization
import Testing

@testable import Files

@Suite struct `Work in order` {
  /// What fails: reading, working on or taking one item.
  enum Failure: Error, Hashable {
    case reading(Int)
    case working(Int)
    case taking(Int)
  }

  /// How many items there are, and which fail where.
  struct Plan {
    var count: Int
    var reading: Int?
    var working: Set<Int> = []
    var taking: Int?

    /// What one item at a time gives.
    var inSequence: Outcome {
      var taken: [Int] = []
      for item in 0..<count {
        if item == reading { return Outcome(taken: taken, failure: .reading(item)) }
        if working.contains(item) { return Outcome(taken: taken, failure: .working(item)) }
        if item == taking { return Outcome(taken: taken, failure: .taking(item)) }
        taken.append(item)
      }
      return Outcome(taken: taken, failure: reading == count ? .reading(count) : nil)
    }

    /// What a crew gives.
    func run(width: Int, ahead: Int) -> Outcome {
      var taken: [Int] = []
      var read = 0
      var isAtEnd = false
      let worked = Mutex([Int](repeating: 0, count: count))
      let running = Counter()
      defer {
        #expect(running.value == 0)
        #expect(worked.withLock { $0.allSatisfy { $0 <= 1 } })
      }
      do throws(Failure) {
        try Crew.work(width: width) { (crew) throws(Failure) in
          try crew.inOrder(
            ahead: ahead,
            next: { () throws(Failure) in
              #expect(!isAtEnd)
              #expect(read - taken.count < ahead)
              if read == reading {
                isAtEnd = true
                throw .reading(read)
              }
              guard read < count else {
                isAtEnd = true
                return nil
              }
              defer { read += 1 }
              return read
            },
            work: { [working] (item: Int) throws(Failure) in
              running.add(1)
              defer { running.add(-1) }
              worked.withLock { $0[item] += 1 }
              // Later items are often done first.
              for _ in 0..<(item * 7 + 3) % 5 { sched_yield() }
              if working.contains(item) { throw .working(item) }
              return item * item
            },
            take: { (square: Int) throws(Failure) in
              if taken.count == taking { throw .taking(taken.count) }
              #expect(square == taken.count * taken.count)
              taken.append(taken.count)
            })
        }
        return Outcome(taken: taken, failure: nil)
      } catch {
        return Outcome(taken: taken, failure: error)
      }
    }
  }

  struct Outcome: Hashable {
    var taken: [Int]
    var failure: Failure?
  }

  @Test(arguments: 1...4, 1...3)
  func `ends as one item at a time does, whatever fails`(width: Int, ahead: Int) {
    for count in 0...4 {
      for reading in [nil] + (0...count).map(Optional.some) {
        for taking in [nil] + (0..<count).map(Optional.some) {
          for failing in 0..<1 << count {
            let plan = Plan(
              count: count, reading: reading,
              working: Set((0..<count).filter { failing >> $0 & 1 == 1 }), taking: taking)
            #expect(plan.run(width: width, ahead: ahead) == plan.inSequence, "\(plan)")
          }
        }
      }
    }
  }

  @Test(arguments: 1...8) func `takes many items in their order`(width: Int) {
    for ahead in [1, 2, width, 2 * width, 100] {
      let plan = Plan(count: 500)
      #expect(plan.run(width: width, ahead: ahead) == plan.inSequence)
      let failing = Plan(count: 500, working: [499, 377, 378, 401])
      #expect(failing.run(width: width, ahead: ahead) == failing.inSequence)
    }
  }

  /// Counts itself while it is there.
  private final class Counted: Sendable {
    private let counter: Counter
    init(_ counter: Counter) {
      self.counter = counter
      counter.add(1)
    }
    deinit { counter.add(-1) }
  }

  @Test(arguments: 1...5, [1, 2, 7])
  func `holds no more than what is read and not taken`(width: Int, ahead: Int) {
    let items = Counter()
    let products = Counter()
    var left = 300
    Crew.work(width: width) { crew in
      crew.inOrder(
        ahead: ahead,
        next: {
          // What was taken is gone, and so are the items of which it was made. Only in a job that is
          // ending, one on each thread, both are there.
          let (read, made) = (items.value, products.value)
          #expect(read < ahead && made < ahead)
          #expect(read + made < ahead + width)
          left -= 1
          return left >= 0 ? Counted(items) : nil
        },
        work: { _ in Counted(products) },
        take: { _ in
          #expect(products.value <= ahead)
          #expect(items.value < ahead)
        })
    }
    #expect(items.value + products.value == 0)
  }

  @Test func `may be done within work in order`() {
    var sums: [Int] = []
    Crew.work(width: 3) { crew in
      var outer = (1...20).makeIterator()
      crew.inOrder(
        next: { outer.next() },
        work: { last in
          var sum = 0
          var inner = (1...last).makeIterator()
          Crew.work(width: 3) { crew in
            crew.inOrder(next: { inner.next() }, work: { $0 * 2 }, take: { sum += $0 })
          }
          return sum
        },
        take: { sums.append($0) })
    }
    #expect(sums == (1...20).map { $0 * ($0 + 1) })
  }

  @Test func `gives back the memory of jobs for the next`() {
    let spares = Spares<[Int]>()
    let made = Counter()
    var left = 200
    Crew.work(width: 4) { crew in
      crew.inOrder(
        next: {
          left -= 1
          return left >= 0 ? left : nil
        },
        work: { item in
          var room = spares.take() ?? []
          if room.isEmpty { made.add(1) }
          room.append(item)
          spares.put(room)
        }, take: { _ in })
    }
    var all: [Int] = []
    while let room = spares.take() { all += room }
    #expect(made.value <= 4)
    #expect(all.sorted() == Array(0..<200))
  }
}
