public import Foundation

extension Evaluation {
  /// Writes `evaluation.html`, `confusion.csv` and `confusion.svg`, replacing those that are there.
  public func write(to folder: URL) throws {
    let files = [
      "evaluation.html": page, "confusion.svg": Charts.confusion(confusion),
      "confusion.csv": Self.confusionRows(confusion).map { $0.joined(separator: ",") }.joined(separator: "\n")
        + "\n",
    ]
    for (name, text) in files {
      let file = folder.appending(path: name)
      do { try Data(text.utf8).write(to: file, options: .atomic) } catch {
        throw TrainingError.unwritable(path: file.path)
      }
    }
  }
}
