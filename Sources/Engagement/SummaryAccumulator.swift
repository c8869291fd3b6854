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
  private var tilePresences: [[Presence]] = []
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
    readings += sample.faces.map { Reading($0, settings: settings) }
    // Both axes in widths, so that a circle stays one.
    let tracks = faces.follow(
      sample.faces.map { $0.box.fractions(width: sample.frameWidth, height: sample.frameWidth) },
      at: sample.index)
    tracksOfFaces.append(tracks.map(\.track))
    let facesOfTiles = sample.tiles.map { face(of: $0, in: sample) }
    tilePresences.append(
      zip(sample.tiles, facesOfTiles).map { tile, face in
        !tile.cameraOn ? .cameraOff : face == nil ? .cameraWithoutFace : .face
      })
    switch sample.view {
    case .gallery:
      record.presentations = presentations(ofTilesIn: sample, showing: facesOfTiles, firstReading: first)
    case .scene:
      record.presentations = tracks.enumerated().map { face, track in
        let participant = participant(track.person, in: \.ofScenePerson)
        readings[first + face].participant = participant
        return Presentation(
          participant: participant, presence: .face, place: place(of: sample.faces[face].box, in: sample),
          reading: first + face)
      }
    case .speaker, .screen:
      break
    }
    slides.add(sample)
    records.append(record)
  }

  private var census: Census {
    Census(records: records, readings: readings, labels: labels)
  }

  /// Who each face is before any decision of the user, as ``Summary/identities``.
  public func identities() -> [[FaceIdentity]] { census.identities(tracks: tracksOfFaces) }

  /// - Parameter losses: stretches of the recording that could not be read.
  public func summary(companions: Companions = Companions(), losses: [Loss] = []) -> Summary {
    var census = census
    let unplaced = census.apply(companions.decisions)
    var summary = SummaryBuilder(
      settings: settings, census: census, companions: companions, tracks: tracksOfFaces,
      tilePresences: tilePresences, slideChanges: slides.changes, losses: losses
    ).summary()
    summary.unplacedDecisions = unplaced
    return summary
  }

  /// Of several the largest and most certain: a picture on the wall is smaller or less certain than the person in front
  /// of it.
  private func face(of tile: TileObservation, in sample: SampleObservation) -> Int? {
    sample.faces.indices.filter { tile.box.contains(sample.faces[$0].box.centre) }
      .max { weight(sample.faces[$0]) < weight(sample.faces[$1]) }
  }

  private mutating func presentations(
    ofTilesIn sample: SampleObservation, showing faces: [Int?], firstReading: Int
  ) -> [Presentation] {
    let people = tiles.match(
      sample.tiles, width: sample.frameWidth, height: sample.frameHeight, index: sample.index,
      second: sample.time.seconds)
    return sample.tiles.indices.map { index in
      let tile = sample.tiles[index]
      let participant = participant(people[index], in: \.ofTilePerson)
      if let label = tile.label, !label.isEmpty { labels[participant, default: [:]][label, default: 0] += 1 }
      var presentation = Presentation(
        participant: participant, presence: tilePresences[records.count][index],
        place: place(of: tile.box, in: sample), tile: index)
      if presentation.presence == .face, let face = faces[index] {
        readings[firstReading + face].participant = participant
        presentation.reading = firstReading + face
      }
      return presentation
    }
  }

  private func place(of box: Box, in sample: SampleObservation) -> SIMD2<Float> {
    let centre = box.fractions(width: sample.frameWidth, height: sample.frameHeight).centre
    return SIMD2(Float(centre.x), Float(centre.y))
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
