internal import ArgumentParser
internal import Workflows

/// A command that works on one ledger: it performs on what its options open.
protocol LedgerCommand: ParsableCommand {
  associatedtype Opening: LedgerOpening

  /// Which ledger, what opens it and, where something is decided, who signs.
  var options: Opening { get }

  /// Does what the command is for, and answers.
  func perform(_ place: Workplace) throws
}

extension LedgerCommand {
  func run() throws { try options.open(perform) }
}

/// A command about who may sign what, which can say the decision that it follows.
protocol AuthorityCommand: LedgerCommand where Opening == SigningOptions {
  var following: AfterOption { get }
}

extension AuthorityCommand {
  func run() throws { try options.open(after: following.after, perform) }
}

/// Options that open a ledger: to read it, or to sign what is recorded in it.
protocol LedgerOpening {
  func open(_ perform: (Workplace) throws -> Void) throws
}

extension LedgerOptions: LedgerOpening {
  func open(_ perform: (Workplace) throws -> Void) throws { try opened(perform) }
}

extension SigningOptions: LedgerOpening {
  func open(_ perform: (Workplace) throws -> Void) throws { try open(after: nil, perform) }
}
