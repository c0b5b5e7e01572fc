/// A model was, or was not, trained on a release, in the signers' words.
package struct TrainingAsserted: ListedKind {
  package static let kind = Kind.trainingAsserted
  package var body: Body { .trainingAsserted(self) }
  package static let standing = Standing.world([.steward, .watchdog])

  package let model: Name
  package let release: VersionedName
  package let polarity: Polarity
  package let use: TrainingUse

  package init(model: Name, release: VersionedName, polarity: Polarity, use: TrainingUse) {
    self.model = model
    self.release = release
    self.polarity = polarity
    self.use = use
  }

  package static let form = Form<Self>(
    "A model was, or was not, trained on a release, in the signers' words.",
    about: .named(\.model, "The model, by SHA-256 of its name."),
    Member("model", \.model, "The model."),
    Member("release", \.release, "The release."),
    Member("polarity", \.polarity, "Whether it is said to have been trained on the release."),
    Member("use", \.use, "What part the release played."),
    make: Self.init)

  package func check(_ state: LedgerState, _: Judging) throws(Refusal) {
    guard state.models.models[model] != nil else { throw .modelUnknown(model) }
    try state.checkKnown(release)
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    [
      ProjectionChange(
        TrainingRecord(assertion: self, event: event.id, sequence: event.sequence))
    ]
  }
}

/// Whether a model is said to have been trained on a release, or not to have been.
package enum Polarity: String, Vocabulary {
  case trained
  case notTrained = "not-trained"
}

/// What part a release played in training.
package enum TrainingUse: String, Vocabulary {
  case pretraining, finetuning, evaluation, unspecified
}
