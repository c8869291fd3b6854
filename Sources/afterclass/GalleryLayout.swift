import Gallery
import Labels
import Pipeline
import Vocabulary

/// The tiles of a gallery view, with the names of their labels where they are to be read.
struct GalleryLayout: LayoutFinder {
  /// `nil` reads no name.
  let labels: LabelReader?
  private let finder = GalleryFinder()

  /// A name is read on every so many samples: it takes longer than all the rest and does not change.
  private static let stride: Int64 = 5

  init(labels: LabelReader? = nil) { self.labels = labels }

  func layout(of image: Image, sample: Int64) throws -> FrameLayout {
    let found = finder.view(of: image)
    var tiles = found.tiles
    if let labels, sample % Self.stride == 0 {
      for (index, letters) in zip(tiles.indices, found.letters) {
        tiles[index].label = try letters.flatMap { try labels.name(in: image, letters: $0) }
      }
    }
    return FrameLayout(view: found.view, tiles: tiles, screen: found.screen)
  }
}
