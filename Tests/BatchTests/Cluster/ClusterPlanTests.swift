import Foundation
import Logging
import Pipeline
import Testing

@testable import Batch

/// Answers for each recording's portion, and writes down what it was asked.
private actor Answers: Analyst {
  private(set) var asked: [String] = []
  private let answers: [String: JobOutcome]

  init(_ answers: [String: JobOutcome] = [:]) { self.answers = answers }

  func analyse(_ job: Job) async -> JobOutcome {
    let name = job.recording.lastPathComponent + (job.portion.map { " \($0)" } ?? "")
    asked.append(name)
    return answers[name] ?? .finished
  }
}

@Suite("A night that is handed to a cluster ends as one on this machine would")
struct ClusterPlanTests {
  private let output = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

  private func night() throws -> Night {
    try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    return Night(
      folders: [], output: output, work: "w", catalogue: try Catalogue(output: output),
      log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  private func jobs() -> [Job] {
    ["short", "long", "bad"].map { name in
      var job = Job.example(recording: "/in/\(name).mp4", digest: name)
      job.folder = output.appendingPathComponent(name)
      job.title = name
      return job
    }
  }

  private func plan(_ night: Night) throws -> ClusterPlan {
    var result = Night.Result()
    result.tally.unchanged = 2
    let entry = NightEntry(process: 1, started: 0, due: 3, tally: result.tally)
    let plan = ClusterPlan(
      of: night, id: try night.catalogue.begin(entry), jobs: jobs(), result: result, arguments: [],
      portions: { $0.title == "long" ? 3 : 1 },
      isMeasured: { job, portion in portion.number == 2 })
    try plan.begin(in: output)
    return plan
  }

  @Test("A long recording is several elements, but for what an earlier array measured")
  func elements() throws {
    defer { try? FileManager.default.removeItem(at: output) }
    let plan = try plan(night())
    #expect(plan.elements.map(\.job) == [0, 1, 1, 2])
    #expect(plan.elements.map { $0.portion?.description } == [nil, "1/3", "3/3", nil])
    #expect(ClusterPlan.portions(seconds: 5300) == 1)
    #expect(ClusterPlan.portions(seconds: 7200) == 2)
    #expect(ClusterPlan.portions(seconds: 10, each: 4) == 3)
  }

  @Test("Merging enters reports and failures, and reports on what was measured in portions")
  func merging() async throws {
    defer { try? FileManager.default.removeItem(at: output) }
    let night = try night()
    let plan = try plan(night)
    let elements = Answers(["bad.mp4": .failed(.permanent, reason: "bad.mp4: no video")])
    for number in plan.elements.indices {
      let read = try #require(try ClusterPlan(in: output))
      _ = try await read.run(element: number, in: output, with: elements)
    }
    #expect(await elements.asked == ["short.mp4", "long.mp4 1/3", "long.mp4 3/3", "bad.mp4"])
    let merging = Answers()
    let result = try await night.merge(plan, with: merging)
    #expect(await merging.asked == ["long.mp4"])
    #expect(
      result.tally.line
        == "5 recordings: 2 new reports, 2 unchanged, 1 failed (bad.mp4: no video)")
    #expect(Set(try night.catalogue.reports().map(\.title)) == ["short", "long"])
    #expect(try night.catalogue.lastNight()?.ended != nil)
    #expect(try ClusterPlan(in: output) == nil)
  }

  @Test("An element that was killed is a failure to be tried again; one that was stopped is left")
  func missing() async throws {
    defer { try? FileManager.default.removeItem(at: output) }
    let night = try night()
    let plan = try plan(night)
    let elements = Answers(["bad.mp4": .stopped])
    for number in [0, 1, 3] { _ = try await plan.run(element: number, in: output, with: elements) }
    let merging = Answers()
    let result = try await night.merge(plan, with: merging)
    #expect(await merging.asked.isEmpty)
    #expect(result.tally.new == 1 && result.tally.failed == 1 && result.tally.left == 1)
    #expect(result.stopped)
    let failure = try #require(try night.catalogue.failures().first)
    #expect(failure.path == "/in/long.mp4" && failure.failure.kind == .transient)
    #expect(failure.failure.reason.hasSuffix(".cluster/logs/2.txt"))
  }

  @Test("While Slurm is at work nobody else may be")
  func busy() throws {
    defer { try? FileManager.default.removeItem(at: output) }
    var plan = try plan(night())
    plan.arrays = ["7"]
    #expect(throws: Never.self) { try plan.checkIdle(in: output, states: [:]) }
    let busy = #expect(throws: ClusterPlan.Busy.self) {
      try plan.checkIdle(in: output, states: ["PENDING": 1])
    }
    #expect(busy?.outcome == .inUse)
  }
}

@Suite("Slurm is handed scripts that survive odd names and end by the clock")
struct SlurmScriptTests {
  private func script(deadline: Date? = nil) -> SlurmScript {
    SlurmScript(
      executable: "/opt/after class/afterclass", output: URL(fileURLWithPath: "/srv/it's 50%"), jobs: 2,
      deadline: deadline)
  }

  @Test("An array's element runs its own number of the plan")
  func array() {
    #expect(
      script().array(first: 1000, count: 42) == """
        #!/bin/sh
        #SBATCH --job-name=afterclass
        #SBATCH --array=0-41
        #SBATCH --cpus-per-task=2
        #SBATCH --output=/dev/null
        #SBATCH --requeue
        element=$((SLURM_ARRAY_TASK_ID + 1000))
        exec >>'/srv/it'\\''s 50%/.cluster/logs'/$element.txt 2>&1
        exec '/opt/after class/afterclass' cluster element --output '/srv/it'\\''s 50%' $element

        """)
  }

  @Test("The night's end is a limit of time, and takes what has not begun out of the queue")
  func deadline() {
    let now = Date(timeIntervalSince1970: 1_800_000_000)
    let text = script(deadline: now + 90 * 60).array(first: 0, count: 1, now: now)
    #expect(text.contains("#SBATCH --time=91\n"))
    #expect(text.contains("#SBATCH --deadline=2027-01-15T"))
  }

  @Test("A Slurm without arrays is told, not divided by")
  func noArrays() throws {
    #expect(try Slurm.largestArray(configuration: "MaxArraySize            = 501\n") == 501)
    #expect(try Slurm.largestArray(configuration: "") == 1001)
    let error = #expect(throws: Slurm.Failed.self) {
      try Slurm.largestArray(configuration: "MaxArraySize            = 0\n")
    }
    #expect(error?.description.contains("MaxArraySize = 0") == true)
  }

  @Test("The merging job waits for all arrays, however they end")
  func merging() {
    #expect(script().merging(after: ["7", "8"]).contains("#SBATCH --dependency=afterany:7:8\n"))
    #expect(!script().merging(after: []).contains("--dependency"))
  }
}
