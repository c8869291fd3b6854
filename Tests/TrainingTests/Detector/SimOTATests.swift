import Foundation
import Testing
import Vocabulary

@testable import Training

@Suite struct SimOTATests {
  let grid = CellGrid(side: 64)

  /// Every cell predicts a box of `size` pixels about its own middle, with the same score.
  func predictions(size: Float) -> [CellPrediction] {
    grid.cells.map { cell in
      CellPrediction(logit: 0, raw: SIMD4(0.5, 0.5, log(size / cell.stride), log(size / cell.stride)))
    }
  }

  @Test func theGridHasTheCellsOfItsThreeStrides() {
    #expect(grid.counts == [64, 16, 4])
    #expect(grid.cells.count == 84)
    #expect(grid.cells[9] == CellGrid.Cell(head: 0, index: 9, stride: 8, x: 8, y: 8))
  }

  @Test func aFaceThatNothingOverlapsStillGetsItsCheapestCell() throws {
    // Tiny predicted boxes: every overlap is far below 1, so k is one. The cell whose middle is the face's
    // middle overlaps most among equals only by being nearest; its box lies wholly inside.
    let face = Box(x: 18, y: 18, width: 20, height: 20)
    let matches = SimOTA.assign([face], predictions: predictions(size: 4), grid: grid)
    #expect(matches.count == 1)
    let match = try #require(matches.first)
    #expect(abs(match.overlap - 16.0 / 400) < 1e-4)
  }

  @Test func asManyCellsLearnAFaceAsItsTenLargestOverlapsAddUpTo() {
    // A face of 16 about (28, 28), the middle of a cell of stride 8: that cell overlaps wholly (1). Its four
    // neighbours are 8 off along one axis: 128 / 384 = 1/3; the four across a corner: 64 / 448 = 1/7. Of stride
    // 16 the middle (24, 24) is 4 off along both: 144 / 368 = 0.391; (40, 24) and (24, 40): 12 and 4 off, 48 / 464
    // = 0.103 each; (40, 40): 16 / 496. The ten largest: 1 + 4/3 + 0.391 + 4/7 = 3.30, so three cells.
    let face = Box(x: 20, y: 20, width: 16, height: 16)
    let matches = SimOTA.assign([face], predictions: predictions(size: 16), grid: grid)
    #expect(matches.count == 3)
    #expect(matches.contains { $0.cell == 3 * 8 + 3 && $0.overlap > 0.999 })
  }

  @Test func aCellThatTwoFacesWantGoesToTheOneThatItFits() {
    // Both faces hold the middle (28, 28); the predicted boxes fit the second.
    let faces = [Box(x: 10, y: 10, width: 40, height: 40), Box(x: 20, y: 20, width: 16, height: 16)]
    let matches = SimOTA.assign(faces, predictions: predictions(size: 16), grid: grid)
    #expect(matches.first { $0.cell == 3 * 8 + 3 }?.face == 1)
    #expect(Set(matches.map(\.cell)).count == matches.count)
  }

  @Test func noFaceNoMatch() {
    #expect(SimOTA.assign([], predictions: predictions(size: 16), grid: grid).isEmpty)
  }
}
