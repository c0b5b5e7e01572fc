internal import Foundation

/// The system's wall clock.
enum SystemClock {
  static func milliseconds() -> Int64 {
    Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))
  }
}
