import Vocabulary

/// Follows people from tile to tile of a gallery: tiles are reordered when somebody joins, leaves, speaks or
/// switches the camera off, but a background, a name label and most places stay.
struct TileMatching {
  private var people: [TileEvidence] = []
  private var galleries = 0
  private var last: (index: Int64, second: Double)?
  private var labels = LabelScale()

  /// From this cost on a tile is rather somebody new's.
  static let newcomer = 2.0
  /// Above this cost a match is no witness for its neighbours.
  private static let clear = 1.1
  /// Seconds within which nobody goes and somebody else comes in the same place; of two samples in a row more.
  private static let (moment, longestStep) = (5.0, 30.0)

  /// The person of each tile, counted from zero in order of first appearance.
  ///
  /// - Parameters:
  ///   - index: of the sample.
  ///   - second: its time.
  mutating func match(
    _ tiles: [TileObservation], width: Int, height: Int, index: Int64, second: Double
  ) -> [Int] {
    let follows =
      last.map { last in
        second - last.second <= (index - last.index == 1 ? Self.longestStep : Self.moment)
      } ?? false
    defer { (galleries, last) = (galleries + 1, (index, second)) }
    labels.learn(tiles)
    let places = tiles.map { $0.box.fractions(width: width, height: height) }
    let certain = follows ? stayed(tiles, places) : tiles.map { _ in nil }
    let matched = assign(tiles, places, certain: certain, follows: follows)
    for (rank, person) in matched.enumerated() {
      people[person].learn(
        tiles[rank], at: places[rank], rank: rank, gallery: galleries, isCertain: certain[rank] != nil)
    }
    return matched
  }

  /// The usual case: the person of each tile that stands where it stood and looks as it looked; `nil` of others.
  private func stayed(_ tiles: [TileObservation], _ places: [Box]) -> [Int?] {
    var before = people.indices.filter { people[$0].lastGallery == galleries - 1 }
    return zip(tiles, places).map { tile, place in
      let found = before.firstIndex {
        people[$0].isCertain(tile, at: place, gallery: galleries, labelScale: labels.value)
      }
      return found.map { before.remove(at: $0) }
    }
  }

  /// Whom the tiles are, where it is not certain: whatever costs least in all. Asked twice, since where the
  /// clear ones went tells where those between them did.
  private mutating func assign(
    _ tiles: [TileObservation], _ places: [Box], certain: [Int?], follows: Bool
  ) -> [Int] {
    var matched = certain
    let open = tiles.indices.filter { certain[$0] == nil }
    guard !open.isEmpty else { return certain.compactMap(\.self) }
    let taken = Set(certain.compactMap(\.self))
    let free = people.indices.filter { !taken.contains($0) }
    var order = GalleryOrder(
      people: people, gallery: galleries, follows: follows, tiles: tiles.count,
      clear: certain.enumerated().compactMap { rank, person in person.map { ($0, rank, places[rank]) } })
    let unlike = open.map { rank in
      free.map { people[$0].unlikeness(of: tiles[rank], at: places[rank], labelScale: labels.value) }
    }
    var choice: [Int] = []
    for isLast in [false, true] {
      let table = zip(open, unlike).map { rank, unlike in
        costs(unlike, at: places[rank], rank, free, order, newcomers: open.count)
      }
      choice = cheapestAssignment(table)
      guard !isLast else { break }
      let clear = zip(open.indices, choice).filter { $1 < free.count && table[$0][$1] < Self.clear }
      order.follow(clear.map { (free[$1], open[$0], places[open[$0]]) })
    }
    for (rank, column) in zip(open, choice) {
      if column < free.count {
        matched[rank] = free[column]
      } else {
        people.append(TileEvidence(tiles[rank], at: places[rank], rank: rank, gallery: galleries))
        matched[rank] = people.count - 1
      }
    }
    return matched.compactMap(\.self)
  }

  /// One column a person who may be meant, then one a tile for "somebody new".
  private func costs(
    _ unlike: [TileEvidence.Unlikeness], at place: Box, _ rank: Int, _ free: [Int], _ order: GalleryOrder,
    newcomers: Int
  ) -> [Double] {
    var newcomer = Self.newcomer
    let known = zip(free, unlike).map { person, unlike in
      let spot = order.spot(of: person, people[person], at: place, rank: rank)
      let cost = people[person].cost(unlike, at: spot)
      // Nobody is replaced at once in the same place: that would be two events between two samples.
      if spot.isExpected { newcomer = max(newcomer, cost + 0.2) }
      return cost
    }
    return known + [Double](repeating: newcomer, count: newcomers)
  }
}

extension Box {
  func fractions(width: Int, height: Int) -> Box {
    let (w, h) = (Double(max(1, width)), Double(max(1, height)))
    return Box(x: x / w, y: y / h, width: self.width / w, height: self.height / h)
  }
}
