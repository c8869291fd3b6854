import Foundation
import Testing

@testable import Networks

@Suite struct TrainingSessionTests {
  /// Conv 16 3×3, batch norm, ReLU, max-pool, dropout, dense 3 on 6×6 pictures.
  private func network(softmax: Bool = false) -> Graph {
    var check = GradientCheck(seed: 1, input: [8, 1, 6, 6])
    check.graph.parameters["x"] = nil
    check.graph.nodes = []
    check.addRandom("weight", [16, 1, 3, 3])
    check.add("scale", [16], Array(repeating: 1, count: 16))
    check.add("shift", [16], Array(repeating: 0, count: 16))
    check.add("mean", [16], Array(repeating: 0, count: 16))
    check.add("variance", [16], Array(repeating: 1, count: 16))
    check.addRandom("dense", [3, 144], in: -0.1...0.1)
    check.addRandom("bias", [3])
    let window = Window(kernel: [3, 3], pads: [1, 1, 1, 1])
    check.append(.convolution(window, groups: 1), ["input", "weight"], output: "conv")
    check.append(
      .batchNormalization(epsilon: 1e-3, momentum: 0.75), ["conv", "scale", "shift", "mean", "variance"],
      output: "normal")
    check.append(.relu, ["normal"], output: "relu")
    check.append(
      .maxPool(Window(kernel: [2, 2], strides: [2, 2]), ceiling: false), ["relu"], output: "pool")
    check.append(.dropout(ratio: 0.25), ["pool"], output: "drop")
    check.append(.flatten(axis: 1), ["drop"], output: "flat")
    check.append(
      .gemm(alpha: 1, beta: 1, transposesA: false, transposesB: true), ["flat", "dense", "bias"],
      output: "logits")
    if softmax { check.append(.softmax(axis: 1), ["logits"], output: "probabilities") }
    return check.graph
  }

  /// Batches in which the class is the brightest third of the picture.
  private func batch(_ index: Int) -> (pictures: [Float], targets: [Float]) {
    var random = SeededGenerator(seed: UInt64(index))
    var pictures: [Float] = []
    var targets: [Float] = []
    for _ in 0..<8 {
      let label = Int.random(in: 0..<3, using: &random)
      pictures += (0..<36).map { Float.random(in: 0...0.5, using: &random) + ($0 / 12 == label ? 0.7 : 0) }
      targets += (0..<3).map { $0 == label ? 1 : 0 }
    }
    return (pictures, targets)
  }

  /// Its gradient is zero; of rounding's rest Adam would make full steps.
  @Test(arguments: [Precision.float32, .bfloat16]) func aBiasBeforeBatchNormalizationStays(
    precision: Precision
  ) throws {
    var graph = network()
    let begun = (0..<16).map { Float($0) / 16 - 0.5 }
    graph.parameters["before"] = Tensor(shape: [16], values: begun)
    let place = try #require(graph.nodes.firstIndex { $0.outputs == ["conv"] })
    graph.nodes[place].inputs.append("before")
    let session = try TrainingSession(graph: graph, batch: 8, precision: precision, seed: 1)
    _ = try train(session, batches: 0..<5)
    let trained = session.graph().parameters
    #expect(trained["before"]?.values == begun)
    #expect(trained["weight"]?.values != graph.parameters["weight"]?.values)
  }

  @Test func noStepOfAOneChannelNetworkIsOneDNNsReferenceCode() throws {
    let plan = try TrainingSession(graph: network(), batch: 8, seed: 1).plan
    let primitives = (plan.trainingSteps + plan.backwardSteps).compactMap { $0 as? Primitive }
    #expect(primitives.count > 10)
    #expect(primitives.map(\.implementation).filter { $0.hasPrefix("ref") } == [])
  }

  private func train(_ session: TrainingSession, batches: Range<Int>) throws -> [Float] {
    try batches.map { index in
      let (pictures, targets) = batch(index)
      try session.setInput(pictures)
      try session.forward(training: true)
      let loss = try session.crossEntropy(targets)
      try session.backward()
      session.step(.adam(learningRate: 0.01))
      session.updateAverage(decay: 0.9)
      return loss
    }
  }

