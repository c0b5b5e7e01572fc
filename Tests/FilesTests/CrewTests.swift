import Dispatch
import Foundation
import Synchronization
import Testing

@testable import Files

/// Counts on any thread.
final class Counter: Sendable {
  private let count = Atomic(0)
  func add(_ number: Int) { count.add(number, ordering: .sequentiallyConsistent) }
  var value: Int { count.load(ordering: .sequentiallyConsistent) }
}

@Suite struct `Jobs of a crew` {
  /// Something that a job holds or gives.
  private final class Held: Sendable {}

  /// What is held, seen from outside.
  private struct Watch {
    weak let held: Held?
    init(_ held: Held) { self.held = held }
  }

  /// Posts a job that holds something, and gives what watches it.
  private func postHolding(_ crew: Crew) -> (Pending<Void>, Watch) {
    let held = Held()
    return (crew.post { _ = held }, Watch(held))
  }

  /// Posts a job that gives something new, and what watches it when it has been taken.
  private func taken(_ crew: Crew) -> Watch { Watch(crew.post { Held() }.take()) }

  @Test(arguments: [1, 2, 3, 7, 64]) func `are all done, each once`(width: Int) {
    let done = Mutex([Int](repeating: 0, count: 1_000))
    let given = Crew.work(width: width) { crew in
      var pending: [Pending<Int>] = []
      var given: [Int] = []
      for job in 0..<1_000 {
        pending.append(
          crew.post {
            done.withLock { $0[job] += 1 }
            return job
          })
        // Now and then all that wait, now and then none.
        if job % 100 == 0 { given += pending.map { $0.take() } }
        if job % 100 == 0 { pending = [] }
      }
      return given + pending.map { $0.take() }
    }
    #expect(given == Array(0..<1_000))
    #expect(done.withLock { $0.allSatisfy { $0 == 1 } })
  }

  @Test func `are taken in any order`() {
    Crew.work(width: 3) { crew in
      for step in [1, 3, 7, 9, 11] {
        let pending = (0..<50).map { job in crew.post { job * job } }
        for place in 0..<50 {
          let job = (place * step + 13) % 50
          #expect(pending[job].take() == job * job)
        }
      }
    }
  }

  @Test func `are let go of when they are done, while others still wait`() {
    // Nobody but the caller works, so that the order is known.
    Crew.work(width: 1) { crew in
      var last: [Pending<Void>] = []
      for _ in 0..<100 {
        let (pending, watch) = postHolding(crew)
        last.append(crew.post {})
        #expect(watch.held != nil)
        pending.take()
        #expect(watch.held == nil)
      }
      for pending in last { pending.take() }
    }
  }

  @Test(arguments: [1, 2, 5])
  func `hold nothing, and no thread what they gave, once that is taken`(width: Int) {
    Crew.work(width: width) { crew in
      for _ in 0..<500 {
        let (pending, watch) = postHolding(crew)
        pending.take()
        #expect(watch.held == nil)
        #expect(taken(crew).held == nil)
      }
    }
  }

  @Test func `free what they are given`() {
    Crew.work(width: 1) { crew in
      let watch: Watch
      do {
        let held = Held()
        watch = Watch(held)
        crew.free(held)
      }
      #expect(watch.held != nil)
      crew.post {}.take()
      #expect(watch.held == nil)
    }
  }

  @Test func `that nobody began are never run once the crew ends`() {
    struct Stop: Error, Equatable {}
    let ran = Mutex(0)
    let watch = Mutex<Watch?>(nil)
    #expect(throws: Stop()) {
      try Crew.work(width: 1) { crew throws(Stop) in
        for _ in 0..<10 { crew.post { ran.withLock { $0 += 1 } } }
        let (_, held) = postHolding(crew)
        watch.withLock { $0 = held }
        throw Stop()
      }
    }
    #expect(ran.withLock { $0 } == 0)
    #expect(watch.withLock { $0?.held } == nil)
  }

  @Test func `that run when the crew ends are waited for`() {
    let begun = DispatchSemaphore(value: 0)
    for _ in 0..<20 {
      let ended = Counter()
      Crew.work(width: 2) { crew in
        crew.post {
          begun.signal()
          while !crew.isClosed { sched_yield() }
          for _ in 0..<1_000 { sched_yield() }
          ended.add(1)
        }
        begun.wait()
      }
      #expect(ended.value == 1)
    }
  }

  /// Each level has crews of its own, far more threads than there are.
  private static func leaves(depth: Int) -> Int {
    if depth == 0 { return 1 }
    return Crew.work(width: 3) { crew in
      (0..<3).map { _ in crew.post { leaves(depth: depth - 1) } }.reduce(0) { $0 + $1.take() }
    }
  }

  @Test func `may have crews of their own`() {
    #expect(Self.leaves(depth: 5) == 243)
  }

  /// Posts to the crew that runs it, and waits.
  private static func count(_ crew: Crew, depth: Int) -> Int {
    if depth == 0 { return 1 }
    return (0..<3).map { _ in crew.post { count(crew, depth: depth - 1) } }
      .reduce(0) { $0 + $1.take() }
  }

  @Test(arguments: [1, 2, 4]) func `may post to their own crew`(width: Int) {
    #expect(Crew.work(width: width) { Self.count($0, depth: 4) } == 81)
  }

  @Test func `are done by several callers at once`() async {
    let sums = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask { Cores.map(Array(0..<500)) { $0 }.reduce(0, +) }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(sums == Array(repeating: 124_750, count: 8))
  }

  @Test func `give what they give once`() async {
    await #expect(processExitsWith: .failure) {
      Crew.work(width: 1) { crew in
        let pending = crew.post { 1 }
        _ = pending.take() + pending.take()
      }
    }
  }

  @Test func `are not waited for when their crew has ended without them`() async {
    await #expect(processExitsWith: .failure) {
      _ = Crew.work(width: 1) { $0.post { 1 } }.take()
    }
  }

  @Test func `are not taken by a crew that has ended`() async {
    await #expect(processExitsWith: .failure) {
      Crew.work(width: 1) { $0 }.post {}
    }
  }
}

@Suite struct `Elements mapped on all cores` {
  @Test(arguments: [0, 1, 2, 7, 8, 9, 15, 16, 17, 100, 511, 512, 513, 2_000])
  func `keep their order`(count: Int) {
    let elements = Array(0..<count)
    #expect(Cores.map(elements) { "\($0)" } == elements.map { "\($0)" })
  }
}

@Suite struct `Spare memory` {
  @Test func `is had again by one at a time`() {
    let spares = Spares<[Int]>()
    #expect(spares.take() == nil)
    spares.put([1])
    spares.put([2])
    #expect(spares.count == 2)
    #expect(Set([spares.take(), spares.take()]) == [[1], [2]])
    #expect(spares.take() == nil)
  }
}
