import Engagement
import Vocabulary

/// Colours after Okabe and Ito (2008), told apart with any colour vision. Each names the page's variable, which
/// changes in the dark, and its light value for pictures that stand alone.
enum Palette {
  static func colour(_ expression: Expression) -> String {
    switch expression {
    case .angry: "var(--angry,#d55e00)"
    case .disgust: "var(--disgust,#009e73)"
    case .fear: "var(--fear,#cc79a7)"
    case .happy: "var(--happy,#e69f00)"
    case .sad: "var(--sad,#0072b2)"
    case .surprise: "var(--surprise,#56b4e9)"
    case .neutral: "var(--neutral,#b9bec5)"
    }
  }

  static let uncertain = "var(--uncertain,#e9ebee)"
  static let line = "var(--line,#0b5cad)"
  static let band = "var(--band,#bcd7f2)"
  static let ink = "var(--ink,#1c2430)"
  static let faint = "var(--faint,#5a6572)"
  static let rule = "var(--rule,#d9dde3)"

  static func colour(_ presence: Presence) -> String {
    switch presence {
    case .face: "var(--seen,#0072b2)"
    case .cameraWithoutFace: "var(--noface,#e69f00)"
    case .cameraOff: "var(--off,#9aa2ad)"
    case .absent, .unknown: "none"
    }
  }

  static func colour(_ kind: ClassEvent.Kind) -> String {
    switch kind {
    case .dip: "var(--dip,#d55e00)"
    case .peak: "var(--peak,#009e73)"
    case .confusion: "var(--confusion,#cc79a7)"
    }
  }

  /// From little to much engagement; one hue, so that order is seen without colours.
  static let heat = (0..<heatLevels).map { "var(--heat\($0),\(heatLight[$0]))" }
  static let heatLevels = 6
  private static let heatLight = ["#eef3f9", "#cfdff0", "#a3c4e3", "#6ea3d2", "#357dbd", "#0b4f8f"]
}
