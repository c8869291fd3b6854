/// What a recording may claim before it is refused, so that a forged file cannot exhaust the machine.
public enum MediaLimits {
  /// Pixels in a side of a frame.
  public static let side = 8192
  /// Pixels in a frame: 8K in both orientations, with room.
  public static let pixels = 8192 * 8192
  /// Streams in a file.
  public static let streams = 64
  /// Packets of the video stream: two days at 60 frames a second.
  public static let packets = 48 * 3600 * 60
  /// Seconds that a recording may last: two days.
  public static let seconds: Int64 = 48 * 3600
}
