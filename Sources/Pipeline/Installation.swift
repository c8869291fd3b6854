public import Foundation

/// What ships with the program: `Pipelines/*.yaml` and the networks in `Pipelines/Models`.
public struct Installation: Sendable {
  public static let version = "0.1.0"
  public static let software = "Afterclass \(version)"

  /// The folder `Pipelines`; `nil` where none was found.
  public let pipelines: URL?
  /// The working directory, where from any other one the folder would not be found, or another one.
  public let neededDirectory: URL?

  /// Looks in the working directory, beside and above the executable, and in share/afterclass there.
  public init(executable: URL? = Bundle.main.executableURL) {
    var places = [URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true)]
    var place = executable?.resolvingSymlinksInPath().deletingLastPathComponent()
    while let folder = place, folder.path != "/" {
      places += [folder, folder.appendingPathComponent("share/afterclass")]
      place = folder.deletingLastPathComponent()
    }
    func first(in places: some Sequence<URL>) -> URL? {
      places.map { $0.appendingPathComponent("Pipelines", isDirectory: true) }.first {
        FileManager.default.fileExists(atPath: $0.appendingPathComponent("gallery.yaml").path)
      }
    }
    let elsewhere = first(in: places.dropFirst())?.resolvingSymlinksInPath().path
    pipelines = first(in: places)
    neededDirectory = pipelines?.resolvingSymlinksInPath().path == elsewhere ? nil : places.first
  }

  /// A pipeline file by its path, or by its name among those that ship (`observable-only`); the default one
  /// for `nil`.
  public func pipeline(_ name: String?) -> URL? {
    guard let name else { return pipelines?.appendingPathComponent("gallery.yaml") }
    return ships(name) ? pipelines?.appendingPathComponent(name + ".yaml") : URL(fileURLWithPath: name)
  }

  /// Whether this is the name of a pipeline that ships.
  public func ships(_ name: String) -> Bool {
    guard !name.contains("/"), let pipelines else { return false }
    return FileManager.default.fileExists(atPath: pipelines.appendingPathComponent(name + ".yaml").path)
  }

  /// A training's recipe by its path, or by its name among those that ship (`seed`).
  ///
  /// - Throws: `DefinitionError` with the names that there are.
  public func recipe(_ name: String) throws -> URL {
    guard !name.hasSuffix(".yaml"), !name.contains("/") else { return URL(fileURLWithPath: name) }
    let folder = pipelines?.appendingPathComponent("Recipes", isDirectory: true)
    let ships = names(in: folder)
    guard let folder, ships.contains(name) else {
      let hint = nearest(to: name, among: ships).map { "; did you mean \($0)?" } ?? ""
      throw DefinitionError(
        file: name,
        mistakes: [
          Mistake(
            line: nil, message: "no such recipe; those that ship: \(ships.joined(separator: ", "))\(hint)")
        ])
    }
    return folder.appendingPathComponent(name + ".yaml")
  }

  /// Names of the pipeline files that ship, sorted.
  var shippedPipelines: [String] { names(in: pipelines) }

  private func names(in folder: URL?) -> [String] {
    let names = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0.path) } ?? []
    return names.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }

  /// The folder of a bundle, given by its path or by its name among those that ship.
  public func model(_ name: String) -> URL {
    if !name.contains("/"), let pipelines {
      return pipelines.appendingPathComponent("Models").appendingPathComponent(name, isDirectory: true)
    }
    return URL(fileURLWithPath: name, isDirectory: true)
  }
}
