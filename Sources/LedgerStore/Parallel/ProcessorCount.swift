internal import Foundation

/// The machine's cores.
enum ProcessorCount {
  /// How many can be used now.
  static var active: Int { ProcessInfo.processInfo.activeProcessorCount }
}
