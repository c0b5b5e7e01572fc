internal import Dispatch
internal import Synchronization

/// Work spread over the cores.
enum Parallel {
  /// The cores to use.
  static let width = max(1, ProcessorCount.active)

  /// Applies `transform` to each element on all cores; the results are in the elements' order.
  static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    // Short runs, so that a core that is held up elsewhere delays little.
    let stride = max(1, min(64, elements.count / (4 * width)))
    let runs = (elements.count + stride - 1) / stride
    if runs <= 1 { return elements.map(transform) }
    let results = Mutex<[[Result]]>(Array(repeating: [], count: runs))
    DispatchQueue.concurrentPerform(iterations: runs) { run in
      let range = run * stride..<min(elements.count, (run + 1) * stride)
      let output = elements[range].map(transform)
      results.withLock { $0[run] = output }
    }
    return results.withLock { $0.flatMap { $0 } }
  }
}
