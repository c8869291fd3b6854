/// The frame of the room's pages: one file, no script, nothing fetched.
enum PageShell {
  static func page(title: String, body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(title.xmlEscaped)</title>
    <style>
    body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
    h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; border-bottom: 1px solid #ddd; }
    table { border-collapse: collapse; margin: .6rem 0; font-variant-numeric: tabular-nums; }
    th, td { padding: .2rem .7rem; text-align: right; border-bottom: 1px solid #eee; }
    th:first-child, td:first-child { text-align: left; }
    .wide { overflow-x: auto; }
    svg, img { max-width: 100%; height: auto; }
    figure { margin: 1rem 0; } figcaption, .note { color: #555; font-size: .9rem; }
    </style>
    </head>
    <body>
    <h1>\(title.xmlEscaped)</h1>
    \(body)
    </body>
    </html>

    """
  }

  static func section(_ title: String, _ content: String) -> String {
    "<h2>\(title.xmlEscaped)</h2>\n\(content)"
  }

  /// A number keeps its percent sign; a long name may break.
  private static func cell(_ text: String) -> String {
    text.xmlEscaped.replacing("_", with: "_<wbr>").replacing(" %", with: "\u{A0}%")
  }

  /// Cells are text; the first row is the head.
  static func table(_ rows: [[String]]) -> String {
    let lines = rows.enumerated().map { index, row in
      let tag = index == 0 ? "th" : "td"
      return "<tr>" + row.map { "<\(tag)>\(cell($0))</\(tag)>" }.joined()
        + "</tr>"
    }
    return "<div class=\"wide\"><table>\n\(lines.joined(separator: "\n"))\n</table></div>"
  }
}

/// Columns of text as a terminal shows them: the first to the left, the others to the right.
enum TextTable {
  /// Names and values, both to the left.
  static func list(_ rows: [[String]]) -> String {
    let width = rows.map { $0.first?.count ?? 0 }.max() ?? 0
    return rows.map { row in
      let name = row.first ?? ""
      return name + String(repeating: " ", count: width - name.count + 2)
        + row.dropFirst().joined(separator: "  ")
    }.joined(separator: "\n")
  }

  /// Comma-separated (RFC 4180), for programs.
  static func csv(_ rows: [[String]]) -> String {
    rows.map { row in
      row.map { cell in
        cell.contains { ",\"\n\r".contains($0) } ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
      }.joined(separator: ",") + "\n"
    }.joined()
  }

  static func text(_ rows: [[String]]) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + padding : padding + cell
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
