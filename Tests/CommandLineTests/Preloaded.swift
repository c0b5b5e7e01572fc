import Foundation

/// Small libraries in C that are loaded before all others into the program under test and change
/// what it calls; built beside the tests, once a run.
enum Preloaded {
  /// Fails calls that change files, or ends the program there.
  static let faults = build("faults")
  /// Derives keys from passphrases in no time; where it cannot be built, tests only take longer.
  static let fewRounds = build("few_rounds")

  /// The library's path, or `nil` where there is no compiler, or programs take no such library.
  private static func build(_ name: String) -> String? {
    #if os(Linux)
      let library = "\(Program.tests)/\(name).so"
      // The variable that names it is a list, parted by these.
      guard let compiler, !library.contains(where: { " :".contains($0) }) else { return nil }
      // Under a name of its own first: another run may have it loaded.
      let fresh = "\(library).\(UUID().uuidString)"
      let source = "\(Program.package.path)/Tests/FaultInjection/\(name).c"
      let code = Program.Running.end(of: [compiler, "-shared", "-fPIC", "-o", fresh, source])
      guard code == 0, unsafe rename(fresh, library) == 0 else { return nil }
      return library
    #else
      return nil
    #endif
  }

  /// A C compiler: the toolchain's own, or the system's.
  private static let compiler: String? = {
    let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    for name in ["clang", "cc", "gcc"] {
      for folder in path where FileManager.default.isExecutableFile(atPath: "\(folder)/\(name)") {
        return "\(folder)/\(name)"
      }
    }
    return nil
  }()
}
