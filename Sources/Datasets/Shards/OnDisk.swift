internal import Files

/// Runs `body`; a failure of files becomes one of datasets.
func onDisk<Result: ~Copyable>(
  _ body: () throws(FileFailure) -> Result
) throws(DatasetFailure) -> Result {
  do throws(FileFailure) {
    return try body()
  } catch {
    throw .file(error)
  }
}
