import ArgumentParser
import Foundation
import Training

/// `afterclass dataset`.
struct Dataset: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look into a data set of labelled faces.", subcommands: [Explore.self])

  struct Explore: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tell what a data set holds: classes, gray levels, duplicates, bad rows.",
      discussion: """
        Reads row by row; what it keeps of each is a digest of 40 bytes. With --output it also writes a page with \
        charts and pictures. That page shows faces of the data: keep it to yourself.
        """)

    @Argument(help: "fer2013.csv, plain or compressed (bz2, gz, xz), or a folder of class/picture.")
    var data: String

    @Option(help: ArgumentHelp("FER+'s votes, row by row as the data.", valueName: "file"))
    var votes: String?

    @Option(
      help: ArgumentHelp("A folder for the page, the text and a table of all duplicates.", valueName: "dir"))
    var output: String?

    @Option(help: ArgumentHelp("How many bad rows are skipped before reading stops.", valueName: "n"))
    var skip = 100

    func run() throws {
      let report = ExplorationReport(try Exploration(path: data, votesPath: votes, faultLimit: skip))
      print(report.text.printable, terminator: "")
      guard let output else { return }
      let folder = URL(fileURLWithPath: output)
      try report.write(to: folder)
      print("\npage: \(folder.appending(path: "exploration.html").path)")
    }
  }
}
