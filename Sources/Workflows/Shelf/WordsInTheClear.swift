internal import Datasets
internal import Files
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import Rows
internal import SetCommitment

extension Shelf {
  /// Refuses words that are to be open and hold the address of a row of a dataset here: whoever reads
  /// them would know which rows are spoken of.
  ///
  /// Looked up are addresses in the releases whose rows are found by their URL alone and whose indexes
  /// lie here.
  func checkOpenWords(_ words: [UInt8]) throws {
    // Opened once there is an address to look up.
    var places: [AddressedRelease]?
    var named: VersionedName?
    let finding = try Addresses.search(words) { address in
      guard let text = String(validating: address, as: UTF8.self) else { return false }
      let known = try places ?? addressedReleases()
      places = known
      named = try known.first { try $0.holds(text) }?.release
      return named != nil
    }
    switch finding {
    case .none: return
    case .found: throw WorkflowFailure.rowInTheClear(named)
    case .tooMany:
      throw WorkflowFailure.badInput(
        "The text holds more addresses than can be compared with the rows here, or one longer than 8 KiB; seal it."
      )
    }
  }

  /// The releases whose rows are found by their URL alone.
  private func addressedReleases() throws -> [AddressedRelease] {
    let catalog = view.state.catalog
    return try catalog.datasets.values.flatMap { dataset -> [AddressedRelease] in
      guard let identity = dataset.columns?.identity, identity.count == 1,
        FileSchema.place(ofAnyCase: "URL", in: identity.map(\.name)) != nil,
        identity[0].type == .string
      else { return [] }
      let hasher = RowHasher(
        identity: identity, content: identity, secret: try vault.rowSecret(of: dataset))
      return try catalog.releases.keys.filter { $0.name == dataset.registration.dataset }.sorted {
        $0.description < $1.description
      }.compactMap { release in
        let path = directory.index(of: release)
        guard Directory.holds(path) else { return nil }
        return AddressedRelease(
          release: release, hasher: hasher, index: try IndexFile(path: path))
      }
    }
  }
}

/// A release in whose index an address can be looked up.
private struct AddressedRelease {
  let release: VersionedName
  let hasher: RowHasher
  let index: IndexFile

  func holds(_ address: String) throws -> Bool {
    try index.source.holds(hasher.key([.string(address)]))
  }
}
