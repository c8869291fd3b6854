import Testing
import Vocabulary

@testable import Engagement

@Suite struct FaceTrackingTests {
  private func face(_ x: Double, width: Double = 0.05) -> Box {
    Box(x: x, y: 0.2, width: width, height: width)
  }

  /// The person of each face, sample by sample.
  private func people(_ samples: [[Box]]) -> [[Int]] {
    var tracking = FaceTracking()
    return samples.enumerated().map { tracking.follow($1, at: Int64($0)).map(\.person) }
  }

  @Test func whoComesWhereSomebodyStoodIsSomebodyElse() {
    let before = [[Box]](repeating: [face(0.1)], count: 10)
    let after = [[Box]](repeating: [face(0.14), face(0.1)], count: 10)
    let found = people(before + [[face(0.14)]] + after)
    #expect(found[10] == [0])
    #expect(found.suffix(10).allSatisfy { $0 == [0, 1] })
  }

  @Test func whoIsMissedForAMomentStaysThemselves() {
    let there = [face(0.1), face(0.5)]
    #expect(people([there, [face(0.5)], [face(0.5)], there]).last == [0, 1])
  }

  @Test func aChangeOfResolutionChangesNobody() {
    let boxes = [Box(x: 128, y: 200, width: 64, height: 64), Box(x: 900, y: 200, width: 64, height: 64)]
    let half = boxes.map { Box(x: $0.x / 2, y: $0.y / 2, width: $0.width / 2, height: $0.height / 2) }
    let samples = boxes.map { $0.fractions(width: 1280, height: 1280) }
    #expect(people([samples, samples, half.map { $0.fractions(width: 640, height: 640) }]).last == [0, 1])
  }
}
