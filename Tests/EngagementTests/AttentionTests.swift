import Engagement
import Testing
import Vocabulary

@Suite struct AttentionTests {
  /// Of the class at the last sample.
  private func last(_ samples: [SampleObservation]) throws -> ClassIndices {
    try #require(summarise(samples: samples).samples.last?.indices)
  }

  @Test(arguments: [
    (35.0, 0.0, 0.5), (-35.0, 0.0, 0.5), (0.0, 32.5, 0.5), (35.0, 32.5, 0.25), (20.0, -20.0, 1.0),
    (50.0, 0.0, 0.0),
  ])
  func attentionFallsAsTheHeadTurnsAwayEitherWay(yaw: Double, pitch: Double, attention: Double) throws {
    let found = try last([.row(0, [.face(yaw: yaw, pitch: pitch)])])
    #expect(isClose(found.attention, attention))
  }

  /// One person whose eyes are at 0.30 for a while, then as told.
  private func attention(eyes: Double, yaw: Double = 0, after samples: Int) throws -> Double? {
    let usual = (0..<samples).map { SampleObservation.row(Int64($0), [.face(openness: 0.3)]) }
    let now = SampleObservation.row(Int64(samples), [.face(yaw: yaw, openness: eyes)])
    return try last(usual + [now]).attention
  }

  /// 0.1725 is 0.575 of the usual 0.30, halfway from 0.4 to 0.75.
  @Test(arguments: [(0.1725, 0.5), (0.12, 0.0), (0.06, 0.0), (0.225, 1.0), (0.6, 1.0)])
  func eyesAreAsOpenAsThePersonsOwnUsuallyAre(eyes: Double, attention: Double) throws {
    #expect(isClose(try self.attention(eyes: eyes, after: 20), attention))
  }

  @Test func eyesAndHeadMultiply() throws {
    #expect(isClose(try attention(eyes: 0.1725, yaw: 35, after: 20), 0.25))
  }

  /// With the closed ones, 10, 19 and 20 in all.
  @Test(arguments: [(9, 1.0), (18, 1.0), (19, 0.0)])
  func closedEyesAreToldFromOpenOnesOnceTwentyWereSeen(before: Int, attention: Double) throws {
    #expect(isClose(try self.attention(eyes: 0.03, after: before), attention))
  }

  @Test func aCameraWithoutAFacePaysNoAttention() throws {
    let found = try last([.row(0, [.face(), .face(), .face(), .noFace])])
    #expect(found.attention == 0.75 && found.people == 4)
  }

  @Test func whoseCameraIsOffCountsNeitherWay() throws {
    let found = try last([.row(0, [.face(), .face(), .face(), .off])])
    #expect(found.attention == 1 && found.people == 3)
  }
}
