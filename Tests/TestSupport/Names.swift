package import LedgerCrypto
package import Provenance

// Names that a test spells out are right, or the test is.

extension Name {
  package static func named(_ text: String) -> Name { Name(text)! }
}

extension ActorName {
  package static func named(_ text: String) -> ActorName { ActorName(text)! }
}

extension VersionedName {
  package static func named(_ text: String) -> VersionedName { VersionedName(text)! }
}

extension Origin {
  package static func named(_ text: String) -> Origin { Origin(text)! }
}

extension Timestamp {
  /// A moment spelled with whole seconds.
  package static func at(_ text: String) -> Timestamp { Timestamp(seconds: text)! }
}

extension Digest {
  /// A digest that stands for the thing of this name.
  package static func of(_ text: String) -> Digest { Digest(sha256: text) }
}

extension AttachmentReference {
  /// An attachment of ``bytes(_:)``.
  package static func of(
    _ text: String, _ disclosure: Disclosure = .open, mediaType: String = "text/plain"
  ) -> AttachmentReference {
    let bytes = bytes(text)
    return AttachmentReference(
      sha256: Digest(sha256: bytes),
      size: disclosure == .open
        ? UInt64(bytes.count) : SealedContent.storedSize(of: text.utf8.count),
      mediaType: mediaType, disclosure: disclosure)
  }

  /// A text after a salt that is no secret here.
  package static func bytes(_ text: String) -> [UInt8] {
    [UInt8](repeating: 9, count: 32) + Array(text.utf8)
  }
}
