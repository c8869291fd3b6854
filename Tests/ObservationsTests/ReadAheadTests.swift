import Synchronization
import Testing

@testable import Observations

@Suite struct ReadAheadTests {
  private struct Fault: Error, Equatable { let name: String }

  @Test func everythingArrivesInOrder() throws {
    var seen: [Int] = []
    try readAhead(3) { handOver in
      for number in 0..<1000 { try handOver(number) }
    } consume: {
      seen.append($0)
    }
    #expect(seen == Array(0..<1000))
  }

  @Test func noMoreWaitsThanIsAllowed() throws {
    let made = Mutex(0)
    var used = 0
    var most = 0
    try readAhead(3) { handOver in
      for number in 0..<200 {
        made.withLock { $0 += 1 }
        try handOver(number)
      }
    } consume: { (_: Int) in
      most = max(most, made.withLock { $0 } - used)
      used += 1
    }
    // Three that wait, three that were taken at once, and one in the producer's hand.
    #expect(most <= 7)
  }

  @Test func theProducersErrorComesAfterWhatItMade() {
    var seen: [Int] = []
    #expect(throws: Fault(name: "disk")) {
      try readAhead { handOver in
        try handOver(1)
        try handOver(2)
        throw Fault(name: "disk")
      } consume: {
        seen.append($0)
      }
    }
    #expect(seen == [1, 2])
  }

  @Test func theConsumersErrorEndsTheProducer() {
    let ended = Mutex(false)
    #expect(throws: Fault(name: "full")) {
      try readAhead(2) { handOver in
        defer { ended.withLock { $0 = true } }
        for number in 0... { try handOver(number) }
      } consume: { number in
        if number == 10 { throw Fault(name: "full") }
      }
    }
    #expect(ended.withLock { $0 })
  }
}
