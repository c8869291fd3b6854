import Testing
import Vocabulary

@testable import Media

@Suite struct SamplingPlanTests {
  /// Packets by presentation tick, in decoding order; a `k` group begins with a keyframe.
  private func index(_ groups: [[Int64]]) -> PacketIndex {
    var builder = PacketIndex.Builder(tick: Timestamp(1))
    for group in groups {
      for (place, tick) in group.enumerated() {
        builder.append(
          PacketIndex.Packet(
            presentation: tick, decoding: Int64(builder.count) - 2, duration: 1, isKeyframe: place == 0))
      }
    }
    return builder.finish()
  }

  private func plan(_ index: PacketIndex, at ticks: [Int64]) -> [SamplingPlan.Run] {
    SamplingPlan(index: index, from: 0, shown: ticks.compactMap { index.packet(shownAt: Timestamp($0)) }).runs
  }

  @Test func nothingBehindTheLastWantedPictureIsSent() {
    let index = index([[0, 2, 1, 4, 3], [5, 7, 6, 9, 8]])
    #expect(plan(index, at: [1]).map(\.packets) == [0..<3])
    #expect(plan(index, at: [1, 7]).map(\.packets) == [0..<3, 5..<7])
  }

  @Test func groupsWithoutAWantedPictureArePassedOver() {
    let index = index([[0, 1], [2, 3], [4, 5], [6, 7]])
    #expect(plan(index, at: [0, 6]).map(\.packets) == [0..<1, 6..<7])
  }

  @Test func aLeadingPictureOfAnOpenGroupNeedsTheGroupBefore() {
    // The second group's keyframe is shown at 6, its pictures 4 and 5 before it.
    let index = index([[0, 3, 1, 2], [6, 4, 5, 9, 7, 8], [12, 10, 11]])
    #expect(plan(index, at: [5]).map(\.packets) == [0..<7])
    #expect(plan(index, at: [4, 7]).map(\.packets) == [0..<9])
    #expect(plan(index, at: [7]).map(\.packets) == [4..<9])
  }

  @Test func aPictureOnScreenAtSeveralInstantsIsWantedOnce() {
    let index = index([[0, 10, 20]])
    let runs = plan(index, at: [0, 3, 6, 12, 15])
    #expect(runs.count == 1)
    #expect(runs.first?.wanted.map(\.packet) == [0, 1])
    #expect(runs.first?.wanted.map(\.indices) == [0..<3, 3..<5])
  }

  @Test func picturesBeforeTheFirstKeyframeAreNotShown() {
    var builder = PacketIndex.Builder(tick: Timestamp(1))
    for (tick, isKeyframe) in [(0, false), (1, false), (4, true), (3, false), (5, false)] {
      builder.append(PacketIndex.Packet(presentation: Int64(tick), duration: 1, isKeyframe: isKeyframe))
    }
    let index = builder.finish()
    #expect(index.shown == [2, 4])
    #expect(index.originTick == 4)
    #expect(index.duration == Timestamp(2))
  }

  @Test func aClockThatJumpsIsContinued() {
    var builder = PacketIndex.Builder(tick: Timestamp(1, over: 10), spliceTicks: 100)
    for tick: Int64 in [50, 51, 52, 10, 11, 500] {
      builder.append(PacketIndex.Packet(presentation: tick, decoding: tick, duration: 1, isKeyframe: true))
    }
    #expect(builder.finish().ticks == [50, 51, 52, 53, 54, 55])
  }

  @Test func withoutPresentationTimesPicturesAreCounted() {
    var builder = PacketIndex.Builder(tick: Timestamp(1))
    for tick: Int64 in [0, 1, 2, 3] {
      builder.append(PacketIndex.Packet(decoding: tick, duration: 1, isKeyframe: tick == 0))
    }
    let index = builder.finish()
    #expect(!index.isOrdered)
    #expect(plan(index, at: [2]).map(\.packets) == [0..<4])
  }

  @Test func hostileTimesDoNotTrap() {
    var builder = PacketIndex.Builder(tick: Timestamp(1, over: 90000), spliceTicks: 900_000)
    for tick in [Int64.min + 1, .max, 0, .max, .min + 1] {
      builder.append(PacketIndex.Packet(presentation: tick, decoding: tick, duration: .max, isKeyframe: true))
    }
    let index = builder.finish()
    #expect(index.packet(shownAt: .zero) != nil)
    _ = index.duration
  }
}
