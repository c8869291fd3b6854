import Foundation
import Media
import Vocabulary

/// Recordings and pictures.
func fuzzDecode(_ bytes: Data) {
  _ = try? PictureReader.decode(bytes, named: "fuzz")
  withFile(bytes) { file in
    guard let recording = try? Recording(opening: file) else { return }
    for grid in [SamplingGrid.every(Timestamp(1, over: 3)), .keyframes] {
      let indices = recording.indices(of: grid)
      let first = indices.lowerBound..<min(indices.upperBound, indices.lowerBound + 8)
      let last = max(indices.lowerBound, indices.upperBound - 4)..<indices.upperBound
      for slice in [first, last] {
        guard let reader = try? recording.frames(on: grid, in: slice) else { continue }
        while (try? reader.next()) != nil {}
      }
    }
  }
}
