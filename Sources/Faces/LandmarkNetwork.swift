import Foundation
import Imaging
public import Networks
public import Vocabulary

/// Finds 68 points in a detected face.
///
/// Input `image`: [N, 1, 64, 64], the face gray in an upright square about its box, mean 0 and deviation 1.
/// Outputs: `points` [N, 136], `x, y` of the 300-W points as shares of the chip's side from its middle;
/// `confidence` [N, 1], the logit of how far they can be trusted.
public final class LandmarkNetwork {
  /// Pixels of a chip's side.
  public static let side = 64
  /// The square about a detected box: an average face's box takes 0.67 of its side.
  public static let framing = ChipTemplate(five: [], boxCentre: Point(x: 0.5, y: 0.48), boxSide: 0.67)

  private let network: Network
  /// As `Network.ranges`.
  public var ranges: [String: ClosedRange<Float>] { network.ranges }

  /// Whether a graph is a landmark network, by its outputs' names and its one input.
  public static func isOne(_ graph: Graph) -> Bool {
    graph.outputs == ["points", "confidence"] && graph.inputs.count == 1
  }

  /// - Throws: ``FaceError`` where the graph is no landmark network.
  public init(_ graph: Graph, _ precision: InferenceForm.Precision = .fastest) throws {
    guard Self.isOne(graph) else {
      throw FaceError(
        "\(graph.name): not a landmark network; its outputs are \(graph.outputs.joined(separator: ", ")), "
          + "wanted are points, confidence")
    }
    network = try Network(graph, InferenceForm(precision))
  }

  /// The points of the face in `box`, in pixels of `image`; `nil` where the box has no size or the network
  /// says nothing finite.
  public func landmarks(of box: Box, in image: Image) throws -> Landmarks? {
    guard let map = Self.framing.registration(of: box, side: Self.side)?.affine, let back = map.inverse else {
      return nil
    }
    let chip = try image.warped(by: map, width: Self.side, height: Self.side).gray()
    let results = try network.run(
      Tensor(shape: [1, 1, Self.side, Self.side], values: chip.normalized()) ?? Tensor(zeros: [0]))
    guard results.count == 2, results[0].count == 136, results[1].count == 1,
      results.allSatisfy({ $0.values.allSatisfy(\.isFinite) })
    else { return nil }
    let all = (0..<68).map { number in
      back(
        Point(
          x: (Double(results[0].values[2 * number]) + 0.5) * Double(Self.side),
          y: (Double(results[0].values[2 * number + 1]) + 0.5) * Double(Self.side)))
    }
    guard let five = Landmarks.five(of: all) else { return nil }
    return Landmarks(five: five, all: all, confidence: 1 / (1 + exp(-Double(results[1].values[0]))))
  }
}

extension Image {
  /// The samples of a gray picture with their mean taken off, over their deviation: light and contrast gone.
  public func normalized() -> [Float] {
    let count = Float(max(1, pixels.count))
    let mean = Float(pixels.reduce(0) { $0 + Int($1) }) / count
    let variance = pixels.reduce(Float(0)) { $0 + (Float($1) - mean) * (Float($1) - mean) } / count
    let scale = 1 / max(variance.squareRoot(), 4)
    return pixels.map { (Float($0) - mean) * scale }
  }
}
