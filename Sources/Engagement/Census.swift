import Vocabulary

/// Who was there, sample by sample, with the user's decisions applied.
struct Census {
  private(set) var records: [SampleRecord]
  private(set) var readings: [Reading]
  let labels: [Int: [String: Int]]
  /// Indices of the participants kept, in order of first appearance, with the id that the report uses.
  private(set) var members: [(index: Int, id: Int)] = []
  private(set) var names: [Int: String] = [:]

  init(
    records: [SampleRecord], readings: [Reading], labels: [Int: [String: Int]], settings: SummarySettings
  ) {
    self.records = records
    self.readings = readings
    self.labels = labels
    dropPassersBy()
    members = membersInOrder().enumerated().map { ($1, $0 + 1) }
  }

  /// Who is on screen for a single sample of many is a transition or a false alarm, not a participant.
  private mutating func dropPassersBy() {
    guard records.count >= 10 else { return }
    var sightings: [Int: Int] = [:]
    for record in records { for one in record.presentations { sightings[one.participant, default: 0] += 1 } }
    let dropped = Set(sightings.filter { $0.value < 2 }.keys)
    guard !dropped.isEmpty else { return }
    for index in records.indices {
      records[index].presentations.removeAll { dropped.contains($0.participant) }
    }
    for index in readings.indices {
      if let participant = readings[index].participant, dropped.contains(participant) {
        readings[index].participant = nil
      }
    }
  }

  /// Who each face is, sample by sample.
  ///
  /// - Parameter tracks: of the faces of each sample.
  func identities(tracks: [[Int]]) -> [[FaceIdentity]] {
    let idOf = Dictionary(uniqueKeysWithValues: members.map { ($0.index, $0.id) })
    return zip(records, tracks).map { record, tracks in
      zip(record.readings, tracks).map { reading, track in
        FaceIdentity(participant: readings[reading].participant.flatMap { idOf[$0] }, track: track)
      }
    }
  }

  private func membersInOrder() -> [Int] {
    var seen = Set<Int>()
    return records.flatMap(\.presentations).map(\.participant).filter { seen.insert($0).inserted }
  }

  /// Renames, merges and splits, in the order given. Ids are those before any decision; a split adds one.
  mutating func apply(_ decisions: [ParticipantDecision]) {
    var indexOf = Dictionary(uniqueKeysWithValues: members.map { ($0.id, $0.index) })
    var nextIndex = (members.map(\.index).max() ?? -1) + 1
    var nextID = members.count + 1
    for decision in decisions {
      switch decision {
      case .rename(let id, let name):
        names[id] = name
      case .merge(let id, let other):
        guard id != other, let kept = indexOf[id], let gone = indexOf[other] else { continue }
        reassign(gone, to: kept, from: -.infinity)
        indexOf[other] = nil
        members.removeAll { $0.id == other }
      case .split(let id, let second):
        guard let index = indexOf[id] else { continue }
        reassign(index, to: nextIndex, from: second)
        indexOf[nextID] = nextIndex
        members.append((nextIndex, nextID))
        nextIndex += 1
        nextID += 1
      }
    }
  }

  private mutating func reassign(_ old: Int, to new: Int, from second: Double) {
    for index in records.indices where records[index].time.seconds >= second {
      let already = records[index].presentations.firstIndex { $0.participant == new }
      guard let moved = records[index].presentations.firstIndex(where: { $0.participant == old }) else {
        continue
      }
      if let reading = records[index].presentations[moved].reading { readings[reading].participant = new }
      records[index].presentations[moved].participant = new
      // Merged although both were on screen: one of the two is kept, the one with a face if any.
      if let already {
        let drop = records[index].presentations[already].reading == nil ? already : moved
        if let reading = records[index].presentations[drop].reading { readings[reading].participant = nil }
        records[index].presentations.remove(at: drop)
      }
    }
  }
}
