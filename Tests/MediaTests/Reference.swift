import Foundation
import Vocabulary

@testable import Media

/// Decoding everything, by the shortest code that can do it.
enum Reference {
  static func decodeAll(_ recording: Recording) throws -> [Frame] {
    // By the demuxer, whatever way the recording would be read.
    let cursor = try DemuxedPackets(over: recording.url)
    let header = recording.header
    let decoder = try VideoDecoder(of: header)
    let converter = PictureConverter()
    var frames: [Frame] = []
    func receive() throws {
      while case .picture = try decoder.receive() {
        let index = recording.packets
        let tick = index.ticks[index.isOrdered ? decoder.number : frames.count]
        let image = converter.image(
          of: decoder.frame, orientation: header.orientation(of: decoder.frame),
          pixelAspectRatio: header.pixelAspectRatio(of: decoder.frame))
        if let image { frames.append(Frame(timestamp: index.time(atTick: tick), image: image)) }
      }
    }
    while try cursor.next() {
      _ = try decoder.send(cursor.packet, number: cursor.position - 1, mayDrop: false)
      try receive()
    }
    decoder.drain()
    try receive()
    return frames
  }
}
