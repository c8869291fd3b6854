import Vocabulary

/// Puts the summary together once every sample is known and everybody has a place.
struct SummaryBuilder {
  let settings: SummarySettings
  let census: Census
  let companions: Companions
  let tracks: [[Int]]
  let tilePresences: [[Presence]]
  let slideChanges: [Double]
  let losses: [Loss]

  func summary() -> Summary {
    let interval = samplingInterval(census.records)
    let usual = Usual(census.readings, baseline: settings.observableOnly ? .none : settings.baseline)
    let indices = census.readings.map { FaceIndices($0, usual: usual, settings: settings) }
    let grid = PresenceGrid(census)
    let windows = WindowGrid(census: census, grid: grid, indices: indices, settings: settings)
    let classWindows = windows.classValues(census: census, grid: grid, settings: settings)
    let headline = Headline(classWindows)
    let participants = ParticipantList(
      census: census, grid: grid, indices: indices, usual: usual, windows: windows, settings: settings,
      interval: interval, roster: companions.names
    ).participants()
    let speakers = SpeakerNames(pseudonyms: settings.pseudonyms)
    let written = companions.chat.map { $0.moved(by: -settings.chatOffset) }
    let chat = written.filter { $0.start >= 0 }
    let cues = speakers.named((companions.transcript + chat).sorted(by: Cue.inOrder))
    let summary = Summary(
      settings: settings,
      coverage: coverage(
        interval: interval, grid: grid, usual: usual, windows: classWindows, headline: headline),
      samples: sampleValues(grid: grid, indices: indices), windows: classWindows,
      participants: participants,
      events: EventFinder(
        settings: settings, windows: classWindows, headline: headline, people: windows.people,
        ids: census.members.map(\.id), cues: cues, recorded: recorded(interval), interval: interval
      ).events(),
      views: viewStretches(census.records, interval: interval), slideChanges: slideChanges, cues: cues,
      earlierChat: written.count - chat.count, identities: census.identities(tracks: tracks),
      tileParticipants: tileParticipants(), tilePresences: tilePresences)
    return settings.aggregateOnly ? summary.withoutParticipants : summary
  }

  private func sampleValues(grid: PresenceGrid, indices: [FaceIndices]) -> [ClassValue] {
    let enough = grid.enough(settings)
    let least = settings.aggregateOnly ? enough : 1
    return census.records.enumerated().map { sample, record in
      var value = ClassValue(time: record.time, faces: Double(record.faces), counted: record.counted)
      guard record.counted else { return value }
      let people = grid.people(at: sample, indices: indices)
      let isEnough = people.count(where: \.hasFace) >= enough
      guard isEnough || !settings.aggregateOnly else { return value }
      let faces = FaceShares(census.readings[record.readings], least: least)
      (value.means, value.shares, value.uncertain) = (faces.means, faces.shares, faces.uncertain)
      if isEnough { value.indices = classIndices(people, least: least, weights: settings.weights) }
      return value
    }
  }

  /// Merges and splits moved presentations, so tiles are told apart by their place among them.
  private func tileParticipants() -> [[Int?]] {
    let idOf = Dictionary(uniqueKeysWithValues: census.members.map { ($0.index, $0.id) })
    return zip(census.records, tilePresences).map { record, presences in
      presences.indices.map { tile in
        record.presentations.first { $0.tile == tile }.flatMap { idOf[$0.participant] }
      }
    }
  }

  /// From the first sample to the end of the last, in seconds.
  private func recorded(_ interval: Double) -> ClosedRange<Double> {
    let records = census.records
    guard let first = records.first, let last = records.last else { return 0...0 }
    return first.time.seconds...max(first.time.seconds, last.time.seconds + interval)
  }

