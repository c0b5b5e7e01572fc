internal import ArgumentParser
internal import Provenance
internal import Workflows

/// `--at SEQ|TIME`.
extension AsOf {
  init(argument: String) throws {
    if let sequence = UInt64(argument) {
      self = .sequence(sequence)
    } else if let moment = Timestamp(any: argument) {
      self = .time(moment)
    } else {
      throw ValidationError("--at takes a sequence or a time such as 2024-03-20T00:00:00Z.")
    }
  }
}
