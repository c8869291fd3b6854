import Imaging
public import Vocabulary

extension FacialFeatures {
  /// The features of 68 landmarks.
  ///
  /// `p1...p68` are the points of the 300-W scheme, turned so that the line through both eye centres is
  /// level; `d` is the distance of the eye centres (each the mean of its six points). Lengths are in `d`.
  ///
  /// | feature | formula | reads |
  /// | --- | --- | --- |
  /// | eye openness | `(|p38 p42| + |p39 p41|) / (2 |p37 p40|)`, left: 43...48 (Soukupová and Čech 2016) | 0 shut, 0.3 open |
  /// | brow raise | mean height of the brow `p18...p22` above its eye's centre, both sides averaged | grows as brows rise |
  /// | brow knit | `1 - |p22 p23| / |p40 p43|` | grows as brows draw together |
  /// | mouth opening | `(|p62 p68| + |p63 p67| + |p64 p66|) / 3` | 0 shut |
  /// | mouth width | `|p49 p55|` | grows with a smile |
  /// | corner lift | height of the corners' middle above the middle of the lips `(p52 + p58) / 2` | above 0: corners up |
  /// | nose tip | `p31` from the middle of the eyes, x to the right, y down | (0, 0.6) seen from the front |
  ///
  /// - Returns: `nil` without 68 finite points, and where the eyes or an eye's corners coincide.
  public init?(_ landmarks: Landmarks) {
    guard let points = FacePoints(landmarks) else { return nil }
    let level = SimilarityTransform(
      from: [points.rightEye, points.leftEye], to: [Point(x: -0.5, y: 0), Point(x: 0.5, y: 0)])
    guard let level else { return nil }
    let placed = Landmarks(five: [], all: landmarks.all.map { level($0) }, confidence: 1)
    guard let p = FacePoints(placed) else { return nil }

    func distance(_ first: Int, _ second: Int) -> Double { p[first].distance(to: p[second]) }
    func openness(_ outer: Int) -> Double {
      (distance(outer + 1, outer + 5) + distance(outer + 2, outer + 4)) / (2 * distance(outer, outer + 3))
    }
    let corners = (p[49] + p[55]) * 0.5
    let lips = (p[52] + p[58]) * 0.5
    self.init(
      rightEyeOpenness: openness(37), leftEyeOpenness: openness(43),
      browRaise: -(p.mean(18...22).y + p.mean(23...27).y) / 2,
      browKnit: 1 - distance(22, 23) / distance(40, 43),
      mouthOpening: (distance(62, 68) + distance(63, 67) + distance(64, 66)) / 3,
      mouthWidth: distance(49, 55), mouthCornerLift: lips.y - corners.y, noseTip: p[31])
    let values = [
      rightEyeOpenness, leftEyeOpenness, browRaise, browKnit, mouthOpening, mouthWidth, mouthCornerLift,
      noseTip.x, noseTip.y,
    ]
    guard values.allSatisfy(\.isFinite) else { return nil }
  }
}
