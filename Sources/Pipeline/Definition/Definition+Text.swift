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

  /// A pipeline file that says every value, and where it came from as a comment.
  public var listing: String {
    let rows = Key.all.map { key in
      (key: key.name, value: key.text(definition), origin: origin(of: key.name).description, help: key.help)
    }
    let width = rows.map { $0.key.count + $0.value.count + 2 }.max() ?? 0
    let originWidth = rows.map(\.origin.count).max() ?? 0
    var lines: [String] = []
    var section: Substring = ""
    for row in rows {
      let head = row.key.split(separator: ".").first ?? ""
      if head != section, !lines.isEmpty { lines.append("") }
      section = head
      lines.append(
        "\(row.key): \(row.value)".padded(to: width) + "  # " + row.origin.padded(to: originWidth) + "  "
          + row.help)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension String {
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
