internal import ArgumentParser
internal import Provenance

/// The grammar of names in words, for the help that the parser prints with a name that it refuses.
enum NameRule {
  static let name =
    "lower-case letters, digits, `.`, `_`, `-` and `/`, beginning with a letter or digit"
  static let actor =
    "lower-case letters, digits, `.`, `_`, `-`, beginning with a letter or digit"
  static let versioned =
    "NAME@VERSION, both of lower-case letters, digits, `.`, `_`, `-` (a name also of `/`), beginning with a letter or digit"
}

extension ActorName {
  /// The actor that `winnow init` makes.
  static let publisher = ActorName("publisher") ?? { preconditionFailure("the grammar has it") }()
}

extension ActorName: ExpressibleByArgument {
  init?(argument: String) { self.init(argument) }
  /// The name, as help shows it.
  package var defaultValueDescription: String { description }
}

extension Name: ExpressibleByArgument {
  init?(argument: String) { self.init(argument) }
}

extension VersionedName: ExpressibleByArgument {
  init?(argument: String) { self.init(argument) }
}

extension Origin: ExpressibleByArgument {
  init?(argument: String) { self.init(argument) }
}

extension HostName: ExpressibleByArgument {
  init?(argument: String) { self.init(argument) }
}

extension Kind: ExpressibleByArgument {}
extension Role: ExpressibleByArgument {}
extension LegalBasis: ExpressibleByArgument {}
extension WithdrawalScope: ExpressibleByArgument {}
extension DisputeGrounds: ExpressibleByArgument {}
extension DisputeOutcome: ExpressibleByArgument {}
extension ModelRelation: ExpressibleByArgument {}
extension AvailabilityState: ExpressibleByArgument {}
extension ObservationMethod: ExpressibleByArgument {}
extension Basis: ExpressibleByArgument {}
extension ReasonClass: ExpressibleByArgument {}
extension Outcome: ExpressibleByArgument {}
extension HashAlgorithm: ExpressibleByArgument {}
extension HashedThing: ExpressibleByArgument {}
extension CountUnit: ExpressibleByArgument {}
extension Exactness: ExpressibleByArgument {}
extension Polarity: ExpressibleByArgument {}
extension TrainingUse: ExpressibleByArgument {}
