import ArgumentParser
import Benchmarking
import Foundation
import Networks
import Pipeline
import Training

extension StageCommand {
  /// Steps of a training alone: forward, backward and the optimizer, on one batch again and again.
  struct TrainingSteps: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "training",
      abstract: "Train a recipe's network for some steps; prints what that used as JSON.")

    @Argument(help: "A recipe: a YAML file, or the name of one in Pipelines/Recipes.") var recipe: String
    @Option(help: "How many steps.") var count = 4
    @Option(help: "Threads of the network's arithmetic.") var threads = 1
    @Flag(name: .customLong("bfloat16"), help: "In bfloat16 where that is faster.") var halves = false

    func run() throws {
      let recipe = try Recipe(path: try Installation().recipe(recipe).path)
      let session = try TrainingSession(
        graph: recipe.network.graph(name: recipe.name, seed: recipe.seed), batch: recipe.batchSize,
        precision: halves ? .bfloat16 : .float32, threads: threads, seed: recipe.seed)
      let inputs = session.inputShapes[0].reduce(1, *)
      let (rows, classes) = (session.batch, session.outputShapes[0].last ?? 1)
      try session.setInput((0..<inputs).map { Float($0 % 251) / 251 })
      let targets = (0..<rows * classes).map { Float($0 % classes == $0 / classes % classes ? 1 : 0) }
      let optimizer = recipe.optimizer.optimizer(rate: Double(recipe.optimizer.learningRate))
      func step() throws {
        try session.forward(training: true)
        _ = try session.crossEntropy(targets)
        try session.backward()
        session.step(optimizer)
      }
      try step()
      let usage = try ProcessUsage.measure { for _ in 0..<count { try step() } }
      try StageCommand.tell(usage)
    }
  }
}
