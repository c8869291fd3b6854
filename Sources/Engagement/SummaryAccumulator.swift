public import Vocabulary

/// Takes observations one by one, in time order, and keeps only what the summary needs.
public struct SummaryAccumulator {
  let settings: SummarySettings
  private(set) var records: [SampleRecord] = []
  private(set) var readings: [Reading] = []
  private(set) var slides = SlideWatch()
  private var tiles = TileMatching()
  private var faces = FaceTracking()
  private var tracksOfFaces: [[Int]] = []
  private var tileCounts: [Int] = []
  /// Person of a tile (first) or of a scene's track (second) → participant index, in order of appearance.
  private var ofTilePerson: [Int: Int] = [:]
  private var ofScenePerson: [Int: Int] = [:]
  private var found = 0
  /// Labels read under a participant's tiles, with how often.
  private(set) var labels: [Int: [String: Int]] = [:]

  public init(settings: SummarySettings = SummarySettings()) { self.settings = settings }

  public mutating func add(_ sample: SampleObservation) {
    let first = readings.count
    var record = SampleRecord(
      index: sample.index, time: sample.time, view: sample.view, faces: sample.faces.count,
      readings: first..<first + sample.faces.count)
    readings += sample.faces.map { Reading($0, sample: records.count, settings: settings) }
    let tracks = faces.follow(sample.faces, at: sample.index)
    tracksOfFaces.append(tracks.map(\.track))
    switch sample.view {
    case .gallery:
      record.presentations = presentations(ofTilesIn: sample, firstReading: first)
    case .scene:
      record.presentations = tracks.enumerated().map { face, track in
        let participant = participant(track.person, in: \.ofScenePerson)
        readings[first + face].participant = participant
        return Presentation(participant: participant, presence: .face, reading: first + face)
      }
    case .speaker, .screen:
      break
    }
    tileCounts.append(sample.tiles.count)
    slides.add(sample)
    records.append(record)
  }

  private var census: Census {
    Census(records: records, readings: readings, labels: labels, settings: settings)
  }

  /// Who each face is before any decision of the user, as ``Summary/identities``.
  public func identities() -> [[FaceIdentity]] { census.identities(tracks: tracksOfFaces) }

  public func summary(companions: Companions = Companions()) -> Summary {
    var census = census
    census.apply(companions.decisions)
    return SummaryBuilder(
      settings: settings, census: census, companions: companions, tracks: tracksOfFaces,
      tileCounts: tileCounts,
      slideChanges: slides.changes
    ).summary()
  }

  private mutating func presentations(ofTilesIn sample: SampleObservation, firstReading: Int)
    -> [Presentation]
  {
    let people = tiles.match(sample.tiles, width: sample.frameWidth, height: sample.frameHeight)
    return sample.tiles.indices.map { index in
      let tile = sample.tiles[index]
      let participant = participant(people[index], in: \.ofTilePerson)
      if let label = tile.label, !label.isEmpty { labels[participant, default: [:]][label, default: 0] += 1 }
      guard tile.cameraOn else {
        return Presentation(participant: participant, presence: .cameraOff, tile: index)
      }
      // A picture on the wall is smaller or less certain than the person in front of it.
      let face = sample.faces.indices.filter { tile.box.contains(sample.faces[$0].box.centre) }
        .max { weight(sample.faces[$0]) < weight(sample.faces[$1]) }
      guard let face else {
        return Presentation(participant: participant, presence: .cameraWithoutFace, tile: index)
      }
      readings[firstReading + face].participant = participant
      return Presentation(
        participant: participant, presence: .face, tile: index, reading: firstReading + face)
    }
  }

  private func weight(_ face: FaceObservation) -> Double { face.score * face.box.area }

  private mutating func participant(
    _ person: Int, in known: WritableKeyPath<SummaryAccumulator, [Int: Int]>
  ) -> Int {
    if let participant = self[keyPath: known][person] { return participant }
    self[keyPath: known][person] = found
    found += 1
    return found - 1
  }
}

/// Notices when the shared screen changes to another slide.
struct SlideWatch {
  private(set) var changes: [Double] = []
  private var last: [Float] = []

  /// Mean absolute change of luma (0 to 1) over the coarse grid from which it is another slide.
  private static let change: Float = 0.06

  mutating func add(_ sample: SampleObservation) {
    defer { last = sample.screen.isEmpty ? last : sample.screen }
    guard !last.isEmpty, last.count == sample.screen.count else { return }
    let difference = zip(last, sample.screen).reduce(Float(0)) { $0 + abs($1.0 - $1.1) } / Float(last.count)
    if difference > Self.change { changes.append(sample.time.seconds) }
  }
}
