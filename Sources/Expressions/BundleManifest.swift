public import Imaging
public import Vocabulary

/// What a model bundle says of its network: `manifest.yaml`.
public struct BundleManifest: Codable, Hashable, Sendable {
  public var name: String
  /// SHA-256 of `model.onnx`, in hexadecimal digits.
  public var digest: String
  /// Which of the network's outputs classify; `nil` where it has one alone.
  public var output: OutputNames?
  /// What those outputs' numbers stand for, in their order: the seven names of `Expression`, and any others that the
  /// network tells apart, such as contempt. A face is read as one of the seven: what the others get is left out.
  public var labels: [String]
  public var input: Input
  /// Divides the logits before softmax, so that probabilities are as often right as they say (Guo et al. 2017).
  public var temperature: Double
  public var provenance: Provenance?
  public var accuracy: [Accuracy]?

  /// One output's name, or several, whose probabilities are averaged.
  public struct OutputNames: Codable, Hashable, Sendable, ExpressibleByArrayLiteral {
    public var names: [String]

    public init(arrayLiteral names: String...) { self.names = names }

    public init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      names = try (try? container.decode(String.self)).map { [$0] } ?? container.decode([String].self)
    }

    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(names)
    }
  }

  /// How a chip becomes numbers.
  public struct Input: Codable, Hashable, Sendable {
    /// Side of the square chip in pixels.
    public var side: Int
    /// 1, or 3 where the network wants the gray chip three times.
    public var channels: Int
    /// What black and white become, such as `[0, 1]`.
    public var range: [Double]
    /// The framing of the face: the name of a template of `Faces`.
    public var template: String
    /// Steps before the network, in order, as in a pipeline file.
    public var preprocessing: [PreprocessingStep]

    public init(
      side: Int = 48, channels: Int = 1, range: [Double] = [0, 1], template: String = "fer2013",
      preprocessing: [PreprocessingStep] = []
    ) {
      self.side = side
      self.channels = channels
      self.range = range
      self.template = template
      self.preprocessing = preprocessing
    }
  }

  /// Where the weights come from.
  public struct Provenance: Codable, Hashable, Sendable {
    public var date: String
    /// The recipe's name and the SHA-256 of its text, or the file that was imported.
    public var recipe: String
    public var data: [Source]

    public init(date: String, recipe: String, data: [Source]) {
      self.date = date
      self.recipe = recipe
      self.data = data
    }
  }

  /// A file that was trained on, or a network that was learned from.
  public struct Source: Codable, Hashable, Sendable {
    public var file: String
    public var digest: String

    public init(file: String, digest: String) {
      self.file = file
      self.digest = digest
    }
  }

  /// A measured share of right answers, with its 95 % interval and the command that gave it.
  public struct Accuracy: Codable, Hashable, Sendable {
    public var set: String
    public var value: Double
    public var interval: [Double]
    public var command: String

    public init(set: String, value: Double, interval: [Double], command: String) {
      self.set = set
      self.value = value
      self.interval = interval
      self.command = command
    }
  }

  public init(
    name: String, digest: String = "", output: OutputNames? = nil,
    labels: [String] = Expression.allCases.map(\.name),
    input: Input = Input(),
    temperature: Double = 1, provenance: Provenance? = nil, accuracy: [Accuracy]? = nil
  ) {
    self.name = name
    self.digest = digest
    self.output = output
    self.labels = labels
    self.input = input
    self.temperature = temperature
    self.provenance = provenance
    self.accuracy = accuracy
  }

  /// Keys by section; anything else in a file is a mistake.
  static let keys: [String: Set<String>] = [
    "": ["name", "digest", "output", "labels", "input", "temperature", "provenance", "accuracy"],
    "input": ["side", "channels", "range", "template", "preprocessing"],
    "provenance": ["date", "recipe", "data"],
    "data": ["file", "digest"],
    "accuracy": ["set", "value", "interval", "command"],
  ]

  /// Labels beyond the seven.
  public var otherLabels: [String] { labels.filter { Expression(name: $0) == nil } }

  /// - Throws: `BundleError` naming the first key or value that cannot be right.
  func check(file: String) throws(BundleError) {
    func demand(_ condition: Bool, _ reason: String) throws(BundleError) {
      if !condition { throw BundleError(file: file, reason) }
    }
    let names = Expression.allCases.map(\.name)
    try demand(
      names.allSatisfy(labels.contains) && Set(labels).count == labels.count && !labels.contains(""),
      "labels must be the network's outputs in order, each once, \(names.joined(separator: ", ")) among them, "
        + "not \(labels)")
    let outputs = output?.names
    try demand(
      outputs.map { !$0.isEmpty && Set($0).count == $0.count } ?? true,
      "output must name outputs of the network, each once, not \(outputs ?? [])")
    try demand(8...512 ~= input.side, "input.side must be 8 to 512, not \(input.side)")
    try demand([1, 3].contains(input.channels), "input.channels must be 1 or 3, not \(input.channels)")
    // Chips are cut in this framing alone.
    try demand(input.template == "fer2013", "input.template must be fer2013, not \(input.template)")
    try demand(
      input.range.count == 2 && input.range.allSatisfy { $0.isFinite && abs($0) <= 1000 }
        && input.range[0] != input.range[1],
      "input.range must be what black and white become, such as [0, 1], not \(input.range)")
    try demand(
      temperature.isFinite && 0.01...100 ~= temperature, "temperature must be 0.01 to 100, not \(temperature)"
    )
  }
}
