import Vocabulary

/// Turns rows of the census into participants.
struct ParticipantList {
  let census: Census
  let grid: PresenceGrid
  let indices: [FaceIndices]
  let usual: Usual
  let windows: WindowGrid
  let settings: SummarySettings
  let interval: Double
  let roster: [String]

  func participants() -> [Participant] {
    let names = names()
    let shown = samplesShown()
    return census.members.enumerated().map { row, member in
      let presences = grid.rows[row]
      let onScreen = presences.indices.filter { presences[$0].isOnScreen }
      let readings = grid.readings[row].filter { $0 >= 0 }
      func seconds(_ kinds: Presence...) -> Double {
        Double(presences.count { kinds.contains($0) }) * interval
      }
      return Participant(
        id: member.id, name: names[row],
        firstSeen: onScreen.first.map { census.records[$0].time.seconds } ?? 0,
        lastSeen: onScreen.last.map { census.records[$0].time.seconds } ?? 0,
        presentSeconds: Double(onScreen.count) * interval,
        cameraSeconds: seconds(.face, .cameraWithoutFace), faceSeconds: seconds(.face),
        attention: median(readings.map { indices[$0].attention }),
        valence: median(readings.compactMap { indices[$0].valence }),
        expressivity: median(readings.compactMap { indices[$0].expressivity }),
        engagement: median(readings.compactMap { engagement(indices[$0]) }),
        usual: usual.probabilities[member.index],
        uncertain: settings.observableOnly
          ? nil : mean(readings.map { census.readings[$0].uncertain ? 1 : 0 }),
        windows: windows.people[row].map { window in
          ParticipantWindow(
            presence: window.presence, engagement: window.engagement(settings.weights),
            attention: window.meanAttention, expression: window.expression)
        }, presences: stretches(presences),
        sightings: sightings(of: member.index, at: shown[member.index] ?? []))
    }
  }

  /// Spread over the time on screen, so that some lie in whatever part of the recording is reported on later.
  ///
  /// - Parameter seen: samples at which the participant was shown.
  private func sightings(of participant: Int, at seen: [Int]) -> [Sighting] {
    let places = Set((0..<24).map { seen.count * (2 * $0 + 1) / 48 })
    return places.sorted().filter(seen.indices.contains).compactMap { place in
      let record = census.records[seen[place]]
      return record.presentations.first { $0.participant == participant }.map {
        Sighting(second: record.time.seconds, place: $0.place)
      }
    }
  }

  /// Samples at which each participant was shown, by index.
  private func samplesShown() -> [Int: [Int]] {
    var shown: [Int: [Int]] = [:]
    for (sample, record) in census.records.enumerated() {
      for one in record.presentations { shown[one.participant, default: []].append(sample) }
    }
    return shown
  }

  /// Of a long recording a few samples together, by what was seen most: finer than a screen shows, and no larger
  /// the longer a lecture is.
  private func stretches(_ presences: [Presence]) -> [PresenceStretch] {
    let size = max(1, (presences.count + 719) / 720)
    var stretches: [PresenceStretch] = []
    for first in stride(from: 0, to: presences.count, by: size) {
      let last = min(first + size, presences.count) - 1
      var some = PersonWindow()
      for sample in first...last { some.add(presences[sample]) }
      let start = census.records[first].time.seconds
      let end = census.records[last].time.seconds + interval
      if let before = stretches.last, before.presence == some.presence, start - before.end < interval / 2 {
        stretches[stretches.count - 1].end = end
      } else {
        stretches.append(PresenceStretch(presence: some.presence, start: start, end: end))
      }
    }
    return stretches
  }

  private func engagement(_ face: FaceIndices) -> Double? {
    Engagement.engagement(
      attention: face.attention, expressivity: face.expressivity, valence: face.valence,
      weights: settings.weights)
  }

  /// A name for each member; tables tell people by them, so that a second "iPad" is "iPad (2)".
  private func names() -> [String] {
    var taken: Set<String> = []
    return census.members.map { member in
      let name = name(of: member)
      var free = name
      var number = 2
      while !taken.insert(free).inserted {
        free = "\(name) (\(number))"
        number += 1
      }
      return free
    }
  }

  /// A name that the user gave always wins; one that was read is shown only where pseudonyms are off.
  private func name(of member: (index: Int, id: Int)) -> String {
    if let given = census.names[member.id] { return given }
    let pseudonym = "Participant \(member.id)"
    guard !settings.pseudonyms, let read = census.labels[member.index] else { return pseudonym }
    // Each reading votes for the known name that it is nearest to: misreadings differ, the name does not.
    var votes: [String: Int] = [:]
    for (reading, count) in read { votes[spelled(reading, like: roster), default: 0] += count }
    return votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? pseudonym
  }
}
