import CFFmpeg
import Vocabulary

extension Container {
  /// How much earlier than the first picture the first other stream starts.
  func leadIn(before index: PacketIndex) -> Timestamp {
    let first = index.tick * index.originTick
    let starts = streams.filter { $0 != stream && $0.pointee.start_time != FFmpegStatus.noTimestamp }
      .map { Timestamp(ofBase: $0.pointee.time_base) * $0.pointee.start_time }
    return max(.zero, first - (starts.min() ?? first))
  }

  /// Such as `audio aac`.
  var otherStreams: [String] {
    streams.filter { $0 != stream }.compactMap { other in
      guard let parameters = other.pointee.codecpar else { return nil }
      let kind = UnsafePointer(av_get_media_type_string(parameters.pointee.codec_type)).text
      return "\(kind) \(UnsafePointer(avcodec_get_name(parameters.pointee.codec_id)).text)"
    }
  }
}

extension Orientation {
  /// The display matrix that came with a picture, or its EXIF tag; `nil` where it has neither.
  init?(of frame: UnsafePointer<AVFrame>) {
    if let matrix = av_frame_get_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX) {
      self.init(sideData: matrix.pointee.data, size: matrix.pointee.size)
    } else if let tag = av_dict_get(frame.pointee.metadata, "Orientation", nil, 0),
      let value = Int(UnsafePointer(tag.pointee.value).text.filter(\.isNumber))
    {
      self.init(exif: value)
    } else {
      return nil
    }
  }

  init?(sideData: UnsafePointer<UInt8>, size: Int) {
    guard size >= 9 * MemoryLayout<Int32>.size else { return nil }
    let matrix = (0..<9).map {
      UnsafeRawPointer(sideData).loadUnaligned(fromByteOffset: $0 * 4, as: Int32.self)
    }
    self.init(displayMatrix: matrix)
  }
}

extension Timestamp {
  /// One tick of an FFmpeg time base; a base without sense is read as a microsecond.
  init(ofBase base: AVRational) {
    self =
      base.num > 0 && base.den > 0
      ? Timestamp(Int64(base.num), over: Int64(base.den)) : Timestamp(1, over: 1_000_000)
  }
}
