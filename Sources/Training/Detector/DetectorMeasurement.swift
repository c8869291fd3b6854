public import Faces
public import Foundation
import Vocabulary

/// How well a detector finds the marked faces of a folder of photographs.
public struct DetectorMeasurement {
  /// Heights of face from which on faces count, in pixels.
  public static let smallest = [20.0, 40]

  private var evaluations = Self.smallest.map { DetectionEvaluation(smallest: $0) }
  private var milliseconds: [Double] = []
  private let name: String

  /// - Parameters:
  ///   - detector: with a threshold as low as can be, since the curve needs the unsure faces too.
  ///   - boxes: `images/` and `boxes.csv`.
  ///   - all: takes every photograph; otherwise those that training holds out.
  /// - Throws: where there is no photograph, or one cannot be read.
  public init(of detector: any FaceDetector, on boxes: URL, all: Bool) throws {
    name = detector.name
    let folder = try FaceBoxFolder(boxes)
    let files = all ? folder.files : folder.split().heldOut
    guard !files.isEmpty else {
      throw LabelTableError(
        "\(boxes.appending(path: FaceBoxFolder.table).path): names no photograph to measure on")
    }
    for file in files {
      let picture = try folder.picture(file)
      let clock = ContinuousClock.now
      let found = try detector.detect(in: picture.image)
      milliseconds.append(clock.duration(to: .now) / .milliseconds(1))
      for index in evaluations.indices { evaluations[index].add(found, marked: picture.faces) }
    }
  }

  /// A table for people.
  public var text: String {
    let rows = evaluations.map { evaluation in
      let recall = evaluation.recall(falseAlarmsPerPicture: 0.1)
      return String(
        format:
          "  height >= %2.0f px  faces %5d  AP %.4f  recall at one false alarm in ten pictures %.3f (threshold %.2f)",
        evaluation.smallest, evaluation.faces, evaluation.averagePrecision, recall.recall, recall.threshold)
    }
    return
      ([
        "\(name): \(milliseconds.count) photographs, overlap 0.5, "
          + String(format: "median %.1f ms a photograph", milliseconds.median)
      ] + rows).joined(separator: "\n")
  }
}
