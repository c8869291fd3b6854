import Expressions
import Foundation
import Networks
import Testing
import Vocabulary
import enum Vocabulary.Expression

@testable import Training

@Suite struct EvaluationTests {
  /// Four faces: right, right only by the second answer, wrong, right.
  private let evaluation = Evaluation(
    name: "test", labels: [.angry, .happy, .sad, .neutral], majorities: [.angry, .neutral, nil, .happy],
    logits: [
      [5, 0, 0, 0, 0, 0, 0], [0, 0, 0, 2, 0, 0, 3], [9, 4, 0, 0, 0, 0, 0], [0, 0, 0, 1, 0, 0, 2],
    ])

  /// A network of one dense layer, its weights as they are drawn.
  private func bundle(answersBoth: Bool = false) throws -> ModelBundle {
    let recipe = try Recipe(
      text: """
        epochs: 1
        network: {votes_output: \(answersBoth), layers: [flatten, dense: 7]}
        optimizer: {learning_rate: 0.1}
        """, path: "test.yaml")
    var manifest = BundleManifest(name: "test", input: BundleManifest.Input(side: Face.side))
    if answersBoth { manifest.output = [ModelBundle.labelsOutput, ModelBundle.votesOutput] }
    return try ModelBundle(
      model: ONNXWriter.bytes(of: recipe.network.graph(name: "test", seed: 1)), manifest: manifest,
      for: URL(fileURLWithPath: "/nowhere"))
  }

  @Test func `accuracy counts first answers, top-2 the first two`() {
    #expect(evaluation.predictions == [.angry, .neutral, .angry, .neutral])
    #expect(evaluation.confusion.accuracy == Proportion(2, of: 4))
    #expect(evaluation.topTwo == Proportion(3, of: 4))
  }

  @Test func `faces without a majority are left out of FER+'s figures`() {
    #expect(evaluation.majorityConfusion.accuracy == Proportion(2, of: 3))
  }

  @Test func `with mirrors an answer is the mean over a face and its mirror image`() throws {
    let bundle = try bundle()
    /// The logits of a black face with one white pixel.
    func logits(_ pixel: Int, mirrors: Bool = false) throws -> [Float] {
      var pixels = [UInt8](repeating: 0, count: Face.pixelCount)
      pixels[pixel] = 255
      var faces = FaceSet()
      faces.append(Face(expression: .happy, split: .publicTest, pixels: pixels))
      return try Evaluation(of: bundle, on: faces, mirrors: mirrors).logits[0]
    }
    // The first pixel's place in the mirror image is the end of its row.
    let (left, right) = (try logits(0), try logits(Face.side - 1))
    #expect(left != right)
    let means = zip(left, right).map { ($0 + $1) / 2 }
    #expect(zip(try logits(0, mirrors: true), means).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func `a bundle of both answers is calibrated on majorities, faces without one left out`() throws {
    var faces = FaceSet()
    let votes = [
      [9, 1, 0, 0, 0, 0, 0, 0, 0, 0], [5, 5, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 10, 0, 0, 0, 0, 0, 0],
    ]
    for (index, counts) in votes.enumerated() {
      let pixels = Array(repeating: UInt8(100 * index), count: Face.pixelCount)
      faces.append(
        Face(expression: .happy, split: .publicTest, pixels: pixels), votes: AnnotatorVotes(counts))
    }
    let evaluation = try Evaluation(of: bundle(answersBoth: true), on: faces)
    #expect(evaluation.classifiesByMajority)
    #expect(evaluation.classified.truths == [.neutral, .sad])
    let means = try #require(evaluation.meanLogits)
    #expect(evaluation.classified.logits == [means[0], means[2]])
  }

  @Test func `a bundle of the votes' answer alone is calibrated on that answer`() {
    let votes: [[Float]] = (0..<3).map { [Float($0), 0, 0, 0, 0, 0, 0] }
    let evaluation = Evaluation(
      name: "test", labels: [.happy, .happy, .happy], majorities: [.neutral, nil, .sad],
      logits: Array(repeating: [0, 0, 0, 9, 0, 0, 0], count: 3), majorityLogits: votes,
      classifiesByMajority: true)
    #expect(evaluation.classified.truths == [.neutral, .sad])
    #expect(evaluation.classified.logits == [votes[0], votes[2]])
  }

  @Test func `mistakes come with the most confident first`() {
    #expect(evaluation.mistakes.map(\.index) == [2, 1])
    #expect(evaluation.mistakes.first?.predicted == .angry)
  }

  @Test func `the time of a face is told with how it was measured`() {
    let evaluation = Evaluation(
      name: "test", labels: [], majorities: [], logits: [], timing: "4 threads, batches of 64")
    #expect(evaluation.text.contains("CPU milliseconds a face, 4 threads, batches of 64"))
  }

