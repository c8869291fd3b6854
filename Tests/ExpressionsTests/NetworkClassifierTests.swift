import Foundation
import Networks
import OpenCVNetwork
import Testing
import Vocabulary

@testable import Expressions

@Suite struct NetworkClassifierTests {
  private let folder: TemporaryFolder
  private let chips: [Image] = (0..<5).compactMap { number in
    Image(
      width: 12, height: 12, channels: 1,
      pixels: (0..<144).map { UInt8(truncatingIfNeeded: $0 * (7 + number)) })
  }

  init() throws { folder = try TemporaryFolder() }

  private func bundle(
    _ graph: Graph, _ change: (inout BundleManifest) -> Void = { _ in }
  ) throws -> ModelBundle {
    var manifest = BundleManifest(name: "small", input: BundleManifest.Input(side: 12))
    change(&manifest)
    return try ModelBundle.write(
      model: ONNXWriter.bytes(of: graph), manifest: manifest, card: "", to: folder.url)
  }

  private func distance(_ left: [ExpressionProbabilities], _ right: [ExpressionProbabilities]) -> Float {
    zip(left, right).flatMap { zip($0.values, $1.values) }.reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  @Test func openCVGivesTheSameProbabilities() throws {
    let bundle = try bundle(.expressions())
    let ours = try NetworkClassifier(bundle, .float32).classify(chips)
    let input = chips.flatMap { $0.pixels.map { Float($0) / 255 } }
    var output = [Float](repeating: 0, count: 7 * chips.count)
    var error = [CChar](repeating: 0, count: 512)
    let path = folder.file(ModelBundle.modelFile).path
    let count = opencv_network_run(
      path, input, [Int32(chips.count), 1, 12, 12], nil, &output, Int32(output.count), &error,
      Int32(error.count))
    #expect(count == 7 * chips.count, "\(error.map { Character(UnicodeScalar(UInt8(bitPattern: $0))) })")
    let theirs = chips.indices.compactMap { ExpressionProbabilities(Array(output[7 * $0..<7 * $0 + 7])) }
    #expect(distance(ours, theirs) < 1e-4)
    #expect(ours.allSatisfy { abs($0.values.reduce(0, +) - 1) < 1e-5 })
  }

  @Test func softmaxInTheNetworkOrBehindItGivesTheSame() throws {
    let inside = try NetworkClassifier(bundle(.expressions()), .float32).classify(chips)
    let behind = try NetworkClassifier(bundle(.expressions(probabilities: false)), .float32).classify(chips)
    #expect(distance(inside, behind) < 1e-6)
  }

  @Test func theTemperatureDividesTheLogits() throws {
    let plain = try NetworkClassifier(bundle(.expressions()))
    let logits = try plain.logits(of: chips)[0]
    let warm = try NetworkClassifier(bundle(.expressions()) { $0.temperature = 2 }).classify(chips)[0]
    let powers = logits.map { exp($0 / 2) }
    for (found, power) in zip(warm.values, powers) {
      #expect(abs(found - power / powers.reduce(0, +)) < 1e-5)
    }
  }

  @Test func labelsInAnotherOrderAreBroughtIntoOurs() throws {
    let ours = try NetworkClassifier(bundle(.expressions())).classify(chips)[0]
    let order: [Vocabulary.Expression] = [.neutral, .happy, .angry, .sad, .fear, .surprise, .disgust]
    let theirs = try NetworkClassifier(bundle(.expressions()) { $0.labels = order.map(\.name) }).classify(
      chips)[0]
    for (position, expression) in order.enumerated() { #expect(theirs[expression] == ours.values[position]) }
  }

  @Test func aFaceGivesTheSameBitsInAnyCompany() throws {
    let classifier = try NetworkClassifier(bundle(.expressions()))
    let together = try classifier.classify(chips)
    for (chip, expected) in zip(chips, together) { #expect(try classifier.classify([chip]) == [expected]) }
    #expect(try classifier.classify([Image]()).isEmpty)
  }

  @Test func chipsOfAnotherSizeOrInColourAreAdapted() throws {
    let classifier = try NetworkClassifier(bundle(.expressions()))
    let gray = Image(width: 12, height: 12, filledWith: 90)
    let colour = Image(width: 30, height: 30, channels: 3, filledWith: 90)
    #expect(distance(try classifier.classify([gray]), try classifier.classify([colour])) < 1e-6)
  }
}
