import Vocabulary

/// Where a tile stands, seen from a person.
struct Spot {
  var place: Box
  var step: Step
  /// The person is expected nowhere but here.
  var isExpected = false

  enum Step {
    /// The person was not in the gallery before this one.
    case returns
    /// In the same place.
    case stays
    /// Where the neighbours went.
    case follows
    /// A place on or back, as when others join or leave.
    case movesUp
    case jumps
  }
}

/// How a gallery's order came out of the one before: between two neighbours who both moved a place on, everybody did.
struct GalleryOrder {
  private let gallery: Int
  /// The gallery before was there a moment ago, and not before another view or a gap.
  private let follows: Bool
  private let recount: Bool
  /// The people of the gallery before, in its order.
  private let before: [Int]
  private var moves: [Int: Move] = [:]
  private var neighbours: [Int: [Move]] = [:]

  private struct Move: Equatable {
    var stays: Bool
    var ranks: Int
  }
  private let ranks: [Int: Int]
  private let places: [Int: Box]

  /// - Parameter clear: people whose tile is known, with its rank and place.
  init(
    people: [TileEvidence], gallery: Int, follows: Bool, tiles: Int,
    clear: [(person: Int, rank: Int, place: Box)]
  ) {
    (self.gallery, self.follows) = (gallery, follows)
    before = people.indices.filter { people[$0].lastGallery == gallery - 1 }
      .sorted { people[$0].rank < people[$1].rank }
    recount = before.count != tiles
    ranks = Dictionary(uniqueKeysWithValues: before.map { ($0, people[$0].rank) })
    places = Dictionary(uniqueKeysWithValues: before.map { ($0, people[$0].place) })
    note(clear)
  }

  /// Once more tiles are known, they tell where those between them went.
  mutating func follow(_ clear: [(person: Int, rank: Int, place: Box)]) {
    note(clear)
    for person in before { neighbours[person] = [] }
    for order in [before, before.reversed()] {
      var last: Move?
      for person in order {
        if let last { neighbours[person]?.append(last) }
        last = moves[person] ?? last
      }
    }
  }

  private mutating func note(_ clear: [(person: Int, rank: Int, place: Box)]) {
    for (person, rank, place) in clear {
      guard let was = ranks[person], let stood = places[person] else { continue }
      moves[person] = Move(stays: stood.overlap(place) > 0.8, ranks: rank - was)
    }
  }

  func spot(of person: Int, _ evidence: TileEvidence, at place: Box, rank: Int) -> Spot {
    guard follows, evidence.lastGallery == gallery - 1 else { return Spot(place: place, step: .returns) }
    let isSame = evidence.place.overlap(place) > 0.8
    let near = neighbours[person, default: []]
    if isSame {
      // All moved on but this one: it is rather the next one's tile.
      let passed = !near.isEmpty && near.allSatisfy { !$0.stays && $0.ranks != 0 }
      return Spot(place: place, step: passed ? .jumps : .stays, isExpected: !passed)
    }
    let leading = near.count { !$0.stays && evidence.rank + $0.ranks == rank }
    if leading > 0 { return Spot(place: place, step: .follows, isExpected: leading == 2) }
    let inOrder = (recount || evidence.isReflow(to: place)) && abs(rank - evidence.rank) <= 1
    return Spot(place: place, step: inOrder ? .movesUp : .jumps)
  }
}
