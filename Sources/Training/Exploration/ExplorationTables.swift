import Foundation
import enum Vocabulary.Expression

/// What text and page share: tables as rows of cells, the first being the head.
struct ExplorationTables {
  let exploration: Exploration
  let exact: [Duplicates.Group]
  /// `nil` where there are too many faces to look for them.
  let near: [Duplicates.Group]?

  init(_ exploration: Exploration) {
    self.exploration = exploration
    exact = exploration.duplicates.exact(without: exploration.blank)
    near = exploration.duplicates.near(without: exploration.blank)
  }

  var overview: [[String]] {
    let bytes = exploration.total * (Face.pixelCount + 2)
    let memory = ["memory, one byte a pixel", String(format: "%.1f MB", Double(bytes) / 1e6)]
    guard !exploration.isFolder else {
      return [
        ["folder", exploration.name],
        ["pictures", "\(exploration.total), each read as 48 × 48 gray pixels"],
        ["pictures that were skipped", "\(exploration.faults.count)"],
        [
          "folders named by no expression, left out",
          exploration.leftOut.isEmpty ? "none" : exploration.leftOut.joined(separator: ", "),
        ],
        memory,
      ]
    }
    return [
      ["file", exploration.name],
      ["rows", "\(exploration.total)"],
      ["columns", "emotion (whole number 0 to 6), pixels (2304 whole numbers 0 to 255), Usage (text)"],
      ["rows that were skipped", "\(exploration.faults.count)"],
      ["missing values (rows that lack one)", "\(exploration.faults.filter(\.isMissing).count)"],
      memory,
    ]
  }

  var faults: [[String]] {
    let more = exploration.faults.count - 20
    return [[place, "what is wrong"]] + exploration.faults.prefix(20).map(Self.cells)
      + (more > 0 ? [["and \(more) more", "all are in bad-rows.csv"]] : [])
  }

  /// Every row that was skipped.
  var badRows: String {
    TextTable.csv([[place, "what_is_wrong"]] + exploration.faults.map(Self.cells))
  }

  private static func cells(_ fault: RowFault) -> [String] {
    let parts = "\(fault)".split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
    return [parts.first ?? "", parts.last ?? ""]
  }

  /// What numbers count.
  private var place: String { exploration.isFolder ? "picture" : "line" }

  func rows(_ samples: [Exploration.Sample]) -> [[String]] {
    let usage = exploration.isFolder ? [] : ["Usage"]
    return [[place, "emotion", "first pixels"] + usage]
      + samples.map { sample in
        [
          "\(sample.line)", "\(sample.face.expression.rawValue) \(sample.face.expression.name)",
          sample.face.pixels.prefix(8).map(String.init).joined(separator: " ") + " …",
        ] + usage.map { _ in sample.face.split.rawValue }
      }
  }

  var splits: [Split] { Split.allCases.filter { exploration.counts[$0] != nil } }

  var classes: [[String]] {
    let splits = exploration.isFolder ? [] : splits
    let head = ["expression"] + splits.map(\.rawValue) + ["all", "share"]
    let total = Double(max(1, exploration.total))
    let rows = Expression.allCases.map { expression in
      let counts = splits.map { exploration.counts[$0]?[expression.rawValue] ?? 0 }
      let all = counts.reduce(0, +)
      return [expression.name] + counts.map(String.init)
        + ["\(all)", String(format: "%.1f %%", Double(all) / total * 100)]
    }
    let sums = splits.map { exploration.counts[$0]?.reduce(0, +) ?? 0 }
    return [head] + rows + [["all"] + sums.map(String.init) + ["\(exploration.total)", ""]]
  }

