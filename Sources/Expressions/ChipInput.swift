import Imaging
import Networks
import Vocabulary

/// How chips become the numbers that a network takes.
struct ChipInput: Sendable {
  private let settings: BundleManifest.Input
  private let channelsLast: Bool
  /// Of one chip, without the batch.
  let shape: [Int]

  /// Checks that a network takes such chips.
  init(_ graph: Graph, _ settings: BundleManifest.Input, file: String) throws {
    let (side, channels) = (settings.side, settings.channels)
    guard let input = graph.inputs.first, graph.inputs.count == 1, input.shape.count == 4 else {
      throw BundleError(file: file, "must take one batch of pictures; it takes \(graph.inputs.map(\.shape))")
    }
    func fits(_ shape: [Int]) -> Bool {
      zip(input.shape.dropFirst(), shape).allSatisfy { $0 == nil || $0 == $1 }
    }
    let orders = [[channels, side, side], [side, side, channels]]
    guard let shape = orders.first(where: fits) else {
      let wanted = input.shape.dropFirst().map { $0.map(String.init) ?? "any" }.joined(separator: " × ")
      throw BundleError(
        file: file,
        "takes \(wanted), not chips of \(side) × \(side) in \(channels) channels; correct the manifest's input"
      )
    }
    self.settings = settings
    self.shape = shape
    channelsLast = shape[0] != channels || (shape[2] == channels && shape[0] != shape[2])
  }

  /// The chips as one batch.
  func tensor(of chips: [Image]) throws -> Tensor {
    let (side, channels) = (settings.side, settings.channels)
    let low = Float(settings.range[0])
    let step = Float((settings.range[1] - settings.range[0]) / 255)
    var batch = Tensor(zeros: [chips.count] + shape)
    var position = 0
    for chip in chips {
      let picture = try chip.gray().resized(width: side, height: side).preprocessed(
        by: settings.preprocessing)
      if channelsLast {
        for pixel in picture.pixels {
          for _ in 0..<channels {
            batch.values[position] = low + step * Float(pixel)
            position += 1
          }
        }
      } else {
        for _ in 0..<channels {
          for pixel in picture.pixels {
            batch.values[position] = low + step * Float(pixel)
            position += 1
          }
        }
      }
    }
    return batch
  }
}
