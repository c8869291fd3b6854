import Foundation
public import Vocabulary

/// The 68 points of the 300-W scheme by their numbers, which count from 1.
struct FacePoints {
  private let all: [Point]

  /// `nil` unless there are 68 finite points.
  init?(_ landmarks: Landmarks) {
    guard landmarks.all.count == 68, landmarks.all.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else {
      return nil
    }
    all = landmarks.all
  }

  subscript(number: Int) -> Point { all[number - 1] }

  func mean(_ numbers: ClosedRange<Int>) -> Point {
    numbers.map { self[$0] }.reduce(Point(x: 0, y: 0), +) * (1 / Double(numbers.count))
  }

  var rightEye: Point { mean(Landmarks.fiveOf68[0]) }
  var leftEye: Point { mean(Landmarks.fiveOf68[1]) }
}

extension Landmarks {
  /// The points whose means the five are, by the numbers of the 300-W scheme, which count from 1: the eyes, the nose
  /// tip, the outer mouth corners.
  public static let fiveOf68 = [37...42, 43...48, 31...31, 49...49, 55...55]

  /// The five points that 68 hold; `nil` unless there are 68 finite ones.
  public static func five(of all: [Point]) -> [Point]? {
    guard let points = FacePoints(Landmarks(five: [], all: all, confidence: 1)) else { return nil }
    return fiveOf68.map(points.mean)
  }
}
