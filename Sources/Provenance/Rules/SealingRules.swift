/// What an event lists rows of, and whether those lists are open.
package struct Listing: Sendable {
  let dataset: Name
  let disclosures: [Disclosure]

  init(of dataset: Name, _ disclosures: [Disclosure]) {
    self.dataset = dataset
    self.disclosures = disclosures
  }
}

extension LedgerState {
  /// Once rows of class `illegal` were decided to leave a family of datasets, nothing that lists rows
  /// of it is open: beside another list, or the files that somebody kept, each tells some of the rows
  /// that left from the others.
  func checkSealed(_ listing: Listing?) throws(Refusal) {
    guard let listing, listing.disclosures.contains(.open),
      let mark = catalog.mark(of: listing.dataset)
    else { return }
    throw .openInMarkedFamily(listing.dataset, at: mark.sequence)
  }
}
