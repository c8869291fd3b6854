/// Where recordings are analysed and on what ground: decides what may be computed at all, before any frame
/// is read.
public enum Setting: String, Sendable, CaseIterable {
  /// Education in the European Union, outside a research project.
  case euEducation = "eu-education"
  /// A research project whose participants have all agreed, under its ethics approval.
  case researchConsented = "research-consented"
  /// A place whose law allows it, where everyone shown has agreed.
  case elsewhereConsented = "elsewhere-consented"
  /// Nobody said; each report says so.
  case unspecified

  /// What a report lists as its setting.
  var listed: String {
    self == .unspecified ? "\(rawValue): no setting was stated, see README on the AI Act" : rawValue
  }

  /// Why expressions may not be classified here; `nil` where they may.
  var refusalOfExpressions: String? {
    guard self == .euEducation else { return nil }
    return "setting eu-education does not classify expressions: Regulation (EU) 2024/1689 (AI Act), Article "
      + "5(1)(f), prohibits inferring emotions in education; use `--pipeline observable-only` (presence and "
      + "attention, no expression is ever computed), or name the ground on which you may (setting: "
      + "research-consented)"
  }
}
