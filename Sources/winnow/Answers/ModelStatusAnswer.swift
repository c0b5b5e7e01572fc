internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

/// What `model status` answers.
extension ModelStatus {
  private var name: Name { model.registration.model }
  private var reason: String? { statedReason.map { String(decoding: $0, as: UTF8.self) } }

  var json: JSON {
    var object = JSONObject([
      ("model", .string(name.text)), ("registered", JSON(model.registered)),
      ("artifacts", .array(model.registration.artifacts.map(\.json))),
      ("training", .array(trainings.map(\.json))),
    ])
    if let deprecated = model.deprecated { object["deprecated"] = JSON(deprecated) }
    if let reason { object["statedReason"] = .string(reason) }
    return .object(object)
  }

  var lines: [String] {
    var lines = ["\(name), registered at sequence \(model.registered)"]
    for artifact in model.registration.artifacts {
      lines.append("  file \(artifact.sha256) of \(artifact.size.of("byte"))")
    }
    lines += trainings.map(\.line)
    guard let deprecated = model.deprecated else { return lines + ["  not deprecated"] }
    lines.append("  deprecated at sequence \(deprecated)")
    if let reason { lines.append("  stated reason: \(reason)") }
    return lines
  }
}

extension ModelStatus.Training {
  fileprivate var json: JSON {
    [
      "release": JSON(record.assertion.release),
      "polarity": .string(record.assertion.polarity.rawValue),
      "use": .string(record.assertion.use.rawValue), "sequence": JSON(record.sequence),
      "removalsOnRelease": .integer(Int64(removals)),
    ]
  }

  fileprivate var line: String {
    "  \(record.assertion.polarity.rawValue) on \(record.assertion.release), as asserted at sequence \(record.sequence); removals decided on that release: \(removals.grouped)"
  }
}
