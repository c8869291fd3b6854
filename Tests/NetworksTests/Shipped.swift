import Foundation

/// A network that ships, and a size of input that it takes.
struct Shipped: CustomStringConvertible, Sendable {
  let description: String
  let shape: [Int]
  var file: URL { Self.models.appending(path: "\(description)/model.onnx") }

  private static let models = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Pipelines/Models").standardizedFileURL

  static let all = [
    Shipped(description: "afterclass-fer", shape: [1, 1, 48, 48]),
    Shipped(description: "landmarks", shape: [1, 1, 64, 64]),
    Shipped(description: "detector", shape: [1, 3, 96, 160]),
  ]
}
