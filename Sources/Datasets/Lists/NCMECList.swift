internal import Files
internal import LedgerCrypto

/// What NCMEC's hash-sharing API answers: entries of images and videos with their fingerprints.
///
/// An entry that says that one was deleted has no fingerprint and is counted. Where members of the API
/// dispute a fingerprint (`negativeFeedback`), its entry counts all the same, and how many do is said.
struct NCMECList {
  /// The namespace of the API's second version.
  static let namespace = "https://hashsharing.ncmec.org/hashsharing/v2"

  /// Follows the elements between two pieces of the document.
  private final class Reading {
    var list: ListCollector
    /// The line of the refusal, and why.
    var refusal: (line: Int, flaw: HashListFlaw)?
    /// The names of the elements around, from the root; empty for those of another namespace.
    private var path: [String] = []
    private var entry: (hash: [UInt8]?, isDisputed: Bool)?
    /// The text of the fingerprint that is being read.
    private var text: [UInt8]?

    init(_ list: ListCollector) { self.list = list }

    func take(_ event: XMLEvents.Event, line: Int) -> Bool {
      do throws(HashListFlaw) {
        switch event {
        case .begin(let namespace, let name):
          try begin(namespace == NCMECList.namespace ? String(name) : "")
        case .text(let bytes): try take(bytes)
        case .end: try end()
        }
        return true
      } catch {
        refusal = (line, error)
        return false
      }
    }

    private func begin(_ name: String) throws(HashListFlaw) {
      // As many levels as no answer has: what is deeper would only take memory.
      guard path.count < 64, text == nil else { throw .malformedXML }
      path.append(name)
      switch path.count {
      case 1: if name != "queryResult" { throw .otherXML }
      case 3 where isInEntries: entry = (nil, false)
      case 5 where entry != nil && path[3] == "fingerprints":
        if list.algorithm.isNamed(by: name) { text = [] }
      case 5 where entry != nil && path[3] == "feedback":
        if name == "negativeFeedback" { entry?.isDisputed = true }
      default: break
      }
    }

    private var isInEntries: Bool { path[1] == "images" || path[1] == "videos" }

    private func take(_ bytes: [UInt8]) throws(HashListFlaw) {
      guard text != nil else { return }
      text?.append(contentsOf: bytes)
      if text?.count ?? 0 > 1024 { throw .notAHash(list.algorithm) }
    }

    private func end() throws(HashListFlaw) {
      if let hash = text {
        guard entry?.hash == nil else { throw .twoHashes(list.algorithm) }
        entry?.hash = hash
        text = nil
      } else if path.count == 3, let entry {
        try finish(entry.hash, isDisputed: entry.isDisputed)
        self.entry = nil
      }
      path.removeLast()
    }

    private func finish(_ hash: [UInt8]?, isDisputed: Bool) throws(HashListFlaw) {
      if path[2].hasPrefix("deleted") {
        list.counts.read += 1
        list.counts.deleted += 1
        return
      }
      if isDisputed { list.counts.disputed += 1 }
      let text = hash ?? []
      try list.take(text.span)
    }
  }

  private let reading: Reading
  private let events: XMLEvents

  init(_ list: ListCollector) {
    let reading = Reading(list)
    self.reading = reading
    events = XMLEvents { reading.take($0, line: $1) }
  }

  var list: ListCollector { reading.list }
  /// The line that was read last, or where the refusal is.
  var line: Int { reading.refusal?.line ?? events.line }

  func take(_ bytes: Span<UInt8>, isLast: Bool = false) throws(HashListFlaw) {
    do {
      if try events.take(bytes, isLast: isLast) { return }
    } catch {
      switch error {
      case .malformed: throw .malformedXML
      case .doctype: throw .doctype
      }
    }
    throw reading.refusal?.flaw ?? .malformedXML
  }
}
