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
  private var line: [UInt8] = []

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
    for (face, identity) in zip(observation.faces, identities) {
      line.removeAll(keepingCapacity: true)
      let name = identity.participant.flatMap { names[$0] }
      faceRows.append(
        FaceRow(time: observation.time, participant: name, track: identity.track, face: face), to: &line)
      try faces.write(line)
    }
    let seen = Set(identities.compactMap(\.participant))
    for (tile, participant) in zip(observation.tiles, summary.tileParticipants[sample]) {
      line.removeAll(keepingCapacity: true)
      let hasFace = participant.map(seen.contains) ?? false
      presenceRows.append(
        PresenceRow(
          time: observation.time, participant: participant.flatMap { names[$0] },
          presence: !tile.cameraOn ? .cameraOff : hasFace ? .face : .cameraWithoutFace, box: tile.box),
        to: &line)
      try presence.write(line)
    }
  }

  mutating func commit() throws(ReportError) {
    try faces.commit()
    try presence.commit()
  }
}
