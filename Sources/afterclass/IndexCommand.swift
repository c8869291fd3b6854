import ArgumentParser
import Batch
import Foundation

struct IndexCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index",
    abstract: "Write the page over all reports of a folder, with each course's trend over the weeks.",
    discussion: """
      Writes index.html into the folder, one file that opens without a network. `batch` does the same at the \
      end of each night; this is for reports that `analyze` made.
      """)

  @Argument(help: "The folder of all reports.", completion: .directory)
  var folder = "Reports"

  func run() throws {
    let reports = try ReportsFolder(folder, create: false)
    let catalogue = reports.url.appendingPathComponent(Catalogue.fileName)
    let hasCatalogue = FileManager.default.fileExists(atPath: catalogue.path)
    let index = try reports.writeIndex(failures: hasCatalogue ? reports.catalogue().failures() : [])
    print("\(index.reports) report\(index.reports == 1 ? "" : "s"): \(index.file.path)".printable)
  }
}
