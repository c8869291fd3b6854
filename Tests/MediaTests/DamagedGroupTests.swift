import Foundation
import Testing
import Vocabulary

@testable import Media

/// Damage in the middle of a group. B-pictures are decoded behind the picture that they refer to and shown
/// before it: what its damage spoils comes out of the decoder before the picture that tells of it.
@Suite struct DamagedGroupTests {
  private let grid = SamplingGrid.every(Timestamp(1, over: 25))
  /// Packets of one group, which are as many as its samples.
  private static let group = 24..<48

  /// The group's P-picture of this number. In the order of decoding, those that are shown before it follow.
  private static func anchor(_ number: Int, _ ticks: [Int64]) -> Int? {
    let anchors = group.filter { ticks[$0] > ticks[$0 + 1] }
    return anchors.indices.contains(number) ? anchors[number] : nil
  }

  /// Damages one packet of a clip, chosen by the packets' ticks, and hands over the clip, its samples as they
  /// were, and which one of those that are decoded from the damaged packet on is shown first.
  private func withDamage(
    in choose: ([Int64]) -> Int?, _ check: (Recording, [SampledFrame], Int64) throws -> Void
  ) throws {
    let url = try Clip.make("group.mp4", count: 120) {
      $0.bFrames = 2
      $0.encoder = ["x264-params": "scenecut=0"]
    }
    defer { try? FileManager.default.removeItem(at: url) }
    let intact = try Recording(opening: url)
    let expected = try intact.samples(on: grid).frames
    let packet = try #require(choose(intact.packets.ticks))
    let places = try #require(intact.packets.places)
    let tick = try #require(intact.packets.ticks[packet..<Self.group.upperBound].min())
    var bytes = try Data(contentsOf: url)
    // Zeros are no macroblock's code, which the decoder notices; ones would be those of unchanged ones.
    let start = Int(places.positions[packet]) + Int(places.sizes[packet]) / 2 - 20
    bytes.replaceSubrange(start..<start + 40, with: [UInt8](repeating: 0, count: 40))
    try bytes.write(to: url)
    let first = intact.packets.time(atTick: tick).intervals(of: Timestamp(1, over: 25))
    try check(Recording(opening: url), expected, first)
  }

  private func expectNothingChanged(_ samples: [SampledFrame], _ expected: [SampledFrame]) {
    let changed = samples.filter { $0.frame.image != expected[Int($0.index)].frame.image }
    #expect(changed.map(\.index) == [])
  }

  private func expectTheSameInSlices(_ recording: Recording) throws {
    let whole = try recording.samples(on: grid)
    var sliced: (frames: [SampledFrame], gaps: [Gap]) = ([], [])
    for start in stride(from: Int64(0), to: 120, by: 4) {
      let slice = try recording.samples(on: grid, in: start..<start + 4)
      sliced.frames += slice.frames
      sliced.gaps += slice.gaps
    }
    #expect(sliced.frames.map(\.index) == whole.frames.map(\.index))
    #expect(zip(sliced.frames, whole.frames).filter { $0.frame.image != $1.frame.image }.map(\.0.index) == [])
    #expect(sliced.gaps.flatMap { Array($0.indices) } == whole.gaps.flatMap { Array($0.indices) })
  }

  @Test(arguments: 0..<8)
  func whatRefersToADamagedPictureIsLostAndNothingBeforeIt(_ number: Int) throws {
    try withDamage(in: { Self.anchor(number, $0) }) { recording, expected, first in
      let (samples, gaps) = try recording.samples(on: grid)
      expectNothingChanged(samples, expected)
      #expect(!gaps.isEmpty)
      #expect(gaps.allSatisfy { $0.indices.lowerBound >= first && $0.indices.upperBound <= 48 })
      #expect(samples.count + gaps.reduce(0) { $0 + $1.indices.count } == 120)
    }
  }

  @Test func damageAtTheEndOfAGroupLeavesNoTraceInTheNext() throws {
    try withDamage(in: { _ in Self.group.upperBound - 1 }) { recording, expected, first in
      let (samples, gaps) = try recording.samples(on: grid)
      expectNothingChanged(samples, expected)
      #expect(!gaps.isEmpty)
      #expect(gaps.allSatisfy { $0.indices.lowerBound >= first && $0.indices.upperBound <= 48 })
    }
  }

  @Test(arguments: 0..<8)
  func theSameIsDeliveredAndLostHoweverADamagedGroupIsSliced(_ number: Int) throws {
    try withDamage(in: { Self.anchor(number, $0) }) { recording, _, _ in
      try expectTheSameInSlices(recording)
    }
  }

  @Test func damageOfAPictureThatNoOtherRefersToIsTheSameHoweverTheGroupIsSliced() throws {
    // The second B-picture behind its P-picture; the first is one that the second refers to.
    try withDamage(in: { Self.anchor(1, $0).map { $0 + 2 } }) { recording, _, _ in
      try expectTheSameInSlices(recording)
    }
  }
}
