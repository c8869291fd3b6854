import Benchmarking
import Foundation

/// What is compared with what.
struct BenchSuite {
  struct Part {
    let title: String
    /// `nil` for a network whose input has not four extents.
    let run: () throws -> Comparison?
  }

  let rounds: Int
  let minutes: Int
  let python: String
  /// Where reports go that nobody reads.
  let scratch: URL

  var program: String { Bundle.main.executableURL?.path ?? CommandLine.arguments[0] }
  private var reports: URL { scratch.appendingPathComponent("Reports") }

  /// Everything, on drawn recordings.
  func parts(on recordings: BenchRecordings) -> [Part] {
    let decoding = BenchRecordings.Variant.all.map { variant in
      part("Decoding and sampling, \(variant.name)") { title in
        try decode(title, recordings.file(variant, minutes: minutes))
      }
    }
    let gallery = BenchRecordings.Variant.all[0], large = BenchRecordings.Variant.all[3]
    return decoding + [
      part("The whole analysis, \(gallery.name)") {
        try analyze($0, recordings.file(gallery, minutes: minutes))
      },
      part("The whole analysis, \(large.name)") { try analyze($0, recordings.file(large, minutes: minutes)) },
      part("Two jobs over one") { try jobs($0, recordings.file(gallery, minutes: minutes)) },
      part("Memory against length") { title in
        try memory(title, [minutes, minutes * 12].map { try recordings.file(gallery, minutes: $0) })
      },
      part("A report of two hours and 50 people") {
        try report($0, recordings.file(gallery, minutes: minutes))
      },
      part("Start") { try start($0, recordings.file(gallery, minutes: minutes)) },
      part("Faces of a frame") { title in
        try faces(title, BenchRecordings.Variant.galleries.map { ($0.name, try recordings.loop($0)) })
      },
      part("Discovery") { try discovery($0) },
    ] + networks() + trainings()
  }

  /// What can be measured on a user's own recording.
  func parts(on recording: URL) throws -> [Part] {
    [
      part("Decoding and sampling") { try decode($0, recording) },
      part("The whole analysis") { try analyze($0, recording) },
      part("Two jobs over one") { try jobs($0, recording) },
    ] + networks()
  }

  private func part(_ title: String, _ run: @escaping (_ title: String) throws -> Comparison?) -> Part {
    Part(title: title) { try run(title) }
  }

  private func ffmpeg(_ file: URL) -> (name: String, command: Command) {
    let filter = ["-threads", "1", "-i", file.path, "-vf", "fps=1", "-f", "null", "-"]
    return ("ffmpeg, one thread", Command("ffmpeg", filter))
  }

  private func analysis(_ file: URL, jobs: Int, every: String = "1s", _ more: [String] = []) -> Command {
    let options = ["analyze", file.path, "--every", every, "--jobs", "\(jobs)", "--quiet", "--force"]
    let report = reports.appendingPathComponent(file.deletingPathExtension().lastPathComponent)
    return Command(program, options + ["--output", report.path] + more)
  }

  private func decode(_ title: String, _ file: URL) throws -> Comparison {
    try Comparison.run(
      title, subject: "\(file.lastPathComponent), one frame a second", rounds: rounds,
      contenders: [ffmpeg(file), ("Afterclass", Command(program, ["stage", "decode", file.path]))])
  }

  private func analyze(_ title: String, _ file: URL) throws -> Comparison {
    try Comparison.run(
      title, subject: "\(file.lastPathComponent), one sample a second, report included", rounds: rounds,
      contenders: [ffmpeg(file), ("Afterclass, one job", analysis(file, jobs: 1))])
  }

  private func jobs(_ title: String, _ file: URL) throws -> Comparison {
    try Comparison.run(
      title, subject: file.lastPathComponent, quantity: .wall, rounds: rounds,
      contenders: [1, 2].map { ("\($0) job\($0 > 1 ? "s" : "")", analysis(file, jobs: $0)) })
  }

  private func memory(_ title: String, _ files: [URL]) throws -> Comparison {
    try Comparison.run(
      title, subject: "two jobs, one sample in ten seconds", quantity: .memory, rounds: 1,
      contenders: files.map { file in
        (file.lastPathComponent, analysis(file, jobs: 2, every: "10s"))
      })
  }

  private func report(_ title: String, _ file: URL) throws -> Comparison {
    let short = reports.appendingPathComponent("short")
    let long = reports.appendingPathComponent("long")
    _ = try Command(
      program, ["analyze", file.path, "--to", "2m", "--quiet", "--output", short.path]
    ).measure()
    _ = try Command(program, ["stage", "observations", short.path, "--output", long.path]).measure()
    return try Comparison.run(
      title, subject: "summary, tables and page of 7,200 samples with 50 people, from the observations",
      rounds: rounds, contenders: [("Afterclass", Command(program, ["report", long.path]))])
  }

  private func faces(_ title: String, _ files: [(name: String, file: URL)]) throws -> Comparison {
    let count = 100
    return try Comparison.run(
      title,
      subject:
        "\(count) frames: layout, detection, landmarks, registration, features; no expressions, no decoding",
      rounds: rounds,
      contenders: files.map { name, file in
        (name, Command(program, ["stage", "faces", file.path, "--count", "\(count)"], timesItself: true))
      })
  }

  private func discovery(_ title: String) throws -> Comparison {
    let root = scratch.appendingPathComponent("Discovery")
    for folder in 0..<100 {
      let folder = root.appendingPathComponent("course \(folder)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for file in 0..<100 {
        try Data("video".utf8).write(to: folder.appendingPathComponent("lecture \(file).mp4"))
      }
    }
    defer { try? FileManager.default.removeItem(at: root) }
    let output = scratch.appendingPathComponent("Discovered").path
    let options = ["batch", root.path, "--output", output, "--dry-run", "--settle", "0"]
    return try Comparison.run(
      title, subject: "10,000 recordings in 100 folders, none analysed yet", rounds: rounds,
      contenders: [("batch --dry-run", Command(program, options))])
  }

  private func start(_ title: String, _ file: URL) throws -> Comparison {
    try Comparison.run(
      title, subject: "to the end of a report on the first second", quantity: .wall, rounds: rounds,
      contenders: [
        ("--version", Command(program, ["--version"])),
        ("probe", Command(program, ["probe", file.path])),
        ("one sample", analysis(file, jobs: 1, ["--to", "1s"])),
      ])
  }
}
