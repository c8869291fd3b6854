import Foundation
import Testing
import Vocabulary

@testable import Expressions

@Suite struct GeometricClassifierTests {
  private struct Sequence: RandomNumberGenerator {
    var state: UInt64 = 1
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }

  private func face(mouth: Double = 0.3, brow: Double = 0.4) -> FacialFeatures {
    FacialFeatures(
      rightEyeOpenness: 0.3, leftEyeOpenness: 0.3, browRaise: brow, browKnit: 0.5, mouthOpening: mouth,
      mouthWidth: 0.8, mouthCornerLift: 0, noseTip: Point(x: 0, y: 0.6))
  }

  @Test func aStepIsTheGradientOfTheCrossEntropy() {
    var generator = Sequence()
    let network = GeometricNetwork(inputs: 3, hidden: 4, outputs: 2, using: &generator)
    let inputs = [0.3, -0.7, 1.1]
    func loss(_ network: GeometricNetwork) -> Double { -log(network.probabilities(inputs)[1]) }
    var learned = network
    learned.learn(inputs, target: 1, rate: 1, momentum: 0)
    for (unit, input) in [(0, 0), (1, 2), (3, 3)] {
      var changed = network
      changed.hidden.weights[unit][input] += 1e-6
      let slope = (loss(changed) - loss(network)) / 1e-6
      let step = network.hidden.weights[unit][input] - learned.hidden.weights[unit][input]
      #expect(abs(slope - step) < 1e-5)
    }
  }

  @Test func exclusiveOrIsLearntOnLine() {
    var generator = Sequence()
    var network = GeometricNetwork(inputs: 2, hidden: 4, outputs: 2, using: &generator)
    let examples: [([Double], Int)] = [([0, 0], 0), ([0, 1], 1), ([1, 0], 1), ([1, 1], 0)]
    for _ in 0..<2000 {
      for (inputs, target) in examples { network.learn(inputs, target: target, rate: 0.1) }
    }
    for (inputs, target) in examples { #expect(network.probabilities(inputs)[target] > 0.9) }
  }

  /// A network that knows rest and surprise alone, and a classifier of it.
  private func classifier() throws -> GeometricClassifier {
    var generator = Sequence()
    var network = GeometricNetwork(
      inputs: FacialFeatures.differenceCount, hidden: 6, outputs: 7, using: &generator)
    let (rest, surprise) = (face(), face(mouth: 0.8, brow: 0.6))
    for _ in 0..<300 {
      network.learn(rest.differences(from: rest), target: Vocabulary.Expression.neutral.rawValue, rate: 0.1)
      network.learn(
        surprise.differences(from: rest), target: Vocabulary.Expression.surprise.rawValue, rate: 0.1)
    }
    return try #require(GeometricClassifier(network, rest: rest))
  }

  @Test func aFaceIsReadAgainstItsOwnersFaceAtRest() throws {
    let classifier = try classifier()
    // Half of the way to surprise is this person's face at rest: seen long enough, it shows nothing.
    let open = face(mouth: 0.55, brow: 0.5)
    #expect(classifier.classify([FaceReading(chip: Image(width: 8, height: 8), features: open)])[0] != nil)
    let (short, long) = (
      classifier.classify(person: [open]), classifier.classify(person: Array(repeating: open, count: 2000))
    )
    let (before, after) = (try #require(short[0]), try #require(long[0]))
    #expect(after[.neutral] > before[.neutral] + 0.1)
    #expect(after.top == .neutral)
  }

  @Test func whoIsNeverAtRestIsReadFromAnybodysFace() throws {
    let classifier = try classifier()
    let surprise = face(mouth: 0.8, brow: 0.6)
    let found = classifier.classify(person: Array(repeating: surprise, count: 1000))
    #expect(found.allSatisfy { $0?.top == .surprise })
  }

  @Test func ownRestLiesBetweenAnybodysAndTheFacesAtRest() throws {
    let classifier = try classifier()
    let rest = classifier.ownRest(of: Array(repeating: face(mouth: 0.32), count: 100))
    // Almost all of each face counts as neutral: a hundred of them weigh as much as the prior.
    #expect(abs(rest.mouthOpening - 0.31) < 0.002)
    #expect(abs(rest.browRaise - 0.4) < 1e-9)
    #expect(classifier.ownRest(of: []).mouthOpening == 0.3)
  }

  @Test func theMedianOfFacesIsThatOfEachFeature() {
    let samples = [
      face(mouth: 0.3), face(mouth: 0.9), face(mouth: 0.31), face(mouth: 0.29), face(mouth: 0.3),
    ]
    #expect(FacialFeatures.median(of: samples)?.mouthOpening == 0.3)
    #expect(FacialFeatures.median(of: []) == nil)
  }

  @Test func aNetworkOfAnotherShapeIsRefused() {
    var generator = Sequence()
    #expect(
      GeometricClassifier(GeometricNetwork(inputs: 3, hidden: 4, outputs: 7, using: &generator), rest: face())
        == nil)
  }

  private func bundle(_ network: GeometricNetwork) -> GeometricBundle {
    GeometricBundle(
      name: "geometric", network: network, rest: face(),
      provenance: BundleManifest.Provenance(date: "2026-11-22", recipe: "by hand", data: []))
  }

  @Test func aBundleReadsAsItWasWrittenAndStandsInForAnUnknownFaceAtRest() throws {
    var generator = Sequence()
    let network = GeometricNetwork(
      inputs: FacialFeatures.differenceCount, hidden: 4, outputs: 7, using: &generator)
    let folder = try TemporaryFolder()
    #expect(!GeometricBundle.isAt(folder.url))
    try bundle(network).write(card: "# card", to: folder.url)
    let again = try GeometricBundle(contentsOf: folder.url)
    #expect(again == bundle(network) && GeometricBundle.isAt(folder.url))
    let reading = FaceReading(chip: Image(width: 8, height: 8), features: face(mouth: 0.8))
    #expect(try again.classifier().classify([reading])[0] != nil)
  }

  @Test func aBundleThatIsNotOneIsRefusedByName() throws {
    var generator = Sequence()
    let folder = try TemporaryFolder()
    try bundle(GeometricNetwork(inputs: 3, hidden: 4, outputs: 7, using: &generator))
      .write(card: "", to: folder.url)
    let wrong = #expect(throws: BundleError.self) { try GeometricBundle(contentsOf: folder.url) }
    #expect(wrong?.reason.contains("takes 3") == true)
    try Data("{}".utf8).write(to: folder.file(GeometricBundle.file))
    #expect(throws: BundleError.self) { try GeometricBundle(contentsOf: folder.url) }
  }
}
