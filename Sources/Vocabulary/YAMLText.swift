import Foundation

/// Why a YAML text is not parsed: what a message says after the file's name.
public enum YAMLFault: Error, Hashable, CustomStringConvertible {
  case unreadable, tooLarge, notUTF8, repetition

  public var description: String {
    switch self {
    case .unreadable: "cannot be read; check the path and its permissions"
    case .tooLarge: "is larger than 1 MiB, which no settings need; shorten it"
    case .notUTF8: "is no text in UTF-8; save it as one"
    case .repetition: "repeats a part of itself by an alias; write that part out"
    }
  }
}

private let largest = 1 << 20

/// The text of a YAML file, of which no more is read than a file may hold.
///
/// - Throws: ``YAMLFault``, also where the text should not be parsed.
public func yamlText(contentsOf path: String) throws(YAMLFault) -> String {
  let bytes: Data
  do {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    bytes = try file.read(upToCount: largest + 1) ?? Data()
  } catch { throw YAMLFault.unreadable }
  guard bytes.count <= largest else { throw YAMLFault.tooLarge }
  guard let text = String(data: bytes, encoding: .utf8) else { throw YAMLFault.notUTF8 }
  try checkYAML(text)
  return text
}

/// - Throws: ``YAMLFault`` where a text should not be parsed; each parser asks this first.
public func checkYAML(_ text: String) throws(YAMLFault) {
  guard text.utf8.count <= largest else { throw YAMLFault.tooLarge }
  guard !repeatsItself(yaml: text) else { throw YAMLFault.repetition }
}

/// A text in quotes that YAML reads as that text, whatever is in it; a JSON string, too.
public func yamlQuoted(_ text: String) -> String {
  let escaped = text.unicodeScalars.map { scalar -> String in
    switch scalar {
    case "\"", "\\": "\\\(scalar)"
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    // What YAML forbids, or takes for the end of a line.
    case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}":
      String(format: "\\u%04x", scalar.value)
    default: String(scalar)
    }
  }
  return "\"\(escaped.joined())\""
}
