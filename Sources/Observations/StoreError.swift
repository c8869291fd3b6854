public import Foundation

/// Why a store of observations could not be used; each message is one line with file and remedy.
public enum StoreError: Error, Equatable, CustomStringConvertible {
  case missing(URL)
  case belongsElsewhere(URL, recording: String)
  case measuredOtherwise(URL)
  case unreadable(URL, reason: String)
  case unwritable(URL, reason: String)
  case overlap(URL, ClosedRange<Int64>)

  public var description: String {
    switch self {
    case .missing(let file):
      "\(file.path): no observations here; run `afterclass analyze` on the recording first"
    case .belongsElsewhere(let file, let recording):
      "\(file.path): belongs to another recording (\(recording)); choose another --output"
    case .measuredOtherwise(let file):
      "\(file.path): was measured with other settings; use --force to measure again, or another --output"
    case .unreadable(let file, let reason):
      "\(file.path): cannot be read as observations (\(reason)); move it away to measure again"
    case .unwritable(let file, let reason):
      "\(file.path): cannot be written (\(reason)); check permissions and free space"
    case .overlap(let file, let range):
      "\(file.path): samples \(range.lowerBound) to \(range.upperBound) are there already"
    }
  }
}
