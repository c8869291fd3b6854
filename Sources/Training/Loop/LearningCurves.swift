import Foundation

/// Accuracy and loss over the epochs, training against validation, as one SVG picture.
public struct LearningCurves: Sendable {
  public var records: [EpochRecord]
  public var title: String

  public init(records: [EpochRecord], title: String) {
    self.records = records
    self.title = title
  }

  private struct Line {
    var name: String
    var colour: String
    var values: [Double?]
  }

  private static let width = 460.0
  private static let height = 300.0

  public var svg: String {
    let accuracy = [
      Line(name: "training", colour: "#4477aa", values: records.map(\.accuracy)),
      Line(name: "validation", colour: "#cc6677", values: records.map(\.validationAccuracy)),
      Line(name: "validation, averaged weights", colour: "#117733", values: records.map(\.averagedAccuracy)),
    ]
    let loss = [
      Line(name: "training", colour: "#4477aa", values: records.map(\.loss)),
      Line(name: "validation", colour: "#cc6677", values: records.map(\.validationLoss)),
    ]
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 380" font-family="sans-serif" font-size="13">
      <rect width="1000" height="380" fill="white"/>
      <text x="20" y="24" font-size="16">\(title.xmlEscaped)</text>
      \(panel(accuracy, name: "accuracy", left: 50))
      \(panel(loss, name: "loss", left: 545))
      </svg>

      """
  }

  /// The curves and the history as a page of one file.
  public var page: String {
    let rows = HistoryFile.text(records).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    // What no epoch has, such as averaged weights, is no column.
    let used = (rows.first ?? []).indices.filter { column in rows.dropFirst().contains { !$0[column].isEmpty }
    }
    return PageShell.page(
      title: "Training of \(title)", body: svg + PageShell.table(rows.map { row in used.map { row[$0] } }))
  }

  private func panel(_ lines: [Line], name: String, left: Double) -> String {
    let values = lines.flatMap { $0.values.compactMap(\.self) }.filter(\.isFinite)
    let spread = max(0.1, (values.max() ?? 1) - (values.min() ?? 0))
    let gap = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10].first { spread / $0 <= 6 } ?? spread / 5
    let low = ((values.min() ?? 0) / gap).rounded(.down) * gap
    let high = max(low + gap, ((values.max() ?? 1) / gap).rounded(.up) * gap)
    let (top, bottom) = (50.0, 50 + Self.height)
    let across = (Self.width - 40) / Double(max(1, records.count - 1))
    let y: (Double) -> Double = { bottom - ($0 - low) / (high - low) * Self.height }
    let x: (Int) -> Double = { left + Double($0) * across }
    var parts = ["<text x=\"\(left)\" y=\"42\" font-weight=\"bold\">\(name)</text>"]
    for value in stride(from: low, through: high + gap / 2, by: gap) {
      parts.append(
        "<path d=\"M\(text(left)) \(text(y(value)))H\(text(left + Self.width - 40))\" stroke=\"#ddd\"/>"
          + "<text x=\"\(text(left - 6))\" y=\"\(text(y(value) + 4))\" text-anchor=\"end\">"
          + String(format: "%.2f", value) + "</text>")
    }
    for index in Set([0, records.count / 2, records.count - 1]).sorted() where records.indices.contains(index)
    {
      parts.append(
        "<text x=\"\(text(x(index)))\" y=\"\(text(bottom + 18))\" text-anchor=\"middle\">"
          + "\(records[index].epoch)</text>")
    }
    let drawn = lines.filter { $0.values.contains { $0 != nil } }
    for (row, line) in drawn.enumerated() {
      let points = line.values.enumerated().compactMap { index, value in
        value.flatMap { $0.isFinite ? "\(text(x(index))),\(text(y($0)))" : nil }
      }
      parts.append(
        "<polyline fill=\"none\" stroke=\"\(line.colour)\" stroke-width=\"2\" "
          + "points=\"\(points.joined(separator: " "))\"/>")
      let legend = name == "loss" ? top + 14 : bottom - 12 - Double(drawn.count - 1 - row) * 18
      let offset = name == "loss" ? legend + Double(row) * 18 : legend
      parts.append(
        "<text x=\"\(text(left + Self.width - 46))\" y=\"\(text(offset))\" text-anchor=\"end\" "
          + "fill=\"\(line.colour)\">\(line.name)</text>")
    }
    return parts.joined(separator: "\n")
  }

  private func text(_ value: Double) -> String { String(format: "%.1f", value) }
}

extension String {
  /// Safe between tags and in quoted attributes.
  var xmlEscaped: String {
    replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
