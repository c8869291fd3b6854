import Foundation
import Networks
import OpenCVNetwork
import Testing

/// The same file read by OpenCV's dnn gives the same numbers: what is written is what others understand.
@Suite struct OpenCVAgreementTests {
  @Test(arguments: Shipped.all)
  func ofEveryNetworkThatShips(shipped: Shipped) throws {
    try expectAgreement(ONNXReader.read(contentsOf: shipped.file), shipped.file, shipped.shape)
  }

  /// What a bundle promises: probabilities, at a temperature lower than any that ships, within 0.0001.
  @Test(arguments: 0..<4) func ofTheProbabilitiesOfExpressions(seed: Int) throws {
    let shipped = try #require(Shipped.all.first { $0.description == "afterclass-fer" })
    let graph = try ONNXReader.read(contentsOf: shipped.file)
    // A light ellipse with dark spots, somewhere: as much of a face as a test may hold.
    let values = (0..<48 * 48).map { index -> Float in
      let (x, y) = (Float(index % 48) - 22 - Float(seed), Float(index / 48) - 23)
      let eyes = [-9, 9].map { exp(-((x - $0) * (x - $0) + (y + 6) * (y + 6)) / 12) }.reduce(0, +)
      let mouth = exp(-(x * x / 60 + (y - 11) * (y - 11) / Float(4 + 3 * seed)))
      return (x * x / 300 + y * y / 500 < 1 ? 0.9 : -1.5) - 1.8 * eyes - 1.4 * mouth
    }
    let ours = try Network(graph).run(#require(Tensor(shape: shipped.shape, values: values)))
    for (name, found) in zip(graph.outputs, ours) {
      let theirs = try outputOfOpenCV(shipped.file, values, shipped.shape, name, count: found.count)
      let pairs = zip(probabilities(found.values), probabilities(theirs))
      #expect(pairs.allSatisfy { abs($0 - $1) < 1e-4 }, "\(name)")
    }
  }

  private func probabilities(_ logits: [Float]) -> [Double] {
    let powers = logits.map { exp((Double($0) - Double(logits.max() ?? 0)) / 0.5) }
    return powers.map { $0 / powers.reduce(0, +) }
  }

  @Test func ofOperatorsWhoseFormChangedBetweenVersions() throws {
    let file = URL(filePath: NSTemporaryDirectory()).appending(path: "\(UUID().uuidString).onnx")
    defer { try? FileManager.default.removeItem(at: file) }
    let weight = Tensor(shape: [2, 1, 3, 3], values: (0..<18).map { Float($0 % 5) / 5 - 0.4 })
    let graph = Graph(
      name: "forms", inputs: [Graph.Value(name: "image", shape: [nil, 1, 6, 6])],
      nodes: [
        Graph.Node(
          name: "pad", operation: .pad([0, 0, 1, 2, 0, 0, 2, 1], value: 0), inputs: ["image"],
          outputs: ["padded"]),
        Graph.Node(
          name: "convolution", operation: .convolution(Window(kernel: [3, 3]), groups: 1),
          inputs: ["padded", "weight"], outputs: ["features"]),
        Graph.Node(
          name: "clip", operation: .clip(low: -0.1, high: 0.3), inputs: ["features"], outputs: ["clipped"]),
        Graph.Node(
          name: "upsample", operation: .upsample(height: 2, width: 2), inputs: ["clipped"], outputs: ["y"]),
      ], outputs: ["y"], parameters: ["weight": try #require(weight)])
    try ONNXWriter.write(graph, to: file)
    try expectAgreement(graph, file, [1, 1, 6, 6])
  }

  private func expectAgreement(_ graph: Graph, _ file: URL, _ shape: [Int]) throws {
    let values = (0..<shape.reduce(1, *)).map { Float($0 % 251) / 251 }
    let ours = try Network(graph).run(#require(Tensor(shape: shape, values: values)))
    for (name, found) in zip(graph.outputs, ours) {
      let output = try outputOfOpenCV(file, values, shape, name, count: found.count)
      let largest = max(1, found.values.reduce(0) { max($0, abs($1)) })
      let distance = zip(output, found.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
      #expect(distance < 1e-4 * largest, "\(name)")
    }
  }

  private func outputOfOpenCV(
    _ file: URL, _ values: [Float], _ shape: [Int], _ name: String, count: Int
  ) throws -> [Float] {
    var output = [Float](repeating: 0, count: count)
    var error = [CChar](repeating: 0, count: 512)
    let found = opencv_network_run(
      file.path, values, shape.map(Int32.init), name, &output, Int32(output.count), &error,
      Int32(error.count))
    let reason = String(decoding: error.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    try #require(Int(found) == count, "\(name): \(reason)")
    return output
  }
}
