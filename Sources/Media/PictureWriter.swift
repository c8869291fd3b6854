import CFFmpeg
public import Foundation
public import Vocabulary

/// Writes pictures as PNG or JPEG through libavcodec; the same picture gives the same bytes.
public enum PictureWriter {
  public enum Format: Hashable, Sendable {
    case png
    /// 1 (small) to 100 (good).
    case jpeg(quality: Int)
  }

  /// Writes atomically, readable by the owner alone. The format follows the extension: `png`, `jpg`, `jpeg` (quality 90).
  /// - Throws: ``MediaError``.
  public static func write(_ image: Image, to url: URL) throws {
    let file = url.path
    let format: Format
    switch url.pathExtension.lowercased() {
    case "png": format = .png
    case "jpg", "jpeg": format = .jpeg(quality: 90)
    default:
      throw MediaError(
        .unsupported, "write", file: file, reason: "pictures are written as png or jpg",
        remedy: "name it so")
    }
    let bytes = try encode(image, as: format, named: file)
    do {
      try writePrivately(bytes, to: url)
    } catch {
      throw MediaError(
        .unwritable, "write", file: file, reason: "the folder cannot be written or the disk is full",
        remedy: "check \(url.deletingLastPathComponent().path)")
    }
  }

  /// The bytes of the encoded file.
  public static func encode(_ image: Image, as format: Format, named file: String = "picture") throws -> Data
  {
    _ = FFmpegStatus.silence
    let failure = MediaError(
      .unwritable, "encode", file: file,
      reason: "no encoder takes a picture of \(image.width) x \(image.height)",
      remedy: "scale it down first")
    guard let codec = avcodec_find_encoder(format.codec),
      let frame = EncoderFrame(
        width: image.width, height: image.height, format: format.pixels(image.channels), fullRange: true),
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
    context.pointee.pix_fmt = format.pixels(image.channels)
    context.pointee.color_range = AVCOL_RANGE_JPEG
    context.pointee.time_base = AVRational(num: 1, den: 1)
    context.pointee.thread_count = 1
    context.pointee.flags |= AV_CODEC_FLAG_BITEXACT | AV_CODEC_FLAG_QSCALE
    context.pointee.global_quality = format.scale * FF_QP2LAMBDA
    frame.pointer.pointee.quality = context.pointee.global_quality
    guard avcodec_open2(context, codec, nil) >= 0, avcodec_send_frame(context, frame.pointer) >= 0,
      avcodec_send_frame(context, nil) >= 0, avcodec_receive_packet(context, packet) >= 0
    else { throw failure }
    return Data(bytes: packet.pointee.data, count: Int(packet.pointee.size))
  }
}

extension PictureWriter.Format {
  fileprivate var codec: AVCodecID { self == .png ? AV_CODEC_ID_PNG : AV_CODEC_ID_MJPEG }

  fileprivate func pixels(_ channels: Int) -> AVPixelFormat {
    switch self {
    case .png: channels == 1 ? AV_PIX_FMT_GRAY8 : AV_PIX_FMT_RGB24
    case .jpeg: AV_PIX_FMT_YUVJ420P
    }
  }

  /// The encoder's quantiser scale: 1 (good) to 31.
  fileprivate var scale: Int32 {
    guard case .jpeg(let quality) = self else { return 0 }
    return Int32(31 - (min(100, max(1, quality)) - 1) * 30 / 99)
  }
}
