import Foundation

extension TrainingPlan {
  /// Softmax over the classes of `[N, classes]`, in float32.
  func softmax(_ node: Graph.Node, axis: Int) throws {
    let source = try value(node.inputs[0], at: node)
    let shape = source.layout.shape
    guard shape.count == 2, axis == 1 || axis == -1 else {
      throw NetworksError.unsupported(operator: "Softmax over axis \(axis) of \(shape)", node: node.name)
    }
    let plain = try Layout(shape)
    let logits = try convert(source, to: plain, pass: .both)
    let output = try memory(plain)
    let layer = Softmax(classes: shape[1], logits: logits, output: output)
    append(layer)
    define(node.outputs[0], output, from: node.inputs)
    softmaxLayers[node.outputs[0]] = layer

    whenBackward { [unowned self] in
      guard let gradient = try gradient(of: node.outputs[0], as: plain), needsGradient(node.inputs[0])
      else { return }
      let result = try memory(plain)
      append(SoftmaxGradient(of: layer, gradient: gradient, result: result), to: .backward)
      contribute(result, to: node.inputs[0])
    }
  }
}

/// exp(x - max) / sum, row by row.
final class Softmax: Step {
  let classes: Int
  let logits: Memory
  let output: Memory
  /// Whether the gradient that comes in is already that of the logits, as after a fused cross-entropy.
  var receivesLogitGradient = false

  init(classes: Int, logits: Memory, output: Memory) {
    self.classes = classes
    self.logits = logits
    self.output = output
  }

  func run() {
    let (logits, output) = (logits.floats, output.floats)
    for start in stride(from: 0, to: output.count, by: classes) {
      let row = start..<start + classes
      let top = logits[row].max() ?? 0
      var sum: Float = 0
      for index in row {
        output[index] = exp(logits[index] - top)
        sum += output[index]
      }
      for index in row { output[index] /= sum }
    }
  }
}

/// dx = y × (dy - Σ dy × y), row by row.
final class SoftmaxGradient: Step {
  private let layer: Softmax
  private let gradient: Memory
  private let result: Memory

  init(of layer: Softmax, gradient: Memory, result: Memory) {
    self.layer = layer
    self.gradient = gradient
    self.result = result
  }

  func run() {
    let (output, gradient, result) = (layer.output.floats, gradient.floats, result.floats)
    if layer.receivesLogitGradient {
      _ = result.update(fromContentsOf: gradient)
      return
    }
    for start in stride(from: 0, to: output.count, by: layer.classes) {
      let row = start..<start + layer.classes
      let dot = row.reduce(Float(0)) { $0 + gradient[$1] * output[$1] }
      for index in row { result[index] = output[index] * (gradient[index] - dot) }
    }
  }
}
