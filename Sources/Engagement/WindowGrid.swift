import Vocabulary

/// Every member's windows, and the class's over them.
struct WindowGrid {
  /// Start of each window that has a sample.
  private(set) var starts: [Timestamp] = []
  /// Samples of each window.
  private(set) var samples: [Range<Int>] = []
  /// `people[row][window]`, rows as in the census.
  private(set) var people: [[PersonWindow]]

  init(census: Census, grid: PresenceGrid, indices: [FaceIndices], settings: SummarySettings) {
    let length = Timestamp(
      Int64(clamping: Int((max(0.001, min(settings.window, 86_400)) * 1000).rounded())), over: 1000)
    for (sample, record) in census.records.enumerated() {
      let start = length * record.time.intervals(of: length)
      if starts.last == start {
        samples[samples.count - 1] = samples[samples.count - 1].lowerBound..<sample + 1
      } else {
        starts.append(start)
        samples.append(sample..<sample + 1)
      }
    }
    let windows = samples
    people = grid.rows.indices.map { row in
      windows.map { range in
        var person = PersonWindow()
        for sample in range {
          let reading = grid.readings[row][sample]
          let shown = reading >= 0 ? census.readings[reading] : nil
          let top = shown.flatMap { $0.uncertain ? nil : $0.probabilities?.top }
          person.add(grid.rows[row][sample], reading >= 0 ? indices[reading] : nil, top: top)
        }
        return person
      }
    }
  }

  /// Samples that are further apart than a window leave windows out too, and nothing is lost.
  private func followsLoss(_ window: Int, _ records: [SampleRecord], _ settings: SummarySettings) -> Bool {
    guard window > 0 else { return false }
    let first = samples[window].lowerBound
    return records[first].index - records[first - 1].index > 1
      && (starts[window] - starts[window - 1]).seconds > 1.5 * settings.window
  }

  func classValues(census: Census, grid: PresenceGrid, settings: SummarySettings) -> [ClassValue] {
    let enough = grid.enough(settings)
    let least = settings.aggregateOnly ? enough : 1
    var values = starts.indices.map { window in
      let records = census.records[samples[window]]
      let counted = records.filter(\.counted)
      let faces = records.reduce(0.0) { $0 + Double($1.faces) } / Double(records.count)
      var value = ClassValue(time: starts[window], faces: faces, counted: counted.count * 2 >= records.count)
      value.followsLoss = followsLoss(window, census.records, settings)
      guard value.counted else { return value }
      let visible = people.map { $0[window] }.filter { $0.meanAttention != nil }
      let isEnough = visible.count(where: \.hasFace) >= enough
      guard isEnough || !settings.aggregateOnly else { return value }
      let shares = FaceShares(counted.flatMap { census.readings[$0.readings] }, least: least)
      (value.means, value.shares, value.uncertain) = (shares.means, shares.shares, shares.uncertain)
      if isEnough { value.indices = classIndices(visible, least: least, weights: settings.weights) }
      return value
    }
    let headline = Headline(values)
    for window in values.indices where headline.of(values[window]) != nil {
      let visible = people.map { $0[window] }.filter { $0.meanAttention != nil }
      values[window].band = bootstrapBand(visible, headline, settings: settings, salt: UInt64(window))
    }
    return values
  }
}
