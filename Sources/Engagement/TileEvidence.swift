import Vocabulary

/// What is known of one person's tiles so far, and how well a tile fits it.
struct TileEvidence {
  /// In fractions of the frame.
  private(set) var place: Box
  /// Position in reading order.
  private(set) var rank: Int
  private(set) var lastGallery: Int
  private var wasOn: Bool
  private var picture = Witness()
  private var placard = Witness()
  private var name = Witness()
  /// Readings of the label, latest last.
  private var readings: [String] = []

  /// Differences at which two tiles are as likely one person's as two people's.
  private static let (pictureScale, placardScale) = (0.03, 0.02)
  /// Share of letters that differ between two names at which they are as likely the same as not.
  private static let readingScale = 0.25
  /// However different: cameras are moved and backgrounds switched.
  private static let most = 1.7
  /// However different: what is next to a label may be taken for letters.
  private static let mostOfLabel = 3.0
  private static let mostOfLabelElsewhere = 2.0
  /// From here on a label looks otherwise than it ever did.
  private static let freshName = 0.03
  private static let moved = 0.8
  private static let reordered = 0.4
  private static let followed = 0.1
  /// Names and initials in the middle of a tile look much alike.
  private static let placardAlone = 0.5
  private static let switched = 0.3
  private static let returning = 0.4

  init(_ tile: TileObservation, at place: Box, rank: Int, gallery: Int) {
    self.place = place
    self.rank = rank
    lastGallery = gallery
    wasOn = tile.cameraOn
    learn(tile, at: place, rank: rank, gallery: gallery)
  }

  /// - Parameter isCertain: it was clear without asking who else it could be.
  mutating func learn(
    _ tile: TileObservation, at place: Box, rank: Int, gallery: Int, isCertain: Bool = false
  ) {
    self.place = place
    self.rank = rank
    lastGallery = gallery
    wasOn = tile.cameraOn
    if let label = tile.label, !label.isEmpty, !readings.contains(label) {
      readings = readings.suffix(5) + [label]
    }
    if !isCertain { keep(tile) }
    name.learn(tile.labelShape)
    if tile.cameraOn { picture.learn(tile.appearance) } else { placard.learn(tile.appearance) }
  }

  private mutating func keep(_ tile: TileObservation) {
    name.keep(tile.labelShape, beyond: Self.freshName, by: labelDifference)
    if tile.cameraOn {
      picture.keep(tile.appearance, beyond: Self.pictureScale / 3, by: trimmedDifference)
    } else {
      placard.keep(tile.appearance, beyond: Self.placardScale / 3, by: meanDifference)
    }
  }

  /// How unlike this person a tile is, witness by witness, in the scale of each; `nil` where one is silent.
  struct Unlikeness {
    var look: Double?
    var name: Double?
    var isReflow: Bool
    var cameraOn: Bool
  }

  func unlikeness(
    of tile: TileObservation, at place: Box, labelScale: Double, _ memory: Witness.Memory = .all
  ) -> Unlikeness {
    let isReflow = isReflow(to: place)
    return Unlikeness(
      look: look(of: tile, isReflow: isReflow, memory),
      name: nameUnlikeness(of: tile, at: place, scale: isReflow ? 2 * labelScale : labelScale, memory),
      isReflow: isReflow, cameraOn: tile.cameraOn)
  }

  /// The cost of the tile being this person's: near 0 where all agrees, above ``TileMatching/newcomer`` where
  /// it is rather somebody else.
  func cost(_ unlikeness: Unlikeness, at spot: Spot) -> Double {
    let likeness = cost(unlikeness, stays: spot.step == .stays)
    let switching = unlikeness.cameraOn == wasOn ? 0 : Self.switched
    switch spot.step {
    case .returns:
      return Self.returning + (place.overlap(spot.place) > 0.8 ? 0 : Self.moved) + likeness
    case .stays: return likeness
    case .follows: return Self.followed + switching + likeness
    case .movesUp: return Self.reordered + switching + likeness
    case .jumps: return Self.moved + switching + likeness
    }
  }

