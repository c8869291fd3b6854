import Vocabulary

/// Follows people from tile to tile of a gallery: tiles are reordered when somebody joins, leaves, speaks or
/// switches the camera off, but a background, a name label and most places stay.
struct TileMatching {
  private var people: [TileEvidence] = []
  private var galleries = 0

  /// From this cost on a tile is rather somebody new's.
  static let newcomer = 2.0

  /// The person of each tile, counted from zero in order of first appearance.
  mutating func match(_ tiles: [TileObservation], width: Int, height: Int) -> [Int] {
    defer { galleries += 1 }
    let places = tiles.map { $0.box.fractions(width: width, height: height) }
    let matched = sameAsBefore(tiles, places) ?? assign(tiles, places)
    for (rank, person) in matched.enumerated() {
      people[person].learn(tiles[rank], at: places[rank], rank: rank, gallery: galleries)
    }
    return matched
  }

  /// The usual case: every tile stands where it stood and looks as it looked.
  private func sameAsBefore(_ tiles: [TileObservation], _ places: [Box]) -> [Int]? {
    let before = people.indices.filter { people[$0].lastGallery == galleries - 1 }
    guard before.count == tiles.count else { return nil }
    var matched: [Int] = []
    for (tile, place) in zip(tiles, places) {
      guard let person = before.first(where: { people[$0].isCertain(tile, at: place, gallery: galleries) })
      else { return nil }
      matched.append(person)
    }
    return Set(matched).count == matched.count ? matched : nil
  }

  private mutating func assign(_ tiles: [TileObservation], _ places: [Box]) -> [Int] {
    guard !tiles.isEmpty else { return [] }
    // One column a known person, then one a tile for "somebody new".
    let recount = people.count { $0.lastGallery == galleries - 1 } != tiles.count
    let costs = tiles.indices.map { rank in
      people.map {
        $0.cost(of: tiles[rank], at: places[rank], rank: rank, gallery: galleries, recount: recount)
      } + tiles.map { _ in Self.newcomer }
    }
    let known = people.count
    return cheapestAssignment(costs).enumerated().map { rank, column in
      if column < known { return column }
      people.append(TileEvidence(tiles[rank], at: places[rank], rank: rank, gallery: galleries))
      return people.count - 1
    }
  }
}

extension Box {
  func fractions(width: Int, height: Int) -> Box {
    let (w, h) = (Double(max(1, width)), Double(max(1, height)))
    return Box(x: x / w, y: y / h, width: self.width / w, height: self.height / h)
  }
}
