internal import ArgumentParser

/// The exit codes, and how a command fails: with one sentence.
enum Failure {
  static let verificationFailed = ExitCode(1)
  static let notEnough = ExitCode(3)
  static let input = ExitCode(4)
  static let notFound = ExitCode(5)
  static let refused = ExitCode(6)
  static let tryLater = ExitCode(75)
  static let interrupted = ExitCode(130)

  /// Runs a command; an error becomes one sentence on standard error and an exit code.
  ///
  /// What the parser has to say passes through, for it knows the command's usage.
  static func reported<Result>(_ body: () throws -> Result) throws -> Result {
    Interruption.listen()
    do {
      return try body()
    } catch let error where error is ExitCode || error is ValidationError {
      throw error
    } catch let help where Winnow.exitCode(for: help) == .success {
      throw help
    } catch {
      let words = Words(of: error)
      Console.note("winnow: \(words.sentence)")
      throw words.code
    }
  }
}
