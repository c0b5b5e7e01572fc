/// Folders that were made for files to be written, and that can be taken away again.
package struct NewFolders: Hashable, Sendable {
  /// Those that were not there, each before the folder that holds it.
  private var made: [String] = []

  /// Makes `folders` and those above them that are missing, durably.
  ///
  /// - Throws: ``FileFailure`` where one cannot be made; those that were made are gone again.
  package init(_ folders: some Sequence<String>) throws(FileFailure) {
    for folder in folders where !Directory.exists(folder) {
      let missing = Directory.missing(folder)
      made = missing + made
      do throws(FileFailure) {
        try Directory.make(folder)
      } catch {
        remove()
        throw error
      }
    }
  }

  /// Removes those that are empty.
  package func remove() {
    for folder in made { _ = try? Directory.removeIfEmpty(folder) }
  }
}
