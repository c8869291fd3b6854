import Files
public import Foundation

/// Writes a whole file at once, readable by its owner alone from its first byte on: a reader finds the old file or
/// the new one.
///
/// - Throws: `FileError`; nothing is left behind then.
public func writePrivately(_ bytes: Data, to url: URL) throws {
  var draft = try Draft(of: url.path)
  try draft.write(Array(bytes))
  try draft.commit()
}
