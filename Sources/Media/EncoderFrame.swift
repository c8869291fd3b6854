import CFFmpeg
import Vocabulary

/// A frame in an encoder's pixel format that pictures are converted into.
final class EncoderFrame {
  let pointer: UnsafeMutablePointer<AVFrame>
  private var scaler: OpaquePointer?

  /// `nil` where memory is short or the format cannot be held.
  init?(width: Int, height: Int, format: AVPixelFormat, fullRange: Bool) {
    guard let frame = av_frame_alloc() else { return nil }
    pointer = frame
    frame.pointee.width = Int32(clamping: width)
    frame.pointee.height = Int32(clamping: height)
    frame.pointee.format = format.rawValue
    frame.pointee.color_range = fullRange ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG
    frame.pointee.colorspace = height >= 720 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M
    guard av_frame_get_buffer(frame, 0) >= 0 else { return nil }
  }

  deinit {
    var frame: UnsafeMutablePointer<AVFrame>? = pointer
    av_frame_free(&frame)
    sws_freeContext(scaler)
  }

  /// Converts a picture of the same size; false where swscale cannot.
  func fill(with image: Image) -> Bool {
    guard image.width == Int(pointer.pointee.width), image.height == Int(pointer.pointee.height),
      av_frame_make_writable(pointer) >= 0
    else { return false }
    let source = image.channels == 1 ? AV_PIX_FMT_GRAY8 : AV_PIX_FMT_BGR24
    // swscale's quick conversion knows neither full range nor BT.709; accurate rounding avoids it.
    scaler = sws_getCachedContext(
      scaler, Int32(image.width), Int32(image.height), source, Int32(image.width), Int32(image.height),
      AVPixelFormat(pointer.pointee.format), SWS_BICUBIC | SWS_ACCURATE_RND, nil, nil, nil)
    guard scaler != nil else { return false }
    let matrix = sws_getCoefficients(image.height >= 720 ? SWS_CS_ITU709 : SWS_CS_ITU601)
    let isFull: Int32 = pointer.pointee.color_range == AVCOL_RANGE_JPEG ? 1 : 0
    sws_setColorspaceDetails(scaler, matrix, 1, matrix, isFull, 0, 1 << 16, 1 << 16)
    let data = pointer.pointee.data
    let lines = pointer.pointee.linesize
    var targets = [data.0, data.1, data.2, data.3]
    var strides = [lines.0, lines.1, lines.2, lines.3]
    // Padded, because swscale's vector code reads beyond the last row.
    return (image.pixels + [UInt8](repeating: 0, count: 64)).withUnsafeBufferPointer { pixels in
      var planes: [UnsafePointer<UInt8>?] = [pixels.baseAddress, nil, nil, nil]
      var rows = [Int32(image.bytesPerRow), 0, 0, 0]
      return sws_scale(scaler, &planes, &rows, 0, Int32(image.height), &targets, &strides)
        == Int32(image.height)
    }
  }
}
