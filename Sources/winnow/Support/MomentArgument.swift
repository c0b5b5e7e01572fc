internal import ArgumentParser
internal import Provenance

extension Timestamp {
  /// The time that `option` was given.
  init(_ text: String, of option: String) throws {
    guard let moment = Timestamp(any: text) else {
      throw ValidationError("\(option) takes a time such as 2024-03-20T00:00:00Z.")
    }
    self = moment
  }
}
