/// What an event found in a release, so that someone can verify it.
package struct Finding: Sendable {
  package let release: VersionedName
  /// How much it found at the most, in a unit; `nil` where it does not say.
  let most: @Sendable (CountUnit) -> UInt64?

  init(_ release: VersionedName, _ most: @escaping @Sendable (CountUnit) -> UInt64?) {
    self.release = release
    self.most = most
  }

  /// With figures as someone stated them.
  init(_ release: VersionedName, stated counts: [Count]) {
    self.init(release) { unit in
      counts.first {
        $0.unit == unit && ($0.exactness == .exact || $0.exactness == .atMost)
      }?.value
    }
  }
}
