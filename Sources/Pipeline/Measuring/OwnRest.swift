import Engagement
import Observations
import Vocabulary

/// Expressions from landmarks are read relative to the person's own face at rest, which is not known before all of a
/// recording is measured and everybody has been followed through it. So they are read twice: with anybody's face at rest
/// while measuring, and again from the stored features when that is done.
///
/// What comes out depends on the stored boxes and features alone: done again, after a kill or for more samples, it comes
/// to the same.
struct OwnRest {
  let read: StageSet.PersonReading

  private struct Face {
    let sample: Int64
    let place: Int
    let participant: Int?
    let features: FacialFeatures
  }

  func apply(to store: ObservationStore) throws {
    let people = Dictionary(grouping: try faces(in: store), by: \.participant)
    try store.replaceExpressions(
      people.flatMap { participant, faces in
        // Nobody's faces may be anybody's: each is read by itself.
        participant == nil ? faces.flatMap { expressions(of: [$0]) } : expressions(of: faces)
      })
  }

  private func expressions(of faces: [Face]) -> [ObservationStore.FaceExpression] {
    zip(faces, read(faces.map(\.features))).compactMap { face, expression in
      expression.map {
        ObservationStore.FaceExpression(sample: face.sample, place: face.place, expression: $0)
      }
    }
  }

  /// All faces whose features are known, with whose they are.
  private func faces(in store: ObservationStore) throws -> [Face] {
    var (accumulator, lending) = (SummaryAccumulator(), GridLending())
    var found: [(sample: Int64, features: [FacialFeatures?])] = []
    func add(_ sample: SampleObservation) {
      accumulator.add(sample)
      found.append((sample.index, sample.faces.map(\.features)))
    }
    try store.forEachSample(.summary) { lending.admit($0).forEach(add) }
    lending.finish().forEach(add)
    return zip(found, accumulator.summary().identities).flatMap { sample, identities in
      zip(sample.features, identities).enumerated().compactMap { place, face in
        face.0.map {
          Face(sample: sample.sample, place: place, participant: face.1.participant, features: $0)
        }
      }
    }
  }
}
