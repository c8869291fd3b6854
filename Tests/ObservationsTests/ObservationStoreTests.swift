import Foundation
import GRDB
import Testing
import Vocabulary

@testable import Observations

@Suite struct ObservationStoreTests {
  let folder = TemporaryFolder()
  var file: URL { folder.url.appendingPathComponent("observations.sqlite") }

  @Test func givesBackExactlyWhatWasWritten() throws {
    let written = (0..<5).map { Example.sample($0) }
    let store = try ObservationStore(at: file, for: Example.provenance)
    try store.commit(SliceRecord(first: 0, last: 4, account: "{}"), samples: written)

    #expect(try store.samples() == written)
    let reopened = try ObservationStore(reading: file)
    #expect(try reopened.samples() == written)
    #expect(try reopened.provenance() == Example.provenance)
  }

  @Test func aFaceTakesLittleMoreThanItsNumbers() throws {
    let store = try ObservationStore(at: file, for: Example.provenance)
    var sample = Example.sample(2)
    sample.tiles = []
    sample.faces = Array(repeating: sample.faces[0], count: 400)
    try store.commit(SliceRecord(first: 2, last: 2, account: "{}"), samples: [sample])
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    let bytes = (attributes[.size] as? NSNumber)?.intValue ?? .max
    #expect(bytes / 400 < 2500, "\(bytes / 400) bytes a face")
  }

  @Test func keepsOneOrderWhateverTheOrderInWhichSlicesFinish() throws {
    let written = (0..<6).map { Example.sample($0) }
    let store = try ObservationStore(at: file, for: Example.provenance)
    for first in [4, 0, 2] {
      try store.commit(
        SliceRecord(first: Int64(first), last: Int64(first) + 1, account: "{}"),
        samples: Array(written[first...first + 1]))
    }
    #expect(try store.samples() == written)
    #expect(try store.slices().map(\.first) == [0, 2, 4])
  }

