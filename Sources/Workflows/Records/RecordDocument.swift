internal import CanonicalJSON
internal import Files
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance

/// What `winnow record` reads: the members of a predicate as a person writes them.
///
/// Beside what the kind's schema says,
/// - an attachment may be `{"file": path, "mediaType": …}` or `{"text": prose}`, and is stored and
///   replaced by its reference; words of notices, suspicions, disputes and responses, and evidence,
///   are sealed and all else open, unless `"disclosure"` says otherwise and the kind allows it;
/// - an event id may be `{"sequence": 12}`;
/// - lists whose order means nothing may be in any.
///
/// `ledger`, `signers` and `nonce` are not the writer's to say.
struct RecordDocument {
  let kind: Kind
  /// The predicate as the schema has it, but for what the recording adds.
  private(set) var predicate: JSONObject

  /// Resolves what stands for something else; attachments are staged.
  init(_ json: JSON, kind: Kind, _ staging: inout Staging) throws {
    guard case .object(let members) = json else { throw FieldError.notAnObject("") }
    self.kind = kind
    predicate = JSONObject()
    for (name, value) in members.members {
      guard !["ledger", "signers", "nonce"].contains(name) else {
        throw WorkflowFailure.setWhenSigned(name)
      }
      let resolver = Resolver(kind: kind, field: name)
      predicate[name] = MemberOrder.restored(
        try resolver.resolved(value, path: name, &staging), of: name)
    }
  }

  /// Sets a member that the writer left out.
  mutating func fill(_ name: String, _ value: @autoclosure () throws -> JSON) rethrows {
    if predicate[name] == nil { predicate[name] = try value() }
  }

  func has(_ name: String) -> Bool { predicate[name] != nil }
}

/// Replaces what stands for attachments and events below one member.
private struct Resolver {
  let kind: Kind
  let field: String

  /// An attachment is read into memory: 64 MiB at most, with its salt.
  static let maximumSize = (1 << 26) - LedgerView.saltSize

  func resolved(_ json: JSON, path: String, _ staging: inout Staging) throws -> JSON {
    switch json {
    case .object(let object):
      if object["file"] != nil || object["text"] != nil {
        return try attachment(object, path: path, &staging)
      }
      if object.members.count == 1, case .integer(let sequence)? = object["sequence"] {
        guard let sequence = UInt64(exactly: sequence) else {
          throw FieldError.notAllowed("\(path).sequence", allowed: "a sequence of the log")
        }
        return .string(try staging.desk.view.event(sequence).id.description)
      }
      var result = JSONObject()
      for (name, value) in object.members {
        result[name] = MemberOrder.restored(
          try resolved(value, path: "\(path).\(name)", &staging), of: name)
      }
      return .object(result)
    case .array(let items):
      var resolvedItems: [JSON] = []
      for (place, item) in items.enumerated() {
        resolvedItems.append(try resolved(item, path: "\(path)[\(place)]", &staging))
      }
      return .array(resolvedItems)
    default: return json
    }
  }

  private func attachment(
    _ object: JSONObject, path: String, _ staging: inout Staging
  ) throws -> JSON {
    var reader = try MemberReader(.object(object), path: path)
    let file = try reader.optionalString("file")
    let text = try reader.optionalString("text")
    let mediaType = try reader.optionalString("mediaType") ?? "text/plain"
    let given = try reader.optionalWord("disclosure", Disclosure.self)
    try reader.finish()
    guard AttachmentReference.isMediaType(mediaType) else {
      throw FieldError.notAllowed(
        "\(path).mediaType", allowed: "a media type of at most 64 bytes, such as text/plain")
    }
    let isSealedOnly = kind.sealedFields.contains(field)
    guard !isSealedOnly || given != .open else {
      throw FieldError.notAllowed(
        "\(path).disclosure", allowed: "sealed, for \(kind.rawValue) never shows it")
    }
    let content: [UInt8]
    switch (file, text) {
    case (let file?, nil):
      guard Directory.holds(file) else { throw WorkflowFailure.noFile(file) }
      content = try OpenFile.readAll(file, maxBytes: Self.maximumSize)
    case (nil, let text?): content = Array(text.utf8)
    default:
      throw WorkflowFailure.badInput(
        "\(path) has both a file and a text; give one of them.")
    }
    if mediaType == "text/plain", String(validating: content, as: UTF8.self) == nil {
      throw WorkflowFailure.badInput(
        "\(path) is not UTF-8 text; convert the file, or say what it is with mediaType.")
    }
    let reference =
      isSealedOnly || given == .sealed || given == nil && kind.sealsWords(in: field)
      ? try staging.seal(content, mediaType: mediaType, kind: kind, field: field)
      : try staging.attach(content, mediaType: mediaType, kind: kind, field: field)
    return reference.json
  }
}

extension Kind {
  /// The attachments that are always sealed.
  var sealedFields: Set<String> { Set(members.filter(\.isSealedOnly).map(\.name)) }
}
