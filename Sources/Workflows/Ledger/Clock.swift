internal import Foundation
package import Provenance

/// The clock, for all that is not given one.
package enum Clock {
  /// The system's time, in milliseconds.
  package static let now: @Sendable () -> Timestamp = {
    Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
  }
}
