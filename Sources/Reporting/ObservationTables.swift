import Engagement
import Vocabulary

/// Writes `faces.csv` and `presence.csv` in one walk over the observations, without holding them.
struct ObservationTables: ~Copyable {
  private var faces: AtomicFile
  private var presence: AtomicFile
  private let faceRows: CSVEncoder<FaceRow>
  private let presenceRows: CSVEncoder<PresenceRow>
  private let summary: Summary
  private let names: [Int: String]
  private var sample = 0

  init(_ summary: Summary, expressions: Bool, in directory: String) throws(ReportError) {
    let rows = CSVEncoder(columns: facesColumns(expressions: expressions))
    var faces = try AtomicFile(path: "\(directory)/faces.csv")
    try faces.write(rows.header)
    let tiles = CSVEncoder(columns: presenceColumns())
    var presence = try AtomicFile(path: "\(directory)/presence.csv")
    try presence.write(tiles.header)
    presenceRows = tiles
    self.faces = faces
    self.presence = presence
    self.summary = summary
    names = Dictionary(summary.participants.map { ($0.id, $0.name) }) { first, _ in first }
    faceRows = rows
  }

  mutating func add(_ observation: SampleObservation) throws(ReportError) {
    defer { sample += 1 }
    guard sample < summary.identities.count, sample < summary.tileParticipants.count else { return }
    let identities = summary.identities[sample]
    let time = RowTime(observation.time)
    for (face, identity) in zip(observation.faces, identities) {
      let name = identity.participant.flatMap { names[$0] }
      try faces.write(FaceRow(time: time, participant: name, track: identity.track, face: face), faceRows)
    }
    let seen = Set(identities.compactMap(\.participant))
    for (tile, participant) in zip(observation.tiles, summary.tileParticipants[sample]) {
      let hasFace = participant.map(seen.contains) ?? false
      try presence.write(
        PresenceRow(
          time: time, participant: participant.flatMap { names[$0] },
          presence: !tile.cameraOn ? .cameraOff : hasFace ? .face : .cameraWithoutFace, box: tile.box),
        presenceRows)
    }
  }

  mutating func commit() throws(ReportError) {
    try faces.commit()
    try presence.commit()
  }
}
