/// Reads the list of participants that Zoom exports as CSV.
public enum Roster {
  /// Names in the order of the file, each once; "Ana (Ana Ruiz)" is read as "Ana".
  public static func names(_ bytes: [UInt8]) -> [String] {
    let rows = rows(CompanionText.decoded(bytes))
    guard let header = rows.firstIndex(where: { $0.contains { isNameHeading($0) } }),
      let column = rows[header].firstIndex(where: isNameHeading)
    else { return [] }
    var seen = Set<String>()
    return rows[(header + 1)...].compactMap { row in
      guard row.indices.contains(column) else { return nil }
      let name = CompanionText.clean(row[column].prefix { $0 != "(" })
      return !name.isEmpty && seen.insert(name).inserted ? name : nil
    }
  }

  private static func isNameHeading(_ cell: String) -> Bool {
    let cell = cell.trimmed.lowercased()
    return cell == "name" || cell.hasPrefix("name (") || cell == "full name" || cell == "participant"
  }

  /// RFC 4180: quoted cells may hold commas, doubled quotes and line breaks.
  static func rows(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = ""
    var quoted = false
    var afterQuote = false
    var cells = 0
    for character in text {
      if rows.count >= CompanionText.mostEntries || cells >= CompanionText.mostPieces { break }
      if quoted {
        if character == "\"" { (quoted, afterQuote) = (false, true) } else { cell.append(character) }
        continue
      }
      switch character {
      case "\"":
        // A doubled quote is one; any other opens the cell.
        if afterQuote { cell.append("\"") }
        quoted = true
      case ",":
        row.append(cell)
        cell = ""
        cells += 1
      case "\n", "\r\n", "\r":
        rows.append(row + [cell])
        (row, cell) = ([], "")
      default: cell.append(character)
      }
      afterQuote = false
    }
    if !cell.isEmpty || !row.isEmpty { rows.append(row + [cell]) }
    return rows
  }
}
