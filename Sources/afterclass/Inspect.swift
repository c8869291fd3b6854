import ArgumentParser
import Engagement
import Foundation
import Imaging
import Media
import Pipeline
import Reporting
import Vocabulary

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read the faces of photographs by the same stages as a recording's.",
    discussion: """
      Prints a table (CSV) with a row a face: file, box and five landmarks in pixels of the picture, pose, features, \
      quality, the seven probabilities, the most probable displayed expression, and whether a report would count \
      it as uncertain. --draw writes the pictures with all that \
      drawn on them: photo.jpg as photo.jpg.png, enlarged where faces are small. There an \
      uncertain expression begins with a question mark.

        afterclass inspect photo.jpg --draw drawn
      """)

  @Argument(help: "Pictures (JPEG, PNG, WebP, BMP, TIFF) or folders of them.", completion: .file())
  var pictures: [String]

  @OptionGroup var pipeline: PipelineOptions

  @Option(
    help: ArgumentHelp("Write the table here instead of printing it.", valueName: "file"), completion: .file()
  )
  var csv: String?

  @Option(
    help: ArgumentHelp("Write pictures with the findings drawn on them here.", valueName: "dir"),
    completion: .directory)
  var draw: String?

  func run() throws {
    let definition = try pipeline.resolve().definition
    try definition.enforcePolicy()
    let set = try Composition(definition).stageSet()
    let stages = try set.make()
    var rows: [(file: String, face: FaceObservation, isUncertain: Bool)] = []
    var failure: (any Error)?
    var isAnyRead = false
    let files = try files()
    let originals = Set(files.map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path })
    if let csv { try refuse(URL(fileURLWithPath: csv), among: originals, option: "--csv") }
    let drawings = try draw.map {
      try self.drawings(of: files, in: URL(fileURLWithPath: $0), sparing: originals)
    }
    for (index, picture) in files.enumerated() {
      do {
        let image = try PictureReader.read(URL(fileURLWithPath: picture))
        let faces = try stages.faces(in: image, definition)
        rows += faces.map { (picture, $0, $0.isUncertain(definition.summarySettings)) }
        isAnyRead = true
        if faces.isEmpty {
          Terminal.complain(
            "\(picture): no face of \(definition.detect.minimumHeight) pixels or more was found (detect.minimum-height)"
          )
        }
        if let drawings { try write(image, faces, definition.summarySettings, to: drawings[index]) }
      } catch let error as MediaError where error.code != .unwritable {
        failure = error
        Terminal.complain(String(describing: error))
      }
    }
    if isAnyRead {
      let table = picturesTable(rows)
      if let csv { try writeAtomically(table, to: csv) } else { print(table, terminator: "") }
    }
    if let failure { throw ExitCode(Outcome(failure).rawValue) }
  }

  private static let extensions: Set = ["jpg", "jpeg", "png", "webp", "bmp", "tif", "tiff"]

  /// The pictures named, and those directly or deeper in the folders named, in the order of their names.
  private func files() throws -> [String] {
    try pictures.flatMap { path -> [String] in
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
        return [path]
      }
      guard let names = FileManager.default.subpaths(atPath: path) else {
        throw RecordingError("\(path): cannot be read; check its permissions")
      }
      let files = names.filter { Self.extensions.contains(($0 as NSString).pathExtension.lowercased()) }
      if files.isEmpty { throw RecordingError("\(path): holds no picture") }
      return files.sorted().map { path + "/" + $0 }
    }
  }

  /// A file for each picture's drawing. Whole names, since x.jpg and x.png may lie side by side; a number where
  /// two folders hold the same one.
  private func drawings(of pictures: [String], in folder: URL, sparing originals: Set<String>) throws -> [URL]
  {
    var taken: Set<String> = []
    return try pictures.map { picture in
      let name = (picture as NSString).lastPathComponent
      var (drawing, number) = ("\(name).png", 2)
      while !taken.insert(drawing).inserted { (drawing, number) = ("\(name)-\(number).png", number + 1) }
      let file = folder.appendingPathComponent(drawing)
      try refuse(file, among: originals, option: "--draw")
      return file
    }
  }

  /// - Throws: `OutputError` where writing `file` would replace a picture that is read.
  private func refuse(_ file: URL, among originals: Set<String>, option: String) throws {
    guard originals.contains(file.resolvingSymlinksInPath().path) else { return }
    throw OutputError.unwritable(
      file, reason: "it is itself a picture to read; name another place with \(option)")
  }

  /// Pixels that the narrowest face should have for its label to be read.
  private static let legible = 90.0
  private static let longestSide = 4096.0

  private func write(
    _ image: Image, _ faces: [FaceObservation], _ settings: SummarySettings, to file: URL
  ) throws {
    let folder = file.deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw OutputError.unwritable(folder, reason: "the folder cannot be made")
    }
    let narrowest = faces.map(\.box.width).min() ?? Self.legible
    let most = max(1, Self.longestSide / Double(max(image.width, image.height)))
    let scale = min(most, max(1, (Self.legible / narrowest).rounded(.up)))
    var drawn = try image.colour()
    if scale > 1 {
      drawn = try drawn.resized(
        width: Int(Double(drawn.width) * scale), height: Int(Double(drawn.height) * scale))
    }
    for face in faces { try drawn.draw(face, scale: scale, isUncertain: face.isUncertain(settings)) }
    try PictureWriter.write(drawn, to: file)
  }
}

extension Image {
  /// Box, landmarks and the named expression with its probability.
  ///
  /// - Parameter scale: of this picture to the one that the face was found in.
  fileprivate mutating func draw(_ face: FaceObservation, scale: Double, isUncertain: Bool) throws {
    let green = Colour(red: 80, green: 220, blue: 100)
    let box = Box(
      x: face.box.x * scale, y: face.box.y * scale, width: face.box.width * scale,
      height: face.box.height * scale)
    try draw(box, green, thickness: max(1, Int(box.width / 60)))
    if let landmarks = face.landmarks {
      let points = landmarks.all.isEmpty ? landmarks.five : landmarks.all
      try draw(
        points.map { $0 * scale }, Colour(red: 255, green: 210, blue: 0), radius: max(1, box.width / 90))
    }
    guard let expression = face.expression else { return }
    let mark = isUncertain ? "? " : ""
    let label = "\(mark)\(expression.top.name) \(Int((expression[expression.top] * 100).rounded())) %"
    let height = min(18, max(8, box.width / 9))
    let below = box.maxY + 1.5 * height + 4 <= Double(self.height)
    let baseline = below ? box.maxY + height + 4 : max(height + 4, box.y - 6)
    let width = Double(label.count) * height * 0.9
    try fill(Box(x: box.x, y: baseline - height - 4, width: width, height: height + 8), .black)
    try draw(label, at: Point(x: box.x + 3, y: baseline), height: height, .white)
  }
}
