public import Vocabulary

/// One named step of making a face chip easier to read; training and analysis run the same ones.
///
/// Written in a pipeline file or a bundle's manifest as `name` or `name:number[,number]`: `equalise`,
/// `clahe:2,4`, `gamma:0.8`, `denoise:20`, `blur:0.7`.
public enum PreprocessingStep: Hashable, Sendable, Codable, LosslessStringConvertible {
  /// Histogram equalisation.
  case equalise
  /// Contrast-limited adaptive histogram equalisation.
  case clahe(clip: Double, grid: Int)
  case gamma(Double)
  /// Edge-preserving smoothing of noise of about so many gray levels.
  case denoise(Double)
  /// Gaussian blur of so many pixels.
  case blur(Double)

  /// How each step is written, for messages.
  public static let forms =
    "equalise; clahe:clip,tiles; gamma:exponent; denoise:levels; blur:pixels"

  /// `nil` where the name or a number is not one that the step knows.
  public init?(_ description: String) {
    let parts = description.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let texts = parts.count > 1 ? parts[1].split(separator: ",", omittingEmptySubsequences: false) : []
    let numbers = texts.compactMap { Double($0.filter { $0 != " " }) }
    guard numbers.count == texts.count, numbers.allSatisfy({ $0.isFinite && $0 > 0 }) else { return nil }
    switch (parts.first.map(String.init) ?? "", numbers.count) {
    case ("equalise", 0): self = .equalise
    case ("clahe", 0): self = .clahe(clip: 2, grid: 4)
    case ("clahe", 2):
      guard let grid = Int(exactly: numbers[1]), (1...64).contains(grid) else { return nil }
      self = .clahe(clip: numbers[0], grid: grid)
    case ("gamma", 1): self = .gamma(numbers[0])
    case ("denoise", 0): self = .denoise(20)
    case ("denoise", 1): self = .denoise(numbers[0])
    case ("blur", 1) where numbers[0] <= 100: self = .blur(numbers[0])
    default: return nil
    }
  }

  public var description: String {
    switch self {
    case .equalise: "equalise"
    case .clahe(let clip, let grid): "clahe:\(clip),\(grid)"
    case .gamma(let gamma): "gamma:\(gamma)"
    case .denoise(let strength): "denoise:\(strength)"
    case .blur(let sigma): "blur:\(sigma)"
    }
  }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let step = PreprocessingStep(text) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "no preprocessing step '\(text)'; steps are \(Self.forms)"
        ))
    }
    self = step
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Image {
  /// The picture after one step; `equalise` and `clahe` take gray pictures only.
  public func preprocessed(by step: PreprocessingStep) throws(ImagingError) -> Image {
    switch step {
    case .equalise: try equalised()
    case .clahe(let clip, let grid): try contrastLimitedEqualised(clip: clip, grid: grid)
    case .gamma(let gamma): try gammaCorrected(gamma)
    case .denoise(let strength): try denoised(strength: strength)
    case .blur(let sigma): try blurred(sigma: sigma)
    }
  }

  /// The picture after all steps, in their order.
  public func preprocessed(by steps: [PreprocessingStep]) throws(ImagingError) -> Image {
    var result = self
    for step in steps { result = try result.preprocessed(by: step) }
    return result
  }
}
