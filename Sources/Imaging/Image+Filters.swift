import OpenCVBridge
public import Vocabulary

extension Image {
  /// Gaussian blur of standard deviation `sigma` pixels.
  public func blurred(sigma: Double) throws(ImagingError) -> Image {
    try transformed("blur") { cvb_gaussian($0, $1, sigma, $2) }
  }

  /// Bilateral filter (Tomasi and Manduchi 1998): smooths noise of up to about `strength` gray levels and
  /// keeps edges.
  public func denoised(strength: Double = 20) throws(ImagingError) -> Image {
    guard strength.isFinite, strength > 0 else {
      throw ImagingError(operation: "denoise", reason: "the strength must be above 0, not \(strength)")
    }
    return try transformed("denoise") { cvb_bilateral($0, $1, 5, strength, 1.5, $2) }
  }

  /// Variance of the 4-neighbour Laplacian over the gray picture: low where it is out of focus
  /// (Pech-Pacheco et al., ICPR 2000).
  public func laplacianVariance() throws(ImagingError) -> Double {
    let gray = try gray()
    var variance = 0.0
    try bridged("laplacian") { message in
      gray.withSource { cvb_laplacian_variance($0, &variance, message) }
    }
    return variance
  }
}
