internal import CanonicalJSON
internal import Rows

/// One member of a kind: its name, where a body keeps it, and what it means; its type says the rest.
///
/// How it is spelled, what its schema is, whether it may be absent, and which events, attachments and
/// past moments it mentions all follow from the type, so that no kind can forget them. Only whether a
/// thing is to be shown with the event (`concern`) does not follow.
package struct Member<Body: Sendable, Value: MemberValue>: Sendable {
  let name: String
  let meaning: String?
  let shape: MemberShape
  let isOptional: Bool
  let mentioned: MentionKinds
  let order: ListOrder
  let get: @Sendable (Body) -> Value
  let take: @Sendable (inout MemberReader) throws(FieldError) -> Value
  let set: @Sendable (Value, inout JSONObject) -> Void
  let topics: (@Sendable (Value) -> [Topic])?

  private init(
    _ name: String, _ get: @escaping @Sendable (Body) -> Value, _ meaning: String?,
    _ shape: MemberShape, isOptional: Bool = Value.isOptional,
    mentioned: MentionKinds = Value.mentioned, order: ListOrder = Value.order,
    take: (@Sendable (inout MemberReader) throws(FieldError) -> Value)? = nil,
    set: (@Sendable (Value, inout JSONObject) -> Void)? = nil,
    topics: (@Sendable (Value) -> [Topic])? = nil
  ) {
    self.name = name
    self.meaning = meaning
    self.shape = shape
    self.isOptional = isOptional
    self.mentioned = mentioned
    self.order = order
    self.get = get
    if let take {
      self.take = take
    } else {
      self.take = { (reader) throws(FieldError) -> Value in try Value.take(name, from: &reader) }
    }
    if let set {
      self.set = set
    } else {
      self.set = { value, object in value.set(name, in: &object) }
    }
    self.topics = topics
  }

  /// - Parameters:
  ///   - name: the name in the predicate.
  ///   - get: where a body keeps it.
  ///   - meaning: what it is, in one sentence; none where its definition says so.
  ///   - shape: another definition of the common schema than its type has.
  ///   - isAllowed: which of its type's values it can have; others are out of range.
  ///   - concern: as what it is to be shown with the event, so that it must be there.
  package init(
    _ name: String, _ get: @escaping @Sendable (Body) -> Value, _ meaning: String? = nil,
    as shape: MemberShape? = nil, allowing isAllowed: (@Sendable (Value) -> Bool)? = nil,
    concern: (@Sendable (Value.Unit) -> Topic)? = nil
  ) {
    self.init(
      name, get, meaning, shape ?? Value.shape,
      take: { (reader) throws(FieldError) -> Value in
        let value = try Value.take(name, from: &reader)
        guard isAllowed?(value) ?? true else { throw .outOfRange(reader.path(of: name)) }
        return value
      },
      topics: Self.topics(concern) { $0.units })
  }

  /// A list that is left out when it is empty.
  package init<Element: ListElement>(
    _ name: String, ifAny get: @escaping @Sendable (Body) -> Value, _ meaning: String? = nil,
    concern: (@Sendable (Element) -> Topic)? = nil
  ) where Value == [Element] {
    self.init(
      name, get, meaning, Value.shape, isOptional: true,
      take: { (reader) throws(FieldError) -> Value in
        try Value.takeIfThere(name, from: &reader) ?? []
      },
      set: { list, object in if !list.isEmpty { list.set(name, in: &object) } },
      topics: Self.topics(concern) { $0 })
  }

  private static func topics<Unit>(
    _ concern: (@Sendable (Unit) -> Topic)?, _ units: @escaping @Sendable (Value) -> [Unit]
  ) -> (@Sendable (Value) -> [Topic])? {
    guard let concern else { return nil }
    return { value in units(value).map(concern) }
  }

  /// An attachment that is for its custodian only.
  package init(
    _ name: String, sealed get: @escaping @Sendable (Body) -> Value, _ meaning: String? = nil
  ) where Value == AttachmentReference? {
    self.init(
      name, get, meaning, .sealedAttachment,
      take: { (reader) throws(FieldError) -> Value in try reader.optionalSealed(name) })
  }

  /// Names of columns whose order means nothing: ascending by their bytes.
  package init(
    _ name: String, ascending get: @escaping @Sendable (Body) -> Value, _ meaning: String? = nil
  ) where Value == [String]? {
    self.init(
      name, get, meaning, Value.shape, order: .ascending,
      take: { (reader) throws(FieldError) -> Value in
        let names = try Value.take(name, from: &reader)
        guard names.map(Column.areAscending) ?? true else {
          throw .notAllowed(reader.path(of: name), allowed: ColumnName.ascending)
        }
        return names
      })
  }

  /// A count of keys that each have a row at least.
  package init(
    _ name: String, present get: @escaping @Sendable (Body) -> Value, _ meaning: String? = nil
  ) where Value == Tally {
    self.init(name, get, meaning, as: "presentTally", allowing: \.isOfPresentKeys)
  }

  /// A moment that need not be past.
  package init(
    _ name: String, toCome get: @escaping @Sendable (Body) -> Value, _ meaning: String? = nil
  ) where Value == Timestamp? {
    self.init(name, get, meaning, Value.shape, mentioned: [])
  }
}
