import CFFmpeg

/// The codecs that recordings come in.
public enum CommonCodec: String, Sendable, CaseIterable {
  case h264 = "H.264"
  case hevc = "HEVC"
  case vp8 = "VP8"
  case vp9 = "VP9"
  case av1 = "AV1"
  case mpeg4 = "MPEG-4"

  /// Whether the FFmpeg of this machine was built with a decoder for it.
  public var canBeDecoded: Bool { avcodec_find_decoder(identifier) != nil }

  private var identifier: AVCodecID {
    switch self {
    case .h264: AV_CODEC_ID_H264
    case .hevc: AV_CODEC_ID_HEVC
    case .vp8: AV_CODEC_ID_VP8
    case .vp9: AV_CODEC_ID_VP9
    case .av1: AV_CODEC_ID_AV1
    case .mpeg4: AV_CODEC_ID_MPEG4
    }
  }
}
