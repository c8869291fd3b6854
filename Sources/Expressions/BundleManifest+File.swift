import Vocabulary
import Yams

extension BundleManifest {
  /// Reads and checks a manifest.
  ///
  /// - Parameter file: stands in errors.
  /// - Throws: `BundleError`.
  init(yaml: String, file: String) throws(BundleError) {
    do { try checkYAML(yaml) } catch { throw BundleError(file: file, "\(error)") }
    do {
      // Not `Yams.load`, which traps on a key that is no text, such as `? [a]`.
      if let key = try Yams.compose(yaml: yaml).flatMap({ Self.unknownKey(in: $0, section: "") }) {
        throw BundleError(file: file, "has a key \"\(key)\" that is not known; leave it out or correct it")
      }
      self = try YAMLDecoder().decode(BundleManifest.self, from: yaml)
    } catch let error as BundleError {
      throw error
    } catch {
      throw BundleError(file: file, Self.reason(error))
    }
    try check(file: file)
  }

  /// The manifest as YAML that a person can read; the same manifest gives the same text. (Yams writes numbers
  /// as powers of ten, `7.2e-1`, so the text is ours.)
  func yaml() -> String {
    var lines = [
      "name: \(yamlQuoted(name))", "digest: \(digest)",
      output.map { "output: [\($0.names.map(yamlQuoted).joined(separator: ", "))]" },
      "labels: [\(labels.map(Self.plain).joined(separator: ", "))]", "input:",
      "  side: \(input.side)", "  channels: \(input.channels)", "  range: \(input.range)",
      "  template: \(yamlQuoted(input.template))",
      "  preprocessing: [\(input.preprocessing.map { yamlQuoted($0.description) }.joined(separator: ", "))]",
      "temperature: \(temperature)",
    ].compactMap(\.self)
    if let provenance {
      lines += [
        "provenance:", "  date: \(yamlQuoted(provenance.date))",
        "  recipe: \(yamlQuoted(provenance.recipe))",
        provenance.data.isEmpty ? "  data: []" : "  data:",
      ]
      for source in provenance.data {
        lines += ["    - file: \(yamlQuoted(source.file))", "      digest: \(yamlQuoted(source.digest))"]
      }
    }
    if let accuracy {
      lines.append(accuracy.isEmpty ? "accuracy: []" : "accuracy:")
      for entry in accuracy {
        lines += [
          "  - set: \(yamlQuoted(entry.set))", "    value: \(entry.value)",
          "    interval: \(entry.interval)",
          "    command: \(yamlQuoted(entry.command))",
        ]
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Quoted, unless it is one plain word.
  private static func plain(_ text: String) -> String {
    Expression(name: text) == nil ? yamlQuoted(text) : text
  }

  private static func unknownKey(in value: Node, section: String) -> String? {
    if case .sequence(let list) = value {
      return list.lazy.compactMap { unknownKey(in: $0, section: section) }.first
    }
    guard case .mapping(let mapping) = value, let known = keys[section] else { return nil }
    for (key, inner) in mapping {
      let name = key.string ?? "that is no text"
      guard known.contains(name) else { return section.isEmpty ? name : "\(section).\(name)" }
      if let unknown = unknownKey(in: inner, section: name) { return unknown }
    }
    return nil
  }

  private static func reason(_ error: any Error) -> String {
    func path(_ context: DecodingError.Context) -> String {
      context.codingPath.map(\.stringValue).joined(separator: ".")
    }
    return switch error {
    case DecodingError.keyNotFound(let key, let context):
      "lacks \(path(context).isEmpty ? "" : path(context) + ".")\(key.stringValue)"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      path(context).isEmpty ? "is not a list of keys and values" : "\(path(context)) is of the wrong kind"
    case DecodingError.dataCorrupted(let context) where !path(context).isEmpty:
      "\(path(context)): \(context.debugDescription)"
    default: "is not YAML that can be read (\(firstLine(of: error)))"
    }
  }

  private static func firstLine(of error: any Error) -> String {
    "\(error)".split(separator: "\n").first.map(String.init) ?? ""
  }
}
