/// What an event lists rows of, and whether those lists are open.
package struct Listing: Sendable {
  let datasets: [Name]
  let disclosures: [Disclosure]

  init(of datasets: Name..., disclosures: [Disclosure]) {
    self.datasets = datasets
    self.disclosures = disclosures
  }

  init(of dataset: Name, _ disclosures: [Disclosure]) {
    self.init(of: dataset, disclosures: disclosures)
  }
}

extension LedgerState {
  /// Once rows of class `illegal` were decided to leave a family of datasets, nothing that lists rows
  /// of it is open: beside another list, or the files that somebody kept, each tells some of the rows
  /// that left from the others.
  func checkSealed(_ listing: Listing?) throws(Refusal) {
    guard let listing, listing.disclosures.contains(.open) else { return }
    for dataset in listing.datasets {
      if let mark = catalog.mark(of: dataset) {
        throw .openInMarkedFamily(dataset, at: mark.sequence)
      }
    }
  }
}
