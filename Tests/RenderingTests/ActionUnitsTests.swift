import Testing
import Vocabulary

@testable import Rendering

@Suite struct ActionUnitsTests {
  @Test func aNeutralFaceMovesNothing() { #expect(ActionUnits(.neutral) == ActionUnits()) }

  @Test func happyAndSurpriseUseTheirPublishedUnits() {
    #expect(ActionUnits(.happy).lipCornerPuller == 1 && ActionUnits(.happy).cheekRaiser > 0.5)
    let surprise = ActionUnits(.surprise)
    #expect(surprise.outerBrowRaiser == 1 && surprise.upperLidRaiser == 1 && surprise.jawDrop == 1)
  }

  @Test func halfwayLiesBetween() {
    let half = ActionUnits(.neutral).moved(to: ActionUnits(.happy), by: 0.5)
    #expect(half.lipCornerPuller == 0.5)
  }

  @Test func aBlinkOverASmileKeepsTheSmile() {
    var blink = ActionUnits()
    blink.blink = 1
    let both = ActionUnits(.happy) | blink
    #expect(both.blink == 1 && both.lipCornerPuller == 1)
  }
}
