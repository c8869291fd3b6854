import Engagement
import Vocabulary

/// Writes the tables with a row a face or a tile in one walk over the observations, without holding them.
struct ObservationTables {
  private let faces: [TableFile<FaceRow>]
  private let presence: TableFile<PresenceRow>
  private let summary: Summary
  private let names: [Int: String]
  private var sample = 0

  init(_ summary: Summary, recording: String, formats: Set<ExportFormat>, in directory: String)
    throws(ReportError)
  {
    let expressions = !summary.settings.observableOnly
    let columns = facesColumns(expressions: expressions)
    var faces = [try TableFile("\(directory)/faces.csv", columns)]
    if formats.contains(.json) { faces.append(try TableFile("\(directory)/faces.jsonl", columns)) }
    if formats.contains(.pyFeat) {
      faces.append(
        try TableFile(
          "\(directory)/faces.py-feat.csv", pyFeatColumns(recording: recording, expressions: expressions)))
    }
    if formats.contains(.openFace) {
      faces.append(try TableFile("\(directory)/faces.openface.csv", openFaceColumns()))
    }
    self.faces = faces
    presence = try TableFile("\(directory)/presence.csv", presenceColumns())
    self.summary = summary
    names = Dictionary(summary.participants.map { ($0.id, $0.name) }) { first, _ in first }
  }

  mutating func add(_ observation: SampleObservation) throws(ReportError) {
    defer { sample += 1 }
    guard sample < summary.identities.count, sample < summary.tileParticipants.count else { return }
    let identities = summary.identities[sample]
    let time = RowTime(observation.time, index: Int(clamping: observation.index))
    for (face, identity) in zip(observation.faces, identities) {
      let name = identity.participant.flatMap { names[$0] }
      let row = FaceRow(time: time, participant: name, track: identity.track, face: face)
      for table in faces { try table.add(row) }
    }
    for (number, tile) in observation.tiles.enumerated() {
      try presence.add(
        PresenceRow(
          time: time, participant: summary.tileParticipants[sample][number].flatMap { names[$0] },
          presence: summary.tilePresences[sample][number], box: tile.box))
    }
  }

  func commit() throws(ReportError) {
    for table in faces { try table.commit() }
    try presence.commit()
  }
}
