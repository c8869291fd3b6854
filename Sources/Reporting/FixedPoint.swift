/// Fixed decimals (at most 9), rounded half away from zero, without an exponent or a locale; nothing for no number
/// and for one of more than 18 digits.
func appendFixed(_ value: Double?, decimals: Int, to line: inout [UInt8]) {
  guard let value else { return }
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let magnitude = value.magnitude * scale
  guard magnitude < 1e18 else { return }
  var digits = UInt64(magnitude)
  if magnitude - Double(digits) >= 0.5 { digits += 1 }
  if value < 0 && digits > 0 { line.append(UInt8(ascii: "-")) }
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { text in
    var start = 24
    var written = 0
    while digits > 0 || written <= decimals {
      if written == decimals && decimals > 0 {
        start -= 1
        text[start] = UInt8(ascii: ".")
      }
      let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: 10)
      start -= 1
      text[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: remainder)
      digits = quotient
      written += 1
    }
    line.append(contentsOf: UnsafeMutableBufferPointer(rebasing: text[start...]))
  }
}

/// A number without needless decimals: two, or three of a small one.
func short(_ value: Double) -> String {
  let text = fixed(value, decimals: value.magnitude < 0.1 ? 3 : 2)
  guard text.contains(".") else { return text }
  let digits = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
  return digits.isEmpty ? "0" : String(digits.reversed())
}

/// ``appendFixed(_:decimals:to:)`` as text; empty for no number.
func fixed(_ value: Double?, decimals: Int) -> String {
  var bytes: [UInt8] = []
  appendFixed(value, decimals: decimals, to: &bytes)
  return String(decoding: bytes, as: UTF8.self)
}
