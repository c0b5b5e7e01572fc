internal import CanonicalJSON
internal import Files
internal import LedgerCrypto
internal import Provenance

/// What a saved listing says of the files of a repository.
///
/// Two forms: the JSON of Hugging Face's tree API (`[{"type","oid","size","path","lfs":{"oid","size",…}},…]`;
/// what is not in Git LFS has a Git object's id there, and so no SHA-256 here), and the lines of
/// `git lfs ls-files --long` (64 digits, `*` or `-`, the path).
enum RepositoryListing {
  /// The most bytes of a listing: some 300 for each of a million files.
  private static let maximumSize = 1 << 29

  /// Reads the pages of one listing.
  static func read(_ paths: [String]) throws -> [ListedFile] {
    try paths.flatMap { path in
      guard path == "-" || Directory.holds(path) else { throw WorkflowFailure.noFile(path) }
      let bytes =
        path == "-"
        ? try WholeInput.readStandardInput(maxBytes: maximumSize)
        : try WholeInput.read(path, maxBytes: maximumSize)
      return try files(in: bytes, named: path == "-" ? "Standard input" : path)
    }
  }

  static func files(in bytes: [UInt8], named name: String) throws -> [ListedFile] {
    let first = bytes.first { ![0x09, 0x0a, 0x0d, 0x20].contains($0) }
    switch first {
    case nil: throw WorkflowFailure.badInput("\(name) is empty; save the listing again.")
    case UInt8(ascii: "["), UInt8(ascii: "{"): return try tree(bytes, name)
    default: return try lines(bytes, name)
    }
  }

  private static func tree(_ bytes: [UInt8], _ name: String) throws -> [ListedFile] {
    let document: JSON
    do throws(JSONError) {
      document = try JSON(parsing: bytes)
    } catch {
      throw WorkflowFailure.badInput("\(name) is no listing: \(error)")
    }
    guard case .array(let entries) = document else {
      throw WorkflowFailure.badInput(
        "\(name) is no list of files; save what the tree API answers, a JSON array.")
    }
    return try entries.enumerated().compactMap { place, entry in
      guard case .object(let members) = entry, case .string(let type)? = members["type"] else {
        throw strange(place, name)
      }
      if type != "file" { return nil }
      guard let file = file(members) else { throw strange(place, name) }
      return file
    }
  }

  private static func strange(_ place: Int, _ name: String) -> WorkflowFailure {
    .badInput(
      "\(name): entry \(place) does not say type, path, size and lfs as the tree API does; save the listing again."
    )
  }

  /// A file of the tree API.
  private static func file(_ entry: JSONObject) -> ListedFile? {
    guard case .string(let path)? = entry["path"], !path.isEmpty, let size = size(of: entry) else {
      return nil
    }
    guard let lfs = entry["lfs"], lfs != .null else {
      return ListedFile(path: path, size: size, sha256: nil)
    }
    guard case .object(let pointer) = lfs, case .string(let text)? = pointer["oid"],
      let digest = Digest(hex: text), self.size(of: pointer) == size
    else { return nil }
    return ListedFile(path: path, size: size, sha256: digest)
  }

  private static func size(of object: JSONObject) -> UInt64? {
    guard case .integer(let size)? = object["size"], size >= 0 else { return nil }
    return UInt64(size)
  }

  /// `<64 digits> * <path>` a line, or `-` in place of `*`.
  private static func lines(_ bytes: [UInt8], _ name: String) throws -> [ListedFile] {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw WorkflowFailure.badInput("\(name) is not UTF-8; save the listing again.")
    }
    return try text.split(whereSeparator: \.isNewline).enumerated().map { place, line in
      let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, let digest = Digest(hex: String(parts[0])),
        parts[1] == "*" || parts[1] == "-", !parts[2].isEmpty
      else {
        throw WorkflowFailure.badInput(
          "\(name): line \(place + 1) is not of a listing; save what the tree API answers, or the long list of Git LFS."
        )
      }
      return ListedFile(path: String(parts[2]), size: nil, sha256: digest)
    }
  }
}
