public import Foundation
import Media
import Vocabulary

extension Evaluation {
  /// Writes `mistakes.csv`, all of them, and `mistakes.png`, the most confident: the label above, and below it what was read.
  /// Both are their owner's alone, since faces of the data are in them.
  public func writeMistakes(of faces: FaceSet, to folder: URL) throws {
    let all = mistakes
    let rows = all.map { mistake in
      [
        "\(faces.lines[mistake.index])", labels[mistake.index].name, mistake.predicted.name,
        String(format: "%.4f", mistake.confidence), majorities[mistake.index]?.name ?? "",
      ]
    }
    let table = TextTable.csv([["line", "label", "read_as", "confidence", "ferplus_majority"]] + rows)
    let shown = all.prefix(64)
    let captions = shown.map { mistake in
      [
        labels[mistake.index].name,
        "\(mistake.predicted.name) \(Int((mistake.confidence * 100).rounded())) %",
      ]
    }
    let sheet = try FaceGrid.picture(shown.map { faces.image($0.index) }, columns: 8, captions: captions)
    do {
      try writePrivately(Data(table.utf8), to: folder.appending(path: "mistakes.csv"))
      if let sheet {
        try writePrivately(PictureWriter.encode(sheet), to: folder.appending(path: "mistakes.png"))
      }
    } catch { throw TrainingError.unwritable(path: folder.path) }
  }

  /// Writes `evaluation.html`, `confusion.csv` and `confusion.svg`, replacing those that are there.
  public func write(to folder: URL) throws {
    let files = [
      "evaluation.html": page, "confusion.svg": Charts.confusion(confusion),
      "confusion.csv": TextTable.csv(Self.confusionRows(confusion)),
    ]
    for (name, text) in files {
      let file = folder.appending(path: name)
      do { try Data(text.utf8).write(to: file, options: .atomic) } catch {
        throw TrainingError.unwritable(path: file.path)
      }
    }
  }
}
