public import Foundation

/// All comparisons of one session, with the machine that they ran on.
public struct BenchmarkReport: Codable, Sendable {
  public let date: String
  public let machine: Machine
  public var comparisons: [Comparison]

  public init(date: Date = Date(), machine: Machine = .current(), comparisons: [Comparison] = []) {
    self.date = date.formatted(.iso8601.year().month().day())
    self.machine = machine
    self.comparisons = comparisons
  }

  /// What figures of speed depend on.
  public struct Machine: Codable, Sendable {
    public let processor: String
    public let cores: Int
    /// Processes that wanted a core in the minute before: above zero, wall times mean little.
    public let load: Double

    public init(processor: String, cores: Int, load: Double) {
      self.processor = processor
      self.cores = cores
      self.load = load
    }

    public static func current() -> Machine {
      let information = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
      let model = information.split(separator: "\n").first { $0.hasPrefix("model name") }
      let name = model?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
      let load = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8))?.split(separator: " ").first
      return Machine(
        processor: name ?? "unknown processor", cores: ProcessInfo.processInfo.activeProcessorCount,
        load: load.flatMap { Double($0) } ?? 0)
    }
  }

  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    return try encoder.encode(self)
  }

  /// A dated entry for `Reports/Measurements`.
  public func markdown(command: String) -> String {
    let head = """
      # Speed, \(date)

      \(machine.processor), \(machine.cores) cores, load \(fixed(machine.load, 1)) when it began. Runs alternate; \
      medians, with the lowest and the highest in brackets. Ratios are taken round by round.

          \(command)

      """
    return ([head] + comparisons.map(section)).joined(separator: "\n")
  }

  private func section(_ comparison: Comparison) -> String {
    let rows = comparison.contenders.enumerated().map { index, contender in
      let cells = [
        contender.name, spread(contender.runs.map(\.cpuSeconds), 2),
        spread(contender.runs.map(\.wallSeconds), 2), spread(contender.runs.map(\.peakMegabytes), 0),
        index == 0 ? "1" : spread(comparison.ratios(index), 3), "`\(contender.command)`",
      ]
      return "| " + cells.joined(separator: " | ") + " |"
    }
    return """
      ## \(comparison.title)

      \(comparison.subject); \(comparison.contenders.first?.runs.count ?? 0) rounds.

      | | CPU s | wall s | peak MB | ratio of \(comparison.quantity.name) | command |
      | --- | --- | --- | --- | --- | --- |
      \(rows.joined(separator: "\n"))

      """
  }
}

/// `1.23 (1.20-1.31)`.
func spread(_ values: [Double], _ digits: Int) -> String {
  guard let spread = Spread(values) else { return "" }
  return "\(fixed(spread.median, digits)) (\(fixed(spread.lowest, digits))-\(fixed(spread.highest, digits)))"
}

func fixed(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
