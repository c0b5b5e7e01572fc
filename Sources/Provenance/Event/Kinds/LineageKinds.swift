package import CanonicalJSON

/// A model was made from another, in the signers' words.
package struct ModelDerived: EventBody {
  package static let kind = Kind.modelDerived
  /// The model.
  package let model: Name
  /// The model that it was made from.
  package let parent: Name
  /// How.
  package let relation: ModelRelation

  package init(model: Name, parent: Name, relation: ModelRelation) {
    self.model = model
    self.parent = parent
    self.relation = relation
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    model = try reader.name("model")
    parent = try reader.name("parent")
    relation = try reader.word("relation")
    guard model != parent else { throw .outOfRange(reader.path(of: "parent")) }
  }

  package func write(to object: inout JSONObject) {
    object.set("model", model)
    object.set("parent", parent)
    object.set("relation", relation)
  }

  package var concerns: [Topic] { [.model(model), .model(parent)] }
  package var subjects: [Subject] { [Subject(named: model.text)] }
}

/// Someone asks that a model no longer be used or offered.
package struct DeprecationRequested: EventBody {
  package static let kind = Kind.deprecationRequested
  /// The model.
  package let model: Name
  /// Who is asked.
  package let to: ActorName
  /// Why.
  package let grounds: DeprecationGrounds
  /// What was asked, as UTF-8 text.
  package let text: AttachmentReference?

  package init(
    model: Name, to: ActorName, grounds: DeprecationGrounds, text: AttachmentReference? = nil
  ) {
    self.model = model
    self.to = to
    self.grounds = grounds
    self.text = text
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    model = try reader.name("model")
    to = try reader.actor("to")
    grounds = try reader.word("grounds")
    text = try reader.optionalNested("text")
  }

  package func write(to object: inout JSONObject) {
    object.set("model", model)
    object.set("to", to)
    object.set("grounds", grounds)
    object.set("text", part: text)
  }

  package var concerns: [Topic] { [.model(model), .actor(to)] }
  package var subjects: [Subject] { [Subject(named: model.text)] }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    text.map { [("text", $0)] } ?? []
  }
}

/// A model was tested for what it can make; no prompt and no output is recorded.
package struct ModelTested: EventBody {
  package static let kind = Kind.modelTested
  /// The model.
  package let model: Name
  /// What allowed the test.
  package let permission: TestPermission
  /// What came out.
  package let result: TestResult
  /// The report, sealed.
  package let report: AttachmentReference?

  package init(
    model: Name, permission: TestPermission, result: TestResult, report: AttachmentReference? = nil
  ) {
    self.model = model
    self.permission = permission
    self.result = result
    self.report = report
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    model = try reader.name("model")
    permission = try reader.word("permission")
    result = try reader.word("result")
    report = try reader.optionalSealed("report")
  }

  package func write(to object: inout JSONObject) {
    object.set("model", model)
    object.set("permission", permission)
    object.set("result", result)
    object.set("report", part: report)
  }

  package var concerns: [Topic] { [.model(model)] }
  package var subjects: [Subject] { concerns.map(\.subject) }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    report.map { [("report", $0)] } ?? []
  }
}

/// A safeguard of a model, release or platform is there, is said to be, or is not.
package struct SafeguardNoted: EventBody {
  package static let kind = Kind.safeguardNoted
  /// Whose safeguard it is.
  package let about: [Topic]
  /// Which.
  package let safeguard: Safeguard
  /// Whether it was seen, is only claimed, or is missing.
  package let state: SafeguardState
  /// More of it, as UTF-8 text.
  package let detail: AttachmentReference?

  package init(
    about: [Topic], safeguard: Safeguard, state: SafeguardState, detail: AttachmentReference? = nil
  ) {
    self.about = about.sorted()
    self.safeguard = safeguard
    self.state = state
    self.detail = detail
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    about = try reader.topics("about")
    safeguard = try reader.word("safeguard")
    state = try reader.word("state")
    detail = try reader.optionalNested("detail")
  }

  package func write(to object: inout JSONObject) {
    object.set("about", parts: about)
    object.set("safeguard", safeguard)
    object.set("state", state)
    object.set("detail", part: detail)
  }

  package var concerns: [Topic] { about }
  package var subjects: [Subject] { concerns.map(\.subject) }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    detail.map { [("detail", $0)] } ?? []
  }
}
