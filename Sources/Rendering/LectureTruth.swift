public import Foundation
import Vocabulary

/// What a drawn recording shows, second by second; what an analysis of it is compared with.
public struct LectureTruth: Codable, Sendable {
  public struct Tile: Codable, Sendable {
    public let participant: String
    /// x, y, width, height in pixels of the frame.
    public let tile: [Int]
    public let camera: Bool
    /// Absent where the camera is off.
    public let expression: String?
  }

  public struct Second: Codable, Sendable {
    public let t: Double
    public let tiles: [Tile]
  }

  /// Width and height in pixels.
  public let size: [Int]
  public let fps: Int
  public let seconds: Int
  public let participants: [String]
  public let timeline: [Second]

  public init(_ lecture: Lecture, width: Int, height: Int, framesPerSecond: Int) {
    size = [width, height]
    fps = framesPerSecond
    seconds = lecture.seconds
    participants = lecture.attendees.map(\.name)
    timeline = (0..<lecture.seconds).map { second in
      let order = lecture.order(at: second)
      let layout = GalleryLayout(tiles: order.count, width: width, height: height)
      let tiles = zip(order, layout.origins).map { attendee, origin in
        let visible = lecture.isVisible(attendee, at: second)
        return Tile(
          participant: lecture.attendees[attendee].name,
          tile: [origin.x, origin.y, layout.tileWidth, layout.tileHeight], camera: visible,
          expression: visible ? lecture.attendees[attendee].expressions[second].name : nil)
      }
      return Second(t: Double(second), tiles: tiles)
    }
  }

  /// Reads a `.truth.json`.
  public init(json: Data) throws { self = try JSONDecoder().decode(LectureTruth.self, from: json) }

  /// The file's text: keys in order, so that the same lecture gives the same bytes.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return try encoder.encode(self)
  }
}
