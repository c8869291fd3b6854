import Foundation
import Testing

@testable import Batch

@Suite("Times are told as the clock on the wall shows them")
struct LocalTimeTests {
  @Test("Half an hour east of Greenwich is half an hour later")
  func zone() throws {
    let zone = try #require(TimeZone(secondsFromGMT: 5 * 3600 + 1800))
    #expect(Date(timeIntervalSince1970: 0).wallClock(in: zone) == "1970-01-01 05:30:00")
  }
}
