import Expressions
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
}
