internal import Foundation

/// The most memory that this process has held, as the kernel counts it (proc_pid_status(5)).
enum PeakMemory {
  /// Starts counting anew from what is held now.
  static func forget() throws {
    try Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
  }

  /// Resident, in MiB, since the last ``forget()``.
  static func mebibytes() throws -> Double {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    guard let kibibytes = line?.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
    else { throw BenchFailure.name("VmHWM") }
    return kibibytes / 1_024
  }
}
