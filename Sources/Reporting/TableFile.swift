/// One table on its way to disk: CSV, or JSON Lines with the same columns, after its ending.
final class TableFile<Row> {
  private var file: AtomicFile
  private let append: (Row, inout [UInt8]) -> Void

  init(_ path: String, _ columns: [CSVColumn<Row>]) throws(ReportError) {
    file = try AtomicFile(path: path)
    if path.hasSuffix(".jsonl") {
      append = JSONLineEncoder(columns: columns).append
    } else {
      let encoder = CSVEncoder(columns: columns)
      append = encoder.append
      try file.write(encoder.header)
    }
  }

  func add(_ row: Row) throws(ReportError) {
    try file.write { append(row, &$0) }
  }

  func commit() throws(ReportError) { try file.commit() }
}

/// An object a line, with the columns' names as keys; an empty cell is `null`.
struct JSONLineEncoder<Row> {
  private let columns: [(key: [UInt8], cell: @Sendable (Row) -> CSVCell)]

  init(columns: [CSVColumn<Row>]) {
    self.columns = columns.map { (Array("\(jsonString($0.name)):".utf8), $0.cell) }
  }

  func append(_ row: Row, to line: inout [UInt8]) {
    for (index, column) in columns.enumerated() {
      line.append(UInt8(ascii: index == 0 ? "{" : ","))
      line.append(contentsOf: column.key)
      let start = line.count
      switch column.cell(row) {
      case .number(let value, let decimals): appendFixed(value, decimals: decimals, to: &line)
      case .integer(let value): if let value { line.append(contentsOf: String(value).utf8) }
      case .text(let value): if let value { line.append(contentsOf: jsonString(value).utf8) }
      case .boolean(let value): line.append(contentsOf: (value ? "true" : "false").utf8)
      }
      if line.count == start { line.append(contentsOf: "null".utf8) }
    }
    line.append(contentsOf: "}\n".utf8)
  }
}
