/// One line that a pipeline file may hold.
struct Key: Sendable {
  enum Half: String, Sendable {
    /// Decides measured values: changing it means to measure again.
    case measuring
    /// Decides what is made of measured values.
    case summarising
  }

  /// Dotted path, `sample.every`.
  let name: String
  let half: Half
  let help: String
  /// What the value may be, in short, where that is more than its kind.
  let choices: String?
  /// Sets the value from its text; returns what is wanted where the text does not fit.
  let set: @Sendable (inout Definition, String) -> String?
  let text: @Sendable (Definition) -> String

  init<Value: SettingText>(
    _ name: String, _ half: Half, _ path: WritableKeyPath<Definition, Value> & Sendable, _ help: String
  ) {
    self.init(name, half, path, help, expectation: Value.expectation, choices: Value.choices) { _ in true }
  }

  /// A number within bounds.
  init<Value: SettingText & Comparable & Sendable>(
    _ name: String, _ half: Half, _ path: WritableKeyPath<Definition, Value> & Sendable,
    _ range: ClosedRange<Value>, _ help: String
  ) {
    let bounds = "\(range.lowerBound.settingText) to \(range.upperBound.settingText)"
    self.init(name, half, path, help, expectation: "\(Value.expectation) from \(bounds)", choices: bounds) {
      range.contains($0)
    }
  }

  private init<Value: SettingText>(
    _ name: String, _ half: Half, _ path: WritableKeyPath<Definition, Value> & Sendable, _ help: String,
    expectation: String, choices: String?, accepts: @escaping @Sendable (Value) -> Bool
  ) {
    self.name = name
    self.half = half
    self.help = help
    self.choices = choices
    set = { definition, text in
      guard let value = Value(settingText: text), accepts(value) else { return expectation }
      definition[keyPath: path] = value
      return nil
    }
    text = { $0[keyPath: path].settingText }
  }

  static func named(_ name: String) -> Key? { all.first { $0.name == name } }

  /// Names of sections: `sample`, `summarise.weights`.
  static let sections: Set<String> = Set(
    all.flatMap { key in
      let parts = key.name.split(separator: ".")
      return (1..<max(1, parts.count)).map { parts.prefix($0).joined(separator: ".") }
    })
}
