import Foundation
import Testing
import Vocabulary

@testable import Pipeline

@Suite struct DefinitionTests {
  let folder = TemporaryFolder()

  private func mistakes(_ yaml: String) throws -> [String] {
    let file = try folder.file("class.yaml", yaml)
    do {
      _ = try ResolvedDefinition(file: file)
      return []
    } catch let error as DefinitionError {
      return error.description.split(separator: "\n").map {
        $0.replacingOccurrences(of: file.path, with: "class.yaml")
      }
    }
  }

  @Test func tellsWhereEachValueCameFrom() throws {
    let file = try folder.file("class.yaml", "setting: eu-education\nsample:\n  every: 2s\n")
    let resolved = try ResolvedDefinition(file: file, overrides: [("sample.from", "00:01:30")])
    #expect(resolved.definition.sample.every == .time(Timestamp(2)))
    #expect(resolved.definition.sample.from == Span(Timestamp(90)))
    #expect(resolved.origin(of: "setting") == .file("class.yaml", line: 1))
    #expect(resolved.origin(of: "sample.every") == .file("class.yaml", line: 3))
    #expect(resolved.origin(of: "sample.from") == .commandLine)
    #expect(resolved.origin(of: "summarise.window") == .standard)
  }

  @Test func renderingAgainTakesBackWhatDecidedMeasuredValues() throws {
    let measured = try ResolvedDefinition(file: nil, overrides: [("sample.every", "2s")]).definition
    var resolved = try ResolvedDefinition(
      file: nil, overrides: [("sample.every", "5s"), ("classify.bundle", "none"), ("summarise.window", "30")])
    #expect(
      resolved.keep(measured: measured.measuringText + "software: Afterclass 0\n") == [
        .init(key: "sample.every", measured: "2s", asked: "5s", origin: .commandLine)
      ])
    #expect(resolved.definition.sample.every == .time(Timestamp(2)))
    #expect(resolved.definition.summarise.window == 30)
    #expect(resolved.definition.classify.bundle == nil)
    #expect(resolved.keep(measured: measured.measuringText).isEmpty)
    var other = try ResolvedDefinition(file: nil, overrides: [("classify.bundle", "geometric")])
    #expect(other.keep(measured: measured.measuringText).map(\.key) == ["sample.every", "classify.bundle"])
  }

  /// Without the refusal this one is walked for hours: each line stands for the one before it nine times.
  @Test func aliasesOfAliasesAreRefusedAtOnce() throws {
    let lines = (1...12).map {
      "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ", "))]"
    }
    let text = "a0: &a0 [x]\n" + lines.joined(separator: "\n") + "\n? *a12\n: 1\n"
    #expect(
      try mistakes(text) == ["class.yaml: repeats a part of itself by an alias; write that part out"])
  }

  @Test func listsAllMistakesAtOnceWithLineAndNearestKey() throws {
    let found = try mistakes(
      """
      setting: eu-educaton
      sampel:
        every: 1s
      sample:
        evry: 2s
      summarise:
        window: soon
        weights:
          valence: 3
      """)
    #expect(
      found == [
        "class.yaml:1: setting wants eu-education, research-consented, elsewhere-consented or unspecified, not 'eu-educaton'",
        "class.yaml:2: unknown key sampel; did you mean sample?",
        "class.yaml:5: unknown key sample.evry; did you mean sample.every?",
        "class.yaml:7: summarise.window wants a number from 1 to 3600, not 'soon'",
        "class.yaml:9: summarise.weights.valence wants a number from 0 to 1, not '3'",
      ])
  }

  @Test(arguments: [
    ("sample: [1, 2]", "class.yaml:1: sample wants a list of `key: value` lines"),
    ("- a\n- b", "class.yaml:1: the file wants a list of `key: value` lines"),
    ("sample:\n  every: {a: b}", "class.yaml:2: sample.every wants a single value"),
    ("sample:\n  to: 10s\n  from: 20s", "class.yaml:2: sample.to must come after sample.from"),
    ("detect:\n  detector: yunet", "class.yaml:2: detect.detector yunet wants detect.model, an ONNX file"),
    (
      "summarise:\n  attention:\n    eyes-closed: 0.9",
      "class.yaml:3: summarise.attention.eyes-closed must be less than eyes-open"
    ),
    (
      "summarise:\n  attention:\n    eyes-closed: 0.3\n    eyes-open: 0.2",
      "class.yaml:4: summarise.attention.eyes-closed must be less than eyes-open"
    ),
    (
      "summarise:\n  attention:\n    yaw-full: 80",
      "class.yaml:3: summarise.attention.yaw-full must be less than yaw-none"
    ),
    (
      "summarise:\n  attention:\n    pitch-none: 1",
      "class.yaml:3: summarise.attention.pitch-full must be less than pitch-none"
    ),
  ])
  func refusesWhatHasTheWrongForm(yaml: String, complaint: String) throws {
    #expect(try mistakes(yaml) == [complaint])
  }

  @Test(arguments: ["a: b: c", "sample: [", "\tsample: 1", "setting: a\nsetting: b"])
  func saysWhereAFileIsNotYAML(yaml: String) throws {
    let found = try mistakes(yaml)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("class.yaml:") == true)
    #expect(found.first?.contains("not YAML") == true)
  }

  @Test func aFileLargerThanAnyPipelineIsRefused() throws {
    let found = try mistakes("#" + String(repeating: " ", count: 1 << 20))
    #expect(found.count == 1 && found.first?.contains("larger than 1 MiB") == true)
  }

  @Test func anEmptyFileIsAllDefaults() throws {
    for yaml in ["", "# nothing\n", "sample:\n"] {
      let file = try folder.file("class.yaml", yaml)
      #expect(try ResolvedDefinition(file: file).definition == Definition())
    }
  }

  @Test func aListingReadsBackToTheSameDefinition() throws {
    let overrides = [
      ("sample.every", "keyframe"), ("summarise.window", "7.5"), ("preprocess", "denoise:12 clahe:2,4"),
      ("classify.bundle", "none"), ("report.retain", "180d"), ("sample.to", "01:00:00.5"),
    ].map { (key: $0.0, value: $0.1) }
    let resolved = try ResolvedDefinition(file: nil, overrides: overrides)
    let file = try folder.file("again.yaml", resolved.listing(origins: true))
    #expect(try ResolvedDefinition(file: file).definition == resolved.definition)
  }

  @Test func aListingTellsWhatAKeyMayBe() throws {
    let lines = try ResolvedDefinition(file: nil).listing(origins: false).split(separator: "\n")
    let ends = [
      "detect.detector": "(own, yunet or cascade)", "summarise.window": "(1 to 3600)",
      "preprocess":
        "(steps separated by blanks (equalise; clahe:clip,tiles; gamma:exponent; denoise:levels; blur:pixels), or none)",
    ]
    for (key, end) in ends { #expect(lines.contains { $0.hasPrefix("\(key):") && $0.hasSuffix(end) }) }
  }

  @Test func onlyMeasuringKeysChangeTheMeasuringText() throws {
    let standard = Definition()
    let window = try ResolvedDefinition(file: nil, overrides: [("summarise.window", "20")]).definition
    let interval = try ResolvedDefinition(file: nil, overrides: [("sample.every", "2s")]).definition
    #expect(window.measuringText == standard.measuringText)
    #expect(window.summarisingText != standard.summarisingText)
    #expect(interval.measuringText != standard.measuringText)
    #expect(interval.summarisingText == standard.summarisingText)
  }

  @Test(arguments: ["gallery", "classroom", "observable-only"])
  func shippedPipelinesAreRight(name: String) throws {
    let file = try #require(Installation(executable: nil).pipeline(name))
    _ = try ResolvedDefinition(file: file)
  }

  @Test func euEducationRefusesExpressionsAndSaysWhy() throws {
    var definition = Definition()
    definition.setting = .euEducation
    let refusal = try #require(throws: PolicyRefusal.self) { try definition.enforcePolicy() }
    #expect(refusal.description.contains("2024/1689"))
    #expect(refusal.description.contains("observable-only"))
    definition.classify.bundle = nil
    #expect(throws: Never.self) { try definition.enforcePolicy() }
  }
}
