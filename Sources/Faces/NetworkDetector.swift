public import Foundation
import Imaging
public import Networks
public import Vocabulary

/// The detector that a network is: ours from its bundle, or YuNet from an ONNX file of the user's.
public final class NetworkDetector: FaceDetector {
  public let name: String
  private let network: DetectionNetwork
  private let threshold: Float
  private let longSide: Int
  /// As `Network.ranges`.
  public var ranges: [String: ClosedRange<Float>] { network.ranges }

  /// - Parameters:
  ///   - threshold: faces that score less are dropped.
  ///   - longSide: larger pictures are searched at this long side.
  /// - Throws: ``FaceError`` where the graph is no detector that is known.
  public init(
    _ graph: Graph, name: String, threshold: Float = 0.5, longSide: Int = 1280,
    _ precision: InferenceForm.Precision = .fastest
  ) throws {
    guard threshold > 0, threshold <= 1, (32...8192).contains(longSide) else {
      throw FaceError("\(name): the threshold lies between 0 and 1, the long side between 32 and 8192 pixels")
    }
    network = try DetectionNetwork(graph, precision)
    self.name = name
    self.threshold = threshold
    self.longSide = longSide
  }

  /// A detector from an ONNX file, for instance YuNet's.
  public convenience init(onnx file: URL, threshold: Float = 0.6, longSide: Int = 1280) throws {
    let graph = try ONNXReader.read(contentsOf: file)
    try self.init(
      graph, name: file.deletingPathExtension().lastPathComponent, threshold: threshold, longSide: longSide)
  }

  /// Pixels of the network's input that a face must be tall to be found surely (its finest cells are 8 wide).
  static let sureHeight = 11.0

  /// How far a picture may shrink until a face of `smallest` pixels is lost. What a network whose sides are
  /// multiples of 32 has to compute anyway is used for a larger picture.
  static func scale(of image: Image, smallest: Double) -> Double {
    let least = min(1, sureHeight / max(smallest, sureHeight))
    func filled(_ side: Int) -> Double {
      (Double(side) * least / 32).rounded(.up) * 32 / Double(side)
    }
    return min(1, filled(image.width), filled(image.height))
  }

  /// Sizes at which a scene is searched, of the size that `longSide` allows. A face that is too small in one is
  /// found in the next, a large one is whole in the smallest, and what one look alone takes for a face is
  /// outvoted: 2 points of average precision, measured in `Reports/Measurements`. Tiles are searched once.
  private static let looks = [0.7, 1, 1.5]
  /// Below it thousands of cells say something, and comparing them all takes ten times as long as the network.
  private static let leastScore: Float = 0.02

  public func detect(in image: Image, smallest: Double?) throws -> [FaceDetection] {
    let whole = Double(longSide) / Double(max(image.width, image.height))
    guard let smallest else {
      // A face that one look finds just above the threshold may be just below it in another.
      let least = max(threshold / 4, Self.leastScore)
      return try Self.looks.map { try look(at: image, scale: min(1, whole) * $0, least) }
        .fused().filter { $0.score >= Double(threshold) }
    }
    return try look(at: image, scale: min(1, whole, Self.scale(of: image, smallest: smallest)), threshold)
  }

  private func look(at image: Image, scale: Double, _ threshold: Float) throws -> [FaceDetection] {
    let input = try DetectorInput(image, scale: scale)
    return try network.heads(of: input.image.colour())
      .flatMap { $0.faces(above: threshold) }
      .compactMap { input.inPicture($0) }
      .suppressed()
  }
}
