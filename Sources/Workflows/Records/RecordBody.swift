package import Provenance

/// Records what one command says, with prose as an attachment where some is given: sealed where the
/// kind seals words, unless they are to be open.
package struct RecordBody: Deciding {
  let kind: Kind
  /// What is attached as `field`.
  let prose: [UInt8]?
  let field: String
  let isOpen: Bool
  /// The statement's, given what was attached.
  let body: @Sendable (LedgerView, AttachmentReference?) throws -> Body

  package init(
    _ kind: Kind, prose: [UInt8]?, as field: String, isOpen: Bool = false,
    _ body: @escaping @Sendable (LedgerView, AttachmentReference?) throws -> Body
  ) {
    self.kind = kind
    self.prose = prose
    self.field = field
    self.isOpen = isOpen
    self.body = body
  }

  package init(_ body: Body) {
    self.init(body.kind, prose: nil, as: "") { _, _ in body }
  }

  package func statements(_ plan: Void, _ staging: inout Staging) throws {
    let reference = try staging.attach(
      prose: prose, kind: kind, field: field, isOpen: isOpen)
    try staging.say(try body(staging.desk.view, reference))
  }
}
