import Foundation

/// JSON with sorted keys, so that equal values give equal bytes.
func jsonText(_ value: some Encodable, pretty: Bool) throws(ReportError) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = pretty ? [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes] : [.sortedKeys]
  encoder.nonConformingFloatEncodingStrategy = .convertToString(
    positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
  do {
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  } catch {
    throw .cannotWrite(path: "JSON", operation: "encode", reason: "\(error)")
  }
}
