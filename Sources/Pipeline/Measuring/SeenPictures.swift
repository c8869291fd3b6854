import Foundation
import Vocabulary

/// The pictures of one sample, tile by tile, with what was measured in them.
///
/// What is measured in a picture depends on its pixels alone. Where they are, bit for bit, those of the sample
/// before, so is what was measured: still photographs, frozen cameras, avatars and slides cost nothing after
/// the first time. Nothing comes out otherwise than without this, so slices need not know what lay before them.
struct SeenPictures {
  private var seen: [Box: (picture: Image, measured: MeasuredPicture)] = [:]

  mutating func remember(_ picture: Image, at box: Box, _ measured: MeasuredPicture) {
    seen[box] = (picture, measured)
  }

  /// What was measured at the same place, if it showed the same.
  func measured(_ picture: Image, at box: Box) -> MeasuredPicture? {
    guard let (before, measured) = seen[box], before.hasPixels(of: picture) else { return nil }
    return measured
  }
}

extension Image {
  /// As `==`, at the speed of memory.
  fileprivate func hasPixels(of other: Image) -> Bool {
    guard (width, height, channels) == (other.width, other.height, other.channels) else { return false }
    return pixels.withUnsafeBytes { left in
      other.pixels.withUnsafeBytes { right in
        guard let a = left.baseAddress, let b = right.baseAddress else { return false }
        return left.count == right.count && memcmp(a, b, left.count) == 0
      }
    }
  }
}
