import Testing
import Vocabulary

@testable import Training

@Suite struct TargetsTests {
  private func rounded(_ values: [Float]) -> [Float] { values.map { ($0 * 1e5).rounded() / 1e5 } }

  @Test func `the label alone is a one among zeros`() {
    #expect(Targets().distribution(label: .fear, votes: nil) == [0, 0, 1, 0, 0, 0, 0])
  }

  @Test func `smoothing spreads its share over the seven`() {
    let targets = Targets(smoothing: 0.7).distribution(label: .angry, votes: nil)
    #expect(rounded(targets) == [0.4, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])
  }

  @Test func `votes take the share that the label leaves`() throws {
    let votes = try #require(AnnotatorVotes([5, 5, 0, 0, 0, 0, 0, 0, 0, 0]))
    let targets = Targets(labelShare: 0.6).distribution(label: .happy, votes: votes)
    #expect(rounded(targets) == [0, 0, 0, 0.8, 0, 0, 0.2])
  }

  @Test func `where nobody voted for one of the seven the label stands alone`() throws {
    let votes = try #require(AnnotatorVotes([0, 0, 0, 0, 0, 0, 0, 0, 0, 10]))
    #expect(Targets(labelShare: 0.6).distribution(label: .sad, votes: votes)[4] == 1)
  }
}
