import CFFmpeg
public import Foundation
public import Vocabulary

/// Reads photographs through libavcodec: JPEG, PNG, WebP, BMP, TIFF.
public enum PictureReader {
  /// The picture in a file, turned upright as its EXIF data say.
  /// - Parameter channels: 3 for blue-green-red, 1 for gray.
  /// - Throws: ``MediaError``.
  public static func read(_ url: URL, channels: Int = 3) throws -> Image {
    try FileCheck.require(url)
    let bytes: Data
    do {
      bytes = try Data(contentsOf: url)
    } catch {
      throw MediaError(
        .unreadable, "open", file: url.path, reason: "it cannot be read",
        remedy: "check its permissions and the disk")
    }
    return try decode(bytes, named: url.path, channels: channels)
  }

  /// The picture in the bytes of a file. The format is told from the bytes, whatever the name says.
  public static func decode(_ bytes: Data, named file: String, channels: Int = 3) throws -> Image {
    _ = FFmpegStatus.silence
    guard let codec = codec(of: bytes) else {
      throw MediaError(
        .unrecognised, "read", file: file, reason: "it is not a JPEG, PNG, WebP, BMP or TIFF picture",
        remedy: "convert it first")
    }
    var (context, packet, frame) = (avcodec_alloc_context3(codec), av_packet_alloc(), av_frame_alloc())
    defer {
      avcodec_free_context(&context)
      av_packet_free(&packet)
      av_frame_free(&frame)
    }
    guard let context, let packet, let frame, av_new_packet(packet, Int32(clamping: bytes.count)) >= 0 else {
      throw MediaError.outOfMemory("read", file)
    }
    bytes.copyBytes(to: packet.pointee.data, count: Int(packet.pointee.size))
    packet.pointee.flags |= AV_PKT_FLAG_KEY
    context.pointee.thread_count = 1
    context.pointee.max_pixels = Int64(MediaLimits.pixels)
    guard avcodec_open2(context, codec, nil) >= 0, avcodec_send_packet(context, packet) >= 0,
      avcodec_send_packet(context, nil) >= 0, avcodec_receive_frame(context, frame) >= 0,
      let image = PictureConverter().image(
        of: frame, orientation: Orientation(of: frame) ?? .upright, channels: channels)
    else {
      throw MediaError(
        .damaged, "read", file: file,
        reason: "the picture is damaged or larger than \(MediaLimits.side) pixels",
        remedy: "export it again")
    }
    return image
  }

  private static func codec(of bytes: Data) -> UnsafePointer<AVCodec>? {
    let head = Array(bytes.prefix(12))
    let id: AVCodecID
    if head.starts(with: [0xFF, 0xD8, 0xFF]) {
      id = AV_CODEC_ID_MJPEG
    } else if head.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
      id = AV_CODEC_ID_PNG
    } else if head.starts(with: Array("RIFF".utf8)), head.dropFirst(8).elementsEqual("WEBP".utf8) {
      id = AV_CODEC_ID_WEBP
    } else if head.starts(with: Array("BM".utf8)) {
      id = AV_CODEC_ID_BMP
    } else if head.starts(with: [0x49, 0x49, 0x2A, 0]) || head.starts(with: [0x4D, 0x4D, 0, 0x2A]) {
      id = AV_CODEC_ID_TIFF
    } else {
      return nil
    }
    return UnsafePointer(avcodec_find_decoder(id))
  }
}
