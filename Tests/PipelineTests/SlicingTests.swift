import Testing

@testable import Pipeline

@Suite struct SlicingTests {
  @Test func coversEverySampleOnce() {
    for length in [1, 3, 7, 100] as [Int64] {
      let slices = Slicing.slices(of: 5..<42, without: [], length: length)
      #expect(slices.flatMap { Array($0) } == Array(5..<42))
      #expect(slices.allSatisfy { !$0.isEmpty && $0.count <= length })
    }
  }

  @Test func leavesOutWhatIsFinishedWhateverItsLength() {
    let slices = Slicing.slices(of: 0..<30, without: [20...24, 3...7, 100...110], length: 10)
    #expect(slices == [0..<3, 8..<10, 10..<20, 25..<30])
  }

  @Test func findsTheSameCutsAgainAfterAKill() {
    let first = Slicing.slices(of: 0..<95, without: [], length: 10)
    let rest = Slicing.slices(of: 0..<95, without: [20...29, 50...59], length: 10)
    #expect(rest == first.filter { $0.lowerBound != 20 && $0.lowerBound != 50 })
  }

  @Test func nothingIsLeftWhenAllIsFinished() {
    #expect(Slicing.slices(of: 0..<10, without: [0...9], length: 4).isEmpty)
    #expect(Slicing.slices(of: 0..<0, without: [], length: 4).isEmpty)
  }

  @Test func aShortRecordingIsCutSmallEnoughForAllCores() {
    #expect(Slicing.length(samples: 120, seconds: 120, jobs: 1) == 30)
    #expect(Slicing.length(samples: 120, seconds: 120, jobs: 8) == 20)
    #expect(Slicing.length(samples: 7200, seconds: 7200, jobs: 2) == 75)
    #expect(Slicing.length(samples: 180_000, seconds: 7200, jobs: 2) == 1000)
    #expect(Slicing.length(samples: 1, seconds: 0, jobs: 2) == 1)
  }
}
