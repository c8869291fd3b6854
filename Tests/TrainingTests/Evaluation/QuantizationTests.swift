import Digests
import Expressions
import Faces
import Foundation
import Media
import Networks
import Testing
import Vocabulary

@testable import Training

@Suite struct QuantizationTests {
  private func write(_ graph: Graph, to folder: URL) throws -> Quantization {
    let bytes = try ONNXWriter.bytes(of: graph)
    var digest = ContentDigest()
    bytes.withUnsafeBytes { digest.update($0) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try bytes.write(to: folder.appending(path: "model.onnx"))
    try Data("name: small\ndigest: \(digest.finish())\n".utf8).write(
      to: folder.appending(path: "manifest.yaml"))
    return Quantization(bundle: folder)
  }

  @Test func `an expression bundle learns its ranges from the training rows and stays whole`() async throws {
    let text = """
      name: small
      epochs: 1
      batch_size: 1
      network:
        layers: [convolution: {width: 8, stride: 4}, convolution: {width: 8}, global_pool, dense: 7]
      optimizer: {learning_rate: 0.1}

      """
    let recipe = try Recipe(text: text, path: "small.yaml")
    try await withTemporaryFolder { folder in
      let bundle = folder.appending(path: "bundle")
      try ModelBundle.write(
        model: ONNXWriter.bytes(of: recipe.network.graph(name: "small", seed: 1)),
        manifest: BundleManifest(name: "small"), card: "", to: bundle)
      let pixels = (0..<Face.pixelCount).map { "\($0 % 200)" }.joined(separator: " ")
      let csv = folder.appending(path: "faces.csv")
      try Data("emotion,pixels,Usage\n3,\(pixels),Training\n".utf8).write(to: csv)
      let quantization = Quantization(bundle: bundle)
      let ranges = try quantization.ranges(data: [csv.path])
      // The picture from 0 to 199 / 255, and what the second convolution reads.
      let image = try #require(ranges["image"])
      #expect(ranges.count == 2 && image.lowerBound == 0 && abs(image.upperBound - 199 / 255) < 1e-6)
      try quantization.write(ranges)
      #expect(try ModelBundle(contentsOf: bundle).graph.ranges == ranges)
      // Nothing of PublicTest to measure on, then one row.
      #expect(try quantization.measure(data: csv.path, votes: nil, command: "evaluate") == nil)
      let both = "emotion,pixels,Usage\n3,\(pixels),Training\n3,\(pixels),PublicTest\n"
      try Data(both.utf8).write(to: csv)
      try Data("# small\n\n## Accuracy\n\nold figures\n\n## Limits\n\nmany\n".utf8)
        .write(to: bundle.appending(path: "MODEL_CARD.md"))
      let measured = try #require(try quantization.measure(data: csv.path, votes: nil, command: "evaluate"))
      let manifest = try ModelBundle(contentsOf: bundle).manifest
      #expect(manifest.accuracy?.map(\.value) == [measured.confusion.accuracy.value])
      #expect(manifest.accuracy?.first?.command == "evaluate")
      let card = try String(contentsOf: bundle.appending(path: "MODEL_CARD.md"), encoding: .utf8)
      #expect(card.hasPrefix("# small\n\n## Accuracy\n\nOn rows"))
      #expect(card.contains("accuracy, label") && card.hasSuffix("\n\n## Limits\n\nmany\n"))
      #expect(!card.contains("old figures"))
      var none = quantization
      none.limit = -1
      #expect(throws: BundleError.self) { try none.ranges(data: [csv.path]) }
      try Data("emotion,pixels,Usage\n3,\(pixels),PublicTest\n".utf8).write(to: csv)
      #expect(throws: DataSetError.empty(path: csv.path, wanted: "Training")) {
        try quantization.ranges(data: [csv.path])
      }
      try quantization.write([:])
      #expect(try ModelBundle(contentsOf: bundle).graph.ranges.isEmpty)
    }
  }

  @Test func `a manifest of another network is not paired with the quantized one`() async throws {
    try await withTemporaryFolder { folder in
      let quantization = try write(DetectorNetwork().graph(seed: 1), to: folder)
      let model = folder.appending(path: "model.onnx")
      let before = try Data(contentsOf: model)
      try Data("name: small\ndigest: 00\n".utf8).write(to: folder.appending(path: "manifest.yaml"))
      #expect(throws: BundleError.self) { try quantization.write([:]) }
      #expect(try Data(contentsOf: model) == before)
    }
  }

  @Test func `landmarks and detector learn theirs from what is not held out`() async throws {
    try await withTemporaryFolder { folder in
      for kind in ["landmarks", "boxes"] {
        let images = folder.appending(path: "\(kind)/images")
        try FileManager.default.createDirectory(at: images, withIntermediateDirectories: true)
        for name in ["a.png", "b.png"] {
          var image = Image(width: 64, height: 64, channels: 3)
          for index in image.pixels.indices { image.pixels[index] = UInt8(index * 31 % 256) }
          try PictureWriter.write(image, to: images.appending(path: name))
        }
      }
      let points = "20,24,44,24,32,34,24,44,40,44"
      let names = LandmarkFolder.fiveNames.map { "\($0)_x,\($0)_y" }.joined(separator: ",")
      try Data("file,\(names)\na.png,\(points)\nb.png,\(points)\n".utf8)
        .write(to: folder.appending(path: "landmarks/landmarks.csv"))
      try Data("file,x,y,w,h\na.png,10,10,40,40\nb.png,10,10,40,40\n".utf8)
        .write(to: folder.appending(path: "boxes/boxes.csv"))

      let landmarks = try write(
        LandmarkGraph.graph(startingAt: Array(repeating: 0, count: 136), seed: 1),
        to: folder.appending(path: "l"))
      let found = try landmarks.ranges(data: [folder.appending(path: "landmarks").path])
      #expect(found.count > 5 && found["image"] == nil)
      let detector = try write(DetectorNetwork().graph(seed: 1), to: folder.appending(path: "d"))
      let ranges = try detector.ranges(data: [folder.appending(path: "boxes").path])
      #expect(ranges["image"]?.lowerBound == 0 && ranges.count > 15)
      try detector.write(ranges)
      let text = try String(contentsOf: folder.appending(path: "d/manifest.yaml"), encoding: .utf8)
      let model = try Data(contentsOf: folder.appending(path: "d/model.onnx"))
      #expect(text == "name: small\ndigest: \(ContentDigest.of(model))\n")
    }
  }
}