  @Test func aLinkIsNotWrittenThrough() throws {
    let victim = folder.url.appendingPathComponent("victim.sqlite")
    for isThere in [false, true] {
      if isThere { _ = try ObservationStore(at: victim, for: Example.provenance) }
      let before = try? Data(contentsOf: victim)
      try FileManager.default.createSymbolicLink(at: file, withDestinationURL: victim)
      let error = #expect(throws: StoreError.self) {
        _ = try ObservationStore(at: file, for: Example.provenance)
      }
      #expect(error?.description.contains("link") == true)
      #expect((try? Data(contentsOf: victim)) == before)
      try FileManager.default.removeItem(at: file)
    }
  }

  @Test func expressionsAreReplacedFaceByFace() throws {
    let store = try ObservationStore(at: file, for: Example.provenance)
    var expected = (0..<4).map { Example.sample($0) }
    try store.commit(SliceRecord(first: 0, last: 3, account: "{}"), samples: expected)
    let happy = try #require(ExpressionProbabilities([0, 0, 0, 1, 0, 0, 0]))
    try store.replaceExpressions([
      .init(sample: 2, place: 1, expression: happy), .init(sample: 3, place: 0, expression: happy),
    ])
    expected[2].faces[1].expression = happy
    expected[3].faces[0].expression = happy
    #expect(try store.samples() == expected)

    // All or none: the second face is not there.
    #expect(throws: StoreError.self) {
      try store.replaceExpressions([
        .init(sample: 1, place: 0, expression: happy), .init(sample: 1, place: 7, expression: happy),
      ])
    }
    #expect(try store.samples() == expected)
  }

  @Test func leavesOutOnRequestWhatIsNotUsed() throws {
    let store = try ObservationStore(at: file, for: Example.provenance)
    let written = Example.sample(4)
    try store.commit(SliceRecord(first: 4, last: 4, account: "{}"), samples: [written])
    var expected = written
    for face in expected.faces.indices { expected.faces[face].landmarks = nil }
    #expect(try store.samples(.summary) == [expected])
    expected = written
    for face in expected.faces.indices { expected.faces[face].landmarks?.all = [] }
    for tile in expected.tiles.indices {
      (expected.tiles[tile].appearance, expected.tiles[tile].labelShape) = ([], [])
    }
    #expect(try store.samples(.tables) == [expected])
  }

  @Test func saysWhenAValueIsNotOfItsKind() throws {
    let store = try ObservationStore(at: file, for: Example.provenance)
    try store.commit(SliceRecord(first: 1, last: 1, account: "{}"), samples: [Example.sample(1)])
    let queue = try DatabaseQueue(path: file.path)
    try queue.write { try $0.execute(sql: "UPDATE face SET five_landmarks = x'0102'") }
    #expect(throws: StoreError.unreadable(file, reason: "a list of numbers is cut off")) {
      _ = try ObservationStore(reading: file).samples()
    }
  }

  /// Numbers that arithmetic on them would end the process over.
  @Test(arguments: [
    "UPDATE face SET score = 1e999", "UPDATE face SET x = -1e300",
    "UPDATE sample SET id = 9223372036854775807",
    "UPDATE sample SET time_numerator = -9223372036854775808", "UPDATE tile SET label_shape = x'0000C07F'",
    "UPDATE tile SET appearance = x'0000807F'",
    "UPDATE face SET five_landmarks = x'000000000000F07F000000000000F07F'",
  ])
  func saysWhenANumberCannotHaveBeenMeasured(sql: String) throws {
    let store = try ObservationStore(at: file, for: Example.provenance)
    try store.commit(SliceRecord(first: 1, last: 1, account: "{}"), samples: [Example.sample(1)])
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    try DatabaseQueue(path: file.path, configuration: configuration).write { try $0.execute(sql: sql) }
    #expect(throws: StoreError.unreadable(file, reason: "a number is beyond what can be measured")) {
      _ = try ObservationStore(reading: file).samples()
    }
  }

  @Test func saysWhenASliceEndsBeforeItBegins() throws {
    let store = try ObservationStore(at: file, for: Example.provenance)
    try store.commit(SliceRecord(first: 1, last: 1, account: "{}"), samples: [])
    try DatabaseQueue(path: file.path).write {
      try $0.execute(sql: "PRAGMA ignore_check_constraints = ON; UPDATE slice SET last = -5")
    }
    #expect(throws: StoreError.unreadable(file, reason: "a slice ends before it begins")) {
      _ = try ObservationStore(reading: file).slices()
    }
  }

  @Test func countsAGroupWithANaNAsNotMeasured() throws {
    var sample = Example.sample(1)
    sample.faces[0].pose?.yaw = .nan
    let store = try ObservationStore(at: file, for: Example.provenance)
    try store.commit(SliceRecord(first: 1, last: 1, account: "{}"), samples: [sample])
    sample.faces[0].pose = nil
    #expect(try store.samples() == [sample])
  }

  @Test func writesASliceWholeOrNotAtAll() throws {
    let store = try ObservationStore(at: file, for: Example.provenance)
    try store.commit(SliceRecord(first: 0, last: 1, account: "{}"), samples: [Example.sample(0)])
    // The second of these samples is there already, so the first must not stay either.
    #expect(throws: StoreError.self) {
      try store.commit(
        SliceRecord(first: 5, last: 6, account: "{}"), samples: [Example.sample(5), Example.sample(0)])
    }
    #expect(try store.samples() == [Example.sample(0)])
    #expect(try store.slices().count == 1)
  }

  @Test func refusesToMeasureASampleTwice() throws {
    let store = try ObservationStore(at: file, for: Example.provenance)
    try store.commit(SliceRecord(first: 0, last: 9, account: "{}"), samples: [])
    #expect(throws: StoreError.overlap(file, 9...12)) {
      try store.commit(SliceRecord(first: 9, last: 12, account: "{}"), samples: [])
    }
  }

  @Test func refusesAnotherRecordingAndOtherSettings() throws {
    _ = try ObservationStore(at: file, for: Example.provenance)
    var other = Example.provenance
    other.recordingDigest = "another"
    #expect(throws: StoreError.belongsElsewhere(file, recording: "class.mp4")) {
      _ = try ObservationStore(at: file, for: other)
    }
    other = Example.provenance
    other.settingsDigest = "another"
    #expect(throws: StoreError.measuredOtherwise(file)) { _ = try ObservationStore(at: file, for: other) }
  }

  @Test func isReadableByItsOwnerAloneAndLeavesNothingBeside() throws {
    let store = try ObservationStore(at: file, for: Example.provenance)
    try store.commit(SliceRecord(first: 0, last: 0, account: "{}"), samples: [Example.sample(0)])
    let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [file.lastPathComponent])
  }

  @Test(arguments: [
    "", "not a database at all, only some text that is long enough to have a header of 100 bytes",
  ])
  func saysWhenAFileIsNoStore(content: String) throws {
    try Data(content.utf8).write(to: file)
    #expect(throws: StoreError.self) { _ = try ObservationStore(reading: file) }
  }

  @Test func saysWhenAStoreIsDamaged() throws {
    let store = try ObservationStore(at: file, for: Example.provenance)
    try store.commit(
      SliceRecord(first: 0, last: 99, account: "{}"), samples: (0..<100).map { Example.sample($0) })
    var bytes = try Data(contentsOf: file)
    for offset in stride(from: 8192, to: bytes.count, by: 3) { bytes[offset] = 0xA5 }
    let damaged = folder.url.appendingPathComponent("damaged.sqlite")
    try bytes.write(to: damaged)
    #expect(throws: StoreError.self) { _ = try ObservationStore(reading: damaged).samples() }
  }
}
