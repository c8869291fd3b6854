import Foundation
import Imaging
public import Networks
public import Vocabulary

/// An anchor-free detection network: pictures in, heads at the strides 8, 16 and 32 out.
///
/// Two layouts of outputs are known:
/// - ours: `stride8`, `stride16`, `stride32`, each [1, 15, H / stride, W / stride]: the logit of the score,
///   `dx, dy, log w, log h`, ten for five points; input blue, green, red from 0 to 1;
/// - YuNet's: `cls_8`, `obj_8`, `bbox_8`, `kps_8` and so on, each [1, cells, channels], where the score is the
///   root of the product of `cls` and `obj`; input blue, green, red from 0 to 255.
public final class DetectionNetwork {
  private enum Layout {
    case own, yuNet

    /// `nil` where a graph's outputs are of neither.
    init?(_ graph: Graph) {
      func has(_ names: (Int) -> [String]) -> Bool {
        DetectionNetwork.strides.flatMap(names).allSatisfy(graph.outputs.contains)
      }
      if has({ ["stride\($0)"] }) {
        self = .own
      } else if has({ stride in ["cls", "obj", "bbox", "kps"].map { "\($0)_\(stride)" } }) {
        self = .yuNet
      } else {
        return nil
      }
    }
  }

  private let network: Network
  private let layout: Layout
  private let outputs: [String: Int]
  /// As `Network.ranges`.
  public var ranges: [String: ClosedRange<Float>] { network.ranges }

  private static let strides = [8, 16, 32]

  /// Whether a graph is a detection network of either layout, by its outputs' names.
  public static func isOne(_ graph: Graph) -> Bool { Layout(graph) != nil }

  /// - Throws: ``FaceError`` where the outputs are of neither layout.
  public init(_ graph: Graph, _ precision: InferenceForm.Precision = .fastest) throws {
    outputs = Dictionary(
      zip(graph.outputs, graph.outputs.indices), uniquingKeysWith: { first, _ in first })
    guard let known = Layout(graph) else {
      throw FaceError(
        "\(graph.name): not a face detector that is known; its outputs are \(graph.outputs.joined(separator: ", ")), "
          + "wanted are stride8, stride16, stride32 or YuNet's cls_8, obj_8, bbox_8, kps_8, …")
    }
    layout = known
    var free = graph
    // A file made for one size runs at any: only the input says what the size is.
    if let input = graph.inputs.first, input.shape.count == 4 {
      free.inputs[0].shape = [nil, input.shape[1], nil, nil]
    }
    network = try Network(free, InferenceForm(precision, channelsLast: true))
  }

  /// What the network says about a coloured picture whose sides are multiples of 32.
  public func heads(of image: Image) throws -> [DetectionHead] {
    guard image.channels == 3, image.width % 32 == 0, image.height % 32 == 0 else {
      throw FaceError("a detection network takes coloured pictures whose sides are multiples of 32")
    }
    let count = 3 * image.width * image.height
    let input = [Float](unsafeUninitializedCapacity: count) { buffer, filled in
      image.samples(into: buffer, scale: layout == .own ? 1 / 255 : 1)
      filled = count
    }
    let results = try input.withUnsafeBufferPointer {
      try network.run($0, shape: [1, 3, image.height, image.width])
    }
    return try Self.strides.map { stride in
      let head =
        layout == .own
        ? own(results, stride, columns: image.width / stride)
        : yuNet(results, stride, columns: image.width / stride)
      guard let head else {
        throw FaceError("\(network.graph.name): outputs of stride \(stride) do not fit the picture")
      }
      return head
    }
  }

  private func values(_ results: [Tensor], _ name: String) -> [Float] {
    outputs[name].flatMap { results.indices.contains($0) ? results[$0].values : nil } ?? []
  }

  private func yuNet(_ results: [Tensor], _ stride: Int, columns: Int) -> DetectionHead? {
    let scores = zip(values(results, "cls_\(stride)"), values(results, "obj_\(stride)"))
      .map { (min(max($0, 0), 1) * min(max($1, 0), 1)).squareRoot() }
    return DetectionHead(
      stride: stride, columns: columns, scores: scores, boxes: values(results, "bbox_\(stride)"),
      points: values(results, "kps_\(stride)"))
  }

  private func own(_ results: [Tensor], _ stride: Int, columns: Int) -> DetectionHead? {
    let planes = values(results, "stride\(stride)")
    let cells = planes.count / 15
    guard cells > 0, planes.count % 15 == 0 else { return nil }
    var (boxes, points) = ([Float](), [Float]())
    boxes.reserveCapacity(4 * cells)
    points.reserveCapacity(10 * cells)
    for cell in 0..<cells {
      for channel in 1..<5 { boxes.append(planes[channel * cells + cell]) }
      for channel in 5..<15 { points.append(planes[channel * cells + cell]) }
    }
    let scores = planes[..<cells].map { 1 / (1 + exp(-$0)) }
    return DetectionHead(stride: stride, columns: columns, scores: scores, boxes: boxes, points: points)
  }
}
