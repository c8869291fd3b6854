/// Compares two label profiles: the ink of a name's letters by column, too coarse to read, then its length.
///
/// Two names may differ in one letter, so not the sum of all differences counts but the largest over three
/// neighbouring bins. The height of the letters, which the profile is scaled by, is known to a pixel only:
/// the second profile may be up to a fifth wider or narrower than the first.
enum LabelProfile {
  /// A bin is so many heights of the letters wide, and the last value the length in so many heights.
  private static let (bin, lengthScale) = (0.3, 20.0)
  private static let stretches = [1, 0.96, 1.04, 0.92, 1.08, 0.88, 1.13, 0.84, 1.18]

  /// 0 (equal) to about 1 (nothing in common) over the length of the shorter: where a label ends on a bright
  /// picture is uncertain. `nil` where one has no label.
  static func difference(_ left: [Float], _ right: [Float]) -> Double? {
    guard left.count == right.count, left.count > 8 else { return nil }
    var least = Double.infinity
    for stretch in stretches {
      least = min(least, unlikeness(left, stretch == 1 ? right : stretched(right, by: stretch)))
      if least < 0.03 { break }
    }
    return least
  }

  private static func unlikeness(_ left: [Float], _ right: [Float]) -> Double {
    let bins = left.count - 1
    let shorter = Double(min(left[bins], right[bins])) * lengthScale
    let longer = Double(max(left[bins], right[bins])) * lengthScale
    let common = min(bins, max(6, Int(shorter / bin)))
    var apart: [Float] = []
    var ink: [Float] = []
    for index in 0..<common {
      apart.append(abs(left[index] - right[index]))
      ink.append(left[index] + right[index])
    }
    let mean = ink.reduce(0, +) / Float(common)
    guard mean > 0 else { return 1 }
    var most: Float = 0
    for index in 0..<common - 2 {
      let window = index...index + 2
      most = max(most, apart[window].reduce(0, +) / (ink[window].reduce(0, +) + mean))
    }
    return Double(most) + 0.03 * min(1, (longer - shorter) / 3)
  }

  /// The profile of letters that were taken for higher than they are, by this factor.
  private static func stretched(_ profile: [Float], by factor: Double) -> [Float] {
    let bins = profile.count - 1
    var sums: [Float] = [0]
    for value in profile.prefix(bins) { sums.append((sums.last ?? 0) + value) }
    func sum(upTo position: Double) -> Float {
      let index = Int(position)
      guard index < bins else { return sums[bins] }
      return sums[index] + Float(position - Double(index)) * profile[index]
    }
    return (0..<bins).map { bin in
      (sum(upTo: Double(bin + 1) * factor) - sum(upTo: Double(bin) * factor)) / Float(factor)
    } + [profile[bins] / Float(factor)]
  }
}
