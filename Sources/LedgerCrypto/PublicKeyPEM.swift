extension VerifyingKey {
  /// What stands before the 32 bytes in SubjectPublicKeyInfo (RFC 8410).
  private static let prefix: [UInt8] = [
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
  ]
  private static let begin = "-----BEGIN PUBLIC KEY-----"
  private static let end = "-----END PUBLIC KEY-----"

  /// SubjectPublicKeyInfo in PEM (RFC 8410), as `openssl pkey -pubin` reads it.
  package var pem: String {
    "\(Self.begin)\n\(Base64.encode(Self.prefix + bytes.bytes))\n\(Self.end)\n"
  }

  /// Reads what ``pem`` gives, or the same in DER; at most 4,096 bytes.
  ///
  /// - Returns: `nil` for anything else, another algorithm's key too.
  package init?(publicKeyFile bytes: [UInt8]) {
    guard bytes.count <= 4096 else { return nil }
    var der = bytes
    if bytes.first != 0x30 {
      let text = String(decoding: bytes, as: UTF8.self)
      let lines = text.split(whereSeparator: \.isNewline).map(String.init)
      guard lines.count >= 3, lines.first == Self.begin, lines.last == Self.end,
        let inner = Base64.decode(lines.dropFirst().dropLast().joined())
      else { return nil }
      der = inner
    }
    guard der.count == Self.prefix.count + 32, der.starts(with: Self.prefix),
      let key = Digest(bytes: Array(der[Self.prefix.count...]))
    else { return nil }
    self.init(bytes: key)
  }
}
