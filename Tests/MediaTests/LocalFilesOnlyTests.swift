import Foundation
import Testing

@testable import Media

#if canImport(Glibc)
  import Glibc
#endif

/// A port on the loopback interface that notes whether anybody calls.
private struct Listener {
  let socket: Int32
  let port: UInt16

  init?() {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let socket = socket
    let isOpen = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, size) == 0 && listen(socket, 4) == 0 && getsockname(socket, $0, &size) == 0
      }
    }
    guard isOpen else { return nil }
    port = UInt16(bigEndian: address.sin_port)
  }

  /// Calls as a player would, to show that the listener can hear.
  func call() {
    let caller = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(caller) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    _ = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(caller, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  var wasCalled: Bool {
    var request = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 200) > 0
  }
}

@Suite struct LocalFilesOnlyTests {
  static let playlists: [(name: String, text: String)] = [
    (
      "lecture.m3u8",
      "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:PORT/a.ts\n#EXT-X-ENDLIST\n"
    ),
    (
      "lecture.mp4",
      "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:PORT/a.ts\n#EXT-X-ENDLIST\n"
    ),
    ("lecture.txt", "ffconcat version 1.0\nfile http://127.0.0.1:PORT/a.mp4\n"),
    (
      "lecture.mpd",
      """
      <?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011">
      <Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1000">
      <BaseURL>http://127.0.0.1:PORT/a.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>
      """
    ),
    (
      "lecture.sdp",
      "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video PORT RTP/AVP 96\na=rtpmap:96 H264/90000\n"
    ),
  ]

  @Test(arguments: playlists.indices)
  func aPlaylistIsRefusedAndNobodyIsCalled(_ which: Int) throws {
    let listener = try #require(Listener())
    defer { close(listener.socket) }
    let (name, text) = Self.playlists[which]
    let url = Clip.url(name)
    try text.replacing("PORT", with: "\(listener.port)").write(to: url, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: url) }
    let error = #expect(throws: MediaError.self) { try Recording(opening: url) }
    #expect(error?.code == .playlist)
    #expect(!listener.wasCalled)
  }

  @Test func aNameThatReadsLikeAProtocolIsAFile() throws {
    let listener = try #require(Listener())
    defer { close(listener.socket) }
    let error = #expect(throws: MediaError.self) {
      try Recording(opening: URL(filePath: "http://127.0.0.1:\(listener.port)/a.mp4"))
    }
    #expect(error?.code == .missing)
    #expect(!listener.wasCalled)
    let remote = try #require(URL(string: "http://127.0.0.1:\(listener.port)/a.mp4"))
    #expect(throws: MediaError.self) { try Recording(opening: remote) }
    #expect(!listener.wasCalled)
  }

  @Test func theListenerCanHear() throws {
    let listener = try #require(Listener())
    defer { close(listener.socket) }
    listener.call()
    #expect(listener.wasCalled)
  }
}
