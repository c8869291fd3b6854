import Engagement
import Vocabulary

/// Every text of the report page, in one place so that it can be translated.
enum Texts {
  static let language = "en"
  static let skip = "Skip to the charts"
  static let wentHeading = "How did it go?"
  static let droppedHeading = "Where did it drop?"
  static let trustHeading = "Can I trust this?"
  static let timelineHeading = "The class over time"
  static let eventsHeading = "Moments that stand out"
  static let sharesHeading = "Displayed expressions"
  static let presenceHeading = "Who was there"
  static let videoHeading = "Watch the moment"
  static let tablesHeading = "The same as tables"
  static let notesHeading = "How this was made, and its limits"

  static let heatTable =
    "Of 100, from each time to the next; a word where there was mostly no face that can be read"
  static let unreadable = "face not readable"
  static let heatCaption =
    "In order of first appearance; the order says nothing about anybody. Orange: no face to be seen; empty: camera off, not there, not shown, or a face that cannot be read."
  static let presenceCaption =
    "A missing face, a camera that is off and a person who is not there are three different things."
  static let sharesCaption =
    "Share of visible faces by what they clearly display first. “Uncertain” faces are small, blurred or without a clear first expression."
  static let videoCaption =
    "It stays on this computer; clicking a chart or a moment, or Enter on a chart, then goes there."
  static let chooseVideo = "Choose the recording"
  static let mouse = "Drag to zoom, double-click to see everything."
  /// What the keys do, and of them only what this chart has.
  static func keys(people: Bool, moments: Bool) -> String {
    let parts = [
      people ? "↑ ↓ choose a participant and Esc nobody" : nil,
      "← → move (with Shift by a minute)", "Home and End go to either end",
      moments ? "N and P to the next and previous moment" : nil, "+ − 0 zoom",
    ].compactMap { $0 }
    return "Keys, with this chart in focus: \(parts.joined(separator: ", "))."
  }
  static let voices =
    "Voices have letters, in order of first word. They are no participants' numbers: which voice is whose is not known."
  static let responsible =
    "What a face displays is not what a person feels, thinks or has understood. Use this to look at the lesson, not to judge people."
  static let lecturer = "Whoever teaches is counted too where their tile is among the others'."
  static let nobody = "No faces were found, so there is nothing to tell about the class."
  static let still =
    "The charts of this page do not zoom, because the library dygraphs was not found when it was made (Debian package libjs-dygraphs)."
  static let tooShort = "Too short to tell"
  static let withoutDip = ", without a dip that stands out"
  static let noFace = "camera on, no face"
  static let cameraOff = "camera off"
  static let ofTheTime = "Of the time that people were on screen."
  static let band = "95 % band over people"
  static let median = "median"
  static let excluded = "not counted: speaker, shared screen or no grid"
  static let speech = "speech"
  static let chat = "chat"
  static let slides = "new slide"
  static let faces = "faces"
  static let uncertain = "uncertain"
  static let people = "people"
  static let time = "time"
  static let unread = "nothing could be read"

  static let indexTitle = "Lectures"
  static let noLectures = "There is no finished report here yet."
  static let oneLecture = "One lecture so far; a trend needs two."
  static func measuredOtherwise(_ number: Int) -> String {
    number == 1
      ? "One more was measured otherwise (other figures, weights or unknown usual faces): listed, not compared."
      : "\(number) more were measured otherwise (other figures, weights or unknown usual faces): listed, not compared."
  }
  static let troubleHeading = "Without a report"
  static let triedAgain = "It will be tried again."
  static let notTriedAgain = "It is not tried again until the file, the pipeline or the program changes."
  static let levelsAreRelative =
    "Levels are over people's usual expressions in each lecture itself: compare shapes, attention and attendance first."
  static let unfinished = "was begun and is not finished; the next run goes on with it."
  static let weeksCaption =
    "Lecture after lecture: each one's median and the middle half of its time (upper), and how many people were there (lower)."
  static let alongCaption =
    "Along the lecture: every lecture's curve over its own length, the latest drawn strongly."
  static let lecturesCaption =
    "Each lecture, the latest first. Displayed engagement (the attention proxy, where no expression is read) is of 100; in brackets the middle half of the time. The curve runs over the lecture's own length; shaded are dips and confusion-like stretches."
  static let lecturesShort = "Each lecture, the latest first."
  static let lectureHeads = [
    "lecture", "length", "people", "engagement", "faces found", "moments",
    "over its length",
  ]

  /// What the figure means that looks like a percentage.
  static func anchor(_ anchor: Double?) -> String {
    guard let anchor else { return "It is no grade." }
    return
      "No percentage and no grade: an expressionless face turned to the camera scores \(points(anchor))."
  }

  static func anchorLine(_ anchor: Double) -> String { "expressionless face \(points(anchor))" }

  static func axisBegins(_ low: Double) -> String? {
    low > 0 ? "The axis begins at \(points(low)), not at 0." : nil
  }

  static func negative(_ valence: Double) -> String {
    "Displayed expressions are mostly negative (median valence \(signed(valence)), of −100 to 100). They raise this figure too: any expression does."
  }

  /// With usual faces taken off, a level says how lively a class was for its own standards in this lecture.
  static func comparing(_ summary: Summary, isLevelComparable: Bool) -> String? {
    guard isLevelComparable else { return nil }
    return summary.settings.baseline == .own && !summary.settings.observableOnly
      ? "Expressions are told against people's usual ones in this lecture: with other lectures compare the shape and attention, not the level."
      : "Compare it with your other lectures."
  }

