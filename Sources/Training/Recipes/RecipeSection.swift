import Yams

/// A mistake in a recipe: file, line, what is wrong, what is right.
public struct RecipeError: Error, Hashable, Sendable, CustomStringConvertible {
  public var path: String
  public var line: Int
  public var reason: String

  public var description: String { "\(path):\(line): \(reason)" }
}

/// A mapping of a recipe, read key by key so that a key that nothing reads is an error.
struct RecipeSection {
  let path: String
  let line: Int
  private var unread: [String: Node] = [:]
  private var known: [String] = []

  init(_ node: Node, path: String, name: String) throws {
    line = node.mark?.line ?? 1
    self.path = path
    guard case .mapping(let mapping) = node else {
      throw RecipeError(path: path, line: line, reason: "\(name) must be keys with values")
    }
    for (key, value) in mapping { unread[key.string ?? ""] = value }
  }

  /// A section without keys, so that each takes its default.
  init(emptyIn path: String) {
    self.path = path
    line = 1
  }

  mutating func node(_ key: String) -> Node? {
    known.append(key)
    return unread.removeValue(forKey: key)
  }

  mutating func section(_ key: String) throws -> RecipeSection? {
    try node(key).map { try RecipeSection($0, path: path, name: key) }
  }

  mutating func number(_ key: String, in range: ClosedRange<Double>, default value: Double? = nil) throws
    -> Double
  {
    guard let node = node(key) else {
      if let value { return value }
      throw RecipeError(path: path, line: line, reason: "\(key) is missing")
    }
    guard let found = node.float ?? node.int.map(Double.init), range.contains(found) else {
      throw RecipeError(
        path: path, line: node.mark?.line ?? line,
        reason: "\(key) must be a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return found
  }

  mutating func float(_ key: String, in range: ClosedRange<Double>, default value: Double? = nil) throws
    -> Float
  {
    Float(try number(key, in: range, default: value))
  }

  mutating func whole(_ key: String, in range: ClosedRange<Int>, default value: Int? = nil) throws -> Int {
    guard let node = node(key) else {
      if let value { return value }
      throw RecipeError(path: path, line: line, reason: "\(key) is missing")
    }
    guard let found = node.int, range.contains(found) else {
      throw RecipeError(
        path: path, line: node.mark?.line ?? line,
        reason: "\(key) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return found
  }

  mutating func flag(_ key: String, default value: Bool) throws -> Bool {
    guard let node = node(key) else { return value }
    guard let found = node.bool else {
      throw RecipeError(path: path, line: node.mark?.line ?? line, reason: "\(key) must be true or false")
    }
    return found
  }

  /// One of the names of an enumeration.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, default value: Choice
  ) throws -> Choice where Choice.RawValue == String {
    guard let node = node(key) else { return value }
    guard let found = node.string.flatMap(Choice.init(rawValue:)) else {
      let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw RecipeError(
        path: path, line: node.mark?.line ?? line, reason: "\(key) must be one of \(names)")
    }
    return found
  }

  /// Call last.
  /// - Throws: `RecipeError` for the first key that nothing read.
  func finish() throws {
    guard let stray = unread.min(by: { $0.key < $1.key }) else { return }
    throw RecipeError(
      path: path, line: stray.value.mark?.line ?? line,
      reason: "unknown key \"\(stray.key)\"; known here: \(known.joined(separator: ", "))")
  }
}
