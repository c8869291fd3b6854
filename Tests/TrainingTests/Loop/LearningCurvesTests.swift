import Testing

@testable import Training

@Suite struct LearningCurvesTests {
  private func record(_ epoch: Int, _ accuracy: Double) -> EpochRecord {
    EpochRecord(
      epoch: epoch, loss: 2 - accuracy, accuracy: accuracy, validationLoss: 2,
      validationAccuracy: accuracy / 2,
      averagedAccuracy: nil, learningRate: 0.1, seconds: 3)
  }

  @Test func `each figure is a line with a point an epoch`() {
    let svg = LearningCurves(records: [record(1, 0.2), record(2, 0.6)], title: "a < b").svg
    let lines = svg.split(separator: "\n").filter { $0.contains("<polyline") }
    #expect(lines.count == 4)
    #expect(lines.allSatisfy { $0.contains(",") })
    #expect(svg.contains("a &lt; b"))
  }

  @Test func `one epoch and figures that are not numbers still draw`() {
    #expect(LearningCurves(records: [record(1, .nan)], title: "x").svg.contains("</svg>"))
    #expect(LearningCurves(records: [], title: "x").svg.contains("</svg>"))
  }

  @Test func `the history is one line an epoch with the averaged figure left empty where there is none`() {
    let text = HistoryFile.text([record(1, 0.5)])
    #expect(text.split(separator: "\n")[1] == "1,1.50000,0.50000,2.00000,0.25000,,,0.1,3.0")
  }
}
