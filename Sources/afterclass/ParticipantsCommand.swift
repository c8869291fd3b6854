import ArgumentParser
import Engagement
import Foundation
import Pipeline
import Reporting
import Vocabulary

struct ParticipantsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "participants",
    abstract: "Say who is who: list, rename, merge or split the participants of a report.",
    discussion: """
      Each decision is kept in participants.yaml beside the report, which is rendered again at once, and again \
      applied by every later `report` and `analyze`: to whoever is where the participant was seen, also when the \
      numbers are others then.

        afterclass participants Reports/class
        afterclass participants rename Reports/class 3 "Ana Ruiz"
        afterclass participants merge Reports/class 3 5          5 was 3 all along (not where both are on screen at once)
        afterclass participants split Reports/class 4 00:12:30   from then on it is somebody else
        afterclass participants reset Reports/class
      """,
    subcommands: [List.self, Rename.self, Merge.self, Split.self, Reset.self], defaultSubcommand: List.self)

  struct Folder: ParsableArguments {
    @Argument(help: "Folder that `analyze` wrote.", completion: .directory)
    var folder: String

    func report() throws -> ParticipantsOfReport {
      let url = URL(fileURLWithPath: folder, isDirectory: true)
      let saved = url.appendingPathComponent(ReportFile.pipeline)
      guard FileManager.default.fileExists(atPath: saved.path) else { throw OutputError.noReport(url) }
      return ParticipantsOfReport(
        url, resolved: try ResolvedDefinition(file: saved, overrides: []), log: LineLog.log)
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Everybody with presence, camera time, and how much of it a face was found.")

    @OptionGroup var place: Folder

    func run() throws {
      print("  id  first seen  last seen   present   camera    face  name")
      for one in try place.report().list() {
        let found =
          one.cameraSeconds > 0 ? "\(Int((100 * one.faceSeconds / one.cameraSeconds).rounded())) %" : "-"
        let cells = [
          (String(one.id), 4), (clock(one.firstSeen), 12), (clock(one.lastSeen), 11),
          (clock(one.presentSeconds), 10), (clock(one.cameraSeconds), 9), (found, 8),
        ]
        print(
          cells.map { String(repeating: " ", count: max(1, $1 - $0.count)) + $0 }.joined() + "  "
            + one.name.printable)
      }
    }
  }

  struct Rename: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Give a participant a name.")

    @OptionGroup var place: Folder
    @Argument(help: "Number of the participant.") var id: Int
    @Argument(help: "What the report calls them from now on.") var name: String

    func run() throws { try place.report().decide(.rename(participant: id, name: name)) }
  }

  struct Merge: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Make two participants one.")

    @OptionGroup var place: Folder
    @Argument(help: "Number that is kept.") var id: Int
    @Argument(help: "Number that becomes part of it.") var other: Int

    func run() throws { try place.report().decide(.merge(participant: id, with: other)) }
  }

  struct Split: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a participant somebody else from a time on.")

    @OptionGroup var place: Folder
    @Argument(help: "Number of the participant.") var id: Int
    @Argument(help: "Time in the recording, for instance 00:12:30.") var time: String

    func run() throws {
      guard let span = Span(time) else {
        throw ValidationError("'\(time)' is no time; write it like 00:12:30 or 750s")
      }
      try place.report().decide(.split(participant: id, at: span.time.seconds))
    }
  }

  struct Reset: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Forget all decisions.")

    @OptionGroup var place: Folder

    func run() throws { try place.report().reset() }
  }
}
