internal import Dispatch
internal import Foundation
internal import Synchronization

/// Ctrl-C: the first asks long work to stop and clean up, the second ends at once.
final class Interruption: Sendable {
  static let shared = Interruption()

  private let count = Atomic<Int>(0)

  var isRequested: Bool { count.load(ordering: .relaxed) > 0 }

  /// Starts listening; called once, before any work.
  func listen() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [count] in
        if count.add(1, ordering: .relaxed).newValue > 1 { Foundation.exit(130) }
      }
      source.resume()
      sources.withLock { $0.append(source) }
    }
  }

  private let sources = Mutex<[any DispatchSourceSignal]>([])
}
