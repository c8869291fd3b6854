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

  var rightEye: Point { mean(37...42) }
  var leftEye: Point { mean(43...48) }
}

extension Landmarks {
  /// The five points that 68 hold: the eyes as the mean of their six points, the nose tip (31), the outer
  /// mouth corners (49, 55).
  public static func five(of all: [Point]) -> [Point]? {
    guard let points = FacePoints(Landmarks(five: [], all: all, confidence: 1)) else { return nil }
    return [points.rightEye, points.leftEye, points[31], points[49], points[55]]
  }
}
