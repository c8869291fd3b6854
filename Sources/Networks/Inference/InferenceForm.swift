/// How a network computes and how its input is laid out.
public struct InferenceForm: Hashable, Sendable {
  public enum Precision: Hashable, Sendable {
    case float32
    /// Layers with weights multiply bfloat16 (eight significant bits) and add up in float32.
    case bfloat16

    /// bfloat16 where this processor multiplies it in hardware, which is half the time; float32 elsewhere.
    public static var fastest: Precision { Processor.multipliesBFloat16 ? .bfloat16 : .float32 }

    var elementType: ElementType {
      switch self {
      case .float32: .float32
      case .bfloat16: .bfloat16
      }
    }
  }

  public var precision: Precision
  /// Input pictures hold the channels of a pixel together, as cameras and codecs give them.
  public var channelsLast: Bool

  public init(_ precision: Precision = .float32, channelsLast: Bool = false) {
    self.precision = precision
    self.channelsLast = channelsLast
  }
}
