import Foundation
import Testing

@testable import Pipeline

@Suite struct RunRecordTests {
  private func model(_ text: String) throws -> RunRecord.Model {
    try JSONDecoder().decode(RunRecord.Model.self, from: Data(text.utf8))
  }

  @Test func howOftenANetworkIsRightIsKeptAsANumberAndNotMissedInOlderRecords() throws {
    let known = RunRecord.Model(role: "expressions", name: "fer", digest: "ab", accuracy: 0.653)
    #expect(try model(String(decoding: JSONEncoder().encode(known), as: UTF8.self)) == known)
    let older = try model(
      #"{"card": "accuracy: FER2013 0.653", "digest": "ab", "name": "fer", "role": "expressions"}"#)
    #expect(older.accuracy == nil && older.name == "fer")
  }
}
