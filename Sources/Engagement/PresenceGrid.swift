import Vocabulary

/// Who was seen how at each sample: rows are members of the census, columns samples.
struct PresenceGrid {
  private(set) var rows: [[Presence]]
  /// Reading behind each `.face`.
  private(set) var readings: [[Int]]
  /// Person-samples of each kind, over counted samples.
  private(set) var counts: [Presence: Int] = [:]

  init(_ census: Census) {
    let samples = census.records.count
    rows = census.members.map { _ in [Presence](repeating: .absent, count: samples) }
    readings = census.members.map { _ in [Int](repeating: -1, count: samples) }
    let rowOf = Dictionary(
      uniqueKeysWithValues: census.members.enumerated().map { ($1.index, $0) })
    for (sample, record) in census.records.enumerated() {
      for one in record.presentations {
        guard let row = rowOf[one.participant] else { continue }
        rows[row][sample] = one.presence
        readings[row][sample] = one.reading ?? -1
      }
    }
    let inScenes = Set(
      census.records.lazy.flatMap(\.presentations).filter { $0.tile == nil }.compactMap {
        rowOf[$0.participant]
      })
    for row in rows.indices { fillGaps(row, census.records, inScenes: inScenes.contains(row)) }
    for row in rows {
      for (presence, record) in zip(row, census.records) where record.counted {
        counts[presence, default: 0] += 1
      }
    }
  }

  /// In other views nobody's presence is known. In a scene, somebody whom scenes showed before and after is taken to be
  /// there in between with the face not to be found; of those whom only tiles showed nothing is known.
  private mutating func fillGaps(_ row: Int, _ records: [SampleRecord], inScenes: Bool) {
    let seen = rows[row].indices.filter { rows[row][$0] != .absent }
    guard let first = seen.first, let last = seen.last else { return }
    for sample in records.indices where rows[row][sample] == .absent {
      switch records[sample].view {
      case .speaker, .screen: rows[row][sample] = .unknown
      case .scene where !inScenes: rows[row][sample] = .unknown
      case .scene where sample > first && sample < last: rows[row][sample] = .cameraWithoutFace
      case .scene, .gallery: break
      }
    }
  }

  /// The people who count at a sample, each as a window of that one sample.
  func people(at sample: Int, indices: [FaceIndices]) -> [PersonWindow] {
    rows.indices.compactMap { row in
      let presence = rows[row][sample]
      guard presence == .face || presence == .cameraWithoutFace else { return nil }
      var person = PersonWindow()
      let reading = readings[row][sample]
      person.add(presence, reading >= 0 ? indices[reading] : nil)
      return person
    }
  }

  /// The smallest group that class indices are given for. Nobody is asked for who was never there, unless single
  /// people must not show through: a class of two is then not reported on at all.
  func enough(_ settings: SummarySettings) -> Int {
    if settings.aggregateOnly { return settings.smallestTold }
    return max(1, min(settings.minimumGroup, rows.count { $0.contains(.face) }))
  }
}
