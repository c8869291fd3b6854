import Testing

@testable import Training

@Suite struct TallyTests {
  @Test func `of equal scores the first alone is the answer`() {
    var tally = Tally()
    tally.add(loss: 0, logits: Array(repeating: 0, count: 21), labels: [.angry, .happy, nil])
    #expect(tally.accuracy == 0.5)
  }
}
