internal import Foundation

/// The machine's cores.
package enum Cores {
  /// How many can be used, 1 or more.
  package static let count = max(1, ProcessInfo.processInfo.activeProcessorCount)

  /// Applies `transform` to each element on all cores; the results are in the elements' order.
  package static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ transform: @escaping @Sendable (Element) -> Result
  ) -> [Result] {
    // Short runs, so that a core that is held up elsewhere delays little.
    let run = max(1, min(64, elements.count / (4 * count)))
    if count == 1 || elements.count <= run { return elements.map(transform) }
    return Crew.work { crew in
      stride(from: 0, to: elements.count, by: run).map { start in
        let part = elements[start..<min(elements.count, start + run)]
        return crew.post { part.map(transform) }
      }.flatMap { $0.take() }
    }
  }
}
