import Foundation

/// Pictures of a batch laid side by side for convolutions, with columns of zeros between them as wide as the padding.
///
/// Intel's tile instructions (AMX) multiply sixteen columns of a picture at once, so a picture of three or six columns
/// leaves most of each tile empty: with oneDNN 2.6 the 3 × 3 convolution of 512 channels on 6 × 6 takes a half to a
/// quarter of the time in strips. Every other processor is faster picture by picture.
///
/// Both arrangements have channels last: `[picture][row][column][channel]` and, with strips,
/// `[strip][row][picture in the strip, column][channel]`.
struct Strips {
  /// Columns that a tile takes.
  private static let tile = 16
  /// Of a strip; wider ones gain nothing.
  private static let widest = 64

  /// Pictures in a strip.
  let count: Int
  /// Columns of zeros between two pictures.
  let gap: Int
  /// Of one picture.
  private let columns: Int

  /// Nothing where the convolution is none that keeps the columns of its `[pictures, channels, rows, columns]`, where
  /// a picture fills a tile or has so few channels that oneDNN has no kernel for it, or where no two pictures fit.
  init?(_ shape: [Int], window: Window) {
    let (kernel, before, after) = (window.kernel[1], window.pads[1], window.pads[3])
    guard window.strides == [1, 1], window.dilations == [1, 1], before + after == kernel - 1,
      shape[3] < Self.tile, shape[1] >= Self.tile
    else { return nil }
    columns = shape[3]
    gap = max(before, after)
    let (columns, gap) = (columns, gap)
    guard
      let count = (2...Self.widest).last(where: {
        shape[0].isMultiple(of: $0) && $0 * (columns + gap) - gap <= Self.widest
      })
    else { return nil }
    self.count = count
  }

  /// Of the strips that hold pictures of `shape`.
  func shape(of shape: [Int]) -> [Int] {
    [shape[0] / count, shape[1], shape[2], count * (columns + gap) - gap]
  }
}

extension TrainingPlan {
  /// The pictures in strips, in a memory of its own; between them stay zeros.
  func strips(_ strips: Strips, of pictures: Memory, pass: Pass) throws -> Memory {
    let shape = pictures.layout.shape
    let pictures = try convert(pictures, to: pictures.layout.ordered(.channelsLast), pass: pass)
    let result = try memory(Layout(strips.shape(of: shape), pictures.layout.type, .channelsLast))
    append(StripCopy(pictures: pictures, strips: result, arrangement: strips, .intoStrips), to: pass)
    return result
  }

  /// The pictures of `shape` that lie in strips.
  func pictures(_ shape: [Int], in memory: Memory, _ strips: Strips, pass: Pass) throws -> Memory {
    let result = try self.memory(Layout(shape, memory.layout.type, .channelsLast))
    append(StripCopy(pictures: result, strips: memory, arrangement: strips, .outOfStrips), to: pass)
    return result
  }
}

/// Copies pictures row by row into strips or out of them.
private final class StripCopy: Step {
  enum Direction { case intoStrips, outOfStrips }

  private let pictures: Memory
  private let strips: Memory
  private let arrangement: Strips
  private let direction: Direction

  init(pictures: Memory, strips: Memory, arrangement: Strips, _ direction: Direction) {
    self.pictures = pictures
    self.strips = strips
    self.arrangement = arrangement
    self.direction = direction
  }

  func run() {
    let shape = pictures.layout.shape
    let rows = shape[2]
    let row = pictures.layout.byteCount / shape[0] / rows
    let stripRow = strips.layout.byteCount / strips.layout.shape[0] / rows
    let step = row / shape[3] * (shape[3] + arrangement.gap)
    for picture in 0..<shape[0] {
      let (strip, place) = picture.quotientAndRemainder(dividingBy: arrangement.count)
      for index in 0..<rows {
        let single = pictures.address + (picture * rows + index) * row
        let joined = strips.address + (strip * rows + index) * stripRow + place * step
        switch direction {
        case .intoStrips: memcpy(joined, single, row)
        case .outOfStrips: memcpy(single, joined, row)
        }
      }
    }
  }
}