  /// True where the tile stands where this person's stood, and shows nothing else.
  func isCertain(_ tile: TileObservation, at place: Box, gallery: Int, labelScale: Double) -> Bool {
    guard self.place.overlap(place) > 0.8, tile.cameraOn == wasOn, lastGallery == gallery - 1 else {
      return false
    }
    // What is usual can only bring it nearer, so where the last sight is enough that is not asked.
    return [.last, .usual].contains {
      cost(unlikeness(of: tile, at: place, labelScale: labelScale, $0), stays: true) < 0.6
    }
  }

  private func cost(_ tile: Unlikeness, stays: Bool) -> Double {
    switch (tile.look, tile.name) {
    // One witness that knows a tile which stayed is enough.
    case (let look?, let name?) where stays: return 1.1 * min(look, name) + 0.2 * max(look, name)
    case (let look?, let name?):
      return 0.45 * look + (look < 0.3 && tile.cameraOn || tile.isReflow ? 0.35 : 0.7) * min(1.7, name)
    case (let look?, nil): return stays ? look : 1.2 * look + (tile.cameraOn ? 0 : Self.placardAlone)
    case (nil, let name?): return min(2, (stays ? 0.8 : 1) * name)
    case (nil, nil): return 1.4
    }
  }

  /// By the letters where they were read, and by their shape otherwise.
  private func nameUnlikeness(
    of tile: TileObservation, at place: Box, scale: Double, _ memory: Witness.Memory
  ) -> Double? {
    if let label = tile.label, !label.isEmpty, !readings.isEmpty {
      let nearest = readings.map { Double(editDistance(label, $0)) / Double(max(label.count, $0.count)) }
        .min()
      return nearest.map { min(Self.mostOfLabel, $0 / Self.readingScale) }
    }
    let most = self.place.overlap(place) > 0.8 ? Self.mostOfLabel : Self.mostOfLabelElsewhere
    return name.difference(tile.labelShape, memory, ifBelow: most * scale, by: labelDifference).map {
      $0 / scale
    }
  }

  /// Unlikeness of the camera's picture, or of what stands in its place.
  private func look(of tile: TileObservation, isReflow: Bool, _ memory: Witness.Memory) -> Double? {
    let difference =
      tile.cameraOn
      ? picture.difference(tile.appearance, memory, by: trimmedDifference).map { $0 / Self.pictureScale }
      : placard.difference(tile.appearance, memory, by: meanDifference).map {
        $0 / (isReflow ? 2 * Self.placardScale : Self.placardScale)
      }
    return difference.map { min(Self.most, $0) }
  }

  /// Tiles of another size: everybody was put into another grid, and letters are drawn another way.
  func isReflow(to place: Box) -> Bool {
    abs(place.width - self.place.width) > 0.03 * place.width
  }
}

/// Mean absolute difference without its largest fifth, so that an arm in a corner does not count.
private func trimmedDifference(_ left: [Float], _ right: [Float], _ bound: Double) -> Double? {
  guard !left.isEmpty, left.count == right.count else { return nil }
  let difference = withUnsafeTemporaryAllocation(of: Float.self, capacity: left.count) { differences in
    for index in left.indices {
      differences.initializeElement(at: index, to: abs(left[index] - right[index]))
    }
    let kept = max(1, left.count * 4 / 5)
    differences.putSmallestFirst(kept)
    return Double(differences[..<kept].reduce(0, +)) / Double(kept)
  }
  return min(bound, difference)
}

extension UnsafeMutableBufferPointer<Float> {
  /// Moves the `count` smallest numbers to the front, in no order among themselves (Hoare's selection, 1961):
  /// a tile is compared with every person at every sample, and sorting took most of that time.
  func putSmallestFirst(_ count: Int) {
    var (low, high) = (0, self.count - 1)
    while low < high {
      let pivot = self[(low + high) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while self[left] < pivot { left += 1 }
        while self[right] > pivot { right -= 1 }
        if left <= right {
          swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if count <= right {
        high = right
      } else if count >= left {
        low = left
      } else {
        return
      }
    }
  }
}

private func meanDifference(_ left: [Float], _ right: [Float], _ bound: Double) -> Double? {
  guard !left.isEmpty, left.count == right.count else { return nil }
  return min(bound, Double(zip(left, right).reduce(0) { $0 + abs($1.0 - $1.1) }) / Double(left.count))
}

private func labelDifference(_ left: [Float], _ right: [Float], _ bound: Double) -> Double? {
  LabelProfile.difference(left, right, ifBelow: bound)
}
