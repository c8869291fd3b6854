import Engagement

/// How far the figures can be trusted, and why.
struct Trust {
  enum Grade: String {
    case good = "Largely"
    case fair = "With care"
    case low = "Hardly"
  }

  let grade: Grade
  /// Whether the level means the same as in other lectures: everybody's usual face was known.
  let isLevelComparable: Bool
  /// Ends the page's first paragraph.
  let clause: String
  /// How well the class was seen, then how well expressions are read: two different things.
  let paragraphs: [String]

  /// - Parameter accuracy: how often the network that read the expressions is right.
  init(_ summary: Summary, accuracy: Double? = nil) {
    let coverage = summary.coverage
    let found = coverage.faceFound ?? 0
    let enough = coverage.enoughPeople ?? 0
    let unclear = coverage.uncertain ?? 0
    // Those behind a camera that is off are the class too.
    let cameras = coverage.cameraOn ?? 1
    let people = coverage.participantsSeen
    let isBrief = summary.isBrief
    let lost = coverage.missingSeconds / max(1, coverage.seconds)
    let looked = coverage.countedSeconds / max(1, coverage.seconds)
    let hasExpressions = summary.hasExpressions
    isLevelComparable =
      !hasExpressions || summary.settings.baseline != .own
      || Double(coverage.baselines) >= 0.8 * Double(people)
    grade =
      people < 3 || found < 0.5 || enough < 0.5 || unclear > 0.6 || cameras < 0.25
      ? .low
      : people < 6 || found < 0.8 || enough < 0.8 || unclear > 0.35 || cameras < 0.7 || isBrief
        || lost > 0.1 || looked < 0.25 || !isLevelComparable
        ? .fair : .good
    clause =
      switch grade {
      case .good: "Faces were seen well: trust the trend, not single moments."
      case .fair: "Read the figures with care."
      case .low: "The figures rest on too little to say more."
      }
    let reasons = [
      people < 6 ? "only \(Texts.count(people, "person", "people")) showed a face" : nil,
      cameras < 0.7
        ? "cameras were off for \(percent(1 - cameras)) of the time, and nothing is known of those behind them"
        : nil,
      coverage.excludedSeconds > 0
        ? "\(Texts.span(coverage.excludedSeconds)) showed a speaker, a screen or no grid and are left out"
        : nil,
      coverage.missingSamples > 0
        ? "\(Texts.count(coverage.missingSamples, "sample", "samples")) (\(percent(lost)) of the recording) could not be read"
        : nil,
      enough < 0.8 ? "enough people could be read only \(percent(enough)) of the time" : nil,
      isBrief ? "the class was looked at for only \(Texts.span(coverage.countedSeconds))" : nil,
      isLevelComparable ? nil : Texts.usualFaces(coverage),
    ].compactMap { $0 }
    paragraphs = [
      reasons.isEmpty ? "" : reasons.joined(separator: "; ").capitalizedFirst + ".",
      hasExpressions ? Texts.misread(accuracy) : "",
    ]
  }
}

/// What became of the time that people were on screen, as shares that sum to one.
struct CoverageBar {
  let parts: [(share: Double, name: String, paint: Paint)]
  /// Of the faces, as everywhere on the page.
  let uncertain: Double?

  init(_ coverage: Coverage) {
    uncertain = coverage.uncertain
    guard let on = coverage.cameraOn else {
      parts = []
      return
    }
    let seen = on * (coverage.faceFound ?? 0)
    parts = [
      (seen, Texts.name(.face), Palette.face), (on - seen, Texts.noFace, Palette.noFace),
      (1 - on, Texts.cameraOff, Palette.cameraOff),
    ].filter { $0.share >= 0.0005 }
  }

  func html() -> String {
    guard !parts.isEmpty else { return "" }
    var left = 0.0
    let boxes = parts.map { part in
      defer { left += part.share * 100 }
      return
        "<rect x=\"\(number1(left))\" width=\"\(number1(part.share * 100))\" height=\"6\" fill=\"\(part.paint)\"/>"
    }
    let key = zip(parts, wholePercents(parts.map(\.share))).map {
      "<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect width=\"10\" height=\"10\" fill=\"\($0.paint)\"/></svg>\($1) % \(escaped($0.name))</li>"
    }
    return """
      <svg class="coverage" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">\(boxes.joined())</svg>\
      <ul class="key">\(key.joined())</ul><p>\(escaped(Texts.ofTheTime + (uncertain.map(Texts.uncertainFaces) ?? "")))</p>
      """
  }
}

/// Shares that sum to one as whole percents that sum to 100: those that lose most by rounding down are rounded up.
func wholePercents(_ shares: [Double]) -> [Int] {
  var whole = shares.map { Int(($0 * 100).rounded(.down)) }
  let lost = shares.indices.sorted {
    shares[$0] * 100 - Double(whole[$0]) > shares[$1] * 100 - Double(whole[$1])
  }
  for index in lost.prefix(max(0, 100 - whole.reduce(0, +))) { whole[index] += 1 }
  return whole
}
