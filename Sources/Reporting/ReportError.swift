/// Why a file of a report could not be written: one line with the file, the place and the remedy.
public enum ReportError: Error, Equatable, CustomStringConvertible {
  case cannotWrite(path: String, operation: String, reason: String)
  case missingResource(name: String)

  public var description: String {
    switch self {
    case .cannotWrite(let path, let operation, let reason):
      "\(path): cannot \(operation): \(reason); check the output folder's space and permissions"
    case .missingResource(let name):
      "\(name): a part of the report page is missing from the installation; build Afterclass again"
    }
  }
}
