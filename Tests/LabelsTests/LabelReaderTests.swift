import Imaging
import Testing
import Vocabulary

@testable import Labels

@Suite struct LabelReaderTests {
  /// Light letters on a dark label, drawn `height` pixels high; the box around them.
  private func label(_ text: String, height: Double) throws -> (image: Image, letters: Box) {
    var image = Image(width: 40 + Int(height * Double(text.count)), height: Int(height * 4), channels: 3)
    let baseline = height * 2.5
    try image.draw(text, at: Point(x: 20, y: baseline), height: height, .white)
    let gray = try image.gray()
    let lit = gray.pixels.indices.filter { gray.pixels[$0] > 128 }
    let (x, y) = (lit.map { $0 % gray.width }, lit.map { $0 / gray.width })
    let (left, right) = (x.min() ?? 0, x.max() ?? 0)
    let (top, bottom) = (y.min() ?? 0, y.max() ?? 0)
    return (
      image,
      Box(x: Double(left), y: Double(top), width: Double(right - left + 1), height: Double(bottom - top + 1))
    )
  }

  @Test(arguments: ["Ana Ruiz", "Ben Okoye", "Farah Khan"])
  func aDrawnNameIsRead(_ name: String) throws {
    let (image, letters) = try label(name, height: 20)
    #expect(try LabelReader().name(in: image, letters: letters) == name)
  }

  @Test func anEmptyStripHoldsNoName() throws {
    let image = Image(width: 200, height: 40, channels: 3, filledWith: 20)
    #expect(
      try LabelReader().name(in: image, letters: Box(x: 10, y: 10, width: 100, height: 12)) == nil)
  }

  @Test func aLanguageThatIsNotThereIsToldWithTheRemedy() {
    let error = #expect(throws: LabelError.self) { try LabelReader(language: "xyz") }
    #expect(error?.description.contains("apt-get install tesseract-ocr-xyz") == true)
  }

  @Test(arguments: [
    ("| Ana Ruiz_", "Ana Ruiz"), ("Dr. Okoye\n", "Dr. Okoye"), ("~ .", nil), ("7", nil), ("", nil),
  ])
  func whatALabelsEdgeIsTakenForIsLeftOut(_ read: String, _ name: String?) {
    #expect(LabelReader.cleaned(read) == name)
  }
}
