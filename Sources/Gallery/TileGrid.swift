/// The regular grid that tiles of one size stand on.
struct TileGrid {
  /// Tiles in reading order.
  let tiles: [PixelRect]

  /// Whether the tiles have the shape of a camera's picture, 16:9 or 4:3 or about that.
  var hasUsualTiles: Bool {
    tiles.first.map { 6 * $0.height <= 5 * $0.width && 5 * $0.width <= 12 * $0.height } ?? false
  }

  /// `nil` where the parts between the gutters are not tiles of one size.
  init?(_ gutters: Gutters) {
    let bands = gutters.bands()
    guard let vertical = Lattice([bands]) else { return nil }
    let rows = vertical.slots(of: bands, within: gutters.frame.top..<gutters.frame.bottom)
    // A row with little in it may be found in pieces.
    let slack = max(3, vertical.size / 20)
    let pieces = bands.allSatisfy { band in
      rows.contains { $0.lowerBound - slack <= band.lowerBound && band.upperBound <= $0.upperBound + slack }
    }
    guard rows.count == bands.count || pieces else { return nil }
    let runs = (rows.count == bands.count ? bands : rows).map { gutters.columns(in: $0) }
    guard let horizontal = Lattice(runs, shortest: vertical.size * 7 / 10) else { return nil }
    var tiles: [PixelRect] = []
    var content = 0
    var covered = 0
    for (row, runs) in zip(rows, runs) {
      for column in horizontal.slots(of: runs, within: gutters.frame.left..<gutters.frame.right) {
        let tile = PixelRect(
          left: column.lowerBound, top: row.lowerBound, right: column.upperBound, bottom: row.upperBound)
        if gutters.isEmpty(tile) { continue }
        tiles.append(tile)
        covered += runs.reduce(0) { $0 + $1.clamped(to: column).count }
      }
      content += runs.reduce(0) { $0 + $1.count }
    }
    // Something else stands beside the tiles: not a gallery.
    guard !tiles.isEmpty, Double(covered) >= 0.9 * Double(content) else { return nil }
    self.tiles = tiles
  }
}

/// Equal spans at equal distances, fitted to runs of which some are cut short by dark pictures that melt into
/// the gutter, or are a little long by a coloured frame.
struct Lattice {
  let size: Int
  /// From one span's start to the next; `nil` where no two stand side by side.
  let pitch: Int?
  /// Where the spans start, modulo the pitch: the commonest.
  private let phase: Int

  private static let tolerance = 0.025

  /// - Parameter rows: runs of each row; runs shorter than `shortest` are no evidence.
  init?(_ rows: [[Range<Int>]], shortest: Int = 0) {
    let runs = rows.flatMap { $0 }.filter { $0.count >= shortest }
    guard let size = Lattice.commonest(runs.map(\.count)) else { return nil }
    self.size = size
    let sound = rows.map { $0.filter { Lattice.isClose($0.count, size, of: size) } }
    // Between two sound runs there may stand others that are cut short.
    let steps = sound.flatMap { row in
      zip(row, row.dropFirst()).compactMap { left, right -> Int? in
        let distance = right.lowerBound - left.lowerBound
        let step = distance / max(1, distance / max(1, size))
        return step < size * 5 / 4 ? step : nil
      }
    }
    let pitch = Lattice.commonest(steps)
    self.pitch = pitch
    phase = Lattice.commonest(sound.flatMap { $0 }.map { $0.lowerBound % (pitch ?? Int.max) }) ?? 0
  }

  /// The spans that runs of one row stand for. A row whose sound runs all stand elsewhere, as a last row in
  /// the middle does, has a phase of its own.
  func slots(of runs: [Range<Int>], within bounds: Range<Int>) -> [Range<Int>] {
    let sound = runs.filter { Lattice.isClose($0.count, size, of: size) }
    guard let pitch else { return sound.map { $0.lowerBound..<$0.lowerBound + size } }
    let start = self.start(of: runs, sound: sound, pitch: pitch)
    var slots = Set<Int>()
    for run in runs {
      let first = Double(run.lowerBound - start) / Double(pitch)
      let last = Double(run.upperBound - size - start) / Double(pitch)
      let (low, high) = (min(first, last).rounded(), max(first, last).rounded())
      for slot in Int(low)...Int(high) { slots.insert(slot) }
    }
    return slots.sorted().map { start + $0 * pitch }
      .filter { $0 + size / 2 >= bounds.lowerBound && $0 + size / 2 <= bounds.upperBound }
      .map { ($0..<$0 + size).clamped(to: bounds) }
  }

  /// Where the spans of a row start: as everywhere, where its own sound runs do, or half a pitch on, as in a
  /// last row in the middle, where more of its runs lie within one span each.
  private func start(of runs: [Range<Int>], sound: [Range<Int>], pitch: Int) -> Int {
    if !sound.isEmpty {
      let agrees = sound.contains { Lattice.isClose(offset($0.lowerBound, pitch), 0, of: size) }
      return agrees ? phase : sound[0].lowerBound % pitch
    }
    func fitting(_ start: Int) -> Int {
      let slack = max(3, Int(Double(size) * Lattice.tolerance))
      return runs.count { run in
        let into = ((run.lowerBound + slack - start) % pitch + pitch) % pitch
        return into + run.count <= size + 2 * slack
      }
    }
    let between = (phase + pitch / 2) % pitch
    return fitting(between) > fitting(phase) ? between : phase
  }

  /// Distance from the grid, the short way round.
  private func offset(_ position: Int, _ pitch: Int) -> Int {
    let remainder = abs(position - phase) % pitch
    return min(remainder, pitch - remainder)
  }

  private static func isClose(_ left: Int, _ right: Int, of size: Int) -> Bool {
    abs(left - right) <= max(3, Int(Double(size) * tolerance))
  }

  /// The middle of the largest group of like lengths, of the longer group where two are equally large.
  private static func commonest(_ lengths: [Int]) -> Int? {
    let groups = lengths.map { length in lengths.filter { isClose($0, length, of: length) } }
    let best = groups.max { ($0.count, $0.max() ?? 0) < ($1.count, $1.max() ?? 0) }
    return best.map { $0.sorted()[$0.count / 2] }
  }
}
