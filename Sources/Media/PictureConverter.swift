import CFFmpeg
import Vocabulary

/// Turns decoded pictures into what a viewer sees: upright, square pixels, 8-bit blue-green-red or gray.
final class PictureConverter {
  private var scaler: OpaquePointer?
  /// Rows are padded, because swscale's vector code writes beyond their end.
  private var rows: UnsafeMutablePointer<UInt8>?
  private var capacity = 0
  /// Why the last picture gave none: memory, and not a format that swscale does not know.
  private(set) var isShortOfMemory = false

  deinit {
    sws_freeContext(scaler)
    av_free(rows)
  }

  /// - Parameters:
  ///   - pixelAspectRatio: Width of a pixel over its height, as the container has it.
  ///   - channels: 3 for blue-green-red, 1 for gray.
  /// - Returns: `nil` where swscale does not know the pixel format or memory is short.
  func image(
    of frame: UnsafePointer<AVFrame>, orientation: Orientation = .upright,
    pixelAspectRatio: AVRational = AVRational(num: 1, den: 1), channels: Int = 3
  ) -> Image? {
    let (width, height) = Self.squareSize(
      Int(frame.pointee.width), Int(frame.pointee.height), pixelAspectRatio)
    guard width > 0, height > 0, width <= MediaLimits.side, height <= MediaLimits.side else { return nil }
    let stride = (width * channels + 63) / 64 * 64 + 64
    isShortOfMemory = false
    guard let rows = reserve(stride * height),
      scale(frame, width, height, channels == 3 ? AV_PIX_FMT_BGR24 : AV_PIX_FMT_GRAY8, rows, stride)
    else { return nil }
    let count = width * height * channels
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      if let target = buffer.baseAddress {
        orientation.copy(
          rows, width: width, height: height, stride: stride, channels: channels, to: target)
      }
      filled = count
    }
    return Image(
      width: orientation.swapsSides ? height : width, height: orientation.swapsSides ? width : height,
      channels: channels, pixels: pixels)
  }

  /// The size with square pixels; one side grows, neither shrinks. An aspect beyond belief is ignored.
  static func squareSize(_ width: Int, _ height: Int, _ aspect: AVRational) -> (Int, Int) {
    let (x, y) = (Int(aspect.num), Int(aspect.den))
    guard x > 0, y > 0, x != y, x <= y * 8, y <= x * 8, width > 0, height > 0 else { return (width, height) }
    return x > y ? ((width * x + y / 2) / y, height) : (width, (height * y + x / 2) / x)
  }

  private func reserve(_ count: Int) -> UnsafeMutablePointer<UInt8>? {
    if count > capacity {
      av_free(rows)
      rows = av_malloc(count)?.assumingMemoryBound(to: UInt8.self)
      capacity = rows == nil ? 0 : count
      isShortOfMemory = rows == nil
    }
    return rows
  }

  private func scale(
    _ frame: UnsafePointer<AVFrame>, _ width: Int, _ height: Int, _ format: AVPixelFormat,
    _ rows: UnsafeMutablePointer<UInt8>, _ stride: Int
  ) -> Bool {
    let (source, isFull) = Self.pixelFormat(of: frame)
    scaler = sws_getCachedContext(
      scaler, frame.pointee.width, frame.pointee.height, source, Int32(width), Int32(height), format,
      SWS_BICUBIC, nil, nil, nil)
    guard scaler != nil else {
      isShortOfMemory = sws_isSupportedInput(source) != 0
      return false
    }
    let matrix = sws_getCoefficients(Self.matrix(of: frame))
    sws_setColorspaceDetails(
      scaler, matrix, isFull ? 1 : 0, sws_getCoefficients(SWS_CS_DEFAULT), 1, 0, 1 << 16, 1 << 16)
    var targets: [UnsafeMutablePointer<UInt8>?] = [rows, nil, nil, nil]
    var strides = [Int32(stride), 0, 0, 0]
    let planes = Self.planes(of: frame)
    var lines = Self.strides(of: frame)
    return sws_scale(scaler, planes, &lines, 0, frame.pointee.height, &targets, &strides)
      == Int32(height)
  }

  private static func planes(of frame: UnsafePointer<AVFrame>) -> [UnsafePointer<UInt8>?] {
    let data = frame.pointee.data
    return [data.0, data.1, data.2, data.3].map { $0.map { UnsafePointer($0) } }
  }

  private static func strides(of frame: UnsafePointer<AVFrame>) -> [Int32] {
    let lines = frame.pointee.linesize
    return [lines.0, lines.1, lines.2, lines.3]
  }

  /// The picture's pixel format, with the deprecated full-range twins told apart by the range alone.
  private static func pixelFormat(of frame: UnsafePointer<AVFrame>) -> (AVPixelFormat, isFull: Bool) {
    let format = AVPixelFormat(frame.pointee.format)
    let isFull = frame.pointee.color_range == AVCOL_RANGE_JPEG
    return switch format {
    case AV_PIX_FMT_YUVJ420P: (AV_PIX_FMT_YUV420P, true)
    case AV_PIX_FMT_YUVJ422P: (AV_PIX_FMT_YUV422P, true)
    case AV_PIX_FMT_YUVJ444P: (AV_PIX_FMT_YUV444P, true)
    case AV_PIX_FMT_YUVJ440P: (AV_PIX_FMT_YUV440P, true)
    case AV_PIX_FMT_GRAY8: (format, frame.pointee.color_range != AVCOL_RANGE_MPEG)
    default: (format, isFull)
    }
  }

  /// Where the stream does not say, BT.709 from 720 lines on and BT.601 below, as players assume.
  private static func matrix(of frame: UnsafePointer<AVFrame>) -> Int32 {
    switch frame.pointee.colorspace {
    case AVCOL_SPC_BT709: SWS_CS_ITU709
    case AVCOL_SPC_BT2020_NCL, AVCOL_SPC_BT2020_CL: SWS_CS_BT2020
    case AVCOL_SPC_SMPTE170M, AVCOL_SPC_BT470BG: SWS_CS_ITU601
    case AVCOL_SPC_SMPTE240M: SWS_CS_SMPTE240M
    case AVCOL_SPC_FCC: SWS_CS_FCC
    default: frame.pointee.height >= 720 ? SWS_CS_ITU709 : SWS_CS_ITU601
    }
  }
}
