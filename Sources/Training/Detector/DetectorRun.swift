import Faces
public import Foundation
import Networks
import Vocabulary

/// Trains a face detector from folders of labelled pictures.
public struct DetectorRun: Sendable {
  /// Photographs with all faces boxed: `images/` and `boxes.csv`.
  public var boxes: URL
  /// Face pictures with marked points: `images/` and `landmarks.csv`.
  public var landmarks: [URL]
  /// YuNet's ONNX file, to imitate besides.
  public var teacher: URL?
  public var output: URL
  public var epochs: Int
  /// A detector's ONNX file whose weights this one begins with; `nil` draws new ones.
  public var beginning: URL?

  public init(boxes: URL, landmarks: [URL], teacher: URL?, output: URL, epochs: Int) {
    (self.boxes, self.landmarks, self.teacher, self.output) = (boxes, landmarks, teacher, output)
    self.epochs = epochs
  }

  /// Faces with marked points are shrunk to this height, which is as large as the made gallery views show them.
  private static let tallestPortrait = 120.0

  /// Trains to the last epoch; the averaged weights are in `output/model.onnx`. Pictures are held in memory:
  /// about 1 MB a photograph.
  ///
  /// - Parameters:
  ///   - resumes: goes on from the output folder's checkpoint.
  ///   - report: is told a line at the start and one an epoch.
  /// - Throws: where the data cannot be read, the folder holds something else, or the loss diverges.
  public func run(resumes: Bool, report: (String) -> Void) throws {
    if !resumes { try TrainingFolder.requireEmpty(output) }
    let start = try beginningGraph()
    let folder = try FaceBoxFolder(boxes)
    let files = folder.split().training
    guard !files.isEmpty else {
      throw LabelTableError(
        "\(boxes.appending(path: FaceBoxFolder.table).path): leaves no photograph to learn from, since the first of every "
          + "seven is held out; name a folder of more")
    }
    let photographs = try files.map { file in
      try Task.checkCancellation()
      return try folder.picture(file)
    }
    let portraits = try landmarks.flatMap { url in
      let folder = try LandmarkFolder(url)
      return try folder.portraits(folder.split().training, tallest: Self.tallestPortrait)
    }
    let settings = DetectorTraining.Settings(epochs: epochs)
    let scenes = SceneSource(
      photographs: photographs, portraits: portraits, side: settings.side, seed: settings.seed)
    let master = try teacher.map { file in
      DetectorTeacher(try DetectionNetwork(ONNXReader.read(contentsOf: file), .float32))
    }
    report("\(photographs.count) photographs and \(portraits.count) single faces to learn from")
    let training = try DetectorTraining(settings: settings, scenes: scenes, teacher: master, beginning: start)
    _ = try EpochLoop(training: training, folder: output, sources: sources()).run(
      resumes: resumes, report: report)
  }

  /// Pictures are told by what their tables say of them.
  private func sources() throws -> [String] {
    let tables =
      [boxes.appending(path: FaceBoxFolder.table)]
      + landmarks.map { $0.appending(path: LandmarkFolder.table) }
    return try BundleExport.sources((tables + [teacher, beginning].compactMap(\.self)).map(\.path)).map(
      \.digest)
  }

  private func beginningGraph() throws -> Graph? {
    guard let beginning else { return nil }
    let graph = try ONNXReader.read(contentsOf: beginning)
    guard graph.outputs == DetectorNetwork().graph(seed: 1).outputs else {
      throw TrainingError.otherNetwork(path: beginning.path)
    }
    return graph
  }
}
