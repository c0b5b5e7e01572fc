internal import Foundation

/// The two streams that a program writes to.
package enum StandardStream: Int32, Sendable {
  case output = 1
  case errors = 2

  /// Writes all of `bytes`.
  ///
  /// - Throws: ``FileFailure`` when they cannot be taken: a full disk, or a stream that was closed.
  package func write(_ bytes: [UInt8]) throws(FileFailure) {
    let name = self == .output ? "standard output" : "standard error"
    try System.write(rawValue, name, bytes.span)
  }
}
