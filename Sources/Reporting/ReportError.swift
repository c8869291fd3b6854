/// Why a file of a report could not be written: one line with the file, the place and the remedy.
public enum ReportError: Error, Equatable, CustomStringConvertible {
  case cannotWrite(path: String, operation: String, reason: String)

  public var description: String {
    switch self {
    case .cannotWrite(let path, let operation, let reason):
      "\(path): cannot \(operation): \(reason); check the output folder's space and permissions"
    }
  }
}