  @Test(arguments: Precision.allCases, [false, true])
  func aSeparableTaskIsLearned(precision: Precision, softmax: Bool) throws {
    let session = try TrainingSession(graph: network(softmax: softmax), batch: 8, precision: precision)
    #expect(session.precision == (Processor.gainsByBFloat16 ? precision : .float32))
    let losses = try train(session, batches: 0..<60)
    #expect(losses.suffix(5).reduce(0, +) / 5 < 0.2)
    let (pictures, targets) = batch(1000)
    try session.setInput(pictures)
    try session.forward(training: false)
    #expect(try session.crossEntropy(targets) < 0.3)
  }

  @Test func sameSeedSameBits() throws {
    let runs = try (0..<2).map { _ in
      let session = try TrainingSession(graph: network(), batch: 8, seed: 3)
      return (try train(session, batches: 0..<10), session.graph())
    }
    #expect(runs[0].0 == runs[1].0)
    #expect(runs[0].1 == runs[1].1)
    let other = try TrainingSession(graph: network(), batch: 8, seed: 4)
    #expect(try train(other, batches: 0..<10) != runs[0].0)
  }

  @Test func aResumedTrainingGivesTheBitsOfAnUninterruptedOne() throws {
    let whole = try TrainingSession(graph: network(), batch: 8, seed: 3)
    _ = try train(whole, batches: 0..<12)
    let first = try TrainingSession(graph: network(), batch: 8, seed: 3)
    _ = try train(first, batches: 0..<5)
    let url = FileManager.default.temporaryDirectory.appending(path: "state-\(UUID()).training")
    defer { try? FileManager.default.removeItem(at: url) }
    try first.state(attachment: Data("epoch 5".utf8)).write(to: url)
    let state = try TrainingState(contentsOf: url)
    #expect(state.attachment == Data("epoch 5".utf8))
    let second = try TrainingSession(graph: network(), batch: 8)
    try second.restore(state)
    _ = try train(second, batches: 5..<12)
    #expect(second.graph() == whole.graph())
    #expect(second.state() == whole.state())
  }

  @Test func aTrainingThatBeginsWithAnothersWeightsIsItsOwnOtherwise() throws {
    let first = try TrainingSession(graph: network(), batch: 8, seed: 3)
    _ = try train(first, batches: 0..<3)
    let second = try TrainingSession(graph: network(), batch: 8, seed: 4)
    try second.begin(with: first.state())
    #expect(second.graph() == first.graph())
    let fresh = try TrainingSession(graph: first.graph(), batch: 8, seed: 4)
    _ = try (train(second, batches: 3..<6), train(fresh, batches: 3..<6))
    #expect(second.state() == fresh.state())
  }

  @Test func aDamagedOrForeignCheckpointIsRefused() throws {
    let session = try TrainingSession(graph: network(), batch: 8)
    let url = FileManager.default.temporaryDirectory.appending(path: "state-\(UUID()).training")
    defer { try? FileManager.default.removeItem(at: url) }
    try session.state().write(to: url)
    let whole = try Data(contentsOf: url)
    for length in [0, 7, 19, 100, whole.count - 1] {
      try whole.prefix(length).write(to: url)
      #expect(throws: NetworksError.self) { try TrainingState(contentsOf: url) }
    }
    var changed = whole
    changed[whole.count / 2] ^= 1
    try changed.write(to: url)
    #expect(throws: NetworksError.self) { try TrainingState(contentsOf: url) }

    var other = network()
    other.parameters["bias"] = Tensor(zeros: [3])
    other.nodes[0].inputs[1] = "kernel"
    other.parameters["kernel"] = Tensor(zeros: [16, 1, 3, 3])
    let foreign = try TrainingSession(graph: other, batch: 8)
    #expect(throws: NetworksError.self) { try foreign.restore(session.state()) }
  }

