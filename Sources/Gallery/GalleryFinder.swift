public import Vocabulary

/// What a frame of a meeting shows: a grid of tiles, one speaker, a shared screen, or a scene.
public struct GalleryView: Hashable, Sendable {
  public var view: View
  /// In reading order, in pixels of the frame; thumbnails beside a speaker or a screen are not told.
  public var tiles: [TileObservation]
  /// Box around the letters of each tile's name label; `nil` where it has none.
  public var letters: [Box?] = []
  /// Coarse luma of the shared screen: 16 × 9 cells, row by row; empty for other views.
  public var screen: [Float]
}

/// Finds the tiles of a gallery in one frame by itself, without memory of others, so that the result does not
/// depend on how a recording is sliced.
public struct GalleryFinder: Sendable {
  public init() {}

  public func view(of image: Image) -> GalleryView {
    Pixels.with(image) { pixels in
      guard image.width >= 64, image.height >= 64 else { return scene }
      let gutters = Gutters(pixels)
      if let grid = grid(in: pixels, gutters) {
        let labels = grid.tiles.map { LabelStrip(pixels, $0) }
        let tiles = zip(grid.tiles, labels).map { observation(of: $0, labelled: $1, in: pixels) }
        return GalleryView(
          view: .gallery, tiles: tiles, letters: labels.map { $0.letters?.box }, screen: [])
      }
      let stage = Stage(pixels, gutters)
      if ScreenTexture(pixels, stage.main).isScreen {
        return GalleryView(view: .screen, tiles: [], screen: ScreenTexture.cells(pixels, stage.main))
      }
      return stage.hasThumbnails ? GalleryView(view: .speaker, tiles: [], screen: []) : scene
    }
  }

  /// Compression may stain narrow gutters: then no grid is found, or two rows of tiles are taken for one. What finds
  /// them yet also melts dark pictures into them, so it comes second, and fewer than four tiles are no evidence.
  private func grid(in pixels: Pixels, _ gutters: Gutters?) -> TileGrid? {
    let clean = gutters.flatMap(TileGrid.init).flatMap { $0.tiles.count > 1 ? $0 : nil }
    if let clean, clean.hasUsualTiles { return clean }
    let stained = Gutters(pixels, tolerance: Gutters.stained).flatMap(TileGrid.init)
    guard let stained, stained.tiles.count >= 4, stained.hasUsualTiles else { return clean }
    return stained
  }

  private var scene: GalleryView { GalleryView(view: .scene, tiles: [], screen: []) }

  private func observation(of tile: PixelRect, labelled label: LabelStrip, in pixels: Pixels)
    -> TileObservation
  {
    let content = TileContent(pixels, tile, letters: label.letters)
    let cameraOn = content.cameraOn
    return TileObservation(
      box: tile.box, cameraOn: cameraOn, appearance: cameraOn ? content.appearance : content.placard,
      labelShape: label.shape)
  }
}

/// The largest picture of a frame that is no gallery, and whether small ones stand beside it.
struct Stage {
  private(set) var main: PixelRect
  private(set) var hasThumbnails = false

  init(_ pixels: Pixels, _ gutters: Gutters?) {
    main = pixels.bounds
    guard let gutters else { return }
    var parts: [PixelRect] = []
    for band in gutters.bands() {
      for column in gutters.columns(in: band) {
        parts.append(
          PixelRect(
            left: column.lowerBound, top: band.lowerBound, right: column.upperBound, bottom: band.upperBound))
      }
    }
    guard let largest = parts.max(by: { $0.area < $1.area }) else { return }
    let small = parts.filter { $0.area * 4 < largest.area && $0.area * 400 > pixels.bounds.area }
    hasThumbnails = !small.isEmpty && largest.area * 4 > pixels.bounds.area
    if hasThumbnails { main = largest }
  }
}
