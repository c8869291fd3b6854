import Testing

@testable import Reporting

@Suite struct CSVTests {
  @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1", "|cmd", "%0A"])
  func noCellStartsAFormula(text: String) {
    let cell = quotedCell(text)
    #expect(cell.hasPrefix("'") || cell.hasPrefix("\"'"))
  }

  /// The writer has a shorter way for what needs no quoting.
  @Test(arguments: [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1", "|cmd", "%0A", "", "a;b", "é", "plain",
    "a,b", "a\nb", "a\"b",
  ])
  func aWrittenCellIsTheQuotedOne(text: String) {
    var line: [UInt8] = []
    CSVEncoder<String>(columns: [.text("c", "") { $0 }]).append(text, to: &line)
    #expect(line == Array((quotedCell(text) + "\n").utf8))
  }

  @Test func quotesCommasAndBreaksAreQuoted() {
    #expect(quotedCell("a,\"b\"\nc") == "\"a,\"\"b\"\"\nc\"")
    #expect(quotedCell("plain text") == "plain text")
    // A mark on a quote does not hide it.
    #expect(quotedCell("a\"\u{301},b") == "\"a\"\"\u{301},b\"")
  }

  @Test(arguments: [
    (0.5, 3, "0.500"), (-0.0004, 3, "0.000"), (-1.25, 1, "-1.3"), (1234567.891, 2, "1234567.89"),
    (0.999, 0, "1"),
  ])
  func numbersHaveFixedDecimals(value: Double, decimals: Int, text: String) {
    #expect(fixed(value, decimals: decimals) == text)
  }

  @Test(arguments: [
    (1.5, "1.5"), (2.0, "2"), (0.04, "0.04"), (1.0 / 30, "0.033"), (10.0, "10"), (0.0, "0"), (0.25, "0.25"),
  ])
  func aNumberHasNoNeedlessDecimals(value: Double, text: String) { #expect(short(value) == text) }

  @Test(arguments: [nil, Double.nan, .infinity, 1e300]) func noNumberIsAnEmptyCell(value: Double?) {
    #expect(fixed(value, decimals: 3).isEmpty)
  }

  @Test func columnsHaveDifferentNamesAndEveryOneAMeaning() {
    let names = facesColumns(expressions: true).map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.prefix(9) == ["time_s", "timecode", "participant", "track", "x", "y", "w", "h", "score"])
    #expect(
      names.suffix(9) == [
        "angry", "disgust", "fear", "happy", "sad", "surprise", "neutral", "expression", "margin",
      ])
    #expect(facesColumns(expressions: true).allSatisfy { !$0.meaning.isEmpty })
    #expect(classColumns(windows: false).prefix(3).map(\.name) == ["time_s", "timecode", "faces"])
  }

  @Test func observableOnlyHasNoColumnOfAnExpression() {
    #expect(!facesColumns(expressions: false).contains { $0.name == "happy" || $0.name == "expression" })
    #expect(
      classColumns(windows: true, expressions: false).map(\.name) == [
        "time_s", "timecode", "faces", "counted", "people", "attention", "band_low", "band_high",
      ])
  }
}
