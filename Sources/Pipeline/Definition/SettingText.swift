import Foundation
import Imaging
import Vocabulary

/// A value that a pipeline file can hold, as text that reads back to the same value.
protocol SettingText: Sendable {
  /// Completes "wants …".
  static var expectation: String { get }
  /// All that the text may be, where that can be listed.
  static var choices: String? { get }
  init?(settingText: String)
  var settingText: String { get }
}

extension SettingText {
  static var choices: String? { nil }
}

extension Bool: SettingText {
  static var expectation: String { "true or false" }
  static var choices: String? { expectation }

  init?(settingText: String) {
    switch settingText.lowercased() {
    case "true", "yes", "on": self = true
    case "false", "no", "off": self = false
    default: return nil
    }
  }

  var settingText: String { self ? "true" : "false" }
}

extension Int: SettingText {
  static var expectation: String { "a whole number" }
  init?(settingText: String) { self.init(settingText) }
  var settingText: String { String(self) }
}

extension Double: SettingText {
  static var expectation: String { "a number" }

  init?(settingText: String) {
    guard let value = Double(settingText), value.isFinite else { return nil }
    self = value
  }

  var settingText: String {
    if let whole = Int(exactly: self) { return String(whole) }
    return String(self)
  }
}

extension String: SettingText {
  static var expectation: String { "a text" }

  init?(settingText: String) {
    guard !settingText.isEmpty else { return nil }
    self = settingText
  }

  var settingText: String { self }
}

extension SettingText where Self: RawRepresentable & CaseIterable, RawValue == String {
  static var expectation: String {
    let names = allCases.map(\.rawValue)
    return names.count == 1
      ? names[0] : names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
  }

  static var choices: String? { expectation }

  init?(settingText: String) { self.init(rawValue: settingText) }
  var settingText: String { rawValue }
}

extension Setting: SettingText {}

/// A value or the word `none`.
extension Optional: SettingText where Wrapped: SettingText {
  static var expectation: String { "\(Wrapped.expectation), or none" }
  static var choices: String? { Wrapped.choices.map { "\($0), or none" } }

  init?(settingText: String) {
    if settingText == "none" {
      self = nil
      return
    }
    guard let value = Wrapped(settingText: settingText) else { return nil }
    self = .some(value)
  }

  var settingText: String { self?.settingText ?? "none" }
}

/// Preprocessing steps in their order, separated by blanks; `none` for no step.
extension Array: SettingText where Element == PreprocessingStep {
  static var expectation: String {
    "steps separated by blanks (\(PreprocessingStep.forms)), or none"
  }

  static var choices: String? { expectation }

  init?(settingText: String) {
    let words = settingText.split(separator: " ")
    if words == ["none"] {
      self = []
      return
    }
    let steps = words.compactMap { PreprocessingStep(String($0)) }
    guard steps.count == words.count else { return nil }
    self = steps
  }

  var settingText: String { isEmpty ? "none" : map(\.description).joined(separator: " ") }
}
