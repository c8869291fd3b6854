import Testing
import Vocabulary

@testable import Engagement

@Suite struct GridLendingTests {
  /// Faces in the middle of six tiles from `left` on; the tiles are told only where the view is a gallery.
  private func sample(_ second: Int64, _ view: View, left: Double = 0, faces count: Int = 6)
    -> SampleObservation
  {
    let boxes = (0..<6).map { Box(x: left + Double($0) * 100, y: 0, width: 90, height: 90) }
    return SampleObservation(
      index: second, time: Timestamp(second), frameTime: Timestamp(second), frameWidth: 700, frameHeight: 100,
      view: view,
      tiles: view == .gallery ? boxes.map { TileObservation(box: $0, cameraOn: true, label: "Ana") } : [],
      faces: boxes.prefix(count).map {
        FaceObservation(box: Box(x: $0.x + 20 + Double(second), y: 20, width: 40, height: 40), score: 0.9)
      }, screen: view == .screen ? [0.5] : [])
  }

  private func lent(_ samples: [SampleObservation]) -> [SampleObservation] {
    var lending = GridLending()
    return samples.flatMap { lending.admit($0) } + lending.finish()
  }

  @Test(arguments: [View.scene, .speaker, .screen]) func aStainedGridIsLentFromBefore(view: View) {
    let found = lent([sample(0, .gallery), sample(1, view, faces: 4), sample(2, .gallery)])
    #expect(found.map(\.view) == [.gallery, .gallery, .gallery])
    #expect(found[1].tiles.map(\.box) == found[0].tiles.map(\.box))
    #expect(found[1].tiles.allSatisfy { $0.cameraOn && $0.label == nil } && found[1].screen.isEmpty)
  }

  @Test func beforeTheFirstGridTheNextOneIsLent() {
    let found = lent([sample(0, .scene), sample(1, .scene), sample(2, .gallery)])
    #expect(found.map(\.view) == [.gallery, .gallery, .gallery] && found.map(\.index) == [0, 1, 2])
  }

  @Test func whereTilesHaveMovedEachSideLendsItsOwn() {
    let found = lent([
      sample(0, .gallery), sample(1, .scene), sample(2, .scene, left: 50), sample(3, .gallery, left: 50),
    ])
    #expect(found.map { $0.tiles.first?.box.x } == [0, 0, 50, 50])
  }

  @Test func rowsThatWereTakenForOneBorrowToo() {
    var tall = sample(1, .gallery)
    tall.tiles = [0, 200, 400].map {
      TileObservation(box: Box(x: $0, y: 0, width: 190, height: 90), cameraOn: true)
    }
    #expect(lent([sample(0, .gallery), tall, sample(2, .gallery)])[1].tiles.count == 6)
    #expect(lent([tall]) == [tall])
  }

  @Test func peopleWhoShareACameraKeepTheirOwnGrid() {
    func shared(_ second: Int64) -> SampleObservation {
      var sample = sample(second, .gallery, faces: 5)
      for tile in [0, 1, 3] {
        let box = sample.tiles[tile].box
        sample.faces.append(
          FaceObservation(box: Box(x: box.x + 60, y: 50, width: 20, height: 20), score: 0.7))
      }
      sample.tiles[5].cameraOn = false
      return sample
    }
    let samples = [sample(0, .gallery)] + (1..<5).map(shared)
    #expect(lent(samples) == samples)
  }

  /// Nobody knows after a minute who is still there.
  @Test func noGridIsLentForEver() {
    let samples = (Int64(0)..<90).map { second in
      var sample = sample(0, second == 0 ? .gallery : .scene)
      (sample.index, sample.time) = (second, Timestamp(second))
      return sample
    }
    let found = lent(samples)
    #expect(found.count == 90 && found.prefix(61).allSatisfy { $0.view == .gallery })
    #expect(found.dropFirst(61).allSatisfy { $0.view == .scene })
  }

  @Test func otherFacesOrTooFewBorrowNothing() {
    let found = lent([
      sample(0, .gallery), sample(1, .speaker, left: 40), sample(2, .scene, faces: 2), sample(3, .gallery),
    ])
    #expect(found.map(\.view) == [.gallery, .speaker, .scene, .gallery])
  }

  @Test func aSceneThatLastsIsHandedOnInOrderAndWhole() {
    let samples = (Int64(0)..<150).map { sample($0, .scene, faces: 1) }
    #expect(lent(samples) == samples)
  }
}
