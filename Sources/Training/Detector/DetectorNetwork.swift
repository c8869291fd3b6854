import Networks

/// The shape of the face detector: a plain residual trunk, a pyramid with a top-down path, and one head for
/// each of the strides 8, 16 and 32.
///
/// Input `image`: [N, 3, H, W], blue, green, red from 0 to 1, sides multiples of 32. Outputs `stride8`,
/// `stride16`, `stride32`: [N, 15, H / stride, W / stride]; channel 0 is the logit of the score, 1 to 4
/// `dx, dy, log w, log h`, 5 to 14 `dx, dy` of five points, all in strides from the cell's top left corner.
struct DetectorNetwork: Hashable, Sendable {
  /// Channels at strides 2, 4, 8, 16, 32.
  var widths = [16, 16, 32, 48, 64]
  /// Residual blocks at strides 4, 8, 16, 32.
  var blocks = [0, 3, 2, 1]
  /// Channels of the pyramid.
  var neck = 32

  static let strides = [8, 16, 32]
  static let channels = 15

  func graph(seed: UInt64) -> Graph {
    var net = ConvolutionalGraph(name: "face-detector", channels: 3, seed: seed)
    var value = net.convolve(.init(name: "image", channels: 3), to: widths[0], stride: 2)
    var trunk: [ConvolutionalGraph.Value] = []
    for (width, count) in zip(widths.dropFirst(), blocks) {
      value = net.convolve(value, to: width, stride: 2)
      for _ in 0..<count { value = net.residual(value) }
      trunk.append(value)
    }
    // From coarse to fine: each level knows what the coarser one saw around it.
    var levels: [ConvolutionalGraph.Value] = []
    for value in trunk.suffix(3).reversed() {
      var level = net.convolve(value, to: neck, kernel: 1, rectified: levels.isEmpty)
      if let coarser = levels.last { level = net.rectify(net.add(level, net.doubled(coarser))) }
      levels.append(level)
    }
    for (stride, level) in zip(Self.strides, levels.reversed()) {
      let head = net.convolve(level, to: neck)
      net.output("stride\(stride)", of: head, biases: Self.biases)
    }
    return net.graph
  }

  /// A score of 0.01 in the middle of the cell, a box of two strides, the points of an average face.
  static let biases: [Float] =
    [-4.6, 0.5, 0.5, 0.7, 0.9] + [0.1, 0.2, 0.9, 0.2, 0.5, 0.6, 0.2, 1.0, 0.8, 1.0]
}
