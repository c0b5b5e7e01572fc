internal import Foundation

/// Measurements as text.
enum Table {
  static func print(_ found: [Measurement], asJSON: Bool) throws {
    if asJSON {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      let data = try encoder.encode(found)
      Swift.print(String(decoding: data, as: UTF8.self))
      return
    }
    var rows = [["work", "size", "rate", "limit", "", "ratio", "cpu", "µs cpu", "target", ""]]
    for one in found {
      var row = [one.work, String(one.size), short(one.rate) + one.unit]
      row += [short(one.limit) + one.unit, one.limitName, fixed(one.ratio)]
      row.append(one.processorRatio.map(fixed) ?? "")
      row.append(one.processorMicroseconds.map(fixed) ?? "")
      row.append(
        one.target.map {
          (one.isCeiling ? "≤ " : "≥ ") + fixed($0) + (one.isOfProcessor ? " cpu" : "")
        } ?? "")
      row.append(one.isReached.map { $0 ? "reached" : "missed" } ?? "")
      rows.append(row)
    }
    var widths = [Int](repeating: 0, count: 10)
    for row in rows {
      for (column, text) in row.enumerated() { widths[column] = max(widths[column], text.count) }
    }
    for row in rows {
      var line = ""
      for (column, text) in row.enumerated() {
        line += text + String(repeating: " ", count: widths[column] - text.count + 2)
      }
      Swift.print(line.trimmingCharacters(in: .whitespaces))
    }
  }

  private static func fixed(_ value: Double) -> String { String(format: "%.2f", value) }

  private static func short(_ value: Double) -> String {
    if value >= 1e6 { return String(format: "%.2fM", value / 1e6) }
    if value >= 1e4 { return String(format: "%.1fk", value / 1e3) }
    return String(format: "%.0f", value)
  }
}

/// A directory that goes away.
struct Scratch {
  let path: String

  init(_ parent: String?) throws {
    let parent = parent ?? FileManager.default.temporaryDirectory.path
    path = "\(parent)/winnow-bench-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  /// A name in it that was not given before.
  func fresh(_ name: String) -> String { "\(path)/\(name)-\(UUID().uuidString)" }

  func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}

/// Why nothing was measured.
enum BenchFailure: Error {
  case name(String)
  case refused(String)
  case sqlite(String)
  case libcrypto(String)
}
