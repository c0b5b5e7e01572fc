package import LedgerCrypto

/// What a kind's statements are about, as in-toto subjects: they follow from the body.
package struct Subjects<Body: Sendable>: Sendable {
  let of: @Sendable (Body) -> [Subject]
  package let form: SubjectForm

  private init(_ form: SubjectForm, _ of: @escaping @Sendable (Body) -> [Subject]) {
    self.form = form
    self.of = of
  }

  /// One thing that has a name only, by SHA-256 of it.
  package static func named<Value: Spelled>(
    _ thing: @escaping @Sendable (Body) -> Value, _ meaning: String
  ) -> Self {
    Self(SubjectForm(meaning, name: Value.shape)) { [Subject(named: thing($0).description)] }
  }

  /// One thing by its root.
  package static func root<Value: Spelled>(
    _ thing: @escaping @Sendable (Body) -> Value, _ root: @escaping @Sendable (Body) -> Digest,
    _ meaning: String
  ) -> Self {
    Self(SubjectForm(meaning, name: Value.shape, algorithm: "winnowSet1")) {
      [Subject(thing($0).description, root: root($0))]
    }
  }

  /// One event, by its id.
  package static func event(
    _ id: @escaping @Sendable (Body) -> EventID, _ meaning: String
  ) -> Self {
    .called("event", { id($0).digest }, meaning)
  }

  /// One thing that is always called the same, by its digest.
  package static func called(
    _ name: String, _ digest: @escaping @Sendable (Body) -> Digest, _ meaning: String
  ) -> Self {
    Self(SubjectForm(meaning, name: .words([name]))) { [Subject(name, sha256: digest($0))] }
  }

  /// The things that a statement is about.
  package static func topics(_ topics: @escaping @Sendable (Body) -> [Topic]) -> Self {
    Self(
      SubjectForm(
        "What it is about: a thing by SHA-256 of its name, an event by its id.",
        name: .ref("subjectName"), most: 16)
    ) { topics($0).map(\.subject) }
  }

  /// A release by its name, for the event does not say its root; then its set, where it is known.
  package static func release(
    _ release: @escaping @Sendable (Body) -> VersionedName,
    set: @escaping @Sendable (Body) -> SetReference
  ) -> Self {
    Self(.releaseAndSet) {
      [Subject(named: release($0).description), Subject("set", root: set($0).root)]
    }
  }

  /// Subjects that follow in a way of their own.
  package static func those(
    _ of: @escaping @Sendable (Body) -> [Subject], _ meaning: String, name: MemberShape,
    most: Int = 1
  ) -> Self {
    Self(SubjectForm(meaning, name: name, most: most), of)
  }
}

/// What a schema says of a kind's subjects.
package struct SubjectForm: Hashable, Sendable {
  package let meaning: String
  package let name: MemberShape
  /// `sha256`, or `winnowSet1` for a root.
  package let algorithm: String
  package let most: Int
  /// A release, and its set.
  package let isReleaseAndSet: Bool

  init(
    _ meaning: String, name: MemberShape, algorithm: String = "sha256", most: Int = 1,
    isReleaseAndSet: Bool = false
  ) {
    self.meaning = meaning
    self.name = name
    self.algorithm = algorithm
    self.most = most
    self.isReleaseAndSet = isReleaseAndSet
  }

  static let releaseAndSet = SubjectForm(
    "The release, and the set.", name: .ref("versionedName"), most: 2, isReleaseAndSet: true)
}
