/// A stretch of the recording whose samples could not be read.
public struct Loss: Hashable, Sendable {
  public var samples: Int
  /// Seconds.
  public var start: Double
  public var end: Double

  public init(samples: Int, start: Double, end: Double) {
    self.samples = samples
    self.start = start
    self.end = end
  }
}
