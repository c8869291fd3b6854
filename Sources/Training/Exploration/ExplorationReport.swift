public import Foundation
import Media
import enum Vocabulary.Expression
import struct Vocabulary.Image

/// An exploration as text and as a page of one file.
public struct ExplorationReport: Sendable {
  private let exploration: Exploration
  private let tables: ExplorationTables

  public init(_ exploration: Exploration) {
    self.exploration = exploration
    tables = ExplorationTables(exploration)
  }

  /// For a terminal.
  public var text: String {
    var parts = [TextTable.list(tables.overview)]
    if !exploration.faults.isEmpty { parts.append(TextTable.list(tables.faults)) }
    parts += [
      "Head", TextTable.text(tables.rows(exploration.head)), "Tail",
      TextTable.text(tables.rows(exploration.tail)),
      TextTable.text(tables.classes), TextTable.text(tables.pixels), blankLine,
      TextTable.text(tables.duplicates),
    ]
    if tables.disagreements.count > 1 {
      parts += [Self.disagreeing, TextTable.text(tables.disagreements)]
    }
    if exploration.hasVotes {
      parts += [
        TextTable.text(tables.votes),
        TextTable.text(Evaluation.confusionRows(exploration.agreement, corner: "label \\ majority")),
      ]
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// The same with charts and pictures. It shows faces of the data: keep it to yourself.
  public func page() throws -> String {
    var body = [
      "<p class=\"note\">This page shows faces of the data set. Its licence and those people's privacy hold for it.</p>",
      PageShell.table(tables.overview),
    ]
    if !exploration.faults.isEmpty {
      body.append(PageShell.section("Rows that were skipped", PageShell.table(tables.faults)))
    }
    body.append(
      PageShell.section(
        "Head and tail",
        PageShell.table(tables.rows(exploration.head)) + PageShell.table(tables.rows(exploration.tail))))
    body.append(PageShell.section("Expressions", classChart + PageShell.table(tables.classes)))
    body.append(PageShell.section("Gray levels", PageShell.table(tables.pixels) + "<p>\(blankLine)</p>"))
    body.append(PageShell.section("Mean and variance of each expression", try momentPictures()))
    body.append(PageShell.section("Some faces of each expression", try samplePictures()))
    body.append(PageShell.section("Duplicates", duplicates))
    if exploration.hasVotes {
      body.append(
        PageShell.section(
          "FER2013's label (rows) against FER+'s majority (columns)",
          PageShell.table(tables.votes)
            + Charts.confusion(exploration.agreement, down: "label", across: "what most of ten people saw")
            + "<p class=\"note\">Each face whose label is not that majority is in votes-disagree.csv.</p>"))
    }
    return PageShell.page(title: "Data set \(exploration.name)", body: body.joined(separator: "\n"))
  }

  /// Writes the page, the text and the tables, replacing those that are there; they are their owner's alone.
  public func write(to folder: URL) throws {
    let page = try page()
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try writePrivately(Data(page.utf8), to: folder.appending(path: "exploration.html"))
      try writePrivately(Data(text.utf8), to: folder.appending(path: "exploration.txt"))
      let files = [
        "duplicates.csv": tables.duplicateFaces,
        "bad-rows.csv": exploration.faults.isEmpty ? nil : tables.badRows,
        "votes-disagree.csv": exploration.hasVotes ? tables.disputed : nil,
      ]
      for (name, text) in files {
        let file = folder.appending(path: name)
        guard let text else {
          // Of an earlier exploration.
          try? FileManager.default.removeItem(at: file)
          continue
        }
        try writePrivately(Data(text.utf8), to: file)
      }
    } catch { throw TrainingError.unwritable(path: folder.path) }
  }

  private var blankLine: String {
    "Pictures of one gray level: \(exploration.blank.count), of them black: \(exploration.black)."
  }

  private var duplicates: String {
    let note =
      "Nearly the same: at most \(Duplicates.nearDistance) of the 256 signs of a coarse picture's differences differ."
    let disagreements = tables.disagreements
    return PageShell.table(tables.duplicates) + "<p class=\"note\">\(note)</p>"
      + (disagreements.count > 1
        ? "<p class=\"note\">\(Self.disagreeing):</p>" + PageShell.table(disagreements) : "")
  }

  private static let disagreeing =
    "Duplicates whose labels disagree (20 at most; all are in duplicates.csv)"

  private var classChart: String {
    let colours = ["#4477aa", "#cc6677", "#117733"]
    let series = tables.splits.enumerated().map { index, split in
      (
        name: split.rawValue, colour: colours[index % colours.count],
        values: (exploration.counts[split] ?? []).map(Double.init)
      )
    }
    if exploration.isFolder {
      let all = [(name: "pictures", colour: colours[0], values: series.first?.values ?? [])]
      return Charts.bars(all, groups: Expression.allCases.map(\.name))
    }
    return Charts.bars(series, groups: Expression.allCases.map(\.name))
  }

  private func momentPictures() throws -> String {
    let means = exploration.moments.map(\.meanPicture)
    let variances = exploration.moments.map(\.variancePicture)
    let caption = Expression.allCases.map(\.name).joined(separator: ", ")
    return try figure(means + variances, columns: means.count, scale: 2)
      + "<p class=\"note\">Above the means, below the variances (white is the largest): \(caption).</p>"
  }

  private func samplePictures() throws -> String {
    try Expression.allCases.map { expression in
      let faces = exploration.samples[expression.rawValue].compactMap {
        Image(width: Face.side, height: Face.side, channels: 1, pixels: $0.face.pixels)
      }
      guard !faces.isEmpty else { return "" }
      return try "<figure>" + figure(faces, columns: Exploration.samplesPerClass, scale: 1)
        + "<figcaption>\(expression.name)</figcaption></figure>"
    }.joined(separator: "\n")
  }

  private func figure(_ faces: [Image], columns: Int, scale: Int) throws -> String {
    guard let sheet = try FaceGrid.picture(faces, columns: columns, scale: scale) else { return "" }
    let bytes = try PictureWriter.encode(sheet)
    return "<img alt=\"faces side by side\" src=\"data:image/png;base64,\(bytes.base64EncodedString())\">"
  }
}