  @Test func `of two answers each row says which one it is of, and what the pipeline reads`() {
    let logits: [[Float]] = [[5, 0, 0, 0, 0, 0, 0]]
    let evaluation = Evaluation(
      name: "test", labels: [.angry], majorities: [.angry], logits: logits, majorityLogits: logits,
      meanLogits: logits, isMirrored: true)
    let names = evaluation.summaryRows.map { $0[0] }
    #expect(names.contains("accuracy, label, by the answer `logits`"))
    #expect(names.contains("accuracy, label, by both answers' mean, as the pipeline reads"))
    #expect(evaluation.text.contains("each with its mirror image"))
    let sets = BundleExport.accuracies(evaluation, command: "").map(\.set)
    #expect(
      sets.count == 4 && sets[0].hasSuffix("by the answer `logits`") && sets[2].hasSuffix("pipeline reads"))
  }

  @Test func `mistakes are written with their line, label and confidence`() async throws {
    try await withTemporaryFolder { folder in
      var faces = FaceSet()
      for line in 2...5 {
        faces.append(
          Face(expression: .sad, split: .publicTest, pixels: Array(repeating: 9, count: Face.pixelCount)),
          line: line)
      }
      try evaluation.writeMistakes(of: faces, to: folder)
      let table = try String(contentsOf: folder.appending(path: "mistakes.csv"), encoding: .utf8)
      let rows = table.split(separator: "\n")
      #expect(rows.count == 3 && rows[1].hasPrefix("4,sad,angry,0.99") && rows[2].hasSuffix(",neutral"))
      #expect(FileManager.default.fileExists(atPath: folder.appending(path: "mistakes.png").path))
    }
  }

  @Test func `text and page hold the figures`() {
    #expect(evaluation.text.contains("50.00 %"))
    #expect(evaluation.page.contains("<td>75.00\u{A0}%</td>"))
  }
}

@Suite struct ConfusionMatrixTests {
  @Test func `precision, recall and F1 are as worked by hand`() {
    var matrix = ConfusionMatrix()
    for (actual, predicted, count) in [
      (Expression.happy, Expression.happy, 6), (.happy, .sad, 2), (.sad, .happy, 3), (.sad, .sad, 1),
    ] {
      for _ in 0..<count { matrix.add(actual: actual, predicted: predicted) }
    }
    #expect(matrix.precision(.happy) == 6.0 / 9)
    #expect(matrix.recall(.happy) == 6.0 / 8)
    #expect(matrix.f1(.happy) == 12.0 / 17)
    #expect(matrix.f1(.sad) == 2.0 / 7)
    #expect(matrix.precision(.fear) == nil)
    #expect(abs(matrix.macroF1 - (12.0 / 17 + 2.0 / 7) / 2) < 1e-12)
    #expect(matrix.accuracy == Proportion(7, of: 12))
  }
}

@Suite struct ProportionTests {
  @Test func `Wilson's interval of 8 in 10 is 0.490 to 0.943`() {
    let interval = Proportion(8, of: 10).interval
    #expect(abs(interval.lowerBound - 0.4902) < 5e-4)
    #expect(abs(interval.upperBound - 0.9433) < 5e-4)
  }

  @Test func `nothing tried says nothing`() {
    #expect(Proportion(0, of: 0).interval == 0...1)
  }
}

@Suite struct CalibrationTests {
  /// Logits whose softmax gives the first class `probability` and the others the rest evenly.
  private func logits(_ probability: Double) -> [Float] {
    [Float(log(probability))] + Array(repeating: Float(log((1 - probability) / 6)), count: 6)
  }

  @Test func `a network that says 0.8 and is right half the time is 0.3 off`() {
    let rows = Array(repeating: logits(0.8), count: 10)
    let labels = Array(repeating: Expression.angry, count: 5) + Array(repeating: .sad, count: 5)
    let calibration = Calibration(logits: rows, labels: labels)
    #expect(abs(calibration.error - 0.3) < 1e-6)
    #expect(calibration.bins.count == 1)
  }

  @Test func `the temperature makes an overconfident network as sure as it is right`() {
    let rows = Array(repeating: logits(0.99), count: 10)
    let labels = Array(repeating: Expression.angry, count: 7) + Array(repeating: .sad, count: 3)
    let temperature = Calibration.temperature(logits: rows, labels: labels)
    #expect(temperature > 1)
    #expect(abs(Softmax.probabilities(rows[0], temperature: temperature)[0] - 0.7) < 1e-3)
    #expect(Calibration(logits: rows, labels: labels, temperature: temperature).error < 1e-3)
  }
}
