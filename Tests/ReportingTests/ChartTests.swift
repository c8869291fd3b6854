import Engagement
import Foundation
import Testing
import Vocabulary

@testable import Reporting

@Suite struct ChartTests {
  private static let summary: Summary = {
    var made = MadeClass()
    (made.people, made.seconds, made.trouble, made.screen) = (5, 240, 90..<150, 30..<60)
    return summarise(samples: made.samples())
  }()

  @Test func everyChartIsAFileThatStandsAlone() {
    let all = charts(of: Self.summary, includingPeople: true)
    #expect(all.map(\.name) == ["timeline", "shares", "heat", "presence"])
    for chart in all {
      // No variable and no style sheet: a word processor shows it too.
      #expect(!chart.svg.contains("var(") && !chart.svg.contains("class="))
      #expect(chart.svg.hasPrefix("<svg xmlns=") && chart.svg.hasSuffix("</svg>\n"))
    }
  }

  @Test func nothingOfAChartLiesOutsideItsPaper() {
    for chart in charts(of: Self.summary, includingPeople: true) {
      for case .boxes(let boxes, _, _) in chart.shapes {
        for box in boxes {
          #expect(box.x >= -0.01 && box.x + box.width <= chart.width + 0.01)
          #expect(box.y >= -0.01 && box.y + box.height <= chart.height + 0.01)
        }
      }
    }
  }

  @Test func chartsOfTheClassAloneNameNobody() {
    let all = charts(of: Self.summary, includingPeople: false)
    #expect(all.map(\.name) == ["timeline", "shares"])
    #expect(!all.contains { $0.svg.contains("Participant") })
  }

  @Test func whoWasThereIsDrawnAsTheTableCountsIt() {
    let strip = StripChart(summary: Self.summary)
    let seconds = { (layer: Int, row: Int) in
      strip.presence[layer].boxes.filter { Int($0.y) == row }.reduce(0) { $0 + $1.width }
    }
    for (row, participant) in Self.summary.participants.enumerated() {
      #expect(abs(seconds(0, row) - participant.faceSeconds) < 1e-6)
      #expect(abs(seconds(0, row) + seconds(1, row) - participant.cameraSeconds) < 1e-6)
    }
  }

  /// From 80 to 130 nothing could be read: neither the line nor a box reaches across.
  @Test func nothingIsDrawnWhereNothingWasRead() throws {
    var made = MadeClass()
    (made.people, made.seconds) = (4, 240)
    let summary = summarise(samples: made.samples().filter { !(80..<130).contains($0.index) })
    let lines = Timeline(summary: summary).standalone.shapes.compactMap { shape -> [Point]? in
      if case .line(let points, _, let width) = shape, width == 2 { points } else { nil }
    }
    #expect(lines.map(\.count) == [8, 11])
    let strip = StripChart(summary: summary)
    for layer in strip.heat {
      #expect(layer.boxes.allSatisfy { $0.x + $0.width <= 80 || $0.x >= 130 })
    }
    #expect(strip.heat.flatMap(\.boxes).contains { $0.x + $0.width == 80 })
  }

  @Test func samplesFurtherApartThanAWindowLeaveNoHoles() throws {
    var made = MadeClass()
    (made.people, made.seconds) = (4, 400)
    let sparse = made.samples().filter { $0.index % 20 == 0 }.enumerated().map { index, sample in
      var sample = sample
      sample.index = Int64(index)
      return sample
    }
    let summary = summarise(samples: sparse)
    #expect(summary.windows.count == 20)
    let lines = Timeline(summary: summary).standalone.shapes.compactMap { shape -> [Point]? in
      if case .line(let points, _, let width) = shape, width == 2 { points } else { nil }
    }
    // Nobody can be read in one of them.
    let read = summary.curve.split(separator: nil).map(\.count)
    #expect(lines.map(\.count) == read && read.count < 3)
    let wide = StripChart(summary: summary).heat.flatMap(\.boxes).filter { $0.y < 1 }.reduce(0) {
      $0 + $1.width
    }
    #expect(wide == 390)
  }

  @Test func stackedSharesFillTheirStrip() {
    let layers = StripChart(summary: Self.summary).shares
    let heights = Dictionary(
      layers.flatMap(\.boxes).map { ($0.x, $0.height) }, uniquingKeysWith: +)
    #expect(!heights.isEmpty && heights.values.allSatisfy { abs($0 - 1) < 1e-9 })
  }
}

@Suite struct ScaleTests {
  @Test(arguments: [[0.5], [0, 1], [0.9, 0.95], [0.02, 0.04], []]) func holdsItsValues(values: [Double]) {
    let scale = Scale(values)
    #expect(scale.low >= 0 && scale.high <= 1 && scale.high - scale.low >= 0.5)
    #expect(values.allSatisfy { $0 >= scale.low && $0 <= scale.high })
  }
}
