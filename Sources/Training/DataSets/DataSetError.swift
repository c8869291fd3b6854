/// What is wrong with a data set, in one line: file, place, remedy.
public enum DataSetError: Error, Equatable, CustomStringConvertible {
  case unreadable(path: String, reason: String)
  case header(path: String, found: String)
  case tooManyFaults(path: String, faults: Int, limit: Int, first: RowFault)
  case rowCounts(path: String, expected: Int, found: Int)
  case empty(path: String, wanted: String)
  case votesOfFolder(path: String)

  public var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "\(path): \(reason)"
    case .header(let path, let found):
      "\(path):1: the header must name emotion, pixels and Usage; found \"\(found)\""
    case .tooManyFaults(let path, let faults, let limit, let first):
      "\(path): \(faults) bad rows, more than the limit of \(limit); the first: line \(first); correct them, or look at all with dataset explore --skip \(faults * 10)"
    case .rowCounts(let path, let expected, let found):
      "\(path): \(found) rows of votes for \(expected) faces; the two files must be row by row"
    case .empty(let path, let wanted):
      "\(path): no face of \(wanted); it takes fer2013.csv, or a folder with a folder of pictures for each expression (angry, happy, …)"
    case .votesOfFolder(let path):
      "\(path): votes belong to the rows of a CSV file, not to a folder's pictures; leave --votes out"
    }
  }
}

/// A row that cannot be used, by its line number (the header is line 1).
public struct RowFault: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Reason: Hashable, Sendable {
    case columns(Int)
    case label(String)
    case pixelCount(Int)
    case pixelValue(String)
    case usage(String)
    case tooLong
    case cutOff
    case picture(String)
  }

  public var line: Int
  public var reason: Reason

  public init(line: Int, reason: Reason) {
    self.line = line
    self.reason = reason
  }

  public var description: String {
    let what =
      switch reason {
      case .columns(let count): "\(count) columns where the header has another number"
      case .label(let text): "unknown label \"\(text)\"; 0 to 6 are known"
      case .pixelCount(let count): "\(count) pixels instead of \(Face.pixelCount)"
      case .pixelValue(let text): "pixel \"\(text)\" is not a whole number from 0 to 255"
      case .usage(let text): "unknown usage \"\(text)\"; Training, PublicTest and PrivateTest are known"
      case .tooLong: "the line is longer than any row can be"
      case .cutOff: "the file ends in the middle of the row"
      case .picture(let text): text
      }
    return "\(line): \(what)"
  }
}
