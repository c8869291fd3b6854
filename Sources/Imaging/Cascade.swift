import OpenCVBridge
public import Vocabulary

/// A boosted cascade of Haar or LBP features (Viola and Jones 2001), read from OpenCV's XML.
///
/// Not for use from two tasks at once: the classifier keeps a pyramid between calls.
public final class Cascade {
  /// An object that a cascade found.
  public struct Finding: Hashable, Sendable {
    public let box: Box
    /// The last stage's sum: larger is surer. Its scale is the cascade's own.
    public let weight: Double
  }

  private let handle: OpaquePointer

  /// - Throws: ``ImagingError`` where the file is not a cascade.
  public init(path: String) throws(ImagingError) {
    var opened: OpaquePointer?
    try bridged("cascade \(path)") { cvb_cascade_open(path, &opened, $0) }
    guard let opened else { throw ImagingError(operation: "cascade \(path)", reason: "not opened") }
    handle = opened
  }

  deinit { cvb_cascade_close(handle) }

  /// Where the object shows in a gray picture, at all sizes from `smallest` to `largest` pixels (0 for no
  /// limit), each 1.1 times the one before; a place counts once `neighbours` windows agree on it.
  public func find(
    in gray: Image, neighbours: Int = 3, smallest: Int, largest: Int = 0
  ) throws(ImagingError) -> [Finding] {
    let capacity = 1024
    var objects = [Double](repeating: 0, count: 5 * capacity)
    var count = 0
    try bridged("cascade") { message in
      gray.withSource {
        cvb_cascade_detect(
          handle, $0, 1.1, Int32(clamping: neighbours), Int32(clamping: smallest),
          Int32(clamping: largest), &objects, capacity, &count, message)
      }
    }
    return (0..<min(count, capacity)).map { index in
      let at = 5 * index
      return Finding(
        box: Box(x: objects[at], y: objects[at + 1], width: objects[at + 2], height: objects[at + 3]),
        weight: objects[at + 4])
    }
  }
}
