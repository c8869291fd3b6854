import Foundation
public import Media

/// What measuring took, and what could not be had: for `run.json` and `--profile`, never for a result.
public struct Account: Hashable, Sendable, Codable {
  public enum Stage: String, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    case decode, layout, detect, register, classify
  }

  public struct Effort: Hashable, Sendable, Codable {
    /// CPU seconds of the slice's own thread.
    public var seconds = 0.0
    /// Frames decoded or searched, faces registered or classified.
    public var count = 0
  }

  public var stages: [Stage: Effort] = [:]
  public var samples = 0
  public var faces = 0
  /// Faces that were found but could not be registered or classified.
  public var unreadableFaces = 0
  public var gaps: [Gap] = []

  public init() {}

  /// Runs `body` on the stage's clock.
  mutating func time<Value>(
    _ stage: Stage, count: Int = 1, _ body: () throws -> Value
  ) rethrows -> Value {
    let start = Self.threadSeconds()
    defer {
      stages[stage, default: Effort()].seconds += Self.threadSeconds() - start
      stages[stage, default: Effort()].count += count
    }
    return try body()
  }

  public mutating func add(_ other: Account) {
    for (stage, effort) in other.stages {
      stages[stage, default: Effort()].seconds += effort.seconds
      stages[stage, default: Effort()].count += effort.count
    }
    samples += other.samples
    faces += other.faces
    unreadableFaces += other.unreadableFaces
    gaps += other.gaps
  }

  private static func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

extension Account {
  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let data = try? encoder.encode(self)
    return data.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  init(json: String) {
    self = (try? JSONDecoder().decode(Account.self, from: Data(json.utf8))) ?? Account()
  }
}
