public import Foundation
import Vocabulary
import Yams

/// A definition together with where each of its values came from.
public struct ResolvedDefinition: Sendable {
  public enum Origin: Hashable, Sendable, CustomStringConvertible {
    case standard
    case file(String, line: Int)
    case commandLine

    public var description: String {
      switch self {
      case .standard: "default"
      case .file(let name, let line): "\(name):\(line)"
      case .commandLine: "command line"
      }
    }
  }

  public private(set) var definition = Definition()
  private var origins: [String: Origin] = [:]

  /// All defaults.
  public init() {}

  /// Reads a pipeline file, then applies settings of the command line (`sample.every`, `2s`) over it.
  ///
  /// - Throws: `DefinitionError` with every mistake at once.
  public init(file: URL?, overrides: [(key: String, value: String)] = []) throws {
    var mistakes: [Mistake] = []
    if let file { mistakes += try read(file) }
    for (name, value) in overrides {
      mistakes += set(name, to: value, from: .commandLine).map(Mistake.ofCommandLine)
    }
    if mistakes.isEmpty { mistakes += contradictions() }
    guard mistakes.isEmpty else {
      throw DefinitionError(file: file?.path ?? "command line", mistakes: mistakes)
    }
  }

  public func origin(of key: String) -> Origin { origins[key] ?? .standard }

  /// A key whose value was taken back, since rendering again cannot change what was measured with it.
  struct Kept: Equatable {
    var key: String
    var measured: String
    var asked: String
    var origin: Origin
  }

  /// Takes back what `measured` (a ``Definition/measuringText``) says otherwise of keys that decided measured values:
  /// rendering again cannot change them. Leaving out the expressions that were measured stays possible.
  mutating func keep(measured: String) -> [Kept] {
    let values = Dictionary(
      measured.split(separator: "\n").compactMap { line in
        line.firstRange(of: ": ").map { (String(line[..<$0.lowerBound]), String(line[$0.upperBound...])) }
      }, uniquingKeysWith: { first, _ in first })
    let leavesOutExpressions = definition.classify.bundle == nil
    return Key.all.filter { $0.half == .measuring && !($0.name == "classify.bundle" && leavesOutExpressions) }
      .compactMap { key in
        let (asked, origin) = (key.text(definition), origin(of: key.name))
        guard let value = values[key.name], value != asked,
          set(key.name, to: value, from: .standard).isEmpty
        else { return nil }
        return Kept(key: key.name, measured: value, asked: asked, origin: origin)
      }
  }

  private mutating func read(_ file: URL) throws -> [Mistake] {
    let text: String
    do {
      text = try yamlText(contentsOf: file.path)
    } catch YAMLFault.unreadable {
      return [Mistake(line: nil, message: Self.unreadable(file))]
    } catch {
      return [Mistake(line: nil, message: "\(error)")]
    }
    do {
      guard let root = try Yams.compose(yaml: text) else { return [] }
      return walk(root, path: "", file: file.lastPathComponent)
    } catch let error as YamlError {
      return [Mistake(line: error.line, message: "not YAML: \(error.reason)")]
    }
  }

  private static func unreadable(_ file: URL) -> String {
    guard !FileManager.default.fileExists(atPath: file.path) else {
      return "cannot be read; check its permissions"
    }
    let shipped = Installation().shippedPipelines
    let name = file.lastPathComponent
    let begun = shipped.filter { name.count > 2 && $0.hasPrefix(name) }
    let near = begun.count == 1 ? begun.first : nearest(to: name, among: shipped)
    let hint = near.map { "; did you mean \($0)?" } ?? ""
    return "no such file; pipelines that ship: \(shipped.joined(separator: ", "))\(hint)"
  }

  private mutating func walk(_ node: Node, path: String, file: String) -> [Mistake] {
    guard let mapping = node.mapping else {
      let place = path.isEmpty ? "the file" : String(path.dropLast())
      return [Mistake(line: node.line, message: "\(place) wants a list of `key: value` lines")]
    }
    var mistakes: [Mistake] = []
    for (keyNode, value) in mapping {
      let name = path + (keyNode.string ?? "")
      if Key.sections.contains(name) {
        if value.null != nil { continue }
        mistakes += walk(value, path: name + ".", file: file)
      } else if let text = value.settingText {
        let origin = Origin.file(file, line: keyNode.line)
        mistakes += set(name, to: text, from: origin).map { Mistake(line: keyNode.line, message: $0) }
      } else {
        let complaint = Key.named(name) == nil ? Self.unknown(name) : "\(name) wants a single value"
        mistakes.append(Mistake(line: keyNode.line, message: complaint))
      }
    }
    return mistakes
  }

  /// What is wrong, if anything.
  private mutating func set(_ name: String, to text: String, from origin: Origin) -> [String] {
    guard let key = Key.named(name) else { return [Self.unknown(name)] }
    if let expectation = key.set(&definition, text) {
      return ["\(name) wants \(expectation), not '\(text.prefix(80))'"]
    }
    origins[name] = origin
    return []
  }

  private static func unknown(_ name: String) -> String {
    let known = Key.all.map(\.name) + Key.sections
    let hint =
      nearest(to: name, among: known).map { "; did you mean \($0)?" } ?? "; see `afterclass pipeline show`"
    return "unknown key \(name.prefix(80))\(hint)"
  }

  /// What each value allows but not together.
  private func contradictions() -> [Mistake] {
    var mistakes: [Mistake] = []
    func complain(_ message: String, at key: String) {
      switch origin(of: key) {
      case .file(_, let line): mistakes.append(Mistake(line: line, message: message))
      case .commandLine: mistakes.append(.ofCommandLine(message))
      case .standard: mistakes.append(Mistake(line: nil, message: message))
      }
    }
    let sample = definition.sample
    if let to = sample.to, to.time <= sample.from.time {
      complain("sample.to must come after sample.from", at: "sample.to")
    }
    if definition.detect.detector == .yunet, definition.detect.model == nil {
      complain("detect.detector yunet wants detect.model, an ONNX file", at: "detect.detector")
    }
    let attention = definition.summarise.attention
    for (low, high, lowName, highName) in [
      (attention.yawFull, attention.yawNone, "yaw-full", "yaw-none"),
      (attention.pitchFull, attention.pitchNone, "pitch-full", "pitch-none"),
      (attention.eyesClosed, attention.eyesOpen, "eyes-closed", "eyes-open"),
    ] where low >= high {
      let keys = [highName, lowName].map { "summarise.attention.\($0)" }
      complain(
        "\(keys[1]) must be less than \(highName)", at: keys.first { origin(of: $0) != .standard } ?? keys[0])
    }
    return mistakes
  }
}

extension Node {
  var line: Int { mark?.line ?? 1 }

  /// A scalar's text, or the texts of a list of scalars with blanks between.
  var settingText: String? {
    if let scalar { return scalar.string }
    guard let sequence, sequence.allSatisfy({ $0.scalar != nil }) else { return nil }
    return sequence.isEmpty ? "none" : sequence.compactMap(\.scalar?.string).joined(separator: " ")
  }
}

extension YamlError {
  fileprivate var line: Int? {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    default: nil
    }
  }

  fileprivate var reason: String {
    switch self {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _):
      problem
    case .duplicatedKeysInMapping(let duplicates, _):
      "the key \(duplicates.sorted().joined(separator: ", ")) appears twice"
    default: "it cannot be read"
    }
  }
}
