import Expressions
import Vocabulary
import Networks
import Testing

@testable import Training

@Suite struct GeometricTrainingTests {
  @Test func `without faces to validate on nothing is trained`() {
    let training = GeometricTraining(landmarks: Graph(name: "none", inputs: []))
    #expect(throws: TrainingError.nothingToValidate) {
      try training.run(
        training: FaceSet(), validation: FaceSet(),
        provenance: BundleManifest.Provenance(date: "", recipe: "", data: []), command: ""
      ) { _ in }
    }
  }

  /// Seven points around a face at rest, each with a little of its neighbours.
  private func examples(shift: Int) -> [GeometricTraining.Example] {
    (0..<70).map { row in
      let target = row % 7
      let inputs = (0..<FacialFeatures.differenceCount).map { feature in
        (feature == target ? 1.0 : 0) + Double((row * 31 + feature * 17 + shift) % 13) / 40
      }
      return (inputs, target)
    }
  }

  @Test func `what the features tell apart is learned, the same each time`() {
    let training = GeometricTraining(landmarks: Graph(name: "none", inputs: []))
    var lines: [String] = []
    let (taught, held) = (examples(shift: 0), examples(shift: 5))
    let network = training.learn(taught, held) { lines.append($0) }
    #expect(GeometricTraining.accuracy(network, on: held) == 1)
    #expect(lines.count == training.epochs && lines[0].hasPrefix("epoch 1/40"))
    let again = training.learn(taught, held) { _ in }
    #expect(taught.allSatisfy { again.probabilities($0.inputs) == network.probabilities($0.inputs) })
  }

  @Test func `the best epoch's network is kept, not the last one's`() {
    var training = GeometricTraining(landmarks: Graph(name: "none", inputs: []))
    training.rate = 0.3
    var seen: [Double] = []
    // Named against what is taught: the more is learned, the fewer are right.
    let held = examples(shift: 5).map { ($0.inputs, ($0.target + 1) % 7) }
    let network = training.learn(examples(shift: 0), held) { line in
      seen.append(line.split(separator: " ").last.flatMap { Double($0) } ?? 0)
    }
    #expect(seen.last == 0)
    #expect((seen.max() ?? 0) > 0.1)
    #expect(abs(GeometricTraining.accuracy(network, on: held) - (seen.max() ?? 0)) < 1e-4)
  }
}
