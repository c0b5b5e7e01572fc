import Foundation

/// The cases of an enum as its source spells them, since no list of them can be had of the compiler
/// where they carry values.
package enum Cases {
  /// The cases of `type` in `Sources` that none of `samples` is of.
  package static func missing<Sample>(
    of type: String, in file: String, from samples: [Sample]
  ) throws -> [String] {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/\(file)")
    let text = try String(contentsOf: path, encoding: .utf8)
    let lines = text.split(separator: "\n")
    guard let start = lines.firstIndex(where: { $0.contains("enum \(type): ") }) else {
      return ["enum \(type)"]
    }
    let margin = lines[start].prefix { $0 == " " }
    var plain: [String] = []
    var carrying: Set<String> = []
    for line in lines[start...].prefix(while: { $0 != "\(margin)}" }) {
      let word = "\(margin)  case "
      guard line.hasPrefix(word) else { continue }
      let name = line.dropFirst(word.count).prefix { $0.isLetter || $0.isNumber }
      if line.contains("(") { carrying.insert(String(name)) } else { plain.append(String(name)) }
    }
    var bare: Set<String> = []
    for sample in samples {
      if let label = Mirror(reflecting: sample).children.first?.label {
        carrying.remove(label)
      } else {
        bare.insert("\(sample)")
      }
    }
    // Of cases without a value only the number can be told: two of one case say the same.
    let lacking = bare.count < plain.count ? ["one of: " + plain.joined(separator: ", ")] : []
    return carrying.sorted() + lacking
  }
}
