internal import Files

extension UnfinishedFiles {
  /// Whether something is at `path` that no unfinished run wrote.
  ///
  /// Cost: reads the file, when its name and size are those of one that such a run wrote.
  package func isTaken(_ path: String) throws(DatasetFailure) -> Bool {
    guard Directory.holds(path) else { return false }
    return try !includes(path)
  }
}
