import Engagement
import Observations
import Vocabulary

/// Expressions from landmarks are read relative to the person's own face at rest, which is not known before all of a
/// recording is measured and everybody has been followed through it. So they are read twice: with anybody's face at rest
/// while measuring, and again from the stored features when that is done.
///
/// What comes out depends on the boxes and features of all samples that were measured, whatever range a report is of, so
/// that no report mixes two faces at rest of one person: done again, after a kill, it comes to the same and writes nothing.
struct OwnRest {
  let definition: Definition
  let read: StageSet.PersonReading

  private struct Face {
    let sample: Int64
    let place: Int
    let features: FacialFeatures
    let expression: ExpressionProbabilities?
  }

  func apply(to store: ObservationStore) throws {
    var faces = try faces(in: store)
    // Nobody's faces may be anybody's: each is read by itself.
    let nobodys = faces.removeValue(forKey: nil) ?? []
    let changes = (faces.values + nobodys.map { [$0] }).flatMap(changes)
    guard !changes.isEmpty else { return }
    // In the order in which the store has them, so that each of its pages is written once.
    try store.replaceExpressions(changes.sorted { ($0.sample, $0.place) < ($1.sample, $1.place) })
  }

  /// The faces of one person that are read otherwise than they were.
  private func changes(_ faces: [Face]) -> [ObservationStore.FaceExpression] {
    zip(faces, read(faces.map(\.features))).compactMap { face, expression in
      guard let expression, expression != face.expression else { return nil }
      return ObservationStore.FaceExpression(sample: face.sample, place: face.place, expression: expression)
    }
  }

  /// All faces whose features are known, by participant.
  private func faces(in store: ObservationStore) throws -> [Int?: [Face]] {
    var accumulator = SummaryAccumulator()
    var found: [[Face?]] = []
    var whole = definition
    (whole.sample.from, whole.sample.to) = (Definition().sample.from, nil)
    try store.forEachSample(of: whole, .summary) { sample in
      accumulator.add(sample)
      found.append(
        sample.faces.enumerated().map { place, face in
          face.features.map {
            Face(sample: sample.index, place: place, features: $0, expression: face.expression)
          }
        })
    }
    var people: [Int?: [Face]] = [:]
    for (faces, identities) in zip(found, accumulator.identities()) {
      for (face, identity) in zip(faces, identities) {
        if let face { people[identity.participant, default: []].append(face) }
      }
    }
    return people
  }
}
