import Foundation
import Testing

@testable import Observations

@Suite("A store takes over what others measured")
struct AbsorbingTests {
  private let folder = TemporaryFolder()

  private func store(_ name: String, slices: [ClosedRange<Int>]) throws -> ObservationStore {
    let store = try ObservationStore(
      at: folder.url.appendingPathComponent(name), for: Example.provenance)
    for slice in slices {
      // Each third sample is lost to damage, so that slices have gaps at their ends too.
      try store.commit(
        SliceRecord(first: Int64(slice.lowerBound), last: Int64(slice.upperBound), account: name),
        samples: slice.filter { $0 % 3 != 0 }.map { Example.sample($0) })
    }
    return store
  }

  @Test func everySampleAndSliceOnce() throws {
    let whole = try store("whole", slices: [0...2, 3...5, 6...8])
    let first = try store("first", slices: [3...5])
    try first.absorb(try store("second", slices: [0...2, 6...8]))
    #expect(try first.samples() == whole.samples())
    #expect(try first.slices().map(\.first) == [0, 3, 6])
  }

  @Test func whatOverlapsStaysOut() throws {
    let first = try store("a", slices: [3...5])
    try first.absorb(try store("b", slices: [0...3, 4...4, 6...7]))
    #expect(try first.slices().map { $0.first...$0.last } == [3...5, 6...7])
  }
}
