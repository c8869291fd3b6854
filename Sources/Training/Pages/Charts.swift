import Foundation
import enum Vocabulary.Expression

/// The pictures of an evaluation, as SVG.
enum Charts {
  /// Rows are what was there, columns what was read; shade is the share of the row.
  static func confusion(
    _ matrix: ConfusionMatrix, down: String = "actual", across: String = "read as"
  ) -> String {
    let names = Expression.allCases.map(\.name)
    let cell = 58
    let (left, top) = (100, 60)
    let side = cell * names.count
    var parts = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(left + side + 20) \(top + side + 20)\" "
        + "width=\"\(left + side + 20)\" font-family=\"sans-serif\" font-size=\"13\" text-anchor=\"middle\">",
      "<text x=\"\(left + side / 2)\" y=\"20\" fill=\"#555\">\(across.xmlEscaped)</text>",
      "<text x=\"14\" y=\"\(top + side / 2)\" fill=\"#555\" transform=\"rotate(-90 14 \(top + side / 2))\">\(down.xmlEscaped)</text>",
    ]
    for (row, name) in names.enumerated() {
      let y = top + row * cell
      parts.append("<text x=\"\(left + row * cell + cell / 2)\" y=\"\(top - 12)\">\(name)</text>")
      parts.append("<text x=\"\(left - 10)\" y=\"\(y + cell / 2 + 5)\" text-anchor=\"end\">\(name)</text>")
      let total = max(1, matrix.counts[row].reduce(0, +))
      for (column, count) in matrix.counts[row].enumerated() {
        let share = Double(count) / Double(total)
        let x = left + column * cell
        parts.append(
          "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(cell)\" height=\"\(cell)\" fill=\"#0b5394\" "
            + "fill-opacity=\"\(String(format: "%.3f", share))\" stroke=\"#ddd\"/>"
            + "<text x=\"\(x + cell / 2)\" y=\"\(y + cell / 2)\" fill=\"\(share > 0.5 ? "#fff" : "#222")\">"
            + "\(String(format: "%.0f", share * 100)) %"
            + "<tspan x=\"\(x + cell / 2)\" dy=\"16\" font-size=\"11\">\(count)</tspan></text>")
      }
    }
    return (parts + ["</svg>"]).joined(separator: "\n")
  }

  /// Accuracy over confidence; the diagonal is a network that is right as often as it says.
  static func reliability(_ curves: [(name: String, colour: String, calibration: Calibration)]) -> String {
    let (left, top, side) = (60.0, 20.0, 320.0)
    let x: (Double) -> String = { String(format: "%.1f", left + $0 * side) }
    let y: (Double) -> String = { String(format: "%.1f", top + (1 - $0) * side) }
    var parts = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 390\" width=\"640\" font-family=\"sans-serif\" "
        + "font-size=\"13\">",
      "<path d=\"M\(x(0)) \(y(0))L\(x(1)) \(y(1))\" stroke=\"#bbb\" stroke-dasharray=\"4 4\"/>",
      "<text x=\"\(x(0.5))\" y=\"380\" text-anchor=\"middle\">confidence</text>",
      "<text x=\"18\" y=\"\(y(0.5))\" text-anchor=\"middle\" transform=\"rotate(-90 18 \(y(0.5)))\">accuracy</text>",
    ]
    for step in 0...4 {
      let value = Double(step) / 4
      parts.append(
        "<path d=\"M\(x(0)) \(y(value))H\(x(1))\" stroke=\"#eee\"/>"
          + "<text x=\"\(left - 8)\" y=\"\(y(value))\" text-anchor=\"end\" dy=\"4\">\(value)</text>"
          + "<text x=\"\(x(value))\" y=\"358\" text-anchor=\"middle\">\(value)</text>")
    }
    for (row, curve) in curves.enumerated() {
      // A line through a handful of faces would draw a spike that says nothing.
      let points = curve.calibration.bins.filter { $0.count >= Self.fewestInBin }.map {
        "\(x($0.confidence)),\(y($0.accuracy))"
      }
      parts.append(
        "<polyline points=\"\(points.joined(separator: " "))\" fill=\"none\" stroke=\"\(curve.colour)\" "
          + "stroke-width=\"2\"/>")
      parts += curve.calibration.bins.map {
        "<circle cx=\"\(x($0.confidence))\" cy=\"\(y($0.accuracy))\" r=\"3\" fill=\"\(curve.colour)\" "
          + "fill-opacity=\"\($0.count >= Self.fewestInBin ? 1 : 0.25)\"><title>\($0.count) faces</title></circle>"
      }
      parts.append(
        "<text x=\"400\" y=\"\(60 + row * 24)\" fill=\"\(curve.colour)\">\(curve.name.xmlEscaped)</text>")
    }
    parts.append(
      "<text x=\"400\" y=\"\(60 + curves.count * 24)\" fill=\"#555\">faint: fewer than \(Self.fewestInBin) faces</text>"
    )
    return (parts + ["</svg>"]).joined(separator: "\n")
  }

  private static let fewestInBin = 20

  /// One group of bars a class, one bar a series.
  static func bars(_ series: [(name: String, colour: String, values: [Double])], groups: [String]) -> String {
    let (left, bottom, height, width) = (60.0, 260.0, 220.0, 760.0)
    let top = max(series.flatMap(\.values).max() ?? 1, .leastNonzeroMagnitude)
    let group = width / Double(max(1, groups.count))
    let bar = group * 0.8 / Double(max(1, series.count))
    var parts = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 840 320\" width=\"840\" font-family=\"sans-serif\" "
        + "font-size=\"13\">"
    ]
    for (index, name) in groups.enumerated() {
      let start = left + group * (Double(index) + 0.1)
      parts.append(
        String(
          format: "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%@</text>", start + group * 0.4,
          bottom + 18,
          name.xmlEscaped))
      for (position, one) in series.enumerated() where index < one.values.count {
        let tall = one.values[index] / top * height
        let x = start + bar * Double(position)
        parts.append(
          String(
            format: "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%@\"/>", x,
            bottom - tall,
            bar - 1, tall, one.colour))
        parts.append(
          String(
            format: "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" font-size=\"10\">%.0f</text>",
            x + bar / 2,
            bottom - tall - 4, one.values[index]))
      }
    }
    for (position, one) in series.enumerated() {
      let x = left + Double(position) * 150
      parts.append(
        String(
          format:
            "<rect x=\"%.1f\" y=\"296\" width=\"12\" height=\"12\" fill=\"%@\"/><text x=\"%.1f\" y=\"307\">%@</text>",
          x, one.colour, x + 18, one.name.xmlEscaped))
    }
    return (parts + ["</svg>"]).joined(separator: "\n")
  }
}
