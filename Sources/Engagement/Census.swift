import Vocabulary

/// Who was there, sample by sample, with the user's decisions applied.
struct Census {
  private(set) var records: [SampleRecord]
  private(set) var readings: [Reading]
  let labels: [Int: [String: Int]]
  /// Indices of the participants kept, in order of first appearance, with the id that the report uses.
  private(set) var members: [(index: Int, id: Int)] = []
  private(set) var names: [Int: String] = [:]

  init(records: [SampleRecord], readings: [Reading], labels: [Int: [String: Int]]) {
    self.records = records
    self.readings = readings
    self.labels = labels
    takeStrayScenesForSpeakers()
    dropPassersBy()
    members = membersInOrder().enumerated().map { ($1, $0 + 1) }
  }

  /// In a recording of galleries frames without a grid show whoever speaks, or what was not recognized: who else is
  /// there is not known, and nobody new has come. A longer part with several faces may be a filmed room.
  private mutating func takeStrayScenesForSpeakers() {
    let scenes = records.indices.filter { records[$0].view == .scene }
    let galleries = records.count { $0.view == .gallery }
    guard scenes.count < galleries else { return }
    let areFew = scenes.count * 5 <= galleries
    for index in scenes where areFew || records[index].faces < 3 {
      for reading in records[index].readings { readings[reading].participant = nil }
      records[index].presentations = []
      records[index].view = .speaker
    }
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
  ///
  /// - Returns: places of the decisions whose participants are not where they were seen; they change nothing.
  mutating func apply(_ decisions: [ParticipantDecision]) -> [Int] {
    var nextIndex = (members.map(\.index).max() ?? -1) + 1
    var nextID = members.count + 1
    return decisions.enumerated().compactMap { place, decision in
      let isApplied =
        switch decision.action {
        case .rename(let id, let name): rename(id, name, decision.sightings)
        case .merge(let id, let other): merge(id, other, decision.sightings)
        case .split(let id, let second):
          split(id, at: second, to: (nextIndex, nextID), decision.sightings)
        }
      if case .split = decision.action { (nextIndex, nextID) = (nextIndex + 1, nextID + 1) }
      return isApplied ? nil : place
    }
  }

  private mutating func rename(_ id: Int, _ name: String, _ sightings: [Int: [Sighting]]) -> Bool {
    guard let member = member(id, sightings) else { return false }
    names[member.id] = name
    return true
  }

  private mutating func merge(_ id: Int, _ other: Int, _ sightings: [Int: [Sighting]]) -> Bool {
    guard let kept = member(id, sightings), let gone = member(other, sightings) else { return false }
    guard kept.index != gone.index else { return true }
    reassign(gone.index, to: kept.index, from: -.infinity)
    members.removeAll { $0.index == gone.index }
    return true
  }

  private mutating func split(
    _ id: Int, at second: Double, to new: (index: Int, id: Int), _ sightings: [Int: [Sighting]]
  ) -> Bool {
    guard let member = member(id, sightings) else { return false }
    reassign(member.index, to: new.index, from: second)
    members.append(new)
    return true
  }

  /// Whom most of the sightings show, or who has the id where there are none.
  private func member(_ id: Int, _ sightings: [Int: [Sighting]]) -> (index: Int, id: Int)? {
    guard let seen = sightings[id], !seen.isEmpty else { return members.first { $0.id == id } }
    // A coarser grid than the one it was seen on has samples further off.
    let patience = max(2, samplingInterval(records) / 2)
    var votes: [Int: Int] = [:]
    for sighting in seen {
      if let participant = sighting.participant(in: records, patience: patience) {
        votes[participant, default: 0] += 1
      }
    }
    let most = votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    return members.first { $0.index == most }
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
