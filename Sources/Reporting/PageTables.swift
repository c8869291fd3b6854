import Engagement
import Vocabulary

/// The charts' values as tables, for screen readers and for copying.
struct PageTables {
  let summary: Summary

  func html() -> String {
    """
    <section id="tables" class="screen"><h2>\(escaped(Texts.tablesHeading))</h2>
    <details><summary>\(escaped(Texts.timelineHeading))</summary><div class="scroll">\(classTable)</div></details>
    \(summary.participants.isEmpty ? "" : participants)
    </section>
    """
  }

  private var participants: String {
    "<details><summary>\(escaped(Texts.presenceHeading))</summary><div class=\"scroll\">\(participantTable)</div></details>"
  }

  /// Every window of a short class; of a long one as many rows as fit a person's patience.
  private var classTable: String {
    let step = max(1, (summary.windows.count + 149) / 150)
    let names = Expression.allCases.map(Texts.name) + [Texts.uncertain]
    let hasExpressions = summary.windows.contains { $0.shares != nil }
    let heads =
      [Texts.time, Texts.faces] + (hasExpressions ? ["engagement"] : []) + ["attention", Texts.band]
      + (hasExpressions ? ["expressivity", "valence"] + names : [])
    let rows = stride(from: 0, to: summary.windows.count, by: step).map { index -> String in
      let window = summary.windows[index]
      let indices = window.indices
      var cells = [fixed(window.faces, decimals: 1)]
      if hasExpressions { cells.append(points(indices?.engagement)) }
      cells += [
        points(indices?.attention), window.band.map { "\(points($0.low)) to \(points($0.high))" } ?? "–",
      ]
      if hasExpressions {
        cells += [points(indices?.expressivity), points(indices?.valence)]
        cells += (0..<7).map { percent(window.shares?[$0]) } + [percent(window.uncertain)]
      }
      return row(clock(window.time.seconds), cells)
    }
    return table(Texts.timelineHeading, heads, rows)
  }

  private var participantTable: String {
    let heads = [
      "participant", "first seen", "last seen", "on screen", "camera on", "face seen",
      "median attention", "median engagement",
      Texts.uncertain,
    ]
    let rows = summary.participants.map { one in
      row(
        escaped(one.name),
        [
          clock(one.firstSeen), clock(one.lastSeen), clock(one.presentSeconds), clock(one.cameraSeconds),
          clock(one.faceSeconds), points(one.attention), points(one.engagement), percent(one.uncertain),
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
