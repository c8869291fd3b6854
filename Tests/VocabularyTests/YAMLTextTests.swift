import Foundation
import Testing
import Vocabulary

@Suite struct YAMLTextTests {
  /// Reads a file of these bytes; none where they are `nil`.
  private func text(of bytes: Data?) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    try bytes?.write(to: file)
    return try yamlText(contentsOf: file.path)
  }

  @Test func `a file of 1 MiB is read and a larger one is not`() throws {
    let most = "#" + String(repeating: "é", count: (1 << 19) - 1) + "\n"
    #expect(try text(of: Data(most.utf8)) == most)
    #expect(throws: YAMLFault.tooLarge) { try text(of: Data((most + " ").utf8)) }
    #expect(throws: YAMLFault.tooLarge) { try checkYAML(most + " ") }
    #expect(try text(of: Data()) == "")
  }

  @Test func `what is not there, no UTF-8 or repeats itself is refused by its name`() throws {
    #expect(throws: YAMLFault.unreadable) { try text(of: nil) }
    #expect(throws: YAMLFault.unreadable) {
      try yamlText(contentsOf: FileManager.default.temporaryDirectory.path)
    }
    #expect(throws: YAMLFault.notUTF8) { try text(of: Data([0x61, 0x3A, 0x20, 0xE9])) }
    #expect(throws: YAMLFault.repetition) { try text(of: Data("a: &x 1\nb: *x".utf8)) }
  }

  @Test(arguments: [
    ("Ana Ruiz", "\"Ana Ruiz\""), ("a/b \"#1\" \\ é 日本 👩🏽‍🏫", "\"a/b \\\"#1\\\" \\\\ é 日本 👩🏽‍🏫\""),
    ("a\tb\r\nc", "\"a\\tb\\r\\nc\""),
    ("\0\u{1B}\u{7F}\u{85}\u{2028}\u{FEFF}", "\"\\u0000\\u001b\\u007f\\u0085\\u2028\\ufeff\""),
  ])
  func `a quoted text keeps what YAML reads as something else`(text: String, quoted: String) throws {
    #expect(yamlQuoted(text) == quoted)
    #expect(try JSONDecoder().decode(String.self, from: Data(quoted.utf8)) == text)
  }
}
