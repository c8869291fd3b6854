import Faces
import Vocabulary

/// Facts about the 68 points of the 300-W scheme, counted from 0.
enum LandmarkShape {
  /// The point that each becomes in a mirror.
  static let mirror: [Int] = {
    var order = Array(0..<68)
    func exchange(_ pairs: [(Int, Int)]) { for (a, b) in pairs { (order[a], order[b]) = (b, a) } }
    exchange((0..<8).map { ($0, 16 - $0) })
    exchange((17..<22).map { ($0, 43 - $0) })
    exchange([(31, 35), (32, 34), (36, 45), (37, 44), (38, 43), (39, 42), (40, 47), (41, 46)])
    exchange([(48, 54), (49, 53), (50, 52), (59, 55), (58, 56), (60, 64), (61, 63), (67, 65)])
    return order
  }()

  /// Which of the 68 make each of the five: eyes as means, nose tip, mouth corners.
  static let five = Landmarks.fiveOf68.map { numbers in numbers.map { $0 - 1 } }

  /// Of 68 points or of five, in a picture of that width.
  static func mirrored(_ points: [Point], width: Double) -> [Point] {
    let order = points.count == 68 ? mirror : [1, 0, 2, 4, 3]
    return order.map { Point(x: width - points[$0].x, y: points[$0].y) }
  }

  /// The distance by which errors are divided: the outer eye corners of 68 points, the eyes of five.
  static func interOcular(_ points: [Point]) -> Double {
    points.count == 68 ? points[36].distance(to: points[45]) : points[0].distance(to: points[1])
  }

  /// Mean distance of the points over the inter-ocular distance of the marked ones; where only five are
  /// marked, the five that 68 hold are compared.
  static func error(_ found: [Point], marked: [Point]) -> Double {
    let compared =
      marked.count == 68
      ? found
      : five.map { numbers in
        numbers.map { found[$0] }.reduce(Point(x: 0, y: 0), +) * (1 / Double(numbers.count))
      }
    let sum = zip(compared, marked).reduce(0) { $0 + $1.0.distance(to: $1.1) }
    return sum / Double(marked.count) / max(interOcular(marked), 1e-9)
  }
}
