import Digests
import Expressions
import Faces
import Foundation
import Gallery
import Imaging
import Labels
import Networks
import Pipeline
import Vocabulary

/// Puts concrete stages behind the pipeline's seams: the only place that names them.
struct Composition {
  let definition: Definition
  var installation = Installation()

  init(_ definition: Definition) { self.definition = definition }

  /// Loads every network once; workers then make their stages from what was loaded.
  ///
  /// - Throws: `ModelError` with the file and the remedy.
  func stageSet() throws -> StageSet {
    let (detector, detectorModel) = try detector()
    let (landmarks, landmarkModel) = try landmarks()
    let reading = try reading()
    let findsTiles = definition.layout.tiles
    let readsNames = findsTiles && definition.layout.names
    if readsNames { _ = try labels() }
    let (classifies, side) = (reading != nil, reading?.side ?? 48)
    let steps = definition.preprocess
    return StageSet(
      models: [detectorModel, landmarkModel] + (reading.map { [$0.model] } ?? []),
      personReading: reading?.ofPerson,
      make: {
        Stages(
          layout: findsTiles
            ? GalleryLayout(labels: readsNames ? try LabelReader() : nil) : SceneLayout(),
          detector: try detector(),
          reader: RegisteringReader(
            network: try LandmarkNetwork(landmarks), classifies: classifies, side: side, steps: steps),
          classifier: try reading?.make())
      })
  }

  /// Everything that keeps the definition from being run here: what the setting forbids, and each network.
  func faults() -> [any Error] {
    let trials: [() throws -> Void] = [
      { try definition.enforcePolicy() }, { _ = try detector() }, { _ = try landmarks() },
      { _ = try reading() },
      { if definition.layout.tiles, definition.layout.names { _ = try labels() } },
    ]
    return trials.compactMap { trial in
      do {
        try trial()
        return nil
      } catch { return error }
    }
  }

  private typealias MakeDetector = @Sendable () throws -> any FaceDetector

  private func detector() throws -> (MakeDetector, RunRecord.Model) {
    let settings = definition.detect
    switch settings.detector {
    case .cascade:
      let make: MakeDetector = {
        try CascadeDetector(smallest: settings.minimumHeight, longSide: settings.longSide)
      }
      let card = "OpenCV's frontal cascade: upright, frontal faces only."
      let name = try naming("OpenCV's cascades") { try make().name }
      return (
        make, RunRecord.Model(role: "detector", name: name, digest: CascadeDetector.debianFolder, card: card)
      )
    case .own:
      return try networkDetector(
        model("detector").appendingPathComponent(ModelBundle.modelFile), name: "own")
    case .yunet:
      return try networkDetector(URL(fileURLWithPath: settings.model ?? ""), name: "yunet")
    }
  }

  private func networkDetector(_ file: URL, name: String) throws -> (MakeDetector, RunRecord.Model) {
    let settings = definition.detect
    let threshold = Float(settings.minimumScore ?? (settings.detector == .yunet ? 0.6 : 0.5))
    let (graph, digest) = try network(file)
    let make: MakeDetector = {
      try NetworkDetector(graph, name: name, threshold: threshold, longSide: settings.longSide)
    }
    _ = try naming(file.path, make)
    let card = "Convolutional face detector; faces that score below \(threshold) are dropped."
    return (make, RunRecord.Model(role: "detector", name: name, digest: digest, card: card))
  }

  private func labels() throws -> LabelReader {
    do { return try LabelReader() } catch { throw ModelError(error.description) }
  }

  private func landmarks() throws -> (Graph, RunRecord.Model) {
    let file = try model("landmarks").appendingPathComponent(ModelBundle.modelFile)
    let (graph, digest) = try network(file)
    _ = try naming(file.path) { try LandmarkNetwork(graph) }
    return (
      graph,
      RunRecord.Model(
        role: "landmarks", name: "own", digest: digest, card: "68 points of each face that is found.")
    )
  }

  private func network(_ file: URL) throws -> (Graph, digest: String) {
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw ModelError(
        "\(file.path): there is no such file; name another detector or model in the pipeline file")
    }
    return try naming(file.path) {
      let bytes = try ONNXReader.bytes(contentsOf: file)
      return (try ONNXReader.read(bytes, named: file.path), ContentDigest.of(bytes))
    }
  }

  /// What reads expressions: how to make it, what it is, and the side of the chips that it takes.
  private struct Reading: Sendable {
    var side: Int
    var model: RunRecord.Model
    var ofPerson: StageSet.PersonReading?
    var make: @Sendable () throws -> any ExpressionClassifier
  }

  /// What reads expressions; `nil` where the definition asks for none.
  private func reading() throws -> Reading? {
    guard let name = definition.classify.bundle else { return nil }
    let folder = try model(name)
    guard FileManager.default.fileExists(atPath: folder.path) else {
      throw ModelError(
        "\(folder.path): there is no such network; name another one as classify.bundle, or none for a report "
          + "without expressions")
    }
    return try naming(folder.path) {
      if GeometricBundle.isAt(folder) {
        let bundle = try GeometricBundle(contentsOf: folder)
        let classifier = try bundle.classifier()
        let digest = ContentDigest.of(
          try Data(contentsOf: folder.appendingPathComponent(GeometricBundle.file)))
        let model = RunRecord.Model(
          bundle.name, digest: digest, provenance: bundle.provenance, accuracy: bundle.accuracy)
        return Reading(side: 48, model: model, ofPerson: classifier.classify(person:)) {
          classifier
        }
      }
      let bundle = try ModelBundle(contentsOf: folder)
      try bundle.checkRuns()
      let manifest = bundle.manifest
      let model = RunRecord.Model(
        manifest.name, digest: manifest.digest, provenance: manifest.provenance,
        accuracy: manifest.accuracy ?? [])
      return Reading(side: manifest.input.side, model: model) { try NetworkClassifier(bundle) }
    }
  }

  private func model(_ name: String) throws -> URL {
    if installation.pipelines == nil, !name.contains("/") {
      throw ModelError(
        "the folder Pipelines was found neither here nor beside the program; put it beside the program, its "
          + "networks are in it")
    }
    return installation.model(name)
  }

  /// Any error as one of a model, with the file in front.
  private func naming<Value>(_ file: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch {
      let reason = String(describing: error)
      throw ModelError(reason.hasPrefix(file) ? reason : "\(file): \(reason)")
    }
  }
}

extension RunRecord.Model {
  /// Of a network that reads expressions.
  fileprivate init(
    _ name: String, digest: String, provenance: BundleManifest.Provenance?,
    accuracy: [BundleManifest.Accuracy]
  ) {
    let figures = accuracy.map { measured in
      let interval = measured.interval.map { String(format: "%.3f", $0) }.joined(separator: " to ")
      return "\(measured.set) \(String(format: "%.3f", measured.value)) (\(interval))"
    }
    let data = provenance.map { "trained on \($0.data.map(\.file).joined(separator: ", "))" }
    let sentences = [figures.isEmpty ? nil : "accuracy: " + figures.joined(separator: "; "), data]
    self.init(
      role: "expressions", name: name, digest: digest,
      card: sentences.compactMap { $0 }.joined(separator: ". "), accuracy: accuracy.map(\.value).min())
  }
}
