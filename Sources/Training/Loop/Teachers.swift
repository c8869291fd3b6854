import Expressions
import Networks
import Vocabulary
import enum Vocabulary.Expression

/// Trained networks that a new one learns from besides the labels (distillation, Hinton et al. 2015; of the same
/// size, Furlanello et al. 2018). They answer for the picture as it was varied, with all that they see in it, where
/// a label names one expression of the picture as it came.
///
/// The votes' answer is not taught: it has ten people to learn from. Of a teacher with both answers the label's is
/// asked, whatever its manifest reads; at temperature 1, and in the integers or floats that inference takes here.
final class Teachers {
  private let classifiers: [NetworkClassifier]
  private let share: Float
  private let normalization: Recipe.Normalization

  /// - Throws: `GraphError`, `BundleError` or `NetworksError` where a bundle cannot run.
  init(_ bundles: [ModelBundle], recipe: Recipe, threads: Int = 1) throws {
    classifiers = try bundles.map { bundle in
      let reading = bundle.answersBoth ? try bundle.reading(output: ModelBundle.labelsOutput) : bundle
      return try NetworkClassifier(reading, threads: threads)
    }
    share = recipe.targets.teacherShare
    normalization = recipe.normalization
  }

  /// Mixes the mean of the teachers' probabilities for a face and its mirror image into the targets of the label's answer.
  func teach(_ batch: inout Batch) throws {
    guard share > 0, !classifiers.isEmpty, batch.count > 0 else { return }
    let chips = (0..<batch.count).map { chip($0, of: batch) }
    let views = [chips, chips.map(\.mirrored)]
    let width = batch.targets.count / batch.count
    let classes = Expression.allCases.count
    for row in 0..<batch.count {
      for index in 0..<classes { batch.targets[row * width + index] *= 1 - share }
    }
    let part = share / Float(classifiers.count * views.count)
    for classifier in classifiers {
      for view in views {
        for (row, logits) in try classifier.logits(of: view).enumerated() {
          for (index, probability) in Softmax.probabilities(logits).enumerated() {
            batch.targets[row * width + index] += part * Float(probability)
          }
        }
      }
    }
  }

  /// The picture before it was normalised, in whole gray levels as a teacher takes them.
  private func chip(_ row: Int, of batch: Batch) -> Image {
    var image = Image(width: Face.side, height: Face.side)
    let first = row * Face.pixelCount
    for offset in 0..<Face.pixelCount {
      let share = batch.images[first + offset] * normalization.deviation + normalization.mean
      image.pixels[offset] = UInt8(max(0, min(255, (share * 255).rounded())))
    }
    return image
  }
}
