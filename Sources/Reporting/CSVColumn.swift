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
  let columns: [CSVColumn<Row>]

  var header: [UInt8] { Array(columns.map(\.name).joined(separator: ",").utf8) + [UInt8(ascii: "\n")] }

  func append(_ row: Row, to line: inout [UInt8]) {
    for (index, column) in columns.enumerated() {
      if index > 0 { line.append(UInt8(ascii: ",")) }
      switch column.cell(row) {
      case .number(let value, let decimals): appendFixed(value, decimals: decimals, to: &line)
      case .integer(let value): if let value { line.append(contentsOf: String(value).utf8) }
      case .text(let value): if let value { line.append(contentsOf: quotedCell(value).utf8) }
      case .boolean(let value): line.append(contentsOf: (value ? "true" : "false").utf8)
      }
    }
    line.append(UInt8(ascii: "\n"))
  }
}

/// A cell that no spreadsheet takes for a formula: an apostrophe goes before a leading `= + - @`, their wide
/// forms, a tab or a line break. Quoted where it holds a comma, a quote or a line break.
func quotedCell(_ text: String) -> String {
  let clean = String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\0" }))
  var cell = clean
  let start = clean.unicodeScalars.first { $0 != " " && $0 != "\u{a0}" && $0 != "\u{feff}" }
  if let start, "=+-@＝＋－＠\t\r\n|%".unicodeScalars.contains(start) { cell = "'" + clean }
  guard cell.unicodeScalars.contains(where: { ",\"\n\r\t;".unicodeScalars.contains($0) }) else { return cell }
  return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}

/// Fixed decimals, rounded half away from zero, without an exponent or a locale; nothing for no number.
func appendFixed(_ value: Double?, decimals: Int, to line: inout [UInt8]) {
  guard let value, value.isFinite else { return }
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  guard let scaled = Int64(exactly: (abs(value) * scale).rounded()) else { return }
  if value < 0 && scaled > 0 { line.append(UInt8(ascii: "-")) }
  let digits = Array(String(scaled).utf8)
  let padded = Array(repeating: UInt8(ascii: "0"), count: max(0, decimals + 1 - digits.count)) + digits
  line.append(contentsOf: padded.dropLast(decimals))
  guard decimals > 0 else { return }
  line.append(UInt8(ascii: "."))
  line.append(contentsOf: padded.suffix(decimals))
}

/// ``appendFixed(_:decimals:to:)`` as text; empty for no number.
func fixed(_ value: Double?, decimals: Int) -> String {
  var bytes: [UInt8] = []
  appendFixed(value, decimals: decimals, to: &bytes)
  return String(decoding: bytes, as: UTF8.self)
}
