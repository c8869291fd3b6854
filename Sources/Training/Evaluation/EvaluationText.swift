import Expressions
import Foundation
import enum Vocabulary.Expression

extension Evaluation {
  /// The figures that text, page and model card share.
  var summaryRows: [[String]] {
    let answers = majorityConfusion
    var rows = [["figure", "value", "95 % interval"]]
    let (first, second, both) = answerNames
    rows.append(Self.row("accuracy, label\(first)", confusion.accuracy))
    rows.append(Self.row("top-2, label\(first)", topTwo))
    rows.append(["macro-F1, label\(first)", Self.percent(confusion.macroF1), ""])
    if answers.total > 0 {
      rows.append(Self.row("accuracy, FER+ majority (\(answers.total) faces)\(second)", answers.accuracy))
      rows.append(["macro-F1, FER+ majority\(second)", Self.percent(answers.macroF1), ""])
    }
    if let mean = meanConfusions {
      rows.append(
        Self.row("accuracy, label\(both)", mean.labels.accuracy))
      if mean.majorities.total > 0 {
        rows.append(
          Self.row(
            "accuracy, FER+ majority\(both)", mean.majorities.accuracy)
        )
      }
    }
    rows += calibrations.map { name, calibration in
      ["calibration error (ECE)\(calibratedName), \(name)", Self.percent(calibration.error), ""]
    }
    rows.append(["million multiplications a face", String(format: "%.1f", Double(multiplications) / 1e6), ""])
    rows.append([
      "CPU milliseconds a face, \(timing)", String(format: "%.2f", milliseconds), "",
    ])
    return rows
  }

  /// What the answers are called that label and majority are held against, where there are two, and their mean.
  var answerNames: (label: String, majority: String, mean: String) {
    guard answersBoth else { return ("", "", "") }
    let read = ", as the pipeline reads"
    return (
      ", by the answer `logits`" + (meanLogits == nil && !classifiesByMajority ? read : ""),
      ", by the answer `votes`" + (meanLogits == nil && classifiesByMajority ? read : ""),
      ", by both answers' mean" + read
    )
  }

  /// Which truth and which answer the calibration is of, where there are two.
  private var calibratedName: String {
    guard answersBoth else { return "" }
    let answer =
      meanLogits == nil
      ? "the answer `\(classifiesByMajority ? ModelBundle.votesOutput : ModelBundle.labelsOutput)`"
      : "both answers' mean"
    return ", \(isHeldAgainstMajorities ? "FER+ majority" : "label"), by \(answer)"
  }

  /// Before and after the bundle's temperature; where it has none of its own, one fitted on these very faces.
  private var calibrations: [(name: String, calibration: Calibration)] {
    let fitted =
      temperature == 1
      ? Calibration.temperature(logits: classified.logits, labels: classified.truths) : temperature
    let number = String(format: "%.3f", fitted)
    return [
      ("at temperature 1", calibration(temperature: 1)),
      (
        temperature == 1
          ? "at \(number), fitted on these very faces" : "at the bundle's temperature, \(number)",
        calibration(temperature: fitted)
      ),
    ]
  }

  /// What was measured, how.
  var heading: String {
    [
      "\(labels.count) faces\(subject.isEmpty ? "" : " of \(subject)")",
      isMirrored ? "each with its mirror image" : "one crop",
      arithmetic.isEmpty ? nil : "in \(arithmetic)",
    ]
    .compactMap(\.self)
    .joined(separator: ", ")
  }

  func calibration(temperature: Double) -> Calibration {
    Calibration(logits: classified.logits, labels: classified.truths, temperature: temperature)
  }

  /// Precision, recall and F1 of each expression.
  static func classRows(_ matrix: ConfusionMatrix) -> [[String]] {
    [["expression", "faces", "precision", "recall", "F1"]]
      + Expression.allCases.map { expression in
        [expression.name, "\(matrix.support(expression))"]
          + [matrix.precision(expression), matrix.recall(expression), matrix.f1(expression)].map {
            $0.map(percent) ?? "–"
          }
      }
  }

  static func confusionRows(_ matrix: ConfusionMatrix, corner: String = "actual \\ read as") -> [[String]] {
    [[corner] + Expression.allCases.map(\.name)]
      + Expression.allCases.map { [$0.name] + matrix.counts[$0.rawValue].map(String.init) }
  }

  /// For a terminal.
  public var text: String {
    var parts = [
      "\(name): \(heading)", TextTable.text(summaryRows),
      "By the label\(answerNames.label)", TextTable.text(Self.classRows(confusion)),
      TextTable.text(Self.confusionRows(confusion)),
    ]
    if majorityConfusion.total > 0 {
      parts += [
        "By FER+'s majority\(answerNames.majority)", TextTable.text(Self.classRows(majorityConfusion)),
      ]
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// A page with the same figures and their pictures.
  public var page: String {
    var body = [
      "<p>\(heading.xmlEscaped). Displayed expressions; what a person feels is not in a picture.</p>",
      PageShell.table(summaryRows),
      PageShell.section(
        "Confusion, label\(answerNames.label)",
        Charts.confusion(confusion) + PageShell.table(Self.classRows(confusion))
          + PageShell.table(Self.confusionRows(confusion))),
    ]
    if majorityConfusion.total > 0 {
      body.append(
        PageShell.section(
          "Confusion, FER+'s majority\(answerNames.majority)",
          Charts.confusion(majorityConfusion) + PageShell.table(Self.classRows(majorityConfusion))))
    }
    let curves = zip(calibrations, ["#cc6677", "#117733"]).map {
      (name: $0.name, colour: $1, calibration: $0.calibration)
    }
    body.append(PageShell.section("Calibration", Charts.reliability(curves)))
    return PageShell.page(title: "Evaluation of \(name)", body: body.joined(separator: "\n"))
  }

  static func percent(_ value: Double) -> String { String(format: "%.2f %%", value * 100) }

  private static func row(_ name: String, _ proportion: Proportion) -> [String] {
    let interval = proportion.interval
    return [
      name, percent(proportion.value), "\(percent(interval.lowerBound)) to \(percent(interval.upperBound))",
    ]
  }
}
