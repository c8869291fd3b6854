/// Cuts what is left to measure into slices.
///
/// Measured values do not depend on where the cuts are; the cuts decide only how evenly the cores are used and
/// how much is lost when a run is killed.
public enum Slicing {
  /// Slices that cover `samples` but for those already `finished`, none longer than `length`.
  ///
  /// Cuts lie at multiples of `length`, so that a run that goes on finds the same slices again.
  public static func slices(
    of samples: Range<Int64>, without finished: [ClosedRange<Int64>], length: Int64
  ) -> [Range<Int64>] {
    let length = max(1, length)
    var slices: [Range<Int64>] = []
    var next = samples.lowerBound
    func cut(upTo end: Int64) {
      while next < end {
        let remainder = ((next % length) + length) % length
        let stop = min(end, next + length - remainder)
        slices.append(next..<stop)
        next = stop
      }
    }
    for range in finished.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      cut(upTo: min(samples.upperBound, range.lowerBound))
      next = max(next, range.upperBound + 1)
    }
    cut(upTo: samples.upperBound)
    return slices
  }

  /// Samples in a slice: 75 seconds of the recording, less where it is short for the number of cores (each should get
  /// several), and never so many that a slice outgrows memory. What a slice has measured waits for its end there, so that
  /// longer ones would take more memory of a long recording than of a short one (150 s: 8 MB for two jobs); they would spare half
  /// a group of pictures each, which is lost in the noise.
  public static func length(samples: Int64, seconds: Double, jobs: Int) -> Int64 {
    guard samples > 0, seconds > 0 else { return 1 }
    let span = min(75, max(20, seconds / Double(4 * max(1, jobs))))
    let count = Double(samples) * span / seconds
    return Int64(min(1000, max(1, count.rounded(.up))))
  }
}
