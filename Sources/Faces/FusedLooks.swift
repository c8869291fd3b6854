import Vocabulary

extension [[FaceDetection]] {
  /// One list of faces from several looks at the same picture, each at another size.
  ///
  /// Faces of different looks that overlap by more than `overlap` (intersection over union) are one face: its score
  /// is the sum of its scores over the number of looks, so that what one look alone believes in counts little;
  /// its box and points are the means, weighted by the scores. Weighted boxes fusion (Solovyev, Wang and
  /// Gabruseva 2021, "Weighted boxes fusion: Ensembling boxes from different object detection models").
  ///
  /// - Returns: the faces, surest first.
  func fused(overlap: Double = 0.5) -> [FaceDetection] {
    let ordered = enumerated().flatMap { look, faces in faces.map { (look: look, face: $0) } }
      .sorted { ($0.face.score, -Double($0.look)) > ($1.face.score, -Double($1.look)) }
    var groups: [[(look: Int, face: FaceDetection)]] = []
    for (look, face) in ordered {
      func closeness(_ group: Int) -> Double { groups[group][0].face.box.overlap(face.box) }
      let nearest = groups.indices
        .filter { group in closeness(group) > overlap && !groups[group].contains { $0.look == look } }
        .max { closeness($0) < closeness($1) }
      if let nearest { groups[nearest].append((look, face)) } else { groups.append([(look, face)]) }
    }
    return groups.map { FaceDetection(meanOf: $0.map(\.face), looks: count) }.suppressed()
  }
}

extension FaceDetection {
  fileprivate init(meanOf faces: [FaceDetection], looks: Int) {
    let sum = faces.reduce(0) { $0 + $1.score }
    func mean(_ value: (FaceDetection) -> Double) -> Double {
      faces.reduce(0) { $0 + value($1) * $1.score } / sum
    }
    let box = Box(
      x: mean(\.box.x), y: mean(\.box.y), width: mean(\.box.width), height: mean(\.box.height))
    let five = faces[0].five.flatMap { first in
      faces.contains { $0.five == nil }
        ? nil
        : first.indices.map { point in
          Point(x: mean { $0.five?[point].x ?? 0 }, y: mean { $0.five?[point].y ?? 0 })
        }
    }
    self.init(box: box, score: sum / Double(looks), five: five)
  }
}
