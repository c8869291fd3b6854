/// How a network computes and how its input is laid out.
public struct InferenceForm: Hashable, Sendable {
  public enum Precision: Hashable, Sendable {
    case float32
    /// Layers with weights multiply bfloat16 (eight significant bits) and add up in float32.
    case bfloat16
    /// Convolutions that read a value whose range the graph knows multiply eight-bit integers; the rest is as in
    /// bfloat16 where that is faster, else as in float32.
    case int8
    /// float32, while `Network.ranges` is gathered.
    case observing

    /// What this processor multiplies fastest: int8 takes half the time of bfloat16, that half of
    /// float32's.
    public static var fastest: Precision {
      if Processor.multipliesInt8 { return .int8 }
      return Processor.gainsByBFloat16 ? .bfloat16 : .float32
    }

    var elementType: ElementType {
      switch self {
      case .float32, .observing: .float32
      case .bfloat16: .bfloat16
      case .int8: Processor.gainsByBFloat16 ? .bfloat16 : .float32
      }
    }
  }

  public var precision: Precision
  /// Input pictures hold the channels of a pixel together, as cameras and codecs give them.
  public var channelsLast: Bool
  /// Convolutions with fewer weights at a tap multiply no integers. Without VNNI weights have seven bits, which costs a
  /// network most in its first narrow layers and in those that give its answers, where integers gain least
  /// (`Reports/Measurements/2026-11-27-int8-avx2.md`).
  var fewestWeights = Processor.sumsInt8In32Bits ? 0 : 512

  /// What a graph's products are computed in on this processor, in words.
  public func arithmetic(of graph: Graph) -> String {
    let rest = precision.elementType == .bfloat16 ? "bfloat16" : "float32"
    guard precision == .int8, !graph.ranges.isEmpty else { return rest }
    return "eight-bit integers (\(Processor.sumsInt8In32Bits ? "VNNI" : "AVX2")), the rest in \(rest)"
  }

  public init(_ precision: Precision = .float32, channelsLast: Bool = false) {
    self.precision = precision
    self.channelsLast = channelsLast
  }
}
