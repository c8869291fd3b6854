import Foundation
import OpenCVBridge
public import Vocabulary

extension Image {
  /// Histogram equalisation of a gray picture over all its pixels.
  public func equalised() throws(ImagingError) -> Image {
    try transformed("equalise") { cvb_equalise($0, $1, $2) }
  }

  /// Contrast-limited adaptive histogram equalisation (Zuiderveld 1994) of a gray picture on a grid of
  /// `grid` x `grid` parts.
  ///
  /// - Parameter clip: how often a gray level may occur, as a multiple of its share in a flat histogram.
  public func contrastLimitedEqualised(clip: Double = 2, grid: Int = 4) throws(ImagingError) -> Image {
    try transformed("clahe") { cvb_clahe($0, $1, clip, Int32(clamping: grid), $2) }
  }

  /// `255 (value / 255) ^ gamma`, rounded: a gamma below 1 brightens.
  public func gammaCorrected(_ gamma: Double) throws(ImagingError) -> Image {
    guard gamma.isFinite, gamma > 0 else {
      throw ImagingError(operation: "gamma", reason: "gamma must be above 0, not \(gamma)")
    }
    let curve = (0...255).map { UInt8((255 * pow(Double($0) / 255, gamma)).rounded()) }
    var result = self
    for index in result.pixels.indices { result.pixels[index] = curve[Int(result.pixels[index])] }
    return result
  }
}
