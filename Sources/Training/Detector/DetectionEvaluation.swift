import Faces
import Foundation
import Vocabulary

/// How well detections agree with marked boxes.
///
/// Detections are taken surest first. Each matches the marked face that it overlaps most, where that is at
/// least half (intersection over union) and still free. Marked faces shorter than `smallest` pixels, and
/// invalid ones, neither count as missed nor make a match a false alarm; detections shorter than `smallest`
/// that match nothing do not count (as in COCO).
struct DetectionEvaluation {
  let smallest: Double
  private(set) var pictures = 0
  private(set) var faces = 0
  private var verdicts: [(score: Double, isRight: Bool)] = []

  init(smallest: Double) { self.smallest = smallest }

  mutating func add(_ detections: [FaceDetection], marked: [LabelledFace]) {
    pictures += 1
    let counts = marked.map { !$0.isIgnored && $0.box.height >= smallest }
    faces += counts.count { $0 }
    var isFree = marked.map { _ in true }
    for detection in detections.sorted(by: { $0.score > $1.score }) {
      let overlaps = marked.indices.filter { isFree[$0] }
        .map { (index: $0, overlap: marked[$0].box.overlap(detection.box)) }
        .filter { $0.overlap >= 0.5 }
      // A face that counts is matched before one that does not.
      let match = overlaps.max {
        (counts[$0.index] ? 1 : 0, $0.overlap) < (counts[$1.index] ? 1 : 0, $1.overlap)
      }
      if let match {
        isFree[match.index] = false
        if counts[match.index] { verdicts.append((detection.score, true)) }
      } else if detection.box.height >= smallest {
        verdicts.append((detection.score, false))
      }
    }
  }

  /// Area under the curve of precision over recall, with precision made falling (every point counts).
  var averagePrecision: Double {
    guard faces > 0 else { return 0 }
    var right = 0
    let points = ordered.enumerated().map { position, verdict -> (recall: Double, precision: Double) in
      right += verdict.isRight ? 1 : 0
      return (Double(right) / Double(faces), Double(right) / Double(position + 1))
    }
    var (area, best, last) = (0.0, 0.0, points.last?.recall ?? 0)
    for point in points.reversed() {
      area += (last - point.recall) * best
      best = max(best, point.precision)
      last = point.recall
    }
    return area + last * best
  }

  /// The share of faces found at the threshold where false alarms are at most `rate` a picture, and that
  /// threshold.
  func recall(falseAlarmsPerPicture rate: Double) -> (recall: Double, threshold: Double) {
    let allowed = Int(rate * Double(pictures))
    var (right, wrong, threshold) = (0, 0, 1.0)
    for verdict in ordered {
      if verdict.isRight { right += 1 } else { wrong += 1 }
      if wrong > allowed { break }
      threshold = verdict.score
    }
    return (faces > 0 ? Double(right) / Double(faces) : 0, threshold)
  }

  private var ordered: [(score: Double, isRight: Bool)] { verdicts.sorted { $0.score > $1.score } }
}
