import Engagement
import Vocabulary

/// The report's notes: what every figure means and what it cannot tell.
struct Notes {
  let summary: Summary
  let run: RunDescription

  func html() -> String {
    """
    <h3>What is measured</h3>
    <dl>\(definitions.map(definition).joined())</dl>
    <h3>Limits</h3>
    <ul>\(limits.map { "<li>\(escaped($0))</li>" }.joined())</ul>
    <h3>What was left out</h3>
    <ul>\(leftOut.map { "<li>\(escaped($0))</li>" }.joined())</ul>
    \(models)
    <h3 class="screen">Settings</h3>
    <table class="screen"><caption>Values this report was made with</caption><tbody>\(rows)</tbody></table>
    <p class="paper"><b>Settings.</b> \(settings.map { escaped("\($0.0): \($0.1)") }.joined(separator: " · "))</p>
    """
  }

  /// On paper there is room for what the charts cannot be read without.
  private func definition(_ term: String, _ meaning: String) -> String {
    let isPrinted = ["Displayed engagement", "Uncertain", "Band"].contains(term)
    let kind = isPrinted ? "" : " class=\"screen\""
    return "<dt\(kind)>\(escaped(term))</dt><dd\(kind)>\(escaped(meaning))</dd>"
  }

  private var weights: EngagementWeights { summary.settings.weights }

  private var definitions: [(String, String)] {
    let settings = summary.settings
    let attention = settings.attention
    let group =
      settings.aggregateOnly
      ? "at least \(max(settings.minimumGroup, SummarySettings.smallestGroup)) people"
      : "at least \(settings.minimumGroup) people (or everybody, if fewer)"
    let total = max(1e-9, weights.attention + weights.expressivity + weights.valence)
    var list = [
      (
        "Attention proxy",
        "face there × facing the camera × eyes open, 0 to 100. Facing falls from 1 at \(short(attention.yawFull))° of yaw to 0 at \(short(attention.yawNone))°, and from \(short(attention.pitchFull))° to \(short(attention.pitchNone))° of pitch. Eyes count as open from \(percent(attention.eyesOpen)) of the person's own median opening and as closed below \(percent(attention.eyesClosed)). A camera that is off is not counted as inattention."
      ),
      (
        "Class values",
        "each person's mean over a window of \(short(settings.window)) s, then the mean over people, so that each counts once; only where \(group) show a face."
      ),
      (
        "Band",
        "the middle 95 % of \(settings.bootstrapResamples) means over people drawn again with replacement (bootstrap, seed \(settings.bootstrapSeed)). It shows how much the curve depends on who is in the class, not errors of the networks."
      ),
      (
        "Dips and peaks",
        "at least \(short(settings.events.minimumDuration)) s further from the class median than \(short(settings.events.deviations)) robust standard deviations (1.4826 × median absolute deviation) and than \(points(settings.events.minimumEffect)) points. The people who took part in it moved as far from their own median."
      ),
    ]
    guard !settings.observableOnly else { return list }
    list += [
      (
        "Valence",
        "probability of happy minus those of angry, disgust, fear and sad, −100 to 100; surprise counts neither way."
      ),
      ("Expressivity", "one minus the probability of neutral, 0 to 100."),
      (
        "Displayed engagement",
        "\(fixed(weights.attention / total, decimals: 2)) × attention + \(fixed(weights.expressivity / total, decimals: 2)) × expressivity + \(fixed(weights.valence / total, decimals: 2)) × (valence + 1) / 2. Any expression counts, also a troubled one: with everybody facing the camera, a class in which all look neutral reads \(points((weights.attention + weights.valence / 2) / total)), all happy \(points(1)), all sad or angry \(points((weights.attention + weights.expressivity) / total)) (before usual faces are taken off). Look at valence beside it. A composite of this tool, not a validated scale; its parts are in class.csv."
      ),
      (
        "Usual face",
        settings.baseline == .own
          ? "expressivity and valence count what exceeds a person's own median expression, so that a stern face is not read as an angry one (nor a steady smile as a happy one); known for \(summary.coverage.baselines) of \(summary.coverage.participants) participants (at least 60 readable faces are needed)."
          : "expressions are taken as they were measured, without comparing them with each person's usual ones."
      ),
      (
        "Confusion-like",
        "at least \(settings.events.confusedPeople) people and \(percent(settings.events.confusedShare)) of those whose face can be read, above the share that is usual in this class, whose negative expressions rise \(points(settings.events.confusionEffect)) points above their usual level at once. Effort and poor light look alike."
      ),
      (
        "Uncertain",
        "a face whose first expression leads the second by less than \(points(settings.minimumMargin)) points, or whose quality (size × sharpness × exposure × completeness) is below \(points(settings.minimumQuality)). Uncertain faces are shown as such and lead no expression."
      ),
    ]
    return list
  }

