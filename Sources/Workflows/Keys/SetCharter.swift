package import Provenance

/// Puts a new charter in force.
package struct SetCharter: Deciding {
  let charter: Charter

  package init(_ charter: Charter) {
    self.charter = charter
  }

  package func statements(_ plan: Void, _ staging: inout Staging) throws {
    try staging.say(.charterSet(.init(charter: charter, after: staging.desk.after)))
  }
}
