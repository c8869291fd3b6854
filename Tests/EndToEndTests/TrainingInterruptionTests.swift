import Foundation
import Testing

/// `train` as a person stops it and goes on with it, and what it asks for before it reads any face.
@Suite struct TrainingInterruptionTests {
  private let folder = TemporaryFolder()
  var output: URL { folder.url.appendingPathComponent("run") }

  /// An epoch takes a moment, and there are more of them than anybody waits for.
  static let recipe = """
    epochs: 100000
    batch_size: 32
    network:
      layers:
        - convolution: {width: 4, stride: 4}
        - global_pool
        - dense: 7
    optimizer: {learning_rate: 0.01}

    """

  func file(_ name: String, _ bytes: Data) throws -> String {
    let file = folder.url.appendingPathComponent(name)
    try bytes.write(to: file)
    return file.path
  }

  /// - Returns: whether it came true within a minute.
  private func wait(until isTrue: () throws -> Bool) rethrows -> Bool {
    let start = ContinuousClock.now
    while try !isTrue() {
      guard start.duration(to: .now) < .seconds(60) else { return false }
      usleep(20_000)
    }
    return true
  }

  /// Starts the program, and stops it with SIGTERM once `isReached`.
  private func stop(_ arguments: [String], once isReached: () throws -> Bool) throws -> CommandLine.Result {
    let process = CommandLine.process(arguments)
    let path = try file("errors.txt", Data())
    func errors() -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try process.run()
    defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
    let isThere = try wait { try !process.isRunning || isReached() }
    try #require(isThere && process.isRunning, "\(errors())")
    process.terminate()
    let hasEnded = wait { !process.isRunning }
    try #require(hasEnded, "\(errors())")
    process.waitUntilExit()
    return CommandLine.Result(status: process.terminationStatus, output: "", errors: errors())
  }

  /// `history.csv` as it is now; it is replaced whole.
  private var history: String {
    (try? String(contentsOf: output.appendingPathComponent("history.csv"), encoding: .utf8)) ?? ""
  }

  private var epochs: Int { max(0, history.split(separator: "\n").count - 1) }

  @Test func aStoppedTrainingSaysHowToGoOnAndGoesOnAfterItsLastWholeEpoch() throws {
    let recipe = try file("tiny.yaml", Data(Self.recipe.utf8))
    let arguments = [
      "train", "--recipe", recipe, "--data", try file("faces.csv", MadeFaces.table()), "--output",
      output.path,
    ]
    let stopped = try stop(arguments) { epochs > 0 }
    #expect(stopped.status == 3 && stopped.errors.contains("--resume"), "\(stopped.errors)")

    let (before, count) = (history, epochs)
    let resumed = try stop(arguments + ["--resume"]) { epochs > count }
    #expect(resumed.status == 3, "\(resumed.errors)")
    #expect(resumed.errors.contains("going on after epoch \(count)\n"), "\(resumed.errors)")
    #expect(history.hasPrefix(before))
  }

  @Test func teachersAreNamedForARecipeThatLearnsFromThemAndForNoOther() throws {
    func train(_ name: String, _ text: String, _ more: String...) throws -> CommandLine.Result {
      let recipe = try file(name, Data(text.utf8))
      let data = folder.url.appendingPathComponent("none.csv").path
      return try CommandLine.run(
        ["train", "--recipe", recipe, "--data", data, "--output", output.path] + more)
    }
    let untaught = try train("taught.yaml", Self.recipe + "targets: {teacher_share: 0.5}\n")
    #expect(untaught.status == 64, "\(untaught.errors)")
    #expect(untaught.errors.contains("taught learns from other networks"), "\(untaught.errors)")
    #expect(untaught.errors.contains("--teacher"))
    let idle = try train("tiny.yaml", Self.recipe, "--teacher", folder.url.path)
    #expect(idle.status == 64, "\(idle.errors)")
    #expect(idle.errors.contains("give its targets a teacher_share"), "\(idle.errors)")
    #expect(!FileManager.default.fileExists(atPath: output.path))
  }
}

extension TrainingInterruptionTests {
  @Test func votesAreAskedForByEveryRecipeThatLearnsFromThem() throws {
    for (key, text) in [
      ("targets", Self.recipe + "targets: {skip_non_faces: true}\n"),
      ("shares", Self.recipe + "targets: {label_share: 0.5}\n"),
      ("both", Self.recipe.replacing("network:\n", with: "network:\n  votes_output: true\n")),
    ] {
      let recipe = try file("\(key).yaml", Data(text.utf8))
      let result = try CommandLine.run(
        ["train", "--recipe", recipe, "--data", "none.csv", "--output", output.path])
      #expect(result.status == 64, "\(result.errors)")
      #expect(result.errors.contains("--votes"), "\(result.errors)")
    }
  }
}
