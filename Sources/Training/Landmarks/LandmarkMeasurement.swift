public import Faces
public import Foundation
import Vocabulary

/// How far a landmark network's points lie from marked ones, on faces that a detector found.
public struct LandmarkMeasurement {
  private struct Group {
    var errors: [Double] = []
    var missed = 0
    var milliseconds: [Double] = []
  }

  private var groups: [(name: String, group: Group)] = []

  /// - Parameters:
  ///   - landmarks: folders of `images/` and `landmarks.csv`.
  ///   - all: takes every face; otherwise those that training holds out.
  /// - Throws: where a folder has no face to measure on, or a picture cannot be read.
  public init(
    of network: LandmarkNetwork, detector: any FaceDetector, on landmarks: [URL], all: Bool
  ) throws {
    for url in landmarks {
      let folder = try LandmarkFolder(url)
      var group = Group()
      let entries = all ? folder.entries : folder.split().heldOut
      guard !entries.isEmpty else {
        throw LabelTableError(
          "\(url.appending(path: LandmarkFolder.table).path): names no face to measure on")
      }
      for entry in entries {
        let image = try folder.picture(entry)
        let marked = LabelledFace(five: entry.five)
        let found = try detector.detect(in: image)
          .max { $0.box.overlap(marked?.box ?? image.bounds) < $1.box.overlap(marked?.box ?? image.bounds) }
        let clock = ContinuousClock.now
        guard let found, found.box.overlap(marked?.box ?? image.bounds) > 0.2,
          let points = try network.landmarks(of: found.box, in: image)
        else {
          group.missed += 1
          continue
        }
        group.milliseconds.append(clock.duration(to: .now) / .milliseconds(1))
        group.errors.append(LandmarkShape.error(points.all, marked: entry.points))
      }
      groups.append((url.lastPathComponent, group))
    }
  }

  /// A table for people.
  public var text: String {
    groups.map { name, group in
      let errors = group.errors
      guard !errors.isEmpty else { return "\(name): no face was found" }
      let mean = errors.reduce(0, +) / Double(errors.count)
      let far = Double(errors.count { $0 > 0.1 }) / Double(errors.count)
      return String(
        format:
          "%@: %d faces, %d not detected; error over inter-ocular distance: mean %.2f %%, median %.2f %%, above 10 %%: %.1f %%; %.2f ms a face",
        name, errors.count + group.missed, group.missed, 100 * mean, 100 * errors.median, 100 * far,
        group.milliseconds.median)
    }.joined(separator: "\n")
  }
}