  private var limits: [String] {
    let guessed =
      summary.settings.observableOnly
      ? []
      : [
        "Expressions are guessed from faces by a network that is often wrong, and more often for people who are rare in its training data. Read trends of many people, never a single moment of one.",
        "The column concentration of the tables has the form of Sharma et al. (2019), with weights from secondary sources: for comparison with other studies, and not shown here.",
      ]
    return guessed + [
      "Facing the camera is not paying attention: a second screen, notes on paper and thinking look like turning away.",
      summary.coverage.poseKnown ?? 0 < 0.5
        ? "Head pose was measured for \(percent(summary.coverage.poseKnown)) of faces; without it a face counts as facing the camera."
        : "Head pose was measured for \(percent(summary.coverage.poseKnown)) of faces.",
      "People are followed by tile, background, clothing and label, never by their face; two who swap identical surroundings may be mixed up. The command participants corrects that.",
    ]
  }

  private var leftOut: [String] {
    let coverage = summary.coverage
    var list: [String] = []
    if coverage.excludedSeconds > 0 {
      let stretches = summary.viewsLeftOut
      let named = stretches.prefix(6).map { "\(clock($0.start))–\(clock($0.end)) (\($0.view.rawValue))" }
      let more = stretches.count > 6 ? ", and \(stretches.count - 6) more" : ""
      list.append(
        "\(Texts.span(coverage.excludedSeconds)) that show one speaker, a shared screen or no grid: \(named.joined(separator: ", "))\(more)."
      )
    }
    if coverage.missingSamples > 0 {
      list.append(
        "\(coverage.missingSamples) of \(coverage.missingSamples + coverage.samples) samples that could not be decoded."
      )
    }
    if summary.settings.aggregateOnly {
      list.append(
        "Everything about single participants, and every value of fewer than \(SummarySettings.smallestGroup) people (report.aggregate-only)."
      )
    }
    if !summary.settings.aggregateOnly { list += [unplacedChat, facesOfNobody].compactMap { $0 } }
    list += run.skipped
    return list.isEmpty ? ["Nothing."] : list
  }

  private var unplacedChat: String? {
    // Where the beginning is lost this is later than the end: rather silent than wrong.
    let end = (summary.samples.first?.time.seconds ?? 0) + summary.coverage.seconds
    let later = summary.cues.count { $0.source == .chat && $0.start >= end }
    let parts = [(summary.earlierChat, "before the recording begins"), (later, "after it ends")]
      .filter { $0.0 > 0 }.map { "\(Texts.count($0.0, "chat line", "chat lines")) from \($0.1)" }
    return parts.isEmpty ? nil : "\(parts.joined(separator: ", "))."
  }

  /// Faces in views that are left out as a whole are no news.
  private var facesOfNobody: String? {
    let faces = zip(summary.samples, summary.identities).filter(\.0.counted).flatMap(\.1)
    let nobody = faces.count { $0.participant == nil }
    guard nobody > 0 else { return nil }
    return
      "\(nobody) of \(faces.count) faces that belong to nobody: a second face in a tile, such as a picture on the wall, or one outside every tile."
  }

  private var models: String {
    guard !run.models.isEmpty else { return "" }
    let list = run.models.map { "<dt>\(escaped($0.name))</dt><dd>\(escaped($0.card))</dd>" }
    return "<h3 class=\"screen\">Networks</h3><dl class=\"screen\">\(list.joined())</dl>"
  }

  private var rows: String {
    settings.map { "<tr><th scope=\"row\">\(escaped($0.0))</th><td>\(escaped($0.1))</td></tr>" }.joined()
  }

  private var settings: [(String, String)] {
    let coverage = summary.coverage
    var rows = [
      ("recording", run.recording), ("made by", run.software), ("pipeline", run.pipeline),
      (
        "sampling",
        "every \(short(coverage.interval)) s: \(coverage.samples) samples, \(coverage.faces) faces"
      ),
    ]
    rows += run.settings.map { ($0.key, $0.value) }
    return rows.filter { !$0.1.isEmpty }
  }
}
