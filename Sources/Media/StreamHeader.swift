import CFFmpeg
import Vocabulary

/// What a container says of its video stream as a whole: all that decoding needs besides the packets.
///
/// A copy without the container's index, which for two hours takes megabytes: all slices share one.
final class StreamHeader {
  let file: String
  let stream: UnsafeMutablePointer<AVStream>
  private let context: UnsafeMutablePointer<AVFormatContext>

  /// - Throws: ``MediaError`` where memory is short.
  init(of container: Container) throws {
    file = container.file
    let allocated = avformat_alloc_context()
    let other = container.stream
    guard let context = allocated, let stream = avformat_new_stream(context, nil),
      avcodec_parameters_copy(stream.pointee.codecpar, other.pointee.codecpar) >= 0
    else {
      avformat_free_context(allocated)
      throw MediaError.outOfMemory("open", container.file)
    }
    (self.context, self.stream) = (context, stream)
    stream.pointee.time_base = other.pointee.time_base
    stream.pointee.sample_aspect_ratio = other.pointee.sample_aspect_ratio
    try copyDisplayMatrix(of: other)
  }

  deinit { avformat_free_context(context) }

  private func copyDisplayMatrix(of other: UnsafePointer<AVStream>) throws {
    var size = 0
    guard let matrix = av_stream_get_side_data(other, AV_PKT_DATA_DISPLAYMATRIX, &size) else { return }
    guard let copy = av_stream_new_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, size) else {
      throw MediaError.outOfMemory("open", file)
    }
    copy.update(from: matrix, count: size)
  }

  /// How a picture has to be turned to stand upright: as the frame itself says, else as the stream does.
  func orientation(of frame: UnsafePointer<AVFrame>?) -> Orientation {
    if let frame, let orientation = Orientation(of: frame) { return orientation }
    var size = 0
    guard let matrix = av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &size) else {
      return .upright
    }
    return Orientation(sideData: matrix, size: size) ?? .upright
  }

  /// Width of a pixel over its height, the container's word before the codec's.
  func pixelAspectRatio(of frame: UnsafeMutablePointer<AVFrame>?) -> AVRational {
    av_guess_sample_aspect_ratio(context, stream, frame)
  }
}

// Nothing changes it once it is made.
extension StreamHeader: @unchecked Sendable {}
