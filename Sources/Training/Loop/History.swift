import Foundation

/// The figures of one epoch.
public struct EpochRecord: Hashable, Sendable, Codable {
  /// From 1.
  public var epoch: Int
  public var loss: Double
  public var accuracy: Double
  public var validationLoss: Double
  public var validationAccuracy: Double
  /// Of the averaged weights, where the recipe keeps them.
  public var averagedAccuracy: Double?
  /// With FER+'s majorities, of the averaged weights where there are such; `nil` without votes.
  public var majorityAccuracy: Double?
  /// The rate at the epoch's end.
  public var learningRate: Double
  public var seconds: Double

  func value(of monitor: Monitor) -> Double {
    switch monitor {
    case .accuracy: accuracy
    case .loss: loss
    case .validationAccuracy: validationAccuracy
    case .validationLoss: validationLoss
    }
  }
}

/// `history.csv`: one line an epoch.
enum HistoryFile {
  static let header =
    "epoch,loss,accuracy,val_loss,val_accuracy,val_accuracy_averaged,val_majority_accuracy,learning_rate,seconds"

  static func text(_ records: [EpochRecord]) -> String {
    let rows = records.map { record in
      let figures = [
        record.loss, record.accuracy, record.validationLoss, record.validationAccuracy,
      ].map { String(format: "%.5f", $0) }
      let optional = [record.averagedAccuracy, record.majorityAccuracy].map {
        $0.map { String(format: "%.5f", $0) } ?? ""
      }
      let rest = [String(format: "%.6g", record.learningRate), String(format: "%.1f", record.seconds)]
      return (["\(record.epoch)"] + figures + optional + rest).joined(separator: ",")
    }
    return ([header] + rows).joined(separator: "\n") + "\n"
  }
}
