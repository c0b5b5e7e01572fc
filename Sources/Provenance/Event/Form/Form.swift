package import CanonicalJSON

/// All members of one kind, each said once: read, written and described from here.
package struct Form<Body: Sendable>: Sendable {
  /// What the kind says, in one sentence.
  package let meaning: String
  package let subjects: Subjects<Body>
  package let members: [MemberForm]
  /// A condition across members as a schema says it, in JSON.
  package let condition: String?
  /// Reads the members in their order; whoever calls checks that none is left over.
  let read: @Sendable (inout MemberReader) throws(FieldError) -> Body
  let write: @Sendable (Body, inout JSONObject) -> Void
  private let concerning: [@Sendable (Body) -> [Topic]]
  private let mentioning: [(kinds: MentionKinds, mention: @Sendable (Body, inout Mentions) -> Void)]

  /// - Parameters:
  ///   - meaning: what the kind says, in one sentence.
  ///   - subjects: what its statements are about.
  ///   - members: in the order of `make`'s parameters, in which they are read and explained.
  ///   - make: the initialiser, which puts lists in order.
  ///   - check: the name of the first member that does not fit the others.
  ///   - condition: the same for the schema, where a schema can say it.
  package init<each Value: MemberValue>(
    _ meaning: String, about subjects: Subjects<Body>, _ members: repeat Member<Body, each Value>,
    make: @escaping @Sendable (repeat each Value) -> Body,
    check: (@Sendable (Body) -> String?)? = nil, condition: String? = nil
  ) {
    self.meaning = meaning
    self.condition = condition
    self.subjects = subjects
    var forms: [MemberForm] = []
    var concerning: [@Sendable (Body) -> [Topic]] = []
    var mentioning: [(MentionKinds, @Sendable (Body, inout Mentions) -> Void)] = []
    func add<V: MemberValue>(_ member: Member<Body, V>) {
      forms.append(
        MemberForm(
          name: member.name, meaning: member.meaning, shape: member.shape,
          isOptional: member.isOptional, order: member.order))
      let (name, get) = (member.name, member.get)
      if let topics = member.topics { concerning.append { topics(get($0)) } }
      if !member.mentioned.isEmpty {
        mentioning.append((member.mentioned, { get($0).mention(name, in: &$1) }))
      }
    }
    repeat add(each members)
    self.members = forms
    self.concerning = concerning
    self.mentioning = mentioning
    read = { (reader) throws(FieldError) -> Body in
      let body = make(repeat try (each members).take(&reader))
      if let name = check?(body) { throw .outOfRange(reader.path(of: name)) }
      return body
    }
    write = { body, object in
      repeat (each members).set((each members).get(body), &object)
    }
  }

  func concerns(of body: Body) -> [Topic] { concerning.flatMap { $0(body) } }

  /// What `body` mentions of some kinds.
  func mentions(of body: Body, _ kinds: MentionKinds) -> Mentions {
    var mentions = Mentions()
    for one in mentioning where !one.kinds.isDisjoint(with: kinds) { one.mention(body, &mentions) }
    return mentions
  }
}

/// A member whose types are forgotten: for schemas, and for whoever writes a statement by hand.
package struct MemberForm: Hashable, Sendable {
  package let name: String
  package let meaning: String?
  package let shape: MemberShape
  package let isOptional: Bool
  package let order: ListOrder

  /// Whether it holds an attachment that is always sealed.
  package var isSealedOnly: Bool { shape == .sealedAttachment }
}

/// A body that its form declares.
package protocol FormedBody: EventBody {
  static var form: Form<Self> { get }
}

extension FormedBody {
  /// What the kind says, in one sentence.
  package static var meaning: String { form.meaning }
  package static var subjectForm: SubjectForm { form.subjects.form }
  package static var members: [MemberForm] { form.members }
  package static var condition: String? { form.condition }

  package init(from reader: inout MemberReader) throws(FieldError) {
    self = try Self.form.read(&reader)
  }
  package func write(to object: inout JSONObject) { Self.form.write(self, &object) }
  package var subjects: [Subject] { Self.form.subjects.of(self) }
  package var concerns: [Topic] { Self.form.concerns(of: self) }
  package var references: [EventID] { Self.form.mentions(of: self, .events).events }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    Self.form.mentions(of: self, .attachments).attachments
  }
  package var statedTimes: [Timestamp] { Self.form.mentions(of: self, .times).times }
  package var sets: [SetReference] { Self.form.mentions(of: self, .sets).sets }
}