  static func short(_ measure: String, _ level: Double) -> String {
    "\(measure.capitalizedFirst) was around \(points(level)) of 100."
  }

  static func shortForDrops(_ settings: EventThresholds) -> String {
    "A drop takes at least \(span(settings.minimumDuration)), and more of the lecture to stand out from."
  }

  static func misread(_ accuracy: Double?) -> String {
    let often =
      accuracy.map { "about \(max(1, Int(((1 - $0) * 10).rounded()))) in 10 single readings are wrong" }
      ?? "single readings are often wrong"
    return "Expressions: \(often), however well faces are seen; trends of many people are steadier."
  }

  static func usualFaces(_ coverage: Coverage) -> String {
    coverage.baselines == 0
      ? "nobody's usual face is known, so expressions count as they were measured"
      : "the usual face is known of \(coverage.baselines) of \(count(coverage.participantsSeen, "person", "people")) only; the others' expressions count as they were measured"
  }

  /// What the pipeline file says of where recordings are analysed and on what ground.
  ///
  /// - Parameter setting: as the run lists it.
  static func setting(_ setting: String) -> String? {
    let name = String(setting.prefix { $0 != ":" })
    let meaning: String
    switch name {
    case "eu-education":
      meaning =
        "education in the European Union, where inferring emotions is prohibited (AI Act, Article 5(1)(f)): no expression is read"
    case "research-consented": meaning = "research in which everyone shown has agreed"
    case "elsewhere-consented": meaning = "a place whose law allows it, and everyone shown has agreed"
    case "unspecified":
      meaning =
        "nobody stated where this is analysed and that everyone shown has agreed. In the European Union inferring emotions of students is prohibited (AI Act, Article 5(1)(f))"
    default: return nil
    }
    return "Setting of the pipeline, \(name): \(meaning)."
  }

  static func aboveUsual(_ summary: Summary) -> String {
    summary.settings.baseline == .own && summary.coverage.baselines > 0 ? " above usual" : ""
  }

  static func classTable(_ hasExpressions: Bool) -> String {
    "Over each window from the time given"
      + (hasExpressions
        ? "; expressions and “\(uncertain)” as shares of the visible faces, as in the chart" : "")
  }

  static func uncertainFaces(_ share: Double) -> String {
    " \(percent(share)) of the faces are too unclear for one expression (“\(uncertain)”)."
  }

  static func name(_ headline: Headline) -> String {
    switch headline {
    case .engagement: "displayed engagement"
    case .attention: "attention proxy"
    }
  }

  static func heatHeading(_ headline: Headline) -> String {
    "\(name(headline).capitalizedFirst) of each participant"
  }

  static func noEvents(_ settings: EventThresholds) -> String {
    "No stretch of at least \(span(settings.minimumDuration)) stood out from the rest."
  }

  /// Completes a sentence on the event; empty where no part of the figure moved most.
  static func because(_ event: ClassEvent) -> String {
    event.driver.map { ", mostly because \(driver($0, of: event.kind))" } ?? ""
  }

  /// What moved a dip or a peak most.
  static func driver(_ driver: ClassEvent.Driver, of kind: ClassEvent.Kind) -> String {
    switch driver {
    case .attention: "\(kind == .dip ? "fewer" : "more") faces were turned to the camera"
    case .expressivity: "\(kind == .dip ? "fewer" : "more") expressions were displayed"
    case .valence: "expressions were \(kind == .dip ? "less" : "more") positive"
    }
  }

  /// "8 of 9 participants" where some never showed a face.
  static func people(_ coverage: Coverage) -> String {
    let all = count(coverage.participants, "participant", "participants")
    let hidden = coverage.participants - coverage.participantsSeen
    return hidden > 0 ? "\(coverage.participantsSeen) of \(all) (\(hidden) showed no face)" : all
  }

  static func name(_ expression: Expression) -> String { expression.name }

  /// Why there is no figure of a participant.
  static func lack(_ presence: Presence) -> String { presence == .face ? unreadable : name(presence) }

  static func name(_ presence: Presence) -> String {
    switch presence {
    case .face: "face seen"
    case .cameraWithoutFace: noFace
    case .cameraOff: cameraOff
    case .absent: "not there"
    case .unknown: "not shown"
    }
  }

  static func name(_ kind: ClassEvent.Kind) -> String {
    switch kind {
    case .dip: "Dip"
    case .peak: "Peak"
    case .confusion: "Confusion-like"
    }
  }

  static func count(_ number: Int, _ kind: ClassEvent.Kind) -> String {
    let name = name(kind).lowercased()
    return count(number, name, kind == .confusion ? name : name + "s")
  }

  static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }

  static func span(_ seconds: Double) -> String {
    let total = Int(max(0, min(seconds, 1e9)).rounded())
    if total < 60 { return count(total, "second", "seconds") }
    if total < 3600 {
      let rest = total % 60
      return "\(total / 60) min" + (rest > 0 ? " \(rest) s" : "")
    }
    return "\(total / 3600) h" + (total / 60 % 60 > 0 ? " \(total / 60 % 60) min" : "")
  }
}

/// An index of −1 to 1 on the page's scale, with a minus sign that is one.
func signed(_ index: Double) -> String { points(index).replacing("-", with: "−") }

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
