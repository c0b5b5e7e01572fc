package import CanonicalJSON

/// Someone reports that what releases list may not belong there; nothing is confirmed by it.
package struct SuspicionReported: ListedKind, KeptKind {
  package static let kind = Kind.suspicionReported
  package var body: Body { .suspicionReported(self) }
  package static let standing = Standing.world(Role.allCases)
  package static let sealsWords = true
  package static let table = ProjectionTable.notice

  package let about: [Topic]
  package let reasonClass: ReasonClass
  package let methods: [SuspicionMethod]
  package let counts: [Count]
  package let report: AttachmentReference?

  package init(
    about: [Topic], reasonClass: ReasonClass, methods: [SuspicionMethod], counts: [Count],
    report: AttachmentReference? = nil
  ) {
    self.about = about.sorted()
    self.reasonClass = reasonClass
    self.methods = methods.sorted { $0.rawValue < $1.rawValue }
    self.counts = counts.sorted { $0.unit.rawValue < $1.unit.rawValue }
    self.report = report
  }

  package static let form = Form<Self>(
    "Someone reports that what releases list may not belong there; nothing is confirmed by it.",
    about: .topics(\.about),
    Member("about", \.about, "What the suspicion is about.", concern: \.self),
    Member("reasonClass", \.reasonClass, "Of what class the rows would be."),
    Member("methods", \.methods, "How it came up, ascending."),
    Member("counts", \.counts, "How much, each unit once, by unit ascending."),
    Member("report", \.report, "The report."),
    make: Self.init)

  /// No rule of its own.
  package func check(_: LedgerState, _: Judging) {}

  /// In the first release that it is about.
  package var finding: Finding? {
    for case .release(let release) in about { return Finding(release, .stated(counts)) }
    return nil
  }
}

/// How a suspicion came up.
package enum SuspicionMethod: String, Vocabulary {
  case classifier
  case cryptographicHash = "cryptographic-hash"
  case keyword, manual
  case nearestNeighbour = "nearest-neighbour"
  case other
  case perceptualHash = "perceptual-hash"
}

extension SuspicionMethod: ListElement {
  package static func takeList(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> [Self] { try reader.words(name) }
  package static func set(_ list: [Self], _ name: String, in object: inout JSONObject) {
    object[name] = .array(list.map { .string($0.rawValue) })
  }
  package static var listShape: MemberShape { .list(shape, 1...allCases.count, isUnique: true) }
  package static var listOrder: ListOrder { .ascending }
}
