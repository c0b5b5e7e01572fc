package import CanonicalJSON
package import LedgerCrypto

/// An observer read a release's files and computed its root anew.
package struct ReleaseObserved: EventBody {
  package static let kind = Kind.releaseObserved
  /// The release.
  package let release: VersionedName
  /// The release-published event.
  package let publication: EventID
  /// The root as the observer computed it, whether it agrees or not.
  package let root: Digest
  /// The keys and rows that the observer counted.
  package let tally: Tally

  package init(release: VersionedName, publication: EventID, root: Digest, tally: Tally) {
    self.release = release
    self.publication = publication
    self.root = root
    self.tally = tally
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    release = try reader.versioned("release")
    publication = try reader.eventID("publication")
    root = try reader.digest("winnowSet1")
    tally = try reader.nested("tally")
  }

  package func write(to object: inout JSONObject) {
    object.set("release", release)
    object.set("publication", publication)
    object.set("winnowSet1", root)
    object.set("tally", part: tally)
  }

  package var concerns: [Topic] { [.release(release), .event(publication)] }
  package var subjects: [Subject] { [Subject(release.description, root: root)] }
}

/// Someone looked whether a host offers a release or a model.
package struct AvailabilityObserved: EventBody {
  package static let kind = Kind.availabilityObserved
  /// What was looked for.
  package let thing: Topic
  /// The file of the model that was found or missed, by digest.
  package let artifact: Digest?
  /// Where: host and count are for everyone.
  package let host: HostName
  /// What was found.
  package let state: AvailabilityState
  /// How it was looked for.
  package let method: ObservationMethod
  /// When it was looked for.
  package let observedAt: Timestamp
  /// In how many places on the host.
  package let copies: Count?
  /// How often the host says that it was downloaded.
  package let downloads: Count?
  /// The exact place, sealed: for whom it was noticed to.
  package let repository: AttachmentReference?

  package init(
    thing: Topic, artifact: Digest? = nil, host: HostName, state: AvailabilityState,
    method: ObservationMethod, observedAt: Timestamp, copies: Count? = nil, downloads: Count? = nil,
    repository: AttachmentReference? = nil
  ) {
    self.thing = thing
    self.artifact = artifact
    self.host = host
    self.state = state
    self.method = method
    self.observedAt = observedAt
    self.copies = copies
    self.downloads = downloads
    self.repository = repository
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    thing = try reader.nested("thing")
    artifact = try reader.optionalDigest("artifact")
    host = try reader.host("host")
    state = try reader.word("state")
    method = try reader.word("method")
    observedAt = try reader.time("observedAt")
    copies = try reader.optionalNested("copies")
    downloads = try reader.optionalNested("downloads")
    repository = try reader.optionalSealed("repository")
    switch thing {
    case .release where artifact == nil, .model: break
    default: throw .outOfRange(reader.path(of: "thing"))
    }
  }

  package func write(to object: inout JSONObject) {
    object.set("thing", part: thing)
    if let artifact { object.set("artifact", artifact) }
    object.set("host", host)
    object.set("state", state)
    object.set("method", method)
    object.set("observedAt", time: observedAt)
    object.set("copies", part: copies)
    object.set("downloads", part: downloads)
    object.set("repository", part: repository)
  }

  package var concerns: [Topic] { [thing] }
  package var subjects: [Subject] { concerns.map(\.subject) }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    repository.map { [("repository", $0)] } ?? []
  }
  package var statedTimes: [Timestamp] {
    [observedAt] + [copies, downloads].compactMap { $0?.asOf }
  }
}
