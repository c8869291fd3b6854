import Foundation
import Testing

/// A data set looked at, learned from to the last epoch, and the network of it measured, as an engineer does it.
@Suite struct TrainingToItsEndTests {
  private let folder = TemporaryFolder()

  private static let recipe = """
    epochs: 6
    batch_size: 32
    network:
      layers:
        - convolution: {width: 8, kernel: 3, stride: 2}
        - flatten
        - dense: 7
    optimizer: {learning_rate: 0.05}

    """

  private func path(_ name: String) -> String { folder.url.appendingPathComponent(name).path }

  private func run(_ arguments: String...) throws -> CommandLine.Result {
    let result = try CommandLine.run(arguments)
    try #require(result.status == 0, "\(arguments.joined(separator: " ")): \(result.errors)")
    return result
  }

  private func names(in folder: String) throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: path(folder)))
  }

  @Test func `what was trained to its end is a bundle that is checked, measured and quantized`() throws {
    try MadeFaces.table().write(to: URL(fileURLWithPath: path("faces.csv")))
    try Data(Self.recipe.utf8).write(to: URL(fileURLWithPath: path("squares.yaml")))

    let explored = try run("dataset", "explore", path("faces.csv"), "--output", path("look"))
    #expect(explored.output.contains("\(MadeFaces.training + MadeFaces.validation)"), "\(explored.output)")

    let train = [
      "train", "--recipe", path("squares.yaml"), "--data", path("faces.csv"), "--output", path("run"),
    ]
    let trained = try CommandLine.run(train)
    try #require(trained.status == 0, "\(trained.errors)")
    #expect(trained.errors.contains("epoch 6/6"), "\(trained.errors)")
    let needed: Set = [
      "bundle", "history.csv", "curves.svg", "training.html", "recipe.yaml", "best.checkpoint",
    ]
    #expect(try names(in: "run").isSuperset(of: needed))
    let again = try CommandLine.run(train)
    #expect(again.status != 0 && again.errors.contains("--resume"), "\(again.errors)")

    _ = try run("bundle", "check", path("run/bundle"))
    let measured = try run(
      "evaluate", path("run/bundle"), "--data", path("faces.csv"), "--output", path("figures"))
    #expect(measured.output.contains("100.00 %"), "\(measured.output)")
    #expect(try names(in: "figures").contains("evaluation.html"))
    let apart = try CommandLine.run(
      ["evaluate", path("run/bundle"), "--data", path("faces.csv"), "--split", "PrivateTest"])
    #expect(apart.status != 0 && apart.errors.contains("PrivateTest"), "\(apart.errors)")

    let quantized = try run("bundle", "quantize", path("run/bundle"), "--data", path("faces.csv"))
    #expect(quantized.output.contains("100.00 %"), "\(quantized.output)")
    _ = try run("bundle", "check", path("run/bundle"))
  }
}
