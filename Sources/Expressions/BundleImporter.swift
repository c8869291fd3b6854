public import Foundation
import Networks
public import Vocabulary

/// Makes a bundle of an ONNX file from elsewhere: Keras or PyTorch, channels first or last, its labels in its
/// own order.
public struct BundleImporter {
  /// The network's outputs in their order; names are those of `Expression` or usual ones such as `anger`. Others, such
  /// as contempt, are left out of what is read.
  public var labels: [String]
  /// What black and white become.
  public var range: [Double]
  public var date: Date
  /// Which of several outputs is read.
  public var output: String?

  public init(
    labels: [String] = Expression.allCases.map(\.name), range: [Double] = [0, 1], date: Date = Date(),
    output: String? = nil
  ) {
    self.labels = labels
    self.range = range
    self.date = date
    self.output = output
  }

  /// - Throws: `GraphError` with the operator that is not supported, `BundleError` where the network is not
  ///   one of gray faces and seven expressions.
  public func bundle(from file: URL, named name: String, to folder: URL) throws -> ModelBundle {
    let bytes = try ONNXReader.bytes(contentsOf: file)
    let graph = try ONNXReader.read(bytes, named: file.path)
    let (side, channels) = try chip(of: graph, file: file.path)
    guard output.map(graph.outputs.contains) ?? (graph.outputs.count == 1) else {
      throw BundleError(
        file: file.path,
        "has the outputs \(graph.outputs.joined(separator: ", ")); name one of them with --output-name")
    }
    var manifest = BundleManifest(
      name: name, labels: try expressions(file: file.path),
      input: BundleManifest.Input(side: side, channels: channels, range: range))
    manifest.output = output.map { [$0] }
    manifest.provenance = BundleManifest.Provenance(
      date: date.formatted(.iso8601.year().month().day()), recipe: "imported from \(file.lastPathComponent)",
      data: [])
    return try ModelBundle.write(
      model: bytes, manifest: manifest, card: card(manifest, file.lastPathComponent), to: folder)
  }

  /// Side and channels of the chips that a network takes; FER2013's where it leaves them open.
  private func chip(of graph: Graph, file: String) throws -> (side: Int, channels: Int) {
    guard let shape = graph.inputs.first?.shape, shape.count == 4 else {
      throw BundleError(
        file: file, "must take pictures [batch, channels, height, width] or with the channels last")
    }
    let counts: [Int?] = [1, 3]
    let channelsLast = counts.contains(shape[3]) && !counts.contains(shape[1])
    let (channels, height, width) =
      channelsLast ? (shape[3], shape[1], shape[2]) : (shape[1], shape[2], shape[3])
    let side = height ?? width ?? 48
    guard (width ?? side) == side, counts.contains(channels ?? 1) else {
      throw BundleError(
        file: file, "must take square chips of 1 or 3 channels; it takes \(shape.map { $0 ?? -1 })")
    }
    return (side, channels ?? 1)
  }

  /// The labels by our names for the seven; others stay as they are.
  private func expressions(file: String) throws -> [String] {
    let named = labels.map { label in
      Expression(word: label)?.name ?? label.lowercased().filter { $0 != " " }
    }
    let missing = Expression.allCases.map(\.name).filter { !named.contains($0) }
    guard missing.isEmpty else {
      throw BundleError(
        file: file,
        "needs outputs for \(missing.joined(separator: ", ")), which the labels \(labels.joined(separator: ", ")) do not name; "
          + "name the network's outputs in order with --labels")
    }
    return named
  }

  private func card(_ manifest: BundleManifest, _ file: String) -> String {
    let others = manifest.otherLabels.joined(separator: ", ")
    let leftOut =
      others.isEmpty
      ? ""
      : " Beyond the seven expressions it tells \(others): left out, so that a face is read as one of the seven."
    return """
      # \(manifest.name)

      Imported from `\(file)`. What it was trained on, under which licence, and how right it is are not known here:
      write them down, and measure it with `afterclass evaluate` before it is used.\(leftOut)

      **Intended use.** Reading the displayed expression of faces in recordings of consenting people, summed over
      groups and time.

      **Not for** judging what a person feels, for decisions about a person, or where the law forbids it.

      """
  }
}
