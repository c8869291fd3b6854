import Engagement
import Vocabulary

/// Every text of the report page, in one place so that it can be translated.
enum Texts {
  static let language = "en"
  static let skip = "Skip to the charts"
  static let wentHeading = "How did it go?"
  static let lostHeading = "Where was it lost?"
  static let trustHeading = "Can I trust this?"
  static let timelineHeading = "The class over time"
  static let eventsHeading = "Moments that stand out"
  static let sharesHeading = "Displayed expressions"
  static let presenceHeading = "Who was there"
  static let videoHeading = "Watch the moment"
  static let tablesHeading = "The same as tables"
  static let notesHeading = "How this was made, and its limits"

  static let heatTable = "Of 100, from each time to the next; a word where there was mostly no face to see"
  static let heatCaption =
    "In order of first appearance; the order says nothing about anybody. Orange: no face to be seen; empty: camera off, not there or not shown."
  static let presenceCaption =
    "A missing face, a camera that is off and a person who is not there are three different things."
  static let sharesCaption =
    "Share of visible faces by what they clearly display first. “Uncertain” faces are small, blurred or without a clear first expression."
  static let videoCaption =
    "It stays on this computer; clicking a chart or a moment then goes there."
  static let chooseVideo = "Choose the recording"
  static let keys =
    "Drag to zoom, double-click to see everything. With a chart in focus: ← → move (with Shift by a minute), ↑ ↓ go from participant to participant, N and P to the next and previous moment, + − 0 zoom."
  static let responsible =
    "What a face displays is not what a person feels, thinks or has understood. Use this to look at the lesson, not to judge people."
  static let nobody = "No faces were found, so there is nothing to tell about the class."
  static let still =
    "The charts of this page do not zoom, because the library dygraphs was not found when it was made (Debian package libjs-dygraphs)."
  static let noGrade = "It is no grade."
  static let comparable = "Compare it with your other lectures; it is no grade."
  static let tooShort = "Too short to tell"
  static let misread =
    "A single expression is often misread, whatever the coverage; trends of many people are steadier."
  static let readClearly = "faces read clearly"
  static let noFace = "camera on, no face"
  static let cameraOff = "camera off"
  static let ofTheTime = "Of the time that people were on screen."
  static let band = "95 % band over people"
  static let median = "median"
  static let excluded = "not counted: speaker or shared screen"
  static let speech = "speech"
  static let chat = "chat"
  static let slides = "new slide"
  static let faces = "faces"
  static let uncertain = "uncertain"
  static let people = "people"
  static let time = "time"
  static let allTime = "whole recording"

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
  static let notTriedAgain = "It is not tried again until the file changes."
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

  static func headline(_ observableOnly: Bool) -> String {
    observableOnly ? "attention proxy" : "displayed engagement"
  }

  static func heatHeading(_ observableOnly: Bool) -> String {
    "\(headline(observableOnly).capitalizedFirst) of each participant"
  }

  static func noEvents(_ settings: EventThresholds) -> String {
    "No stretch of at least \(span(settings.minimumDuration)) stood out from the rest."
  }

  /// What moved a dip or a peak most.
  static func driver(_ driver: ClassEvent.Driver, of kind: ClassEvent.Kind) -> String {
    switch driver {
    case .attention: kind == .dip ? "fewer faces to the camera" : "more faces to the camera"
    case .expressivity: kind == .dip ? "fewer displayed expressions" : "more displayed expressions"
    case .valence: kind == .dip ? "less positive expressions" : "more positive expressions"
    }
  }

  /// "8 of 9 participants" where some never showed a face.
  static func people(_ coverage: Coverage) -> String {
    let all = count(coverage.participants, "participant", "participants")
    return coverage.participantsSeen < coverage.participants ? "\(coverage.participantsSeen) of \(all)" : all
  }

  static func name(_ expression: Expression) -> String { expression.name }

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

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
