import Foundation

/// A comma-separated table whose first column is `file` and whose other columns are numbers.
struct LabelTable: Sendable {
  struct Row: Sendable {
    let file: String
    fileprivate let values: [Substring]
    fileprivate let columns: [String: Int]
    fileprivate let place: String

    /// - Throws: ``LabelTableError`` naming file and line where the column is missing or no finite number.
    func number(_ column: String) throws -> Double {
      guard let index = columns[column], values.indices.contains(index),
        let number = Double(values[index]), number.isFinite
      else { throw LabelTableError("\(place): no number in column '\(column)'") }
      return number
    }
  }

  let rows: [Row]
  let columns: [String: Int]

  init(_ url: URL) throws {
    guard let text = try? String(contentsOf: url, encoding: .utf8) else {
      throw LabelTableError("\(url.path): cannot be read; name the folder that holds it")
    }
    let lines = text.split(whereSeparator: \.isNewline)
    let names = (lines.first ?? "").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard names.first == "file" else {
      throw LabelTableError("\(url.path): line 1: the first column must be 'file'")
    }
    let columns = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    rows = lines.dropFirst().enumerated().map { number, line in
      let values = line.split(separator: ",", omittingEmptySubsequences: false)
      return Row(
        file: String(values[0]), values: values, columns: columns, place: "\(url.path): line \(number + 2)")
    }
    self.columns = columns
  }
}

/// A table of labels that cannot be read, in one line: file, line, what is wrong.
public struct LabelTableError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}
