import CFFmpeg

/// FFmpeg's return values, and the macros among them that Swift's importer cannot see.
enum FFmpegStatus {
  static let endOfFile = afterclass_AVERROR_EOF()
  static let again = afterclass_AVERROR_EAGAIN()
  static let diskFailed = afterclass_AVERROR_EIO()
  static let noMemory = afterclass_AVERROR_ENOMEM()
  static let noTimestamp = afterclass_AV_NOPTS_VALUE()

  /// FFmpeg prints to standard error, text from the file included, unless told not to.
  static let silence: Void = av_log_set_level(AV_LOG_QUIET)

  /// FFmpeg's words for an error code.
  static func text(_ code: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 128)
    av_strerror(code, &buffer, buffer.count)
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

extension UnsafePointer<CChar>? {
  /// A C string that may be absent.
  var text: String { map { String(cString: $0) } ?? "" }
}
