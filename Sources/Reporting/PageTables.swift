import Engagement
import Vocabulary

/// The charts' values as tables, for screen readers and for copying.
struct PageTables {
  let summary: Summary

  func html() -> String {
    """
    <section id="tables" class="screen"><h2>\(escaped(Texts.tablesHeading))</h2>
    <details><summary>\(escaped(Texts.timelineHeading))</summary><div class="scroll">\(classTable)</div></details>
    \(summary.participants.isEmpty ? "" : heat + "\n" + participants)
    </section>
    """
  }

  private var participants: String {
    "<details><summary>\(escaped(Texts.presenceHeading))</summary><div class=\"scroll\">\(participantTable)</div></details>"
  }

  private var heat: String {
    "<details><summary>\(escaped(heatHeading))</summary><div class=\"scroll\">\(heatTable)</div></details>"
  }

  private var heatHeading: String {
    Texts.heatHeading(summary.headline)
  }

  /// The heat strips in three dozen spans at most: the mean where a face was seen in half of the span, else what was
  /// there most.
  private var heatTable: String {
    let spans = spans
    let headline = summary.headline
    let heads = ["participant"] + spans.map { clock(summary.windows[$0.lowerBound].time.seconds) }
    let rows = summary.participants.map { one in
      row(
        escaped(one.name),
        spans.map { span in
          let windows = one.windows[span]
          let levels = windows.compactMap(headline.of)
          guard levels.count * 2 < windows.count else {
            return points(levels.reduce(0, +) / Double(max(1, levels.count)))
          }
          let states = Dictionary(
            grouping: windows.filter { headline.of($0) == nil }.map(\.presence), by: \.self)
          let most = Presence.allCases.max { (states[$0]?.count ?? 0) < (states[$1]?.count ?? 0) }
          return escaped(Texts.lack(most ?? .unknown))
        })
    }
    return table(Texts.heatTable, heads, rows)
  }

  private var spans: [Range<Int>] {
    let count = summary.windows.count
    let length = summary.settings.window * Double(count)
    let steps: [Double] = [10, 30, 60, 120, 300, 600, 900, 1800, 3600]
    let step =
      ([summary.settings.window] + steps).first { $0 >= summary.settings.window && length / $0 <= 36 }
      ?? length / 36
    let size = max(1, Int((step / summary.settings.window).rounded()))
    return stride(from: 0, to: count, by: size).map { $0..<min(count, $0 + size) }
  }

  /// Every window that the chart shows.
  private var classTable: String {
    let names = Expression.allCases.map(Texts.name) + [Texts.uncertain]
    let hasExpressions = summary.hasExpressions
    let isEngagement = summary.headline == .engagement
    let usual = Texts.aboveUsual(summary)
    let heads =
      [Texts.time, Texts.faces]
      + (hasExpressions
        // The band is the curve's.
        ? (isEngagement ? ["engagement", Texts.band, "attention"] : ["attention", Texts.band, "engagement"])
          + ["expressivity\(usual)", "valence\(usual)"] + names
        : ["attention", Texts.band])
    let rows = summary.windows.map { window -> String in
      let indices = window.indices
      let band = window.band.map { "\(points($0.low)) to \(points($0.high))" } ?? "–"
      let faces = fixed(window.faces, decimals: 1)
      guard hasExpressions else {
        return row(clock(window.time.seconds), [faces, points(indices?.attention), band])
      }
      let (engagement, attention) = (points(indices?.engagement), points(indices?.attention))
      return row(
        clock(window.time.seconds),
        [
          faces, isEngagement ? engagement : attention, band, isEngagement ? attention : engagement,
          points(indices?.expressivity), indices?.valence.map(signed) ?? "–",
        ] + (0..<7).map { percent(window.shares?[$0]) } + [percent(window.uncertain)])
    }
    return table(Texts.classTable(hasExpressions), heads, rows)
  }

  /// When each was there, and no figure by which people could be ranked.
  private var participantTable: String {
    let heads = [
      "participant", "first seen", "last seen", "on screen", "camera on", Texts.name(.face),
      "\(Texts.uncertain), of faces",
    ]
    let rows = summary.participants.map { one in
      row(
        escaped(one.name),
        [
          clock(one.firstSeen), clock(one.lastSeen + summary.coverage.interval),
          clock(one.presentSeconds), clock(one.cameraSeconds), clock(one.faceSeconds),
          percent(one.uncertain),
        ])
    }
    return table(Texts.presenceHeading, heads, rows)
  }

  private func row(_ head: String, _ cells: [String]) -> String {
    "<tr><th scope=\"row\">\(head)</th>\(cells.map { "<td>\($0)</td>" }.joined())</tr>"
  }

  private func table(_ caption: String, _ heads: [String], _ rows: [String]) -> String {
    "<table><caption>\(escaped(caption))</caption><thead><tr>"
      + heads.map { "<th scope=\"col\">\(escaped($0))</th>" }.joined()
      + "</tr></thead><tbody>\(rows.joined(separator: "\n"))</tbody></table>"
  }
}
