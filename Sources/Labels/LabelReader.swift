import Imaging
import TesseractBridge
public import Vocabulary

/// Reads the name label of a tile with Tesseract.
///
/// Not for use from two tasks at once.
public final class LabelReader {
  private let handle: OpaquePointer

  /// Height in pixels that letters are brought to: about what Tesseract was trained with.
  private static let letterHeight = 30.0
  /// What is read less surely (0 to 100) is no name.
  private static let leastConfidence: Int32 = 40

  /// - Throws: ``LabelError`` where Tesseract's data for the language are not installed.
  public init(language: String = "eng") throws(LabelError) {
    var opened: OpaquePointer?
    var message = tsb_message()
    guard tsb_open(language, &opened, &message), let opened else {
      throw LabelError(
        "Tesseract cannot be started (\(Self.text(of: message))); apt-get install tesseract-ocr-\(language), or turn layout.names off"
      )
    }
    handle = opened
  }

  deinit { tsb_close(handle) }

  /// - Parameter letters: the box around the label's light letters, in pixels.
  /// - Returns: the name, or `nil` where nothing could be read surely enough.
  public func name(in image: Image, letters: Box) throws -> String? {
    let margin = letters.height * 0.6
    let box = Box(
      x: letters.x - margin, y: letters.y - margin, width: letters.width + 2 * margin,
      height: letters.height + 2 * margin)
    guard letters.height >= 4, letters.width >= 4 else { return nil }
    let scale = Self.letterHeight / letters.height
    var line = try image.cropped(to: box).gray()
    line = try line.resized(
      width: max(8, Int(Double(line.width) * scale)), height: max(8, Int(Double(line.height) * scale)), .cubic
    )
    line.pixels = line.pixels.map { 255 - $0 }
    return Self.cleaned(try read(line))
  }

  private func read(_ line: Image) throws(LabelError) -> String {
    var text = [CChar](repeating: 0, count: 256)
    var confidence: Int32 = 0
    var message = tsb_message()
    let isRead = tsb_read_line(
      handle, line.pixels, line.pixels.count, Int32(line.width), Int32(line.height), &text, text.count,
      &confidence, &message)
    guard isRead else { throw LabelError("a label could not be read: \(Self.text(of: message))") }
    guard confidence >= Self.leastConfidence else { return "" }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The line without what edges of a label's box are taken for.
  static func cleaned(_ text: String) -> String? {
    let edge = "|[]{}()<>_=~-—–.,:;'\"`‘’“”*«»\\/"
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let name = line.drop { edge.contains($0) || $0 == " " }
    let end = name.lastIndex { !(edge.contains($0) || $0 == " ") }
    guard let end, name.count(where: \.isLetter) >= 2 else { return nil }
    return String(name[...end])
  }

  private static func text(of message: tsb_message) -> String {
    withUnsafeBytes(of: message.text) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

/// Labels cannot be read; the message is one line with the remedy.
public struct LabelError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}
