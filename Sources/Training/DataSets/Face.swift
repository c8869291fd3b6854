public import Vocabulary

/// The part of a data set that a face belongs to, by FER2013's `Usage`.
public enum Split: String, Sendable, CaseIterable {
  case training = "Training"
  case publicTest = "PublicTest"
  case privateTest = "PrivateTest"
}

/// A labelled gray face of 48 × 48 pixels, rows from the top.
public struct Face: Hashable, Sendable {
  public static let side = 48
  public static let pixelCount = side * side

  public var expression: Expression
  public var split: Split
  public var pixels: [UInt8]

  public init(expression: Expression, split: Split, pixels: [UInt8]) {
    self.expression = expression
    self.split = split
    self.pixels = pixels
  }
}
