/// Why a recording or a picture could not be read or written: one line that names the file, what failed and
/// what to do about it.
public struct MediaError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Code: Sendable {
    /// There is no such file, or it is not a regular file.
    case missing
    /// The file may not be read or written.
    case unreadable
    case empty
    /// Not a container that is known here, or damaged beyond recognition.
    case unrecognised
    /// A playlist or another file that stands for further files or addresses.
    case playlist
    /// No video stream.
    case noVideo
    /// A video stream without a single picture that can be shown.
    case noFrames
    /// No decoder or encoder for the codec.
    case unsupported
    /// Larger than what is accepted; see ``MediaLimits``.
    case tooLarge
    /// Damaged in the place that was needed.
    case damaged
    case unwritable
    /// The disk, the network or memory failed; the recording may be sound.
    case surroundings
  }

  public let code: Code
  /// What was being done: "open", "decode", "write", …
  public let operation: String
  public let file: String
  public let reason: String
  /// What the user can do.
  public let remedy: String

  public init(_ code: Code, _ operation: String, file: String, reason: String, remedy: String) {
    self.code = code
    self.operation = operation
    self.file = file
    self.reason = reason
    self.remedy = remedy
  }

  static func outOfMemory(_ operation: String, _ file: String) -> MediaError {
    MediaError(
      .surroundings, operation, file: file, reason: "memory is short", remedy: "run fewer jobs at once")
  }

  static func diskFailed(_ operation: String, _ file: String) -> MediaError {
    MediaError(
      .surroundings, operation, file: file, reason: "the disk or the network failed",
      remedy: "check that the file can be copied, then run it again")
  }

  /// Where FFmpeg failed of its surroundings rather than of the file; `nil` for any other status.
  static func failure(_ status: Int32, _ operation: String, _ file: String) -> MediaError? {
    switch status {
    case FFmpegStatus.noMemory: outOfMemory(operation, file)
    case FFmpegStatus.diskFailed: diskFailed(operation, file)
    default: nil
    }
  }

  public var description: String { "\(file): cannot \(operation): \(reason); \(remedy)" }
}
