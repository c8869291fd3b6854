/// Decodes the frames that a slice's grid times need, and no more.
public final class FrameReader: FrameSource {
  public private(set) var gaps: [Gap] = []

  public func next() throws -> SampledFrame? { nil }
}
