/// One generated row shaped as LAION's are; its image, its host and its caption do not exist.
///
/// Hosts lie below `example.org`, `example.net` and `example.com`, which are reserved for examples
/// (RFC 2606) and never resolve to anybody's images.
struct SampleRow {
  let url: [UInt8]
  let text: [UInt8]
  let width: UInt64
  let height: UInt64
  /// Ten-thousandths.
  let similarity: UInt64
  let punsafe: UInt64
  let pwatermark: UInt64
  let md5: [UInt8]

  /// Names of the columns, in order.
  static let columns = [
    "URL", "TEXT", "WIDTH", "HEIGHT", "similarity", "punsafe", "pwatermark", "md5",
  ]

  /// Every such row repeats the URL of the row ``repeatDistance`` before it, with another caption.
  static let repeatEvery: UInt64 = 700
  static let repeatDistance: UInt64 = 350

  /// The row at `index` under `seed`; each row is made alone, whatever is made before it.
  init(seed: UInt64, index: UInt64) {
    let repeats = index % Self.repeatEvery == Self.repeatEvery - 1
    let image = repeats ? index - Self.repeatDistance : index
    url = Self.url(seed: seed, image: image)
    var random = SplitMix64(seed: seed ^ index &* 0xd1b5_4a32_d192_ed03 &+ 1)
    text = Self.caption(&random)
    var picture = SplitMix64(seed: seed ^ image &* 0xaef1_7502_108e_f2d9 &+ 2)
    width = 160 + picture.next(below: 1440)
    height = 120 + picture.next(below: 1080)
    similarity = 2800 + random.next(below: 2200)
    punsafe = picture.next(below: 10_000)
    pwatermark = picture.next(below: 10_000)
    var digits: [UInt8] = []
    Self.append(hex: picture.next(), to: &digits)
    Self.append(hex: picture.next(), to: &digits)
    md5 = digits
  }

  /// The URL of an image.
  static func url(seed: UInt64, image: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed ^ image &* 0x9fb2_1c65_1e98_df25 &+ 3)
    let domains = ["example.org", "example.net", "example.com"]
    var output = Array("https://img".utf8)
    output.append(contentsOf: String(random.next(below: 97)).utf8)
    output.append(UInt8(ascii: "."))
    output.append(contentsOf: domains[Int(random.next(below: 3))].utf8)
    output.append(UInt8(ascii: "/"))
    output.append(contentsOf: words[Int(random.next(below: UInt64(words.count)))].utf8)
    output.append(UInt8(ascii: "/"))
    append(hex: random.next(), to: &output)
    // The index makes each URL the only one of its kind.
    output.append(UInt8(ascii: "-"))
    output.append(contentsOf: String(image).utf8)
    output.append(contentsOf: (random.next(below: 8) == 0 ? ".png?v=2" : ".jpg").utf8)
    return output
  }

  private static func caption(_ random: inout SplitMix64) -> [UInt8] {
    var output: [UInt8] = []
    for place in 0..<5 + random.next(below: 10) {
      if place > 0 {
        output.append(contentsOf: (random.next(below: 9) == 0 ? ", " : " ").utf8)
      }
      let word = words[Int(random.next(below: UInt64(words.count)))]
      if random.next(below: 24) == 0 {
        output.append(contentsOf: "\"\(word)\"".utf8)
      } else {
        output.append(contentsOf: word.utf8)
      }
    }
    return output
  }

  static func append(hex value: UInt64, to output: inout [UInt8]) {
    for shift in stride(from: UInt64(60), through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: value >> shift & 15)
      output.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }

  static let words = [
    "harbour", "lantern", "meadow", "bicycle", "teapot", "orchard", "granite", "compass", "violin",
    "kettle", "café", "naïve", "Zürich", "東京", "Ελλάδα", "москва", "garden", "ladder", "window",
    "morning", "poster", "vintage", "ceramic", "drawing", "river", "bridge", "station", "wooden",
    "portrait", "mountain", "sunset", "market", "island", "forest", "winter", "summer", "blue",
    "yellow", "handmade", "print", "canvas", "modern", "old", "large", "small", "table", "chair",
    "lamp", "🎈", "piñata", "smörgås", "façade", "logo", "banner", "recipe", "salad", "bread",
  ]
}

extension SampleRow {
  /// Appends the row as CSV (RFC 4180) with a line feed.
  func appendCSV(to output: inout [UInt8]) {
    output.append(contentsOf: url)
    output.append(UInt8(ascii: ","))
    Self.append(csv: text, to: &output)
    for number in [width, height] {
      output.append(UInt8(ascii: ","))
      output.append(contentsOf: String(number).utf8)
    }
    for number in [similarity, punsafe, pwatermark] {
      output.append(UInt8(ascii: ","))
      Self.append(tenThousandths: number, to: &output)
    }
    output.append(UInt8(ascii: ","))
    output.append(contentsOf: md5)
    output.append(UInt8(ascii: "\n"))
  }

  /// Appends the row as one JSON object with a line feed.
  func appendJSON(to output: inout [UInt8]) {
    output.append(contentsOf: "{\"URL\":\"".utf8)
    output.append(contentsOf: url)
    output.append(contentsOf: "\",\"TEXT\":\"".utf8)
    for byte in text {
      if byte == UInt8(ascii: "\"") { output.append(UInt8(ascii: "\\")) }
      output.append(byte)
    }
    output.append(contentsOf: "\",\"WIDTH\":\(width),\"HEIGHT\":\(height)".utf8)
    for (name, number) in [
      ("similarity", similarity), ("punsafe", punsafe), ("pwatermark", pwatermark),
    ] {
      output.append(contentsOf: ",\"\(name)\":".utf8)
      Self.append(tenThousandths: number, to: &output)
    }
    output.append(contentsOf: ",\"md5\":\"".utf8)
    output.append(contentsOf: md5)
    output.append(contentsOf: "\"}\n".utf8)
  }

  private static func append(csv field: [UInt8], to output: inout [UInt8]) {
    let quote = UInt8(ascii: "\"")
    guard field.contains(where: { $0 == quote || $0 == UInt8(ascii: ",") }) else {
      output.append(contentsOf: field)
      return
    }
    output.append(quote)
    for byte in field {
      if byte == quote { output.append(quote) }
      output.append(byte)
    }
    output.append(quote)
  }

  /// Digits by integers alone: no machine rounds another way.
  private static func append(tenThousandths value: UInt64, to output: inout [UInt8]) {
    output.append(contentsOf: "0.".utf8)
    for divisor: UInt64 in [1000, 100, 10, 1] {
      output.append(0x30 + UInt8(truncatingIfNeeded: value / divisor % 10))
    }
  }
}
