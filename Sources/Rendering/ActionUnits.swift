public import Vocabulary

/// What the muscles of a face do, each 0 to 1, numbered as in the Facial Action Coding System
/// (Ekman and Friesen 1978).
public struct ActionUnits: Hashable, Sendable {
  /// AU1: the inner ends of the brows rise.
  public var innerBrowRaiser: Float = 0
  /// AU2: the outer ends of the brows rise.
  public var outerBrowRaiser: Float = 0
  /// AU4: the brows come down and together.
  public var browLowerer: Float = 0
  /// AU5: the upper lids rise.
  public var upperLidRaiser: Float = 0
  /// AU6: the cheeks rise and narrow the eyes.
  public var cheekRaiser: Float = 0
  /// AU7: the lids tighten.
  public var lidTightener: Float = 0
  /// AU9: the nose wrinkles.
  public var noseWrinkler: Float = 0
  /// AU10: the upper lip rises.
  public var upperLipRaiser: Float = 0
  /// AU12: the corners of the mouth go up and out.
  public var lipCornerPuller: Float = 0
  /// AU15: the corners of the mouth go down.
  public var lipCornerDepressor: Float = 0
  /// AU20: the mouth is stretched sideways.
  public var lipStretcher: Float = 0
  /// AU24: the lips are pressed together.
  public var lipPressor: Float = 0
  /// AU25: the lips part.
  public var lipsPart: Float = 0
  /// AU26: the jaw drops.
  public var jawDrop: Float = 0
  /// AU45: the eyes are shut.
  public var blink: Float = 0

  public init() {}

  /// The prototype of an expression (EMFACS, Friesen and Ekman 1983).
  public init(_ expression: Expression) {
    switch expression {
    case .neutral: break
    case .happy: (cheekRaiser, lipCornerPuller, lipsPart) = (0.9, 1, 0.75)
    case .surprise:
      (innerBrowRaiser, outerBrowRaiser, upperLidRaiser, lipsPart, jawDrop) = (1, 1, 1, 1, 1)
    case .sad:
      (innerBrowRaiser, browLowerer, lipCornerDepressor, lidTightener) = (0.9, 0.35, 1, 0.45)
    case .angry:
      (browLowerer, upperLidRaiser, lidTightener, lipPressor, noseWrinkler) = (1, 0.3, 0.5, 1, 0.25)
    case .disgust:
      (noseWrinkler, upperLipRaiser, lipCornerDepressor, browLowerer, lidTightener) =
        (1, 0.9, 0.4, 0.6, 0.7)
      lipsPart = 0.25
    case .fear:
      (innerBrowRaiser, outerBrowRaiser, browLowerer, upperLidRaiser) = (1, 0.6, 0.45, 1)
      (lipStretcher, lipsPart, jawDrop) = (1, 0.6, 0.3)
    }
  }

  /// Every unit of this face times a factor.
  public static func * (units: ActionUnits, factor: Float) -> ActionUnits {
    units.combined(with: units) { first, _ in first * factor }
  }

  /// The stronger of the two for each unit; a blink over a smile keeps the smile.
  public static func | (left: ActionUnits, right: ActionUnits) -> ActionUnits {
    left.combined(with: right, max)
  }

  /// A face on its way from this one to another; `t` from 0 to 1.
  public func moved(to other: ActionUnits, by t: Float) -> ActionUnits {
    combined(with: other) { mix($0, $1, t) }
  }

  private func combined(with other: ActionUnits, _ join: (Float, Float) -> Float) -> ActionUnits {
    var result = ActionUnits()
    for unit in ActionUnits.all {
      result[keyPath: unit] = join(self[keyPath: unit], other[keyPath: unit])
    }
    return result
  }

  private static var all: [WritableKeyPath<ActionUnits, Float>] {
    [
      \.innerBrowRaiser, \.outerBrowRaiser, \.browLowerer, \.upperLidRaiser, \.cheekRaiser,
      \.lidTightener, \.noseWrinkler, \.upperLipRaiser, \.lipCornerPuller, \.lipCornerDepressor,
      \.lipStretcher, \.lipPressor, \.lipsPart, \.jawDrop, \.blink,
    ]
  }
}
