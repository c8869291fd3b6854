import Benchmarking
import Foundation
import Networks
import Pipeline

/// Each network that ships, next to other engines on the same file.
extension BenchSuite {
  func networks() -> [Part] {
    guard let models = Installation().pipelines?.appendingPathComponent("Models"),
      let files = FileManager.default.enumerator(at: models, includingPropertiesForKeys: nil)
    else { return [] }
    let networks = files.compactMap { $0 as? URL }.filter { $0.pathExtension == "onnx" }
    return networks.sorted { $0.path < $1.path }.map { file in
      let name = file.deletingLastPathComponent().lastPathComponent
      return Part(title: "Network \(name)") { try compare(name, file) }
    }
  }

  private func compare(_ name: String, _ file: URL) throws -> Comparison? {
    let graph = try ONNXReader.read(contentsOf: file)
    guard let input = graph.inputs.first?.shape, input.count == 4 else { return nil }
    // A detector takes any size: 640 x 384 is what a gallery is reduced to.
    let isDetector = input[2] == nil || (input[2] ?? 0) > 200
    let sizes = [isDetector ? 1 : 8, input[1] ?? 1, input[2] ?? 384, input[3] ?? 640]
    let count = isDetector ? 100 : 250
    let shape = sizes.map(String.init).joined(separator: "x")
    let ours = Command(
      program, ["stage", "network", file.path, "--shape", shape, "--count", "\(count)"], timesItself: true)
    let halved = [("Afterclass, bfloat16", "bfloat16"), ("Afterclass, as in analysis", "fastest")].map {
      ($0, Command(program, ours.arguments + ["--precision", $1], timesItself: true))
    }
    let script = URL(fileURLWithPath: "Tests/Benchmarks/peer.py").path
    let openCV =
      openCVPeer().map { peer in
        [("OpenCV's dnn", Command(peer, [file.path, shape, "\(count)"], timesItself: true))]
      } ?? []
    let peers = ["onnxruntime", "pytorch", "opencv-python"].map { engine in
      (engine, Command(python, [script, engine, file.path, shape, "\(count)"], timesItself: true))
    }.filter { peer in (try? peer.1.measure()) != nil }
    return try Comparison.run(
      "Network \(name)", subject: "\(count) batches of \(shape), one thread, loading not counted",
      rounds: rounds, contenders: [("Afterclass, float32", ours)] + halved + openCV + peers)
  }

  /// The recipes that ship, next to PyTorch with the same networks.
  func trainings() -> [Part] {
    ["seed", "afterclass"].map { recipe in
      let title = "Training \(recipe)"
      return Part(title: title) { try train(title, recipe) }
    }
  }

  private func train(_ title: String, _ recipe: String) throws -> Comparison {
    let (count, threads) = (recipe == "seed" ? 4 : 16, min(2, ProcessInfo.processInfo.activeProcessorCount))
    let steps = ["--count", "\(count)", "--threads", "\(threads)"]
    let ours = ["stage", "training", recipe] + steps
    let script = URL(fileURLWithPath: "Tests/Benchmarks/training.py").path
    let peer = Command(python, [script, recipe, "\(count)", "\(threads)"], timesItself: true)
    let hasPeer = (try? Command(python, ["-c", "import torch"]).measure()) != nil
    let gainsByHalves = Precision.bfloat16.onThisProcessor == .bfloat16
    let halves = Command(program, ours + ["--bfloat16"], timesItself: true)
    return try Comparison.run(
      title, subject: "\(count) steps of 128 pictures: forward, backward, optimizer; \(threads) threads",
      quantity: .wall, rounds: rounds,
      contenders: (hasPeer ? [("PyTorch, float32", peer)] : [])
        + [("Afterclass, float32", Command(program, ours, timesItself: true))]
        + (gainsByHalves ? [("Afterclass, bfloat16", halves)] : []))
  }

  /// A program around Debian's OpenCV, made by the C++ compiler that is there.
  private func openCVPeer() -> String? {
    let peer = scratch.appendingPathComponent("opencv-peer").path
    if FileManager.default.fileExists(atPath: peer) { return peer }
    let source = ["Tests/Benchmarks/opencv.cpp", "-isystem", "/usr/include/opencv4"]
    let options = ["-O2", "-std=c++17", "-o", peer, "-lopencv_dnn", "-lopencv_core"]
    return (try? Command("c++", source + options).measure()).map { _ in peer }
  }
}
