public import Foundation

/// Everything that a session needs to go on as if it had never stopped: weights, running statistics, the
/// optimizer's moments, the average, and how far dropout's generator is.
///
/// As a file: the eight bytes `ACTRAIN1`, the length of a JSON header as a little-endian UInt64, the header,
/// the little-endian float32 values in the header's order, and the CRC-32 of all that as a UInt32.
public struct TrainingState: Hashable, Sendable {
  /// Named stretches of numbers, such as `weights` or `moment 0`.
  var sections: [Section]
  var layout: [Entry]
  var seed: UInt64
  var passes: UInt64
  var steps: Int
  /// What the caller wants to keep in the same file, such as its epoch and its own generator.
  public var attachment: Data

  struct Section: Hashable, Sendable {
    var name: String
    var values: [Float]
  }

  /// A parameter's place: states fit sessions of the same parameters only.
  struct Entry: Hashable, Sendable, Codable {
    var name: String
    var shape: [Int]
  }
}

extension TrainingState {
  private struct Header: Codable {
    var sections: [String]
    var counts: [Int]
    var layout: [Entry]
    var seed: UInt64
    var passes: UInt64
    var steps: Int
    var attachment: Data
  }

  private static let magic = Data("ACTRAIN1".utf8)

  /// Writes the file whole or not at all.
  public func write(to url: URL) throws {
    let header = Header(
      sections: sections.map(\.name), counts: sections.map(\.values.count), layout: layout, seed: seed,
      passes: passes, steps: steps, attachment: attachment)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = try encoder.encode(header)
    var bytes = Self.magic
    withUnsafeBytes(of: UInt64(json.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes.append(json)
    for section in sections {
      section.values.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }
    withUnsafeBytes(of: CRC32.checksum(bytes).littleEndian) { bytes.append(contentsOf: $0) }
    try bytes.write(to: url, options: .atomic)
  }

  /// - Throws: `NetworksError.invalidFile` where the file is not a state, is cut off or was changed.
  public init(contentsOf url: URL) throws {
    func invalid(_ reason: String) -> NetworksError {
      .invalidFile(path: url.path, reason: reason)
    }
    guard let bytes = try? Data(contentsOf: url) else { throw invalid("cannot be read") }
    guard bytes.starts(with: Self.magic), bytes.count >= 20 else {
      throw invalid("is not a training checkpoint")
    }
    let body = bytes.dropLast(4)
    guard CRC32.checksum(body) == bytes.integer(UInt32.self, at: bytes.count - 4) else {
      throw invalid(
        "is damaged (checksum); start again, with --begin-with where the folder's best.checkpoint is whole")
    }
    let length = bytes.integer(UInt64.self, at: 8)
    guard length <= UInt64(body.count - 16),
      let header = try? JSONDecoder().decode(Header.self, from: body[16..<16 + Int(length)]),
      header.sections.count == header.counts.count,
      header.counts.allSatisfy({ (0...body.count).contains($0) }),
      body.count == 16 + Int(length) + 4 * header.counts.reduce(0, +)
    else { throw invalid("has a header that does not fit its size") }
    var offset = 16 + Int(length)
    sections = zip(header.sections, header.counts).map { name, count in
      let values = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
        _ = body.copyBytes(to: UnsafeMutableRawBufferPointer(buffer), from: offset..<offset + 4 * count)
        initialized = count
      }
      offset += 4 * count
      return Section(name: name, values: values)
    }
    (layout, seed, passes, steps) = (header.layout, header.seed, header.passes, header.steps)
    attachment = header.attachment
  }
}

extension TrainingSession {
  /// A copy of the session's state as it is now.
  public func state(attachment: Data = Data()) -> TrainingState {
    let (weights, statistics, memory) = (plan.weights, plan.statistics, optimizerMemory)
    var sections = [
      TrainingState.Section(name: "weights", values: Array(weights.floats)),
      TrainingState.Section(name: "statistics", values: Array(statistics.floats)),
    ]
    for (index, moment) in memory.moments.enumerated() {
      sections.append(.init(name: "moment \(index)", values: Array(weights.floats(in: moment))))
    }
    for (average, (name, arena)) in zip(
      memory.averages, [("average of weights", weights), ("average of statistics", statistics)])
    {
      sections.append(.init(name: name, values: Array(arena.floats(in: average))))
    }
    return TrainingState(
      sections: sections, layout: stateLayout, seed: plan.randomness.seed,
      passes: plan.randomness.pass, steps: memory.steps, attachment: attachment)
  }

  /// Continues from a state of the same network.
  ///
  /// - Throws: `NetworksError` where the state has other parameters.
  public func restore(_ state: TrainingState) throws {
    guard state.layout == stateLayout else { throw Self.mismatch }
    let (weights, statistics, memory) = (plan.weights, plan.statistics, optimizerMemory)
    memory.moments = []
    memory.averages = []
    for section in state.sections {
      let arena = section.name.hasSuffix("statistics") ? statistics : weights
      guard section.values.count == arena.count else { throw Self.mismatch }
      var buffer = arena.values
      if section.name != "weights" && section.name != "statistics" {
        buffer = arena.companion()
        if section.name.hasPrefix("average") {
          memory.averages.append(buffer)
        } else {
          memory.moments.append(buffer)
        }
      }
      _ = arena.floats(in: buffer).update(fromContentsOf: section.values)
    }
    plan.randomness.seed = state.seed
    plan.randomness.pass = state.passes
    memory.steps = state.steps
  }

  /// Takes over a state's weights and running statistics alone: a training of its own, with fresh moments, average
  /// and steps, and the seed that it was made with.
  ///
  /// - Throws: `NetworksError` where the state has other parameters.
  public func begin(with state: TrainingState) throws {
    guard state.layout == stateLayout else { throw Self.mismatch }
    for (name, arena) in [("weights", plan.weights), ("statistics", plan.statistics)] {
      guard let section = state.sections.first(where: { $0.name == name }),
        section.values.count == arena.count
      else { throw Self.mismatch }
      _ = arena.floats.update(fromContentsOf: section.values)
    }
  }

  private static var mismatch: NetworksError {
    .invalidGraph(
      node: "checkpoint", reason: "belongs to another network; start anew or name its own recipe")
  }

  private var stateLayout: [TrainingState.Entry] {
    (plan.weights.segments + plan.statistics.segments).map { .init(name: $0.name, shape: $0.shape) }
  }
}

extension Data {
  /// A little-endian integer at an offset that the caller has checked.
  fileprivate func integer<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number {
    let size = MemoryLayout<Number>.size
    return self[startIndex + offset..<startIndex + offset + size].reversed()
      .reduce(0) { $0 << 8 | Number($1) }
  }
}

/// The checksum of Ethernet and zip (reflected polynomial 0xEDB88320).
enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
  }

  static func checksum(_ bytes: Data) -> UInt32 {
    table.withUnsafeBufferPointer { table in
      ~bytes.withUnsafeBytes { buffer in
        buffer.reduce(~UInt32(0)) { $0 >> 8 ^ table[Int(($0 ^ UInt32($1)) & 0xFF)] }
      }
    }
  }
}
