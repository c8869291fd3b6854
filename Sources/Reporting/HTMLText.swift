/// Text as HTML shows it: nothing of it is read as markup, in an element or in a quoted attribute. Characters
/// that change the direction of the text around them, line separators and control characters, are left out.
func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars where !isHidden(scalar) {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// A JSON string that is safe inside a `script` element: no `<`, `>` or `&`.
func jsonString(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars where !isHidden(scalar) {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case "<", ">", "&", "'":
      let hex = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

private func isHidden(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x09, 0x0A: false
  case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF: true
  default: false
  }
}

/// `0:05`, `12:40` or `1:02:03`: minutes and seconds as people say them.
func clock(_ seconds: Double) -> String {
  let total = Int(max(0, min(seconds.isFinite ? seconds : 0, 1e9)).rounded(.down))
  func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
  let (hours, minutes, rest) = (total / 3600, total / 60 % 60, total % 60)
  return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
}

/// A share as whole percent; a dash for none.
func percent(_ share: Double?) -> String {
  guard let share, share.isFinite else { return "–" }
  return "\(Int((share * 100).rounded())) %"
}

/// An index of 0 to 1 on the page's scale of 0 to 100; a dash for none.
func points(_ index: Double?) -> String {
  guard let index, index.isFinite else { return "–" }
  return "\(Int((index * 100).rounded()))"
}
