import Testing

@testable import Training

@Suite struct TrainingErrorTests {
  @Test func `only a training by a recipe is told to change it`() {
    #expect("\(TrainingError.diverged(epoch: 1))".contains("recipe"))
    #expect(!"\(TrainingError.diverged(epoch: 1, hasRecipe: false))".contains("recipe"))
  }
}