  private func coverage(
    interval: Double, grid: PresenceGrid, usual: Usual, windows: [ClassValue], headline: Headline
  ) -> Coverage {
    var coverage = Coverage()
    let records = census.records
    guard let first = records.first, let last = records.last else { return coverage }
    let recorded = recorded(interval)
    let start = losses.reduce(recorded.lowerBound) { min($0, $1.start) }
    let end = losses.reduce(recorded.upperBound) { max($0, $1.end) }
    coverage.interval = interval
    coverage.seconds = end - start
    coverage.samples = records.count
    coverage.missingSamples = max(
      losses.reduce(0) { $0 + $1.samples }, Int(clamping: last.index - first.index) + 1 - records.count)
    coverage.excludedSeconds = Double(records.count { !$0.counted }) * interval
    coverage.faces = census.readings.count
    coverage.participants = grid.rows.count
    coverage.participantsSeen = grid.rows.count { $0.contains(.face) }
    let counts = grid.counts
    func share(_ part: Int, of whole: Int) -> Double? { whole > 0 ? Double(part) / Double(whole) : nil }
    let camera = counts[.face, default: 0] + counts[.cameraWithoutFace, default: 0]
    coverage.cameraOn = share(camera, of: camera + counts[.cameraOff, default: 0])
    coverage.faceFound = share(counts[.face, default: 0], of: camera)
    if !settings.observableOnly {
      let own = census.readings.filter { $0.participant != nil }
      coverage.uncertain = share(own.count(where: \.uncertain), of: own.count)
    }
    coverage.poseKnown = share(census.readings.count { $0.facing != nil }, of: census.readings.count)
    let countedWindows = windows.filter(\.counted)
    coverage.enoughPeople = share(
      countedWindows.count { headline.of($0) != nil }, of: countedWindows.count)
    coverage.baselines = usual.probabilities.count
    return coverage
  }
}

/// Seconds from one sample to the next; the mean where they are unequal (keyframes), so that samples times interval is time.
func samplingInterval(_ records: [SampleRecord]) -> Double {
  let steps = zip(records, records.dropFirst()).filter { $1.index - $0.index == 1 }.map { $1.time - $0.time }
  guard !steps.isEmpty else { return 1 }
  return steps.reduce(.zero, +).seconds / Double(steps.count)
}

private func viewStretches(_ records: [SampleRecord], interval: Double) -> [ViewStretch] {
  var stretches: [ViewStretch] = []
  for (number, record) in records.enumerated() {
    let start = record.time.seconds
    let next = records.indices.contains(number + 1) ? records[number + 1] : nil
    let end = next.flatMap { $0.index == record.index + 1 ? $0.time.seconds : nil } ?? start + interval
    if let last = stretches.last, last.view == record.view {
      stretches[stretches.count - 1].end = end
    } else {
      stretches.append(ViewStretch(view: record.view, start: start, end: end))
    }
  }
  return stretches
}

/// Means and shares over the participants' faces at a sample or in a window; `nil` where those of fewer than `least`
/// people can be read. A face that is nobody's, such as a portrait on a wall, counts for nothing.
struct FaceShares {
  var means: [Double]?
  var shares: [Double]?
  var uncertain: Double?

  init(_ readings: some Collection<Reading>, least: Int) {
    let theirs = readings.filter { $0.participant != nil && $0.probabilities != nil }
    guard Set(theirs.map(\.participant)).count >= max(1, least) else { return }
    let shown = theirs.compactMap { reading in reading.probabilities.map { ($0, reading.uncertain) } }
    let count = Double(shown.count)
    var sums = [Double](repeating: 0, count: Expression.allCases.count)
    var tops = sums
    var unclear = 0.0
    for (probabilities, isUncertain) in shown {
      for index in sums.indices { sums[index] += Double(probabilities.values[index]) }
      if isUncertain { unclear += 1 } else { tops[probabilities.top.rawValue] += 1 }
    }
    means = sums.map { $0 / count }
    shares = tops.map { $0 / count }
    uncertain = unclear / count
  }
}
