public import Engagement
public import Vocabulary

/// A chart as shapes on white paper, from which SVG and pictures are made.
public struct Chart: Sendable {
  /// For a file's name: `timeline`.
  public let name: String
  public let title: String
  public let width: Double
  public let height: Double
  /// Later ones lie over earlier ones.
  public let shapes: [Shape]

  public enum Shape: Sendable {
    case boxes([Box], Paint, opacity: Double)
    /// The area between two curves over the same x.
    case band([BandPoint], Paint)
    case line([Point], Paint, width: Double)
    /// Text of `size` units whose baseline is at `y`; `anchor` says which of its points is at `x`.
    case text(String, x: Double, y: Double, size: Double, Anchor, Paint)
  }

  public struct BandPoint: Sendable {
    public var x: Double
    public var low: Double
    public var high: Double
  }

  public enum Anchor: String, Sendable { case start, middle, end }

  /// One file that stands alone.
  public var svg: String { svg { $0.hex } }

  /// - Parameter colour: how a colour is written.
  func svg(_ colour: (Paint) -> String) -> String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(number1(width)) \(number1(height))" role="img" \
    font-family="system-ui,sans-serif"><title>\(escaped(title))</title>
    \(shapes.map { element($0, colour) }.joined(separator: "\n"))</svg>

    """
  }

  private func element(_ shape: Shape, _ colour: (Paint) -> String) -> String {
    switch shape {
    case .boxes(let boxes, let paint, let opacity):
      let path = boxes.map {
        "M\(number1($0.x)) \(number1($0.y))h\(number1($0.width))v\(number1($0.height))h\(number1(-$0.width))z"
      }
      return "<path d=\"\(path.joined())\" fill=\"\(colour(paint))\""
        + (opacity < 1 ? " opacity=\"\(fixed(opacity, decimals: 2))\"" : "") + "/>"
    case .band(let points, let paint):
      let outline =
        points.map { "\(number1($0.x)) \(number1($0.high))" }
        + points.reversed().map { "\(number1($0.x)) \(number1($0.low))" }
      return "<path d=\"M\(outline.joined(separator: "L"))Z\" fill=\"\(colour(paint))\"/>"
    case .line(let points, let paint, let width):
      let path = points.map { "\(number1($0.x)) \(number1($0.y))" }.joined(separator: "L")
      return
        "<path d=\"M\(path)\" fill=\"none\" stroke=\"\(colour(paint))\" stroke-width=\"\(number1(width))\"/>"
    case .text(let text, let x, let y, let size, let anchor, let paint):
      return
        "<text x=\"\(number1(x))\" y=\"\(number1(y))\" font-size=\"\(number1(size))\" text-anchor=\"\(anchor.rawValue)\" fill=\"\(colour(paint))\">\(escaped(text))</text>"
    }
  }
}

/// The charts of a report, each to stand alone on a slide or in a paper.
///
/// - Parameter includingPeople: with the charts that have a row a participant.
public func charts(of summary: Summary, includingPeople: Bool) -> [Chart] {
  let strips = StripChart(summary: summary)
  var charts = [Timeline(summary: summary).standalone]
  if summary.hasExpressions {
    charts.append(
      strips.standalone(
        "shares", Texts.sharesHeading, strips.shares, rows: ["100 %", "50 %", "0 %"], rowHeight: 55))
  }
  guard includingPeople, !summary.participants.isEmpty else { return charts }
  let names = summary.participants.map(\.name)
  charts.append(
    strips.standalone(
      "heat", Texts.heatHeading(summary.headline), strips.heat, rows: names))
  charts.append(strips.standalone("presence", Texts.presenceHeading, strips.presence, rows: names))
  return charts
}

/// A coordinate: one decimal is finer than any screen.
func number1(_ value: Double) -> String { fixed(value, decimals: 1) }
