import Testing

@testable import Pipeline

@Suite("Portions are the whole, and none shares a sample")
struct PortionTests {
  @Test(arguments: [1, 2, 3, 7, 10])
  func cover(count: Int) throws {
    let samples: Range<Int64> = 5..<12
    let all = try (1...count).flatMap { number in
      Array(try #require(Portion(number: number, of: count)).range(of: samples))
    }
    #expect(all == Array(samples))
  }

  @Test(arguments: ["0/3", "4/3", "3", "a/b", "1/0", "-1/2", "1/2/3", ""])
  func refused(text: String) { #expect(Portion(text) == nil) }

  @Test func readsWhatItWrites() { #expect(Portion("3/8")?.description == "3/8") }
}
