import Engagement
import Vocabulary

/// A strip a participant: time runs along it in seconds, a row is one unit high. In the page, zooming changes
/// nothing but the view box.
struct StripChart {
  let summary: Summary

  /// Boxes of one colour; x in seconds, y in rows.
  struct Layer {
    let paint: Paint
    var opacity = 1.0
    /// A pale area must not pass for paper.
    var isOutlined = false
    let boxes: [Box]

    /// Around the boxes that touch, in the order that they lie in.
    var outlines: [[Point]] {
      guard isOutlined else { return [] }
      var runs: [[Box]] = []
      for box in boxes {
        if let last = runs.last?.last, abs(last.x + last.width - box.x) < 0.01 {
          runs[runs.count - 1].append(box)
        } else {
          runs.append([box])
        }
      }
      return runs.map { run in
        let upper = run.flatMap { [Point(x: $0.x, y: $0.y), Point(x: $0.x + $0.width, y: $0.y)] }
        let lower = run.flatMap {
          [Point(x: $0.x, y: $0.y + $0.height), Point(x: $0.x + $0.width, y: $0.y + $0.height)]
        }
        return upper + lower.reversed() + upper.prefix(1)
      }
    }
  }

  private var start: Double { summary.windows.first?.time.seconds ?? 0 }
  private var end: Double { (summary.windows.last?.time.seconds ?? 0) + summary.settings.window }

  /// Who was there: by samples, as the table beside it, and not by windows.
  var presence: [Layer] {
    [(Presence.face, Palette.face), (.cameraWithoutFace, Palette.noFace), (.cameraOff, Palette.cameraOff)].map
    { kind, paint in
      Layer(
        paint: paint,
        boxes: summary.participants.enumerated().flatMap { row, participant in
          participant.presences.filter { $0.presence == kind }.map {
            let last = min(end, $0.end)
            return Box(x: $0.start, y: Double(row) + 0.08, width: last - $0.start, height: 0.84)
          }
        })
    }
  }

  /// Engagement (or attention) of each participant in steps; orange without a face.
  var heat: [Layer] {
    let levels = Palette.heat.count
    let headline = summary.headline
    func level(_ window: ParticipantWindow) -> Int? {
      guard let value = headline.of(window) else { return nil }
      return min(levels - 1, max(0, Int(value * Double(levels))))
    }
    return Palette.heat.enumerated().map { step, paint in
      Layer(paint: paint, boxes: boxes { level($0) == step })
    } + [Layer(paint: Palette.noFace, opacity: 0.45, boxes: boxes { $0.presence == .cameraWithoutFace })]
  }

  /// Stacked shares of displayed expressions, uncertain on top; one unit high from the top down.
  var shares: [Layer] {
    // Neutral goes lowest: it is the ground that the others stand out from.
    let order = [6, 3, 5, 4, 2, 1, 0, 7]
    return order.map { layer in
      let paint = Expression(rawValue: layer).map { Palette.colour($0) } ?? Palette.uncertain
      return Layer(
        paint: paint, isOutlined: paint == Palette.uncertain,
        boxes: summary.windows.enumerated().compactMap { place, window in
          guard let shares = window.shares, let uncertain = window.uncertain else { return nil }
          let all = shares + [uncertain]
          guard all[layer] > 0 else { return nil }
          let below = order.prefix { $0 != layer }.reduce(0) { $0 + all[$1] }
          let from = window.time.seconds
          return Box(
            x: from, y: 1 - below - all[layer], width: min(end, summary.end(ofWindow: place)) - from,
            height: all[layer])
        })
    }
  }

  /// The strips as the page holds them, in its own colours.
  func svg(_ layers: [Layer], title: String, rows: Int) -> String {
    let paths = layers.map { layer in
      let path = layer.boxes.map {
        "M\(number1($0.x)) \(fixed($0.y, decimals: 3))h\(number1($0.width))v\(fixed($0.height, decimals: 3))h\(number1(-$0.width))z"
      }
      return "<path d=\"\(path.joined())\" fill=\"\(layer.paint)\""
        + (layer.opacity < 1 ? " opacity=\"\(fixed(layer.opacity, decimals: 2))\"" : "") + "/>"
        + layer.outlines.map(outline).joined()
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" class="strip" preserveAspectRatio="none" role="img" \
      viewBox="\(number1(start)) 0 \(number1(end - start)) \(rows)"><title>\(escaped(title))</title>
      \(paths.joined(separator: "\n"))</svg>
      """
  }

  private func outline(_ points: [Point]) -> String {
    let path = points.map { "\(number1($0.x)) \(fixed($0.y, decimals: 3))" }.joined(separator: "L")
    return
      "<path d=\"M\(path)\" fill=\"none\" stroke=\"\(Palette.faint)\" vector-effect=\"non-scaling-stroke\"/>"
  }

  /// With a heading, names and the clock, for a file. Where there are three names for one row they are marks
  /// on it.
  func standalone(
    _ name: String, _ title: String, _ layers: [Layer], rows names: [String], rowHeight: Double = 16
  ) -> Chart {
    let (width, left, top) = (1000.0, 150.0, 58.0)
    let rows = name == "shares" ? 1 : names.count
    let height = rowHeight * Double(names.count)
    let unit = height / Double(rows)
    let axis = TimeAxis(summary, left: left, right: width - 8)
    var shapes: [Chart.Shape] = [.text(title, x: left, y: 22, size: 16, .start, Palette.ink)]
    var x = left
    for (paint, word) in key(name) {
      shapes.append(.boxes([Box(x: x, y: 34, width: 11, height: 11)], paint, opacity: 1))
      shapes.append(.text(word, x: x + 16, y: 44, size: 11, .start, Palette.faint))
      x += 34 + 6.5 * Double(word.count)
    }
    for layer in layers {
      shapes.append(
        .boxes(
          layer.boxes.map {
            Box(
              x: axis.x($0.x), y: top + $0.y * unit, width: axis.x($0.x + $0.width) - axis.x($0.x),
              height: $0.height * unit)
          }, layer.paint, opacity: layer.opacity))
      shapes += layer.outlines.map { points in
        .line(points.map { Point(x: axis.x($0.x), y: top + $0.y * unit) }, Palette.faint, width: 1)
      }
    }
    for (row, label) in names.enumerated() {
      let share =
        rows == 1 && names.count > 1
        ? Double(row) / Double(names.count - 1) : (Double(row) + 0.5) / Double(rows)
      shapes.append(
        .text(label, x: left - 8, y: top + share * height + 4, size: 11, .end, Palette.faint))
    }
    return Chart(
      name: name, title: title, width: width, height: top + height + 28,
      shapes: shapes + axis.marks(y: top + height + 18))
  }

  /// What each colour means, as below the chart in the page.
  private func key(_ name: String) -> [(Paint, String)] {
    switch name {
    case "shares": Palette.expressionKey
    case "heat": Palette.heatKey + [(Palette.noFace, Texts.noFace)]
    default: Palette.presenceKey
    }
  }

  /// One box for each run of windows that follow each other in time and that the condition holds for.
  private func boxes(_ holds: (ParticipantWindow) -> Bool) -> [Box] {
    summary.participants.enumerated().flatMap { row, participant in
      let places = participant.windows.indices.filter { holds(participant.windows[$0]) }
      return summary.runs(of: places).map { run in
        let begin = summary.windows[run.lowerBound].time.seconds
        return Box(
          x: begin, y: Double(row) + 0.08, width: summary.end(ofWindow: run.upperBound - 1) - begin,
          height: 0.84)
      }
    }
  }
}
