import Testing

@testable import Pipeline

@Suite struct MistakeTests {
  @Test(arguments: [
    ("", "abc", 3), ("abc", "abc", 0), ("evry", "every", 1), ("sampel", "sample", 1), ("ab", "cd", 2),
  ])
  func countsTypingMistakes(left: String, right: String, distance: Int) {
    #expect(typingDistance(left, right) == distance)
    #expect(typingDistance(right, left) == distance)
  }

  @Test func suggestsOnlyWhatIsNear() {
    #expect(nearest(to: "detct.detector", among: ["detect.detector", "detect.model"]) == "detect.detector")
    #expect(nearest(to: "colour", among: ["detect.detector", "sample.every"]) == nil)
  }
}
