import Foundation
import Vocabulary

extension Definition {
  /// All values that measuring depends on, a `key: value` line each: their digest says whether to measure again.
  public var measuringText: String { text(.measuring) }

  /// All values that only summaries depend on.
  public var summarisingText: String { text(.summarising) }

  private func text(_ half: Key.Half) -> String {
    Key.all.filter { $0.half == half }.map { "\($0.name): \($0.text(self))\n" }.joined()
  }
}

extension ResolvedDefinition {
  /// Every key with its value as text.
  public var values: [(key: String, value: String)] {
    Key.all.map { ($0.name, $0.text(definition)) }
  }

  /// A pipeline file that says every value, and what it means as a comment.
  ///
  /// - Parameter origins: tell also where each value came from.
  public func listing(origins: Bool) -> String {
    let rows = Key.all.map { key in
      (key: key, line: "\(key.name): \(key.text(definition))", origin: origin(of: key.name).description)
    }
    let width = rows.map(\.line.count).max() ?? 0
    let originWidth = rows.map(\.origin.count).max() ?? 0
    var lines: [String] = []
    var section: Substring = ""
    for row in rows {
      let head = row.key.name.split(separator: ".").first ?? ""
      if head != section, !lines.isEmpty { lines.append("") }
      section = head
      let origin = origins ? row.origin.padded(to: originWidth) + "  " : ""
      let choices = row.key.choices.map { " (\($0))" } ?? ""
      lines.append(row.line.padded(to: width) + "  # " + origin + row.key.help + choices)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension String {
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
