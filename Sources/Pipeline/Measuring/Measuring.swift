public import Media
public import Observations
import Synchronization
import Vocabulary

/// Measures what is left of a recording, its slices side by side over the cores.
public struct Measuring: Sendable {
  public let recording: Recording
  public let definition: Definition
  public let jobs: Int
  /// Makes the stages of one worker.
  public let stages: @Sendable () throws -> Stages
  public let tally: Tally
  /// Measure this portion alone.
  public var portion: Portion?

  public init(
    recording: Recording, definition: Definition, jobs: Int, tally: Tally,
    stages: @escaping @Sendable () throws -> Stages
  ) {
    self.recording = recording
    self.definition = definition
    self.jobs = jobs
    self.tally = tally
    self.stages = stages
  }

  public var grid: SamplingGrid { definition.sample.every.grid }

  /// Grid indices of the samples that the definition asks for.
  public var samples: Range<Int64> {
    let all = recording.indices(
      of: grid, from: definition.sample.from.time, to: definition.sample.to?.time)
    return portion?.range(of: all) ?? all
  }

  /// Measures every sample that `store` lacks. A finished slice is in the store at once and for good; what is
  /// killed loses the slices in hand and nothing else, what is cancelled not even those.
  public func run(into store: ObservationStore) async throws {
    let finished = try store.slices().map { $0.first...$0.last }
    let all = recording.indices(of: grid)
    let seconds = recording.duration.seconds * Double(samples.count) / Double(max(1, all.count))
    let length = Slicing.length(samples: Int64(samples.count), seconds: seconds, jobs: jobs)
    let slices = Slicing.slices(of: samples, without: finished, length: length)
    tally.plan(samples.count, before: samples.count - slices.reduce(0) { $0 + $1.count })

    let waiting = SliceQueue(slices)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<min(max(1, jobs), slices.count) {
        group.addTask {
          let worker = Worker(name: "slice \(number)")
          let stages = stages
          try await worker.prepare { try Walk(self, stages()) }
          while let slice = waiting.next() {
            try Task.checkCancellation()
            try await worker.measure(slice, into: store)
          }
        }
      }
      try await group.waitForAll()
    }
  }
}

private final class SliceQueue: Sendable {
  private let waiting: Mutex<ArraySlice<Range<Int64>>>

  init(_ slices: [Range<Int64>]) { waiting = Mutex(slices[...]) }

  func next() -> Range<Int64>? { waiting.withLock { $0.popFirst() } }
}

/// One core's worth of measuring, on a thread of its own.
private actor Worker {
  private let thread: OwnThread
  private var walk: Walk?

  nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  init(name: String) { thread = OwnThread(name: name) }

  func prepare(_ make: @Sendable () throws -> Walk) throws { walk = try make() }

  func measure(_ slice: Range<Int64>, into store: ObservationStore) throws {
    guard let walk else { return }
    let measured = try walk.measure(slice)
    if !measured.range.isEmpty {
      let record = SliceRecord(
        first: measured.range.lowerBound, last: measured.range.upperBound - 1, account: measured.account.json)
      try store.commit(record, samples: measured.samples)
    }
    if measured.range != slice { throw CancellationError() }
  }
}

extension Walk {
  init(_ measuring: Measuring, _ stages: Stages) {
    self.init(
      recording: measuring.recording, grid: measuring.grid,
      wanted: measuring.definition.detect, stages: stages, tally: measuring.tally)
  }
}

extension Interval {
  /// Seconds that a sample stands for; a usual distance of keyframes where they are taken.
  public var seconds: Double {
    switch self {
    case .time(let time): time.seconds
    case .keyframe: 5
    }
  }

  var grid: SamplingGrid {
    switch self {
    case .time(let time): .every(time)
    case .keyframe: .keyframes
    }
  }
}
