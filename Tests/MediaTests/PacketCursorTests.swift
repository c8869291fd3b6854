import CFFmpeg
import Foundation
import Testing
import Vocabulary

@testable import Media

@Suite struct PacketCursorTests {
  private func contents(_ cursor: any PacketCursor) throws -> [[UInt8]] {
    var packets: [[UInt8]] = []
    while try cursor.next() { packets.append(Array(UnsafePointer(cursor.packet).bytes)) }
    return packets
  }

  @Test(arguments: ["a.mp4", "a.mov"])
  func packetsReadWhereTheyLieAreTheDemuxers(_ name: String) throws {
    let url = try Clip.make(name, count: 60)
    defer { try? FileManager.default.removeItem(at: url) }
    let recording = try Recording(opening: url)
    let places = try #require(recording.packets.places)
    let placed = try contents(PlacedPackets(over: url, places))
    #expect(placed.count == 60)
    #expect(try placed == contents(DemuxedPackets(over: url)))
  }

  @Test func aSeekGoesToTheEntrysPacket() throws {
    let url = try Clip.make("a.mp4", count: 60)
    defer { try? FileManager.default.removeItem(at: url) }
    let recording = try Recording(opening: url)
    let entry = try #require(recording.packets.entries.last)
    let (placed, demuxed) = (try recording.cursor(), try DemuxedPackets(over: url))
    for cursor in [placed, demuxed] as [any PacketCursor] {
      try cursor.move(to: entry)
      #expect(cursor.position == entry.packet)
    }
    #expect(placed is PlacedPackets)
    #expect(try contents(placed) == contents(demuxed))
  }

  @Test(arguments: ["a.mkv", "a.ts", "a.avi"])
  func otherContainersAreReadByTheirDemuxer(_ name: String) throws {
    let url = try Clip.make(name, count: 30)
    defer { try? FileManager.default.removeItem(at: url) }
    let recording = try Recording(opening: url)
    #expect(recording.packets.places == nil)
    #expect(try recording.cursor() is DemuxedPackets)
  }

  @Test func aFileThatIsCutOffMeanwhileIsAnError() throws {
    let url = try Clip.make("a.mp4", count: 60) { $0.container = ["movflags": "faststart"] }
    defer { try? FileManager.default.removeItem(at: url) }
    let recording = try Recording(opening: url)
    let places = try #require(recording.packets.places)
    let file = try FileHandle(forUpdating: url)
    try file.truncate(atOffset: UInt64(places.positions[40] + 1))
    let cursor = try PlacedPackets(over: url, places)
    #expect(throws: MediaError.self) { try contents(cursor) }
    #expect(cursor.position == 40)
    #expect(throws: MediaError.self) { try recording.samples(on: .every(Timestamp(1, over: 5))) }
  }

  @Test(.enabled(if: FFmpegTool.isPresent, "needs the ffmpeg command"))
  func packetsOutsideTheEditListAreMarkedAsTheDemuxerMarksThem() throws {
    let url = try Clip.make("a.mp4", count: 60) { $0.bFrames = 3 }
    let cut = Clip.url("cut.mp4")
    defer { for file in [url, cut] { try? FileManager.default.removeItem(at: file) } }
    try FFmpegTool.run(["-ss", "0.5", "-i", url.path, "-c", "copy", cut.path])
    let recording = try Recording(opening: cut)
    let demuxed = try DemuxedPackets(over: cut)
    var hidden: Set<Int> = []
    while try demuxed.next() {
      if demuxed.packet.pointee.flags & AV_PKT_FLAG_DISCARD != 0 { hidden.insert(demuxed.position - 1) }
    }
    #expect(!hidden.isEmpty)
    #expect(recording.packets.places?.hidden == hidden)
  }
}
