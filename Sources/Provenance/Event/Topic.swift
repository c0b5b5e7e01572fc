package import CanonicalJSON

/// One thing that a statement is about, written as an object with one member.
package enum Topic: StatementPart, Comparable {
  case dataset(Name)
  case release(VersionedName)
  case model(Name)
  case actor(ActorName)
  case event(EventID)

  package init(from reader: inout MemberReader) throws(FieldError) {
    guard let name = reader.soleName else { throw .outOfRange(reader.path) }
    switch name {
    case "dataset": self = .dataset(try reader.name(name))
    case "release": self = .release(try reader.versioned(name))
    case "model": self = .model(try reader.name(name))
    case "actor": self = .actor(try reader.actor(name))
    case "event": self = .event(try reader.eventID(name))
    default: throw .unknown(reader.path(of: name))
    }
  }

  package func write(to object: inout JSONObject) {
    object[kind] = .string(text)
  }

  /// The member's name.
  package var kind: String {
    switch self {
    case .dataset: "dataset"
    case .release: "release"
    case .model: "model"
    case .actor: "actor"
    case .event: "event"
    }
  }

  /// The thing's name, or its event id in hexadecimal.
  package var text: String {
    switch self {
    case .dataset(let name), .model(let name): name.text
    case .release(let release): release.description
    case .actor(let actor): actor.text
    case .event(let id): id.description
    }
  }

  /// The kind and the name: what the projections call the thing.
  package var label: String { "\(kind) \(text)" }

  package var eventID: EventID? {
    guard case .event(let id) = self else { return nil }
    return id
  }

  package var subject: Subject {
    switch self {
    case .event(let id): Subject("event", sha256: id.digest)
    default: Subject(named: text)
    }
  }

  /// By kind, then by name.
  package static func < (a: Topic, b: Topic) -> Bool {
    (a.kind, a.text) < (b.kind, b.text)
  }
}

extension MemberReader {
  /// What a statement is about: 1 to 16 things, by kind and name ascending, each once.
  package mutating func topics(_ name: String) throws(FieldError) -> [Topic] {
    let topics = try nestedList(name, count: 1...16, Topic.self)
    for (a, b) in zip(topics, topics.dropFirst()) where a >= b {
      throw .notAllowed(path(of: name), allowed: "things by kind and name, ascending and each once")
    }
    return topics
  }
}
