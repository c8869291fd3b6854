import Vocabulary

/// Follows people from tile to tile of a gallery: tiles are reordered when somebody joins, leaves, speaks or
/// switches the camera off, but a background, a name label and most places stay.
struct TileMatching {
  /// What is known of one person so far.
  private struct Person {
    /// In fractions of the frame.
    var place: Box
    var lastGallery: Int
    var cameraOn: Bool
    var appearance: [Float]
    var labelShape: [Float]
    var label: String?
  }

  private var people: [Person] = []
  private var galleries = 0

  /// How much a cost of one is: a difference at which two tiles are as likely one person's as two people's.
  private static let appearanceScale = 0.035
  private static let labelScale = 0.10
  private static let moved = 0.6
  private static let returning = 0.4
  private static let newcomer = 1.9
  private static let certain = 0.6
  private static let most = 1.3
  /// How fast a person's appearance follows what is seen.
  private static let learning: Float = 0.1

  /// The person of each tile, counted from zero in order of first appearance.
  mutating func match(_ tiles: [TileObservation], width: Int, height: Int) -> [Int] {
    defer { galleries += 1 }
    let places = tiles.map { $0.box.fractions(width: width, height: height) }
    let matched = sameAsBefore(tiles, places) ?? assign(tiles, places)
    for (tile, person) in matched.enumerated() {
      learn(tiles[tile], place: places[tile], of: person)
    }
    return matched
  }

  /// The usual case: every tile stands where it stood and looks as it looked.
  private func sameAsBefore(_ tiles: [TileObservation], _ places: [Box]) -> [Int]? {
    let before = people.indices.filter { people[$0].lastGallery == galleries - 1 }
    guard before.count == tiles.count else { return nil }
    var matched: [Int] = []
    for (tile, place) in zip(tiles, places) {
      guard let person = before.first(where: { people[$0].place.overlap(place) > 0.8 }),
        people[person].cameraOn == tile.cameraOn,
        cost(of: tile, at: place, being: people[person]) < Self.certain
      else { return nil }
      matched.append(person)
    }
    return Set(matched).count == matched.count ? matched : nil
  }

  private mutating func assign(_ tiles: [TileObservation], _ places: [Box]) -> [Int] {
    guard !tiles.isEmpty else { return [] }
    // One column a known person, then one a tile for "somebody new".
    let costs = tiles.indices.map { tile in
      people.map { min(100, cost(of: tiles[tile], at: places[tile], being: $0)) }
        + tiles.map { _ in Self.newcomer }
    }
    let known = people.count
    return cheapestAssignment(costs).enumerated().map { tile, column in
      if column < known { return column }
      people.append(
        Person(
          place: places[tile], lastGallery: galleries, cameraOn: tiles[tile].cameraOn, appearance: [],
          labelShape: [], label: nil))
      return people.count - 1
    }
  }

  private func cost(of tile: TileObservation, at place: Box, being person: Person) -> Double {
    var cost = person.place.overlap(place) > 0.8 ? 0 : Self.moved
    if person.lastGallery < galleries - 1 { cost += Self.returning }
    if let label = tile.label, let known = person.label, !label.isEmpty {
      return cost + (label == known ? 0 : 2)
    }
    var appearance = 0.6
    if tile.cameraOn, let measured = trimmedDifference(tile.appearance, person.appearance) {
      // Backgrounds are switched: however different, a tile that stayed is rather the same person's.
      let most = person.lastGallery < galleries - 1 ? 2 : Self.most
      appearance = min(most, measured / Self.appearanceScale)
    }
    // A label is the better witness where there is one.
    guard let label = profileDifference(tile.labelShape, person.labelShape) else { return cost + appearance }
    return cost + 2 * min(Self.most, label / Self.labelScale) + 0.25 * appearance
  }

  private mutating func learn(_ tile: TileObservation, place: Box, of index: Int) {
    people[index].place = place
    people[index].lastGallery = galleries
    people[index].cameraOn = tile.cameraOn
    people[index].label = tile.label ?? people[index].label
    people[index].labelShape = follow(people[index].labelShape, tile.labelShape)
    if tile.cameraOn {
      people[index].appearance = follow(people[index].appearance, tile.appearance)
    }
  }

  private func follow(_ known: [Float], _ seen: [Float]) -> [Float] {
    guard known.count == seen.count else { return seen.isEmpty ? known : seen }
    return zip(known, seen).map { $0 + Self.learning * ($1 - $0) }
  }
}

/// Mean absolute difference without its largest fifth, so that an arm in a corner does not count.
private func trimmedDifference(_ left: [Float], _ right: [Float]) -> Double? {
  guard !left.isEmpty, left.count == right.count else { return nil }
  let sorted = zip(left, right).map { abs($0 - $1) }.sorted()
  let kept = sorted.prefix(max(1, sorted.count * 4 / 5))
  return Double(kept.reduce(0, +)) / Double(kept.count)
}

/// Bray and Curtis's dissimilarity of two label profiles, 0 (equal) to 1 (nothing in common), over the length of
/// the shorter: where a label ends on a bright picture is uncertain, so another length counts little.
private func profileDifference(_ left: [Float], _ right: [Float]) -> Double? {
  guard left.count == right.count, let leftLength = left.last, let rightLength = right.last else {
    return nil
  }
  let bins = left.count - 1
  // The last value is the length in 20 heights of the letters, a bin 0.3 of one.
  let common = min(bins, max(6, Int(min(leftLength, rightLength) * 20 / 0.3)))
  var (apart, total) = (Float(0), Float(0))
  for bin in 0..<common {
    apart += abs(left[bin] - right[bin])
    total += left[bin] + right[bin]
  }
  guard total > 0 else { return nil }
  return Double(apart / total) + 0.05 * Double(min(1, abs(leftLength - rightLength) * 20 / 3))
}

extension Box {
  func fractions(width: Int, height: Int) -> Box {
    let (w, h) = (Double(max(1, width)), Double(max(1, height)))
    return Box(x: x / w, y: y / h, width: self.width / w, height: self.height / h)
  }
}
