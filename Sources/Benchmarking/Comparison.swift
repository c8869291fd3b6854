/// Contenders measured in turns, so that a busy minute of the machine meets them all.
public struct Comparison: Codable, Sendable {
  public struct Contender: Codable, Sendable {
    public let name: String
    /// The command that was timed, as one would type it.
    public let command: String
    /// One for each round, in order.
    public var runs: [ProcessUsage]

    public init(name: String, command: String, runs: [ProcessUsage] = []) {
      self.name = name
      self.command = command
      self.runs = runs
    }
  }

  /// The figure that decides a comparison.
  public enum Quantity: String, Codable, Sendable {
    case cpu, wall, memory

    public func callAsFunction(_ usage: ProcessUsage) -> Double {
      switch self {
      case .cpu: usage.cpuSeconds
      case .wall: usage.wallSeconds
      case .memory: usage.peakMegabytes
      }
    }

    var name: String { self == .memory ? "peak memory" : "\(self == .cpu ? "CPU" : "wall") seconds" }
    var unit: String { self == .memory ? "MB" : "s" }
  }

  public let title: String
  /// What the contenders worked on.
  public let subject: String
  /// The first one is the reference that the others are divided by.
  public internal(set) var contenders: [Contender]
  public let quantity: Quantity

  public init(title: String, subject: String, quantity: Quantity = .cpu, contenders: [Contender]) {
    self.title = title
    self.subject = subject
    self.quantity = quantity
    self.contenders = contenders
  }

  /// Runs every contender once a round, and the other way round in every second one.
  public static func run(
    _ title: String, subject: String, quantity: Quantity = .cpu, rounds: Int,
    contenders: [(name: String, command: Command)]
  ) throws -> Comparison {
    var result = Comparison(
      title: title, subject: subject, quantity: quantity,
      contenders: contenders.map { Contender(name: $0.name, command: $0.command.line) })
    for round in 0..<max(1, rounds) {
      let order = Array(contenders.indices)
      for index in round % 2 == 0 ? order : order.reversed() {
        result.contenders[index].runs.append(try contenders[index].command.measure())
      }
    }
    return result
  }

  /// A contender's quantity over the reference's, round by round.
  public func ratios(_ index: Int) -> [Double] {
    guard contenders.indices.contains(index) else { return [] }
    return zip(contenders[index].runs, contenders[0].runs).map { run, reference in
      quantity(run) / max(1e-9, quantity(reference))
    }
  }
}

/// The middle of some figures and how far they spread.
public struct Spread: Hashable, Sendable {
  public let median: Double
  public let lowest: Double
  public let highest: Double

  /// `nil` of nothing.
  public init?(_ values: [Double]) {
    let sorted = values.sorted()
    guard let lowest = sorted.first, let highest = sorted.last else { return nil }
    self.lowest = lowest
    self.highest = highest
    let middle = sorted.count / 2
    median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