  var pixels: [[String]] {
    let histogram = exploration.histogram
    let count = Double(max(1, histogram.reduce(0, +)))
    let mean = histogram.enumerated().reduce(0.0) { $0 + Double($1.offset * $1.element) } / count
    let square =
      histogram.enumerated().reduce(0.0) { $0 + Double($1.offset * $1.offset * $1.element) } / count
    let quantiles = [0, 0.25, 0.5, 0.75, 1].map { quantile($0, of: histogram) }.joined(separator: ", ")
    let deviation = max(0, square - mean * mean).squareRoot()
    return [
      ["gray level", ""], ["mean", String(format: "%.2f", mean)],
      ["standard deviation", String(format: "%.2f", deviation)],
      ["smallest, quarter, median, three quarters, largest", quantiles],
    ]
      + Expression.allCases.map {
        let moments = exploration.moments[$0.rawValue]
        return ["mean of \($0.name)", moments.count > 0 ? String(format: "%.2f", moments.meanLevel) : "–"]
      }
  }

  private func quantile(_ share: Double, of histogram: [Int]) -> String {
    let wanted = Int((share * Double(histogram.reduce(0, +) - 1)).rounded(.down))
    var seen = 0
    for (level, count) in histogram.enumerated() {
      seen += count
      if seen > wanted { return "\(level)" }
    }
    return "–"
  }

  /// A group is a face with all its copies. Blank pictures are all alike and not among them.
  var duplicates: [[String]] {
    let all = exploration.duplicates
    func row(_ name: String, _ groups: [Duplicates.Group]) -> [String] {
      let faces = groups.reduce(0) { $0 + $1.count }
      let (across, disagreeing) = (groups.filter(all.isAcrossSplits), groups.filter(all.disagrees))
      return [name, "\(groups.count)", "\(faces)", "\(across.count)", "\(disagreeing.count)"]
    }
    return [
      ["duplicates", "groups", "faces in them", "groups across splits", "groups whose labels disagree"],
      row("the same pixels", exact),
      near.map { row("nearly the same, in pairs", $0) }
        ?? ["nearly the same: not looked for among so many faces", "", "", "", ""],
    ]
  }

  /// The first groups whose labels disagree.
  var disagreements: [[String]] {
    let all = exploration.duplicates
    return [["\(place)s", "labels"]]
      + (exact + (near ?? [])).filter(all.disagrees).prefix(20).map { group in
        [
          Self.list(group.map { "\(all.rows[$0].line)" }),
          Self.list(group.map { all.rows[$0].expression.name }),
        ]
      }
  }

  /// The first eight: a set may hold one picture a thousand times.
  private static func list(_ words: [String]) -> String {
    words.prefix(8).joined(separator: ", ") + (words.count > 8 ? ", …" : "")
  }

  /// Every face that is among duplicates, a row each, group by group.
  var duplicateFaces: String {
    let all = exploration.duplicates
    let groups = exact.map { ("same", $0) } + (near ?? []).map { ("near", $0) }
    let rows = groups.enumerated().flatMap { number, group in
      group.1.map { index in
        let row = all.rows[index]
        return ["\(number + 1)", group.0, "\(row.line)", row.expression.name, row.split.rawValue]
      }
    }
    return TextTable.csv([["group", "pixels", place, "label", "usage"]] + rows)
  }

  /// Every face whose label is not FER+'s majority.
  var disputed: String {
    TextTable.csv(
      [["line", "label", "ferplus_majority", "usage"]]
        + exploration.disputed.map { ["\($0.line)", $0.label.name, $0.majority.name, $0.split.rawValue] })
  }

  var votes: [[String]] {
    let agreement = exploration.agreement
    return [
      ["FER+", ""],
      ["faces where one of the seven has most votes", "\(agreement.total)"],
      ["of them, FER2013's label is that one", Evaluation.percent(agreement.accuracy.value)],
      ["faces without such a majority", "\(exploration.withoutMajority)"],
      ["pictures in which most people saw no face", "\(exploration.nonFaces)"],
    ]
  }
}

extension RowFault {
  /// Whether something that should be there is not.
  fileprivate var isMissing: Bool {
    switch reason {
    case .columns, .cutOff: true
    case .pixelCount(let count): count < Face.pixelCount
    case .label(let text), .usage(let text): text.isEmpty
    case .pixelValue, .tooLong, .picture: false
    }
  }
}
