public import Foundation
import Imaging
import Networks
import Vocabulary

/// Trains a landmark network from folders of face pictures with marked points.
public struct LandmarkRun: Sendable {
  /// `images/` and `landmarks.csv` each; at least one with 68 points.
  public var landmarks: [URL]
  public var output: URL
  public var epochs: Int

  public init(landmarks: [URL], output: URL, epochs: Int) {
    (self.landmarks, self.output, self.epochs) = (landmarks, output, epochs)
  }

  /// Trains to the last epoch; the averaged weights are in `output/model.onnx`.
  ///
  /// - Parameters:
  ///   - resumes: goes on from the output folder's checkpoint.
  ///   - report: is told a line at the start and one an epoch.
  /// - Throws: where the data cannot be read, the folder holds something else, or the loss diverges.
  public func run(resumes: Bool, report: (String) -> Void) throws {
    if !resumes { try TrainingFolder.requireEmpty(output) }
    var faces: [LandmarkChipSource.Face] = []
    for url in landmarks {
      let folder = try LandmarkFolder(url)
      faces += try folder.split().training.map { entry in
        try Task.checkCancellation()
        guard LabelledFace(five: entry.five) != nil else {
          throw LabelTableError(
            "\(url.appending(path: LandmarkFolder.table).path): the points of \(entry.file) coincide; correct its row or "
              + "take it out")
        }
        return LandmarkChipSource.Face(
          image: try folder.picture(entry).gray(), points: entry.points, five: entry.five)
      }
    }
    let complete = faces.filter { $0.points.count == 68 }
    guard !complete.isEmpty else {
      throw LabelTableError("no face with 68 points; name a folder whose landmarks.csv has x1,y1,…,x68,y68")
    }
    let settings = LandmarkTraining.Settings(epochs: epochs)
    let chips = LandmarkChipSource(
      complete: complete, sparse: faces.filter { $0.points.count == 5 }, seed: settings.seed)
    report("\(complete.count) faces with 68 points and \(chips.sparse.count) with five to learn from")
    let training = try LandmarkTraining(settings: settings, chips: chips)
    let tables = landmarks.map { $0.appending(path: LandmarkFolder.table).path }
    _ = try EpochLoop(
      training: training, folder: output, sources: try BundleExport.sources(tables).map(\.digest)
    ).run(resumes: resumes, report: report)
  }
}
