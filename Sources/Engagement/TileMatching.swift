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
    let matched = assign(tiles, places, certain: stayed(tiles, places))
    for (rank, person) in matched.enumerated() {
      people[person].learn(tiles[rank], at: places[rank], rank: rank, gallery: galleries)
    }
    return matched
  }

  /// The usual case: the person of each tile that stands where it stood and looks as it looked; `nil` of others.
  private func stayed(_ tiles: [TileObservation], _ places: [Box]) -> [Int?] {
    var before = people.indices.filter { people[$0].lastGallery == galleries - 1 }
    return zip(tiles, places).map { tile, place in
      let found = before.firstIndex { people[$0].isCertain(tile, at: place, gallery: galleries) }
      return found.map { before.remove(at: $0) }
    }
  }

  /// Whom the tiles are, where it is not certain: whatever costs least in all.
  private mutating func assign(_ tiles: [TileObservation], _ places: [Box], certain: [Int?]) -> [Int] {
    let open = tiles.indices.filter { certain[$0] == nil }
    let taken = Set(certain.compactMap(\.self))
    let free = people.indices.filter { !taken.contains($0) }
    // One column a person who may be meant, then one a tile for "somebody new".
    let recount = people.count { $0.lastGallery == galleries - 1 } != tiles.count
    let costs = open.map { rank in
      free.map {
        people[$0].cost(of: tiles[rank], at: places[rank], rank: rank, gallery: galleries, recount: recount)
      } + open.map { _ in Self.newcomer }
    }
    var matched = certain
    for (rank, column) in zip(open, open.isEmpty ? [] : cheapestAssignment(costs)) {
      if column < free.count {
        matched[rank] = free[column]
      } else {
        people.append(TileEvidence(tiles[rank], at: places[rank], rank: rank, gallery: galleries))
        matched[rank] = people.count - 1
      }
    }
    return matched.compactMap(\.self)
  }
}

extension Box {
  func fractions(width: Int, height: Int) -> Box {
    let (w, h) = (Double(max(1, width)), Double(max(1, height)))
    return Box(x: x / w, y: y / h, width: self.width / w, height: self.height / h)
  }
}
