import OpenCVBridge
public import Vocabulary

/// A colour to draw with; on a gray picture its green is what shows.
public struct Colour: Hashable, Sendable {
  public var red, green, blue: UInt8

  public init(red: UInt8, green: UInt8, blue: UInt8) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  public static let white = Colour(red: 255, green: 255, blue: 255)
  public static let black = Colour(red: 0, green: 0, blue: 0)

  func channels(_ count: Int) -> [UInt8] { count == 3 ? [blue, green, red] : [green, green, green] }
}

/// Drawing in place, with smooth edges; whatever lies outside the picture is left out.
extension Image {
  /// The outline of `box`.
  public mutating func draw(_ box: Box, _ colour: Colour, thickness: Int = 2) throws(ImagingError) {
    try drawn("rectangle", colour) {
      cvb_rectangle(
        $0, box.x - 0.5, box.y - 0.5, box.width, box.height, $1, Int32(clamping: max(1, thickness)), $2)
    }
  }

  /// All of `box`.
  public mutating func fill(_ box: Box, _ colour: Colour) throws(ImagingError) {
    try drawn("rectangle", colour) {
      cvb_rectangle($0, box.x, box.y, box.width - 1, box.height - 1, $1, -1, $2)
    }
  }

  /// A disc of `radius` pixels about each point.
  public mutating func draw(_ points: [Point], _ colour: Colour, radius: Double = 1.5) throws(ImagingError) {
    for point in points {
      try drawn("disc", colour) { cvb_disc($0, point.x - 0.5, point.y - 0.5, radius, $1, $2) }
    }
  }

  /// Straight lines from point to point.
  public mutating func drawLine(_ points: [Point], _ colour: Colour, thickness: Int = 1) throws(ImagingError)
  {
    for (start, end) in zip(points, points.dropFirst()) {
      try drawn("line", colour) {
        cvb_line(
          $0, start.x - 0.5, start.y - 0.5, end.x - 0.5, end.y - 0.5, $1,
          Int32(clamping: thickness), $2)
      }
    }
  }

  /// Text in ASCII (other characters show as `?`) whose baseline starts at `origin`; capitals are `height`
  /// pixels tall.
  public mutating func draw(_ text: String, at origin: Point, height: Double, _ colour: Colour)
    throws(ImagingError)
  {
    let ascii = String(text.map { $0.isASCII ? $0 : "?" })
    try drawn("text", colour) { cvb_text($0, ascii, origin.x, origin.y, height, $1, $2) }
  }

  private mutating func drawn(
    _ operation: String, _ colour: Colour,
    _ body: (cvb_target, [UInt8], UnsafeMutablePointer<cvb_message>) -> cvb_status
  ) throws(ImagingError) {
    let values = colour.channels(channels)
    try bridged(operation) { message in withTarget { body($0, values, message) } }
  }
}
