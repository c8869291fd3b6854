/// bfloat16 is the upper half of a float32.
enum BFloat16Vector {
  @inline(__always)
  static func widened(_ values: SIMD16<UInt16>) -> SIMD16<Float> {
    let bits = SIMD16<UInt32>(truncatingIfNeeded: values) &<< 16
    return unsafeBitCast(bits, to: SIMD16<Float>.self)
  }

  /// Rounds to nearest, ties to even; values are finite.
  @inline(__always)
  static func narrowed(_ values: SIMD16<Float>) -> SIMD16<UInt16> {
    let bits = unsafeBitCast(values, to: SIMD16<UInt32>.self)
    let rounded = bits &+ 0x7FFF &+ ((bits &>> 16) & 1)
    return SIMD16<UInt16>(truncatingIfNeeded: rounded &>> 16)
  }
}
