import Imaging
import Testing
import Vocabulary

@Suite struct PreprocessingStepTests {
  @Test(arguments: ["equalise", "clahe:2.0,4.0", "gamma:0.8", "denoise:20.0", "blur:0.7"])
  func aStepIsWrittenAsItIsRead(text: String) throws {
    let step = try #require(PreprocessingStep(text))
    #expect(PreprocessingStep(step.description) == step)
  }

  @Test(arguments: [
    "", "equalize", "gamma", "gamma:-1", "gamma:x", "clahe:2", "clahe:2,0.5", "blur:nan", "blur:1e9",
  ])
  func anUnknownStepOrNumberIsRefused(text: String) {
    #expect(PreprocessingStep(text) == nil)
  }

  @Test func stepsRunInTheirOrder() throws {
    let image = picture([[50, 60], [70, 80]])
    let both = try image.preprocessed(by: [.gamma(0.5), .equalise])
    #expect(try both == image.gammaCorrected(0.5).equalised())
  }
}
