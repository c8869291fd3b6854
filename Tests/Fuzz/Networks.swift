import Foundation
import Networks

/// ONNX files; networks of a few numbers are also run.
func fuzzONNX(_ bytes: Data) {
  guard let graph = try? ONNXReader.read(bytes, named: "fuzz"), graph.inputs.count == 1,
    let network = try? Network(graph)
  else { return }
  let shape = [1] + graph.inputs[0].shape.dropFirst().map { min($0 ?? 16, 4096) }
  guard let count = Tensor.count(of: shape), count <= 1 << 16 else { return }
  _ = try? network.run(Tensor(zeros: shape))
}
