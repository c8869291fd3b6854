import ArgumentParser
import Batch
import Foundation
import Media
import Pipeline
import Reporting

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check that this machine can run a night, and say what to do where it cannot.",
    discussion: """
      Looks at networks, codecs, recordings, output folder, disk, memory and clock, as the user that calls it: \
      call it as the one that the night will run as.

        afterclass doctor /srv/recordings --output /srv/Reports
      """)

  @Argument(help: "Folders of recordings.", completion: .directory)
  var folders: [String] = []

  @Option(
    name: [.short, .long], help: ArgumentHelp("The folder of all reports.", valueName: "dir"),
    completion: .directory)
  var output = "Reports"

  @OptionGroup var pipeline: PipelineOptions

  func run() async throws {
    let reports = ReportsFolder(planned: output).url
    let recordings = folders.map {
      Doctor.recordings(in: URL(fileURLWithPath: $0, isDirectory: true), output: reports)
    }
    let findings =
      [program, networks, codecs, charts] + recordings + [
        Doctor.writability(of: reports), Doctor.space(at: reports), Doctor.memory(), Doctor.clock(),
      ]
    print(findings.table.printable)
    if findings.contains(where: { $0.verdict == .bad }) { throw ExitCode(Outcome.unfit.rawValue) }
  }

  private var program: Doctor.Finding {
    let installation = Installation()
    guard let place = installation.pipelines else {
      return Doctor.Finding(
        .bad, "program", "\(Installation.software); the folder Pipelines was found nowhere",
        remedy: "put Pipelines beside the program, its networks are in it")
    }
    let detail = "\(Installation.software); pipelines in \(place.path)"
    guard installation.neededDirectory != nil else { return Doctor.Finding(.good, "program", detail) }
    return Doctor.Finding(
      .doubtful, "program", detail + ", found through the working directory alone",
      remedy:
        "put Pipelines beside the program, or run it from here, as the line of `afterclass schedule` does"
    )
  }

  /// Loads them, as a night would.
  private var networks: Doctor.Finding {
    do {
      let resolved = try pipeline.resolve()
      try resolved.definition.enforcePolicy()
      let stages = try Composition(resolved.definition).stageSet()
      _ = try stages.make()
      let names = stages.models.map { "\($0.role) \($0.name)" }
      return Doctor.Finding(.good, "networks", "\(pipeline.name()): " + names.joined(separator: ", "))
    } catch {
      return Doctor.Finding(
        .bad, "networks", String(describing: error),
        remedy: "mend it until `afterclass pipeline check` finds it right")
    }
  }

  private var codecs: Doctor.Finding {
    let missing = CommonCodec.allCases.filter { !$0.canBeDecoded }.map(\.rawValue)
    return missing.isEmpty
      ? Doctor.Finding(.good, "codecs", CommonCodec.allCases.map(\.rawValue).joined(separator: ", "))
      : Doctor.Finding(
        .doubtful, "codecs", "no decoder for \(missing.joined(separator: ", "))",
        remedy: "install Debian's own libavcodec59")
  }

  private var charts: Doctor.Finding {
    isChartLibraryInstalled
      ? Doctor.Finding(.good, "charts", "dygraphs is installed; charts of reports zoom")
      : Doctor.Finding(
        .doubtful, "charts", "dygraphs is not installed; charts of reports do not zoom",
        remedy: "apt-get install libjs-dygraphs")
  }
}
