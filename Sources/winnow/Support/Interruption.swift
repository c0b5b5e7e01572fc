internal import Files
internal import Foundation
internal import Synchronization

/// Ctrl-C: the first asks long work to stop and clean up, the second ends at once.
enum Interruption {
  private static let count = Atomic<Int>(0)

  static var isRequested: Bool { count.load(ordering: .relaxed) > 0 }

  /// Starts listening; called before any work.
  static func listen() {
    // Read once here, so that the handler finds the counter made.
    _ = isRequested
    // A file that would pass a limit is an error like a full disk, and no reason to be killed.
    signal(SIGXFSZ, SIG_IGN)
    Signals.listen(to: [SIGINT, SIGTERM, SIGHUP]) { _ in
      if Interruption.count.add(1, ordering: .relaxed).newValue > 1 { _exit(130) }
    }
  }
}
