import Foundation
import enum Vocabulary.Expression

/// What text and page share: tables as rows of cells, the first being the head.
struct ExplorationTables {
  let exploration: Exploration
  let near: [Duplicates.Pair]

  init(_ exploration: Exploration) {
    self.exploration = exploration
    near = exploration.duplicates.near(without: exploration.blank)
  }

  var overview: [[String]] {
    let bytes = exploration.total * (Face.pixelCount + 2)
    return [
      ["file", exploration.name],
      ["rows", "\(exploration.total)"],
      ["columns", "emotion (whole number 0 to 6), pixels (2304 whole numbers 0 to 255), Usage (text)"],
      ["rows that were skipped", "\(exploration.faults.count)"],
      ["missing values", "\(exploration.faults.filter(\.isMissing).count)"],
      ["memory, one byte a pixel", String(format: "%.1f MB", Double(bytes) / 1e6)],
    ]
  }

  var faults: [[String]] {
    [["line", "what is wrong"]]
      + exploration.faults.prefix(20).map { fault in
        let parts = "\(fault)".split(separator: ":", maxSplits: 1).map {
          $0.trimmingCharacters(in: .whitespaces)
        }
        return [parts.first ?? "", parts.last ?? ""]
      }
  }

  func rows(_ samples: [Exploration.Sample]) -> [[String]] {
    [["line", "emotion", "first pixels", "Usage"]]
      + samples.map { sample in
        [
          "\(sample.line)", "\(sample.face.expression.rawValue) \(sample.face.expression.name)",
          sample.face.pixels.prefix(8).map(String.init).joined(separator: " ") + " …",
          sample.face.split.rawValue,
        ]
      }
  }

  var splits: [Split] { Split.allCases.filter { exploration.counts[$0] != nil } }

  var classes: [[String]] {
    let head = ["expression"] + splits.map(\.rawValue) + ["all", "share"]
    let total = Double(max(1, exploration.total))
    let rows = Expression.allCases.map { expression in
      let counts = splits.map { exploration.counts[$0]?[expression.rawValue] ?? 0 }
      let all = counts.reduce(0, +)
      return [expression.name] + counts.map(String.init)
        + ["\(all)", String(format: "%.1f %%", Double(all) / total * 100)]
    }
    let sums = splits.map { exploration.counts[$0]?.reduce(0, +) ?? 0 }
    return [head] + rows + [["all"] + sums.map(String.init) + ["\(sums.reduce(0, +))", ""]]
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
        ["mean of \($0.name)", String(format: "%.2f", exploration.moments[$0.rawValue].meanLevel)]
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

  var duplicates: [[String]] {
    let all = exploration.duplicates
    func row(_ name: String, _ pairs: [Duplicates.Pair]) -> [String] {
      let (across, disagreeing) = (pairs.filter(all.isAcrossSplits), pairs.filter(all.disagrees))
      return [name, "\(pairs.count)", "\(across.count)", "\(disagreeing.count)"]
    }
    return [
      ["duplicates", "pairs", "across splits", "labels disagree"], row("the same pixels", all.exact),
      row("nearly the same", near),
    ]
  }

  /// The first pairs whose labels disagree, by their lines.
  var disagreements: [[String]] {
    let all = exploration.duplicates
    let pairs = (all.exact + near).filter(all.disagrees).prefix(20)
    return [["line", "label", "line", "label"]]
      + pairs.map { pair in
        let (first, second) = (all.rows[pair.first], all.rows[pair.second])
        return ["\(first.line)", first.expression.name, "\(second.line)", second.expression.name]
      }
  }

  /// Every pair, a row each, by the lines of the data; for a folder lines count its pictures in order.
  var duplicatePairs: String {
    let all = exploration.duplicates
    let kinds = [("same", all.exact), ("near", near)]
    let rows = kinds.flatMap { kind, pairs in
      pairs.map { pair -> String in
        let (one, two) = (all.rows[pair.first], all.rows[pair.second])
        return
          "\(kind),\(one.line),\(one.expression.name),\(one.split.rawValue),\(two.line),\(two.expression.name),\(two.split.rawValue)"
      }
    }
    return (["pixels,first_line,first_label,first_usage,second_line,second_label,second_usage"] + rows)
      .joined(separator: "\n") + "\n"
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
    case .columns, .cutOff, .pixelCount: true
    case .label(let text), .usage(let text): text.isEmpty
    case .pixelValue, .tooLong, .picture: false
    }
  }
}
