import CFFmpeg
import Foundation
import Vocabulary

/// A recording's container, open at its video stream. Opens local files only, and no file that names others.
final class Container {
  enum Read {
    case packet
    /// Bytes that could not be understood; reading may go on behind them.
    case damaged
    case end
  }

  /// Containers in which recordings come. Playlists, image sequences and network formats are not among them.
  private static let formats =
    "mov,matroska,avi,mpegts,mpeg,flv,asf,ogg,mxf,nut,ivf,y4m,yuv4mpegpipe,dv,wtv,rm"

  let file: String
  let context: UnsafeMutablePointer<AVFormatContext>
  let stream: UnsafeMutablePointer<AVStream>

  init(opening url: URL) throws {
    _ = FFmpegStatus.silence
    file = url.path
    try FileCheck.require(url)
    context = try withLargeBlocksApart { try Self.open(url) }
    do {
      try withLargeBlocksApart { [context, file] in try Self.check(context, file) }
      stream = try Self.videoStream(of: context, file)
    } catch {
      var opened: UnsafeMutablePointer<AVFormatContext>? = context
      avformat_close_input(&opened)
      throw error
    }
    for other in streams where other != stream { other.pointee.discard = AVDISCARD_ALL }
  }

  deinit {
    var opened: UnsafeMutablePointer<AVFormatContext>? = context
    avformat_close_input(&opened)
  }

  var streams: [UnsafeMutablePointer<AVStream>] {
    (0..<Int(context.pointee.nb_streams)).compactMap { context.pointee.streams[$0] }
  }

  var formatName: String { UnsafePointer(context.pointee.iformat?.pointee.name).text }

  /// The next packet of the video stream.
  /// - Throws: ``MediaError`` where the disk fails or memory is short: that is no damage of the recording's.
  func read(into packet: UnsafeMutablePointer<AVPacket>) throws -> Read {
    while true {
      av_packet_unref(packet)
      let status = av_read_frame(context, packet)
      if status < 0 {
        // A read that failed counts as the end of the file, unless one asks.
        let cause = context.pointee.pb?.pointee.error ?? 0
        if let failure = MediaError.failure(status, "read", file) ?? .failure(cause, "read", file) {
          throw failure
        }
      }
      if status == FFmpegStatus.endOfFile { return .end }
      if status < 0 { return avio_feof(context.pointee.pb) != 0 ? .end : .damaged }
      if packet.pointee.stream_index == stream.pointee.index { return .packet }
    }
  }

  /// Moves to the last place at or before `tick` where reading can begin.
  func seek(to tick: Int64) -> Bool {
    av_seek_frame(context, stream.pointee.index, tick, AVSEEK_FLAG_BACKWARD) >= 0
  }

  private static func open(_ url: URL) throws -> UnsafeMutablePointer<AVFormatContext> {
    var options: OpaquePointer?
    defer { av_dict_free(&options) }
    av_dict_set(&options, "protocol_whitelist", "file", 0)
    av_dict_set(&options, "format_whitelist", formats, 0)
    av_dict_set(&options, "max_streams", "\(MediaLimits.streams)", 0)
    var context: UnsafeMutablePointer<AVFormatContext>?
    // The explicit protocol keeps FFmpeg from reading one into the name.
    let status = avformat_open_input(&context, "file:" + url.path, nil, &options)
    guard status >= 0, let context else { throw FileCheck.refusal(of: url, status: status) }
    return context
  }

  private static func check(_ context: UnsafeMutablePointer<AVFormatContext>, _ file: String) throws {
    try checkSizes(context, file)
    var options: [OpaquePointer?] = (0..<context.pointee.nb_streams).map { _ in
      var option: OpaquePointer?
      av_dict_set(&option, "max_pixels", "\(MediaLimits.pixels)", 0)
      av_dict_set(&option, "threads", "1", 0)
      return option
    }
    let status = avformat_find_stream_info(context, &options)
    for index in options.indices { av_dict_free(&options[index]) }
    guard status >= 0 else {
      throw MediaError.failure(status, "open", file)
        ?? MediaError(
          .unrecognised, "open", file: file, reason: "no stream can be read (\(FFmpegStatus.text(status)))",
          remedy: "check that it plays, or export it again")
    }
    try checkSizes(context, file)
  }

  private static func checkSizes(_ context: UnsafeMutablePointer<AVFormatContext>, _ file: String) throws {
    for index in 0..<Int(context.pointee.nb_streams) {
      guard let parameters = context.pointee.streams[index]?.pointee.codecpar else { continue }
      let (width, height) = (Int(parameters.pointee.width), Int(parameters.pointee.height))
      guard width <= MediaLimits.side, height <= MediaLimits.side else {
        throw MediaError(
          .tooLarge, "open", file: file, reason: "it claims pictures of \(width) x \(height) pixels",
          remedy: "the limit is \(MediaLimits.side) in a side: scale it down first")
      }
    }
  }

  /// The stream that a player would show; not an embedded cover picture.
  private static func videoStream(
    of context: UnsafeMutablePointer<AVFormatContext>, _ file: String
  ) throws -> UnsafeMutablePointer<AVStream> {
    let best = av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, nil, 0)
    guard best >= 0, let stream = context.pointee.streams[Int(best)],
      stream.pointee.disposition & AV_DISPOSITION_ATTACHED_PIC == 0
    else {
      throw MediaError(
        .noVideo, "open", file: file, reason: "it has no video, only sound or other streams",
        remedy: "give the video recording of the class")
    }
    return stream
  }
}
