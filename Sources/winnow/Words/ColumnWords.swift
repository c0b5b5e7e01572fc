internal import Rows

// What is wrong with columns and rows is said where they are read; which option helps, here.

extension RowError: Worded {
  var words: Words { Words(Failure.input, sentence) }

  private var sentence: String {
    guard let column else { return description }
    let reason = reason.description
    switch self.reason {
    case .wrongType: return "\(place) \(reason) with --type \(column)=TYPE."
    case .object:
      return
        "\(place) is an object, which has no type; give --type \(column)=json for its canonical text."
    case .integerOutOfRange:
      return "\(place) \(reason): give --type \(column)=string, or write it as a string."
    case .integerRounded:
      return
        "\(place) \(reason): --type \(column)=float64 rounds it, --type \(column)=string keeps it."
    default: return description
    }
  }
}

extension ColumnError: Worded {
  var words: Words { Words(Failure.input, sentence) }

  private var sentence: String {
    let reason = description.dropLast()
    switch self {
    case .undetermined(_, .mixed), .typesDiffer: return "\(reason) with --type."
    case .undetermined(let name, .objects):
      return
        "The column \(name) holds objects, which have no type; give --type \(name)=json for their canonical text, or leave it out with `winnow dataset register --columns`."
    case .undetermined(let name, .lists): return "\(reason), such as --type \(name)=list<string>."
    case .undetermined(let name, .bigInteger):
      return "\(reason): --type \(name)=string keeps it as it is written."
    case .floatIdentity(let name):
      return "\(reason): --type \(name)=string, or --type \(name)=float64 if that is meant."
    case .notConvertible(let name, _, .string):
      return "\(reason), or read it as it is written with --type \(name)=string."
    default: return description
    }
  }
}
