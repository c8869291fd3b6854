import Foundation
import Testing

@testable import Pipeline

@Suite("The bytes of a recording name it")
struct RecordingFileTests {
  private let folder = TemporaryFolder()

  @Test("Bytes that cannot be read are trouble of the surroundings, which a night tries again")
  func unreadable() throws {
    for place in [folder.url, folder.url.appendingPathComponent("gone.mp4")] {
      let error = try #require(throws: RecordingError.self) { try RecordingFile.digest(place) }
      #expect(Outcome(error) == .failure && error.description.hasPrefix(place.path))
    }
  }
}