  @Test func runningStatisticsMoveTowardsTheBatch() throws {
    let session = try TrainingSession(graph: network(), batch: 8)
    let picture = (0..<36).map { Float($0) / 36 }
    try session.setInput(Array(repeating: picture, count: 8).flatMap(\.self))
    try session.forward(training: true)
    let once = try #require(session.graph().parameters["mean"]).values
    try session.forward(training: true)
    let twice = try #require(session.graph().parameters["mean"]).values
    // 0.25 m, then 0.75 × 0.25 m + 0.25 m.
    for (a, b) in zip(once, twice) { #expect(abs(b - 1.75 * a) < 1e-5) }
  }

  @Test func theAverageIsExchangedAndExchangedBack() throws {
    let session = try TrainingSession(graph: network(), batch: 8)
    _ = try train(session, batches: 0..<3)
    let current = session.graph()
    session.exchangeAverage()
    #expect(session.graph() != current)
    session.exchangeAverage()
    #expect(session.graph() == current)
  }

  @Test func dropoutKeepsTheShareAndTheMeanItPromises() throws {
    var check = GradientCheck(seed: 1, input: [1, 100_000])
    check.append(.dropout(ratio: 0.3), ["data"], output: "y")
    check.add("x", [1, 100_000], Array(repeating: 0, count: 100_000))
    for precision in Precision.allCases {
      let session = try TrainingSession(graph: check.graph, batch: 1, precision: precision)
      try session.setInput(Array(repeating: 1, count: 100_000))
      try session.forward(training: true)
      let values = try session.output()
      let dropped = values.filter { $0 == 0 }.count
      #expect(abs(dropped - 30_000) < 700)
      #expect(values.allSatisfy { $0 == 0 || abs($0 - 1 / 0.7) < 0.01 })
      try session.forward(training: false)
      #expect(try session.output().allSatisfy { $0 == 1 })
    }
  }

  @Test func softCrossEntropyEqualsItsFormula() throws {
    let session = try TrainingSession(graph: network(), batch: 8)
    try session.setInput(batch(0).pictures)
    try session.forward(training: false)
    let logits = try session.output().prefix(3).map(Double.init)
    var targets = Array(repeating: Float(0), count: 24)
    targets.replaceSubrange(0..<3, with: [0.7, 0.2, 0.1])
    let logSum = log(logits.map(exp).reduce(0, +))
    let expected = -(0.7 * (logits[0] - logSum) + 0.2 * (logits[1] - logSum) + 0.1 * (logits[2] - logSum)) / 8
    #expect(abs(Double(try session.crossEntropy(targets)) - expected) < 1e-5)
  }

  @Test(arguments: [false, true])
  func softCrossEntropysGradientEqualsDifferences(softmax: Bool) throws {
    var check = GradientCheck(seed: 4, input: [3, 5])
    if softmax { check.append(.softmax(axis: 1), ["data"], output: "probabilities") }
    let session = try TrainingSession(graph: check.graph, batch: 3)
    // A soft target, a hard one, and a row that counts nothing.
    let targets: [Float] = [0.5, 0.1, 0.1, 0.1, 0.2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    func loss() throws -> Double {
      try session.forward(training: true)
      return Double(try session.crossEntropy(targets))
    }
    _ = try loss()
    try session.backward()
    let gradient = try #require(session.gradient(of: "x")).values
    let start = try #require(session.plan.weights["x"]).offset
    for index in gradient.indices {
      let original = session.plan.weights.floats[start + index]
      session.plan.weights.floats[start + index] = original + 0.01
      let above = try loss()
      session.plan.weights.floats[start + index] = original - 0.01
      let below = try loss()
      session.plan.weights.floats[start + index] = original
      #expect(abs((above - below) / 0.02 - Double(gradient[index])) < 1e-4)
    }
    #expect(gradient.suffix(5).allSatisfy { $0 == 0 })
  }

  @Test func theAverageMovesByItsDecay() throws {
    let session = try TrainingSession(graph: network(), batch: 8)
    func weights(averaged: Bool) throws -> [Float] {
      if averaged { session.exchangeAverage() }
      defer { if averaged { session.exchangeAverage() } }
      return try #require(session.graph().parameters["dense"]).values
    }
    session.updateAverage(decay: 0.75)
    let first = try weights(averaged: false)
    #expect(try weights(averaged: true) == first)
    let (pictures, targets) = batch(0)
    try session.setInput(pictures)
    try session.forward(training: true)
    _ = try session.crossEntropy(targets)
    try session.backward()
    session.step(.sgd(learningRate: 0.5))
    session.updateAverage(decay: 0.75)
    let second = try weights(averaged: false)
    #expect(second != first)
    for (mean, (a, b)) in zip(try weights(averaged: true), zip(first, second)) {
      #expect(abs(mean - (0.75 * a + 0.25 * b)) < 1e-6)
    }
  }

  @Test func whatCannotBeTrainedIsNamed() {
    var graph = network()
    graph.nodes[2].operation = .transpose([0, 1, 3, 2])
    let error = #expect(throws: NetworksError.self) { try TrainingSession(graph: graph, batch: 8) }
    #expect(error?.description.contains("relu") == true)
    #expect(error?.description.contains("transpose") == true)
  }
}
