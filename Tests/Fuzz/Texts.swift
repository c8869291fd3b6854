import Engagement
import Foundation

@testable import Expressions
@testable import Pipeline
@testable import Training

/// WebVTT and SubRip.
func fuzzTranscript(_ bytes: Data) { _ = Transcript.cues(Array(bytes)) }

/// Zoom's chat, on the clock of a folder with a time in its name.
func fuzzChat(_ bytes: Data) {
  _ = ChatClock.aligned(Chat.cues(Array(bytes)), names: ["2026-03-01 10.02.11 Topic"])
}

/// Lists of participants and the tables that networks are trained from.
func fuzzCSV(_ bytes: Data) {
  _ = Roster.names(Array(bytes))
  withFile(bytes) { file in
    _ = try? FER2013File(path: file.path).forEachFace { _, _ in }
    _ = try? AnnotatorVotes.read(path: file.path)
    guard let table = try? LabelTable(file) else { return }
    for row in table.rows { for column in table.columns.keys { _ = try? row.number(column) } }
  }
}

/// Pipeline files, recipes, manifests of bundles and decisions on participants.
func fuzzYAML(_ bytes: Data) {
  let text = String(decoding: bytes, as: UTF8.self)
  _ = try? Recipe(text: text, path: "fuzz")
  _ = try? BundleManifest(yaml: text, file: "fuzz")
  withFile(bytes) { file in
    guard let resolved = try? ResolvedDefinition(file: file) else { return }
    _ = resolved.listing(origins: true)
  }
  let folder = URL(filePath: scratch.path + "-report")
  try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  let decisions = folder.appendingPathComponent("participants.yaml")
  guard (try? bytes.write(to: decisions)) != nil else { return }
  defer { try? FileManager.default.removeItem(at: decisions) }
  _ = (try? Decisions(in: folder))?.yaml
}
