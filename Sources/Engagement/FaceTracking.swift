import Vocabulary

/// Tracks faces by overlap, and joins tracks of people who keep their place in a scene.
struct FaceTracking {
  private struct Track {
    var id: Int
    var person: Int
    var box: Box
    var sample: Int64
  }

  private var tracks: [Track] = []
  private var nextTrack = 1
  private var people = 0

  private static let overlap = 0.3
  /// A track may miss this many samples, and a person this many before a face nearby is somebody new.
  private static let patience: Int64 = 2
  private static let memory: Int64 = 120

  /// Track and person (of a scene without tiles, counted from zero) of each face.
  ///
  /// - Parameter faces: in widths of the frame, which may change within a recording.
  mutating func follow(_ faces: [Box], at sample: Int64) -> [(track: Int, person: Int)] {
    var free = tracks.indices.filter { sample - tracks[$0].sample <= Self.patience + 1 }
    var found = [(track: Int, person: Int)](repeating: (0, 0), count: faces.count)
    for (face, track) in overlapping(faces, free) {
      free.removeAll { $0 == track }
      tracks[track].box = faces[face]
      tracks[track].sample = sample
      found[face] = (tracks[track].id, tracks[track].person)
    }
    for face in faces.indices where found[face].track == 0 {
      let track = Track(
        id: nextTrack, person: personNear(faces[face], at: sample), box: faces[face], sample: sample)
      nextTrack += 1
      // Whoever comes where the person stood before is somebody else.
      tracks.removeAll { $0.person == track.person }
      tracks.append(track)
      found[face] = (track.id, track.person)
    }
    tracks.removeAll { sample - $0.sample > Self.memory }
    return found
  }

  /// Pairs of face and track in order of falling overlap, each at most once.
  private func overlapping(_ faces: [Box], _ candidates: [Int]) -> [(face: Int, track: Int)] {
    var pairs: [(overlap: Double, face: Int, track: Int)] = []
    for face in faces.indices {
      for track in candidates {
        let overlap = faces[face].overlap(tracks[track].box)
        if overlap >= Self.overlap { pairs.append((overlap, face, track)) }
      }
    }
    pairs.sort { ($1.overlap, $0.face, $0.track) < ($0.overlap, $1.face, $1.track) }
    var usedFaces = Set<Int>()
    var usedTracks = Set<Int>()
    return pairs.compactMap { pair in
      guard !usedFaces.contains(pair.face), !usedTracks.contains(pair.track) else { return nil }
      usedFaces.insert(pair.face)
      usedTracks.insert(pair.track)
      return (pair.face, pair.track)
    }
  }

  /// The person lost nearest to here, within a face's width; otherwise somebody new.
  private mutating func personNear(_ box: Box, at sample: Int64) -> Int {
    let present = Set(tracks.filter { $0.sample == sample }.map(\.person))
    let near = tracks.filter { !present.contains($0.person) }
      .map { (distance: $0.box.centre.distance(to: box.centre), person: $0.person, width: $0.box.width) }
      .filter { $0.distance < min($0.width, box.width) }
      .min { ($0.distance, $0.person) < ($1.distance, $1.person) }
    if let near { return near.person }
    people += 1
    return people - 1
  }
}
