import Engagement
import Vocabulary

/// A colour of the report: the page's variable, which changes in the dark, and its value on white paper.
public struct Paint: Hashable, Sendable, CustomStringConvertible {
  let variable: String
  /// `0xRRGGBB`.
  public let light: UInt32

  /// For the page.
  public var description: String { "var(--\(variable),\(hex))" }

  /// For files that stand alone: not every program that shows SVG knows variables.
  var hex: String {
    let digits = String(light, radix: 16)
    return "#" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  init(_ variable: String, _ light: UInt32) {
    self.variable = variable
    self.light = light
  }
}

/// Colours after Okabe and Ito (2008), told apart with any colour vision.
enum Palette {
  static func colour(_ expression: Expression) -> Paint {
    switch expression {
    case .angry: Paint("angry", 0xd55e00)
    case .disgust: Paint("disgust", 0x009e73)
    case .fear: Paint("fear", 0xcc79a7)
    case .happy: Paint("happy", 0xe69f00)
    case .sad: Paint("sad", 0x0072b2)
    case .surprise: Paint("surprise", 0x56b4e9)
    case .neutral: Paint("neutral", 0xb9bec5)
    }
  }

  static let uncertain = Paint("uncertain", 0xe9ebee)
  static let line = Paint("line", 0x0b5cad)
  static let band = Paint("band", 0xc5dcf4)
  static let ink = Paint("ink", 0x1c2430)
  static let faint = Paint("faint", 0x56616e)
  static let rule = Paint("rule", 0xd9dde3)
  static let face = Paint("seen", 0x0072b2)
  static let noFace = Paint("noface", 0xe69f00)
  static let cameraOff = Paint("off", 0x9aa2ad)

  static func colour(_ kind: ClassEvent.Kind) -> Paint {
    switch kind {
    case .dip: Paint("dip", 0xb34700)
    case .peak: Paint("peak", 0x00704f)
    case .confusion: Paint("confusion", 0x96417a)
    }
  }

  /// From little to much engagement; one hue, so that order is seen without colours.
  static let heat = [0xcddcf0, 0xa9c6e6, 0x7fabd8, 0x548fc8, 0x2d70b0, 0x0b4f8f].enumerated().map {
    Paint("heat\($0)", UInt32($1))
  }

  static var expressionKey: [(Paint, String)] {
    Expression.allCases.map { (colour($0), Texts.name($0)) } + [(uncertain, Texts.uncertain)]
  }

  static var presenceKey: [(Paint, String)] {
    [(face, Presence.face), (noFace, .cameraWithoutFace), (cameraOff, .cameraOff)].map {
      ($0, Texts.name($1))
    }
  }

  static var heatKey: [(Paint, String)] {
    heat.enumerated().map { step, paint in
      (paint, "\(step * 100 / heat.count)–\((step + 1) * 100 / heat.count)")
    }
  }
}
