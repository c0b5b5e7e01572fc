internal import ArgumentParser

/// What the command line says of an error, and the exit code beside it.
struct Words {
  let code: ExitCode
  /// One sentence that says what is wrong and what to do.
  let sentence: String

  init(_ code: ExitCode, _ sentence: String) {
    self.code = code
    self.sentence = sentence
  }

  /// The words for any error; one without words of its own is bad input that says itself what to do.
  init(of error: any Error) {
    self = (error as? any Worded)?.words ?? Words(Failure.input, "\(error)")
  }
}

/// An error of another target that the command line has words for.
///
/// The targets below say what is wrong; which command, option or file helps is known only here.
protocol Worded: Error {
  var words: Words { get }
}

/// What to do about an error whose reason another target says, and the exit code.
struct Advice {
  let code: ExitCode
  /// `nil` where the reason says it.
  let text: String?

  /// A check failed.
  static func failed(_ text: String?) -> Advice {
    Advice(code: Failure.verificationFailed, text: text)
  }
  /// There is not enough evidence to decide.
  static func undecided(_ text: String?) -> Advice { Advice(code: Failure.notEnough, text: text) }
  /// Input or output failed.
  static func input(_ text: String?) -> Advice { Advice(code: Failure.input, text: text) }
  /// What was named is not there.
  static func notFound(_ text: String?) -> Advice { Advice(code: Failure.notFound, text: text) }
  /// In conflict with what is there, or against a rule.
  static func refused(_ text: String?) -> Advice { Advice(code: Failure.refused, text: text) }
  /// The same can succeed later.
  static func tryLater(_ text: String?) -> Advice { Advice(code: Failure.tryLater, text: text) }

  /// The user stopped it.
  static func interrupted(_ text: String?) -> Advice {
    Advice(code: Failure.interrupted, text: text)
  }

  /// The whole sentence, after what is wrong.
  func after(_ reason: String) -> Words {
    Words(code, text.map { "\(reason); \($0)." } ?? "\(reason).")
  }
}
