import CFFmpeg
public import Foundation
public import Vocabulary

/// Writes pictures as PNG through libavcodec; the same picture gives the same bytes.
public enum PictureWriter {
  /// Writes atomically, readable by the owner alone.
  /// - Throws: ``MediaError``.
  public static func write(_ image: Image, to url: URL) throws {
    let bytes = try encode(image, named: url.path)
    do {
      try writePrivately(bytes, to: url)
    } catch {
      throw MediaError(
        .unwritable, "write", file: url.path, reason: "the folder cannot be written or the disk is full",
        remedy: "check \(url.deletingLastPathComponent().path)")
    }
  }

  /// The bytes of the encoded file.
  public static func encode(_ image: Image, named file: String = "picture") throws -> Data {
    _ = FFmpegStatus.silence
    let failure = MediaError(
      .unwritable, "encode", file: file,
      reason: "no encoder takes a picture of \(image.width) x \(image.height)",
      remedy: "scale it down first")
    let pixels = image.channels == 1 ? AV_PIX_FMT_GRAY8 : AV_PIX_FMT_RGB24
    guard let codec = avcodec_find_encoder(AV_CODEC_ID_PNG),
      let frame = EncoderFrame(width: image.width, height: image.height, format: pixels, fullRange: true),
      frame.fill(with: image)
    else { throw failure }
    var (context, packet) = (avcodec_alloc_context3(codec), av_packet_alloc())
    defer {
      avcodec_free_context(&context)
      av_packet_free(&packet)
    }
    guard let context, let packet else { throw MediaError.outOfMemory("encode", file) }
    context.pointee.width = frame.pointer.pointee.width
    context.pointee.height = frame.pointer.pointee.height
    context.pointee.pix_fmt = pixels
    context.pointee.color_range = AVCOL_RANGE_JPEG
    context.pointee.time_base = AVRational(num: 1, den: 1)
    context.pointee.thread_count = 1
    context.pointee.flags |= AV_CODEC_FLAG_BITEXACT
    guard avcodec_open2(context, codec, nil) >= 0, avcodec_send_frame(context, frame.pointer) >= 0,
      avcodec_send_frame(context, nil) >= 0, avcodec_receive_packet(context, packet) >= 0
    else { throw failure }
    return Data(bytes: packet.pointee.data, count: Int(packet.pointee.size))
  }
}
