public import Foundation
import Media
import Observations
import Reporting

/// Portions of a recording, measured apart into `.portions` of the report's folder until the report takes them in.
extension Analysis {
  private static let folderName = ReportFile.portions
  /// Written when a portion is done; holds the digest of what it was measured with.
  private static let finishedName = "finished"

  private static func folder(of portion: Portion, in output: URL) -> URL {
    output.appendingPathComponent(folderName, isDirectory: true)
      .appendingPathComponent(portion.folderName, isDirectory: true)
  }

  /// Measures one portion of `file` for the report in `output`, which is made by `run` once all portions are
  /// there. Goes on where an earlier try stopped.
  ///
  /// - Throws: whatever `Outcome` knows.
  public func measure(_ portion: Portion, of file: URL, for output: URL, tally: Tally = Tally()) async throws
  {
    try resolved.definition.enforcePolicy()
    let before = try RecordingFile(file)
    let recording = try Recording(opening: file)
    let identity = try identity(of: file)
    let place = Self.folder(of: portion, in: output)
    for folder in [output, place.deletingLastPathComponent()] { _ = mkdir(folder.path, 0o700) }
    let folder = try OutputFolder(place)
    let store = try openStore(folder, identity, force: false)
    var measuring = Measuring(
      recording: recording, definition: resolved.definition, jobs: jobs, tally: tally, stages: stages.make)
    measuring.portion = portion
    try await measuring.run(into: store)
    try check(file, isStill: before, in: folder)
    try writeAtomically(
      identity.settingsDigest, to: place.appendingPathComponent(Self.finishedName).path)
  }

  /// Whether a portion is measured to its end, with the settings of this analysis.
  public func hasMeasured(_ portion: Portion, for output: URL) -> Bool {
    let finished = Self.folder(of: portion, in: output).appendingPathComponent(Self.finishedName)
    return (try? String(contentsOf: finished, encoding: .utf8)) == measuringDigest
  }

  /// Takes what portions hold into the report's own store, and removes them. One that is still being measured,
  /// or was measured otherwise, is left alone.
  func takeInPortions(of output: OutputFolder, into store: ObservationStore) throws {
    let place = output.url.appendingPathComponent(Self.folderName, isDirectory: true)
    let identity = try store.provenance()
    for name in (try? FileManager.default.contentsOfDirectory(atPath: place.path).sorted()) ?? [] {
      guard let folder = try? OutputFolder(place.appendingPathComponent(name, isDirectory: true)),
        let portion = try? ObservationStore(reading: folder.observations),
        let found = try? portion.provenance(), found.recordingDigest == identity.recordingDigest,
        found.settingsDigest == identity.settingsDigest
      else { continue }
      try store.absorb(portion)
      try FileManager.default.removeItem(at: folder.url)
    }
    rmdir(place.path)
  }
}
