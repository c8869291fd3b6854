/// One column of a CSV file: what is written, and what the data package says about it.
struct CSVColumn<Row>: Sendable {
  enum Kind: String, Sendable {
    case number, integer, string, boolean
  }

  let name: String
  let kind: Kind
  /// "s", "px", "deg"; empty for ratios and words.
  let unit: String
  let meaning: String
  let cell: @Sendable (Row) -> CSVCell
}

/// What stands in one cell; absent values are empty.
enum CSVCell {
  case number(Double?, decimals: Int)
  case integer(Int?)
  case text(String?)
  case boolean(Bool)
}

extension CSVColumn {
  static func number(
    _ name: String, unit: String = "", decimals: Int = 4, _ meaning: String,
    _ value: @escaping @Sendable (Row) -> Double?
  ) -> CSVColumn {
    CSVColumn(name: name, kind: .number, unit: unit, meaning: meaning) {
      .number(value($0), decimals: decimals)
    }
  }

  static func integer(_ name: String, _ meaning: String, _ value: @escaping @Sendable (Row) -> Int?)
    -> CSVColumn
  {
    CSVColumn(name: name, kind: .integer, unit: "", meaning: meaning) { .integer(value($0)) }
  }

  static func text(_ name: String, _ meaning: String, _ value: @escaping @Sendable (Row) -> String?)
    -> CSVColumn
  {
    CSVColumn(name: name, kind: .string, unit: "", meaning: meaning) { .text(value($0)) }
  }
}

/// Encodes rows after RFC 4180 in UTF-8 with `\n`, as spreadsheets and pandas read them.
struct CSVEncoder<Row> {
  let header: [UInt8]
  private let cells: [@Sendable (Row) -> CSVCell]

  init(columns: [CSVColumn<Row>]) {
    header = Array(columns.map(\.name).joined(separator: ",").utf8) + [UInt8(ascii: "\n")]
    cells = columns.map(\.cell)
  }

  func append(_ row: Row, to line: inout [UInt8]) {
    for cell in cells {
      switch cell(row) {
      case .number(let value, let decimals): appendFixed(value, decimals: decimals, to: &line)
      case .integer(let value): if let value { line.append(contentsOf: String(value).utf8) }
      case .text(let value): if let value { appendCell(value, to: &line) }
      case .boolean(let value): line.append(contentsOf: (value ? "true" : "false").utf8)
      }
      line.append(UInt8(ascii: ","))
    }
    line[line.count - 1] = UInt8(ascii: "\n")
  }
}

/// Appends ``quotedCell(_:)``; most cells need no change, which is seen byte by byte.
private func appendCell(_ text: String, to line: inout [UInt8]) {
  var text = text
  let isPlain = text.withUTF8 { bytes in
    guard let first = bytes.first, !" =+-@|%".utf8.contains(first) else { return bytes.isEmpty }
    guard bytes.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != 0x22 && $0 != 0x2C && $0 != 0x3B }) else {
      return false
    }
    line.append(contentsOf: bytes)
    return true
  }
  if !isPlain { line.append(contentsOf: quotedCell(text).utf8) }
}

/// A cell that no spreadsheet takes for a formula: an apostrophe goes before a leading `= + - @`, their wide
/// forms, a tab or a line break. Quoted where it holds a comma, a quote or a line break.
func quotedCell(_ text: String) -> String {
  let clean = String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\0" }))
  var cell = clean
  let start = clean.unicodeScalars.first { $0 != " " && $0 != "\u{a0}" && $0 != "\u{feff}" }
  if let start, "=+-@＝＋－＠\t\r\n|%".unicodeScalars.contains(start) { cell = "'" + clean }
  guard cell.unicodeScalars.contains(where: { ",\"\n\r\t;".unicodeScalars.contains($0) }) else { return cell }
  // By scalars: with a mark that combines, a quote is another character.
  let doubled = cell.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }
  return "\"" + String(String.UnicodeScalarView(doubled)) + "\""
}
