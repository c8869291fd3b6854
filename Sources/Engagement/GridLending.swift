public import Vocabulary

/// Lends a gallery's tiles to the samples beside it in which no grid was found, though the same faces stand in the
/// same places, or in which two rows were taken for one: strong compression may stain the gutters for seconds, above
/// all after a keyframe.
///
/// Samples come out in the order in which they went in.
public struct GridLending {
  /// The latest sample with a grid, found or lent.
  private var last: SampleObservation?
  /// Samples without a grid that may yet borrow the next one's.
  private var waiting: [SampleObservation] = []
  /// When a grid was last found.
  private var soundSecond = -Double.infinity

  /// So many seconds without a grid are another view and not a stain.
  private static let longest = 60.0
  private static let fewestFaces = 3

  public init() {}

  /// - Returns: the samples whose view is settled now.
  public mutating func admit(_ sample: SampleObservation) -> [SampleObservation] {
    // People who share a camera crowd their tiles too, but not those of others.
    let isSound =
      sample.view == .gallery
      && (!Self.isCrowded(sample) || last.map { !Self.isFused(sample, beside: $0) } ?? false)
    guard !isSound else {
      let settled = lent(from: sample) + [sample]
      (last, soundSecond) = (sample, sample.time.seconds)
      return settled
    }
    if sample.time.seconds - soundSecond > Self.longest { last = nil }
    if waiting.isEmpty, let last, let lent = Self.lend(last, to: sample) {
      self.last = lent
      return [lent]
    }
    waiting.append(sample)
    guard sample.time.seconds - waiting[0].time.seconds > Self.longest else { return [] }
    last = nil
    return [waiting.removeFirst()]
  }

  /// The samples that were still waiting.
  public mutating func finish() -> [SampleObservation] {
    defer { waiting = [] }
    return waiting
  }

  /// The waiting samples, the last ones with the next gallery's grid as far back as it fits.
  private mutating func lent(from next: SampleObservation) -> [SampleObservation] {
    defer { waiting = [] }
    var (samples, lender) = (waiting, next)
    for index in samples.indices.reversed() {
      guard let lent = Self.lend(lender, to: samples[index]) else { break }
      (samples[index], lender) = (lent, lent)
    }
    return samples
  }

  /// Whether rows of tiles may have been taken for one: a third of the tiles hold several faces.
  private static func isCrowded(_ sample: SampleObservation) -> Bool {
    areMany(crowdedTiles(sample).count, of: sample)
  }

  private static func crowdedTiles(_ sample: SampleObservation) -> [TileObservation] {
    sample.tiles.filter { tile in sample.faces.count { tile.box.contains($0.box.centre) } > 1 }
  }

  /// Whether a third of the tiles are crowded and hold several of a grid's beside it.
  private static func isFused(_ sample: SampleObservation, beside lender: SampleObservation) -> Bool {
    let fused = crowdedTiles(sample).count { tile in
      lender.tiles.count { tile.box.contains($0.box.centre) } > 1
    }
    return areMany(fused, of: sample)
  }

  private static func areMany(_ tiles: Int, of sample: SampleObservation) -> Bool {
    tiles >= 2 && tiles * 3 >= sample.tiles.count
  }

  /// `nil` where most faces stand elsewhere than the lender's.
  private static func lend(_ lender: SampleObservation, to sample: SampleObservation) -> SampleObservation? {
    let stayed = sample.faces.count { face in
      lender.faces.contains { isNear($0.box, face.box) }
    }
    guard stayed >= fewestFaces, stayed * 10 >= sample.faces.count * 7, stayed * 2 >= lender.faces.count,
      sample.view != .gallery || isFused(sample, beside: lender)
    else {
      return nil
    }
    var lent = sample
    lent.view = .gallery
    lent.screen = []
    lent.tiles = lender.tiles.map { tile in
      var tile = tile
      tile.cameraOn = tile.cameraOn || sample.faces.contains { tile.box.contains($0.box.centre) }
      tile.label = nil
      return tile
    }
    return lent
  }

  private static func isNear(_ left: Box, _ right: Box) -> Bool {
    let (from, to) = (left.centre, right.centre)
    let reach = max(left.width, right.width) / 2
    return abs(from.x - to.x) < reach && abs(from.y - to.y) < reach
  }
}
