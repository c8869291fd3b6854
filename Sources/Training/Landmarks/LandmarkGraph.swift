import Faces
import Networks

/// The shape of the landmark network: a small residual trunk over a chip of 64 pixels and one dense layer.
enum LandmarkGraph {
  /// Channels at 32, 16, 8 and 4 pixels.
  static let widths = [16, 32, 64, 96]

  /// - Parameter shape: 136 numbers where the points start, those of a mean face.
  static func graph(startingAt shape: [Float], seed: UInt64) -> Graph {
    var net = ConvolutionalGraph(name: "face-landmarks", channels: 1, side: LandmarkNetwork.side, seed: seed)
    var value = ConvolutionalGraph.Value(name: "image", channels: 1)
    for (level, width) in widths.enumerated() {
      value = net.convolve(value, to: width, stride: 2)
      if level > 0 { value = net.residual(value) }
    }
    let side = LandmarkNetwork.side >> widths.count
    net.denseOutput("points", of: value, side: side, biases: shape)
    net.denseOutput("confidence", of: value, side: side, biases: [0])
    return net.graph
  }
}
