import Expressions
import Foundation
import Networks
import Testing
import Vocabulary
import enum Vocabulary.Expression

@testable import Training

@Suite struct TeachersTests {
  /// One dense layer on the pixels; its weights are zero but that of the first pixel for *angry*.
  private func teacher(firstPixel: Float = 0, bias: [Float] = Array(repeating: 0, count: 7)) throws
    -> ModelBundle
  {
    var graph = try recipe(share: 0).network.graph(name: "teacher", seed: 1)
    var weight = Tensor(zeros: [7, Face.pixelCount])
    weight.values[0] = firstPixel
    graph.parameters["dense1.weight"] = weight
    graph.parameters["dense1.bias"] = Tensor(shape: [7], values: bias)
    let manifest = BundleManifest(
      name: "teacher", input: BundleManifest.Input(side: Face.side, range: [0, 1]))
    return try ModelBundle(
      model: ONNXWriter.bytes(of: graph), manifest: manifest, for: URL(fileURLWithPath: "/nowhere"))
  }

  private func recipe(share: Double, twoAnswers: Bool = false) throws -> Recipe {
    try Recipe(
      text: """
        epochs: 1
        batch_size: 2
        network: {votes_output: \(twoAnswers), layers: [flatten, dense: 7]}
        normalization: {mean: 0.5, deviation: 0.25}
        optimizer: {learning_rate: 0.1}
        targets: {teacher_share: \(share)}
        """, path: "test.yaml")
  }

  private func batch(
    _ recipe: Recipe, pixels: [UInt8] = Array(repeating: 100, count: Face.pixelCount)
  ) -> Batch {
    var faces = FaceSet()
    for expression in [Expression.happy, .sad] {
      faces.append(Face(expression: expression, split: .training, pixels: pixels))
    }
    return BatchSource(faces: faces, recipe: recipe).plainBatch(0..<2)
  }

  private func rounded(_ values: some Sequence<Float>) -> [Float] {
    values.map { ($0 * 1e4).rounded() / 1e4 }
  }

  @Test func `teachers have their share of the target, each as much as the other`() throws {
    // e^(ln 4) = 4 of 4 + 6 = 10 in all; the other teacher spreads evenly.
    let sure = try teacher(bias: [Float(log(4.0)), 0, 0, 0, 0, 0, 0])
    let even = try teacher()
    let recipe = try recipe(share: 0.5)
    var batch = batch(recipe)
    try Teachers([sure, even], recipe: recipe).teach(&batch)
    let (first, other) = (Float(0.25 * 0.4 + 0.25 / 7), Float(0.25 * 0.1 + 0.25 / 7))
    #expect(
      rounded(batch.targets.prefix(7)) == rounded([first, other, other, 0.5 + other, other, other, other]))
    #expect(abs(batch.targets.suffix(7).reduce(0, +) - 1) < 1e-5)
  }

  @Test func `the answer of the votes is left as it is`() throws {
    let recipe = try recipe(share: 1, twoAnswers: true)
    let before = batch(recipe)
    var after = before
    try Teachers([teacher(bias: [1, 0, 0, 0, 0, 0, 0])], recipe: recipe).teach(&after)
    #expect(after.targets[0..<7] != before.targets[0..<7])
    #expect(after.targets[7..<14] == before.targets[7..<14])
  }

  @Test func `a teacher sees the picture in its own range of numbers`() throws {
    // 100 / 255 in the manifest's range, times 255: a logit of 100 against zeros. The recipe's own range has -0.4.
    let bundle = try teacher(firstPixel: 255)
    let recipe = try recipe(share: 1)
    var batch = batch(recipe)
    try Teachers([bundle], recipe: recipe).teach(&batch)
    #expect(rounded(batch.targets.prefix(7)) == [1, 0, 0, 0, 0, 0, 0])
  }

  @Test func `a teacher is asked for the mirror image too`() throws {
    // Of the picture, whose first pixel alone is white, it is sure: a logit of 50 against zeros. In the mirror image
    // that pixel is black, and it says a seventh of each.
    let bundle = try teacher(firstPixel: 50)
    let recipe = try recipe(share: 1)
    var batch = batch(recipe, pixels: [255] + Array(repeating: 0, count: Face.pixelCount - 1))
    try Teachers([bundle], recipe: recipe).teach(&batch)
    let expected = [Float(8.0 / 14)] + Array(repeating: Float(1.0 / 14), count: 6)
    #expect(rounded(batch.targets.prefix(7)) == rounded(expected))
  }

  @Test func `a run keeps to its teachers, and its bundle names them`() async throws {
    try await withTemporaryFolder { folder in
      let recipe = try recipe(share: 0.5)
      var faces = FaceSet()
      for index in 0..<4 {
        let pixels = (0..<Face.pixelCount).map { UInt8(($0 * (index + 1)) % 251) }
        faces.append(Face(expression: index % 2 == 0 ? .happy : .sad, split: .publicTest, pixels: pixels))
      }
      var training = TrainingRun(
        recipe: recipe, directory: folder.appending(path: "run"), teachers: [try teacher()])
      _ = try await training.run(training: faces, validation: faces)
      let data = folder.appending(path: "faces.csv")
      try Data().write(to: data)
      let bundle = try BundleExport(run: training.directory, dataPath: data.path).write(
        to: folder.appending(path: "bundle"), validation: faces, command: "none")
      #expect(bundle.manifest.provenance?.data.map(\.file) == ["faces.csv", "teacher teacher"])
      let card = try String(contentsOf: folder.appending(path: "bundle/MODEL_CARD.md"), encoding: .utf8)
      #expect(card.contains("It also learned from the answers of `teacher teacher`"))

      training.teachers = [try teacher(firstPixel: 1)]
      let last = training.directory.appending(path: "last.checkpoint").path
      await #expect(throws: TrainingError.otherTeachers(path: last)) {
        _ = try await training.run(training: faces, validation: faces, resumes: true)
      }
    }
  }

  @Test func `without teachers nothing is mixed in`() throws {
    let recipe = try recipe(share: 0.5)
    let before = batch(recipe)
    var after = before
    try Teachers([], recipe: recipe).teach(&after)
    #expect(after.targets == before.targets)
  }
}
