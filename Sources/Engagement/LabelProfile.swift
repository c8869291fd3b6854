/// Compares two label profiles: the ink of a name's letters by column, too coarse to read, then its length.
///
/// Two names may differ in one letter, so not the sum of all differences counts but the largest over three
/// neighbouring bins. The height of the letters, which the profile is scaled by, is known to a pixel only:
/// the second profile may be up to a fifth wider or narrower than the first.
enum LabelProfile {
  /// A bin is so many heights of the letters wide, and the last value the length in so many heights.
  private static let (bin, lengthScale) = (0.3, 20.0)
  private static let stretches = [0.96, 1.04, 0.92, 1.08, 0.88, 1.13, 0.84, 1.18]

  /// 0 (equal) to about 1 (nothing in common) over the length of the shorter: where a label ends on a bright
  /// picture is uncertain. `nil` where one has no label.
  ///
  /// Every label is compared at every sample: no array is made on the way.
  ///
  /// - Parameter bound: told in place of what lies above it, which saves most of the time.
  static func difference(_ left: [Float], _ right: [Float], ifBelow bound: Double = .infinity) -> Double? {
    guard left.count == right.count, left.count > 8 else { return nil }
    return left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        let asItIs = min(bound, unlikeness(left, right, ifBelow: bound))
        guard asItIs >= 0.03 else { return asItIs }
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * right.count) { room in
          let wider = UnsafeMutableBufferPointer(rebasing: room[..<right.count])
          let sums = UnsafeMutableBufferPointer(rebasing: room[right.count...])
          sums.initialize(fromContentsOfSums: right)
          var least = asItIs
          for stretch in stretches where least >= 0.03 {
            wider.stretch(right, sums, by: stretch)
            least = min(least, unlikeness(left, UnsafeBufferPointer(wider), ifBelow: least))
          }
          return least
        }
      }
    }
  }

  /// - Parameter bound: what lies above it need not be known exactly.
  private static func unlikeness(
    _ left: UnsafeBufferPointer<Float>, _ right: UnsafeBufferPointer<Float>, ifBelow bound: Double
  ) -> Double {
    let bins = left.count - 1
    let shorter = Double(min(left[bins], right[bins])) * lengthScale
    let longer = Double(max(left[bins], right[bins])) * lengthScale
    let common = min(bins, max(6, Int(shorter / bin)))
    func apart(_ index: Int) -> Float { abs(left[index] - right[index]) }
    func ink(_ index: Int) -> Float { left[index] + right[index] }
    let mean = (0..<common).reduce(0) { $0 + ink($1) } / Float(common)
    guard mean > 0 else { return 1 }
    var most: Float = 0
    for index in 0..<common - 2 {
      let difference = apart(index) + apart(index + 1) + apart(index + 2)
      most = max(most, difference / (ink(index) + ink(index + 1) + ink(index + 2) + mean))
      if Double(most) >= bound { return bound }
    }
    return Double(most) + 0.03 * min(1, (longer - shorter) / 3)
  }
}

extension UnsafeMutableBufferPointer<Float> {
  /// The sums of all bins before each; a profile's last value is no bin.
  fileprivate func initialize(fromContentsOfSums profile: UnsafeBufferPointer<Float>) {
    var sum: Float = 0
    for index in profile.indices {
      initializeElement(at: index, to: sum)
      sum += profile[index]
    }
  }

  /// The profile of letters that were taken for higher than they are, by this factor.
  fileprivate func stretch(
    _ profile: UnsafeBufferPointer<Float>, _ sums: UnsafeMutableBufferPointer<Float>, by factor: Double
  ) {
    let bins = profile.count - 1
    func sum(upTo position: Double) -> Float {
      let index = Int(position)
      return index < bins ? sums[index] + Float(position - Double(index)) * profile[index] : sums[bins]
    }
    var before = sum(upTo: 0)
    for bin in 0..<bins {
      let after = sum(upTo: Double(bin + 1) * factor)
      initializeElement(at: bin, to: (after - before) / Float(factor))
      before = after
    }
    initializeElement(at: bins, to: profile[bins] / Float(factor))
  }
}
