extension Summary {
  /// The class without anybody in it: no participant, nobody's faces, no one's words under a name. Values of groups
  /// that are too small were never taken (``SummarySettings/aggregateOnly``).
  var withoutParticipants: Summary {
    var summary = self
    summary.participants = []
    summary.identities = []
    summary.tileParticipants = []
    summary.tilePresences = []
    summary.cues = cues.withoutPeople
    for event in summary.events.indices {
      summary.events[event].carriedBy = []
      summary.events[event].quotes = summary.events[event].quotes.withoutPeople
    }
    if coverage.participantsSeen < SummarySettings.smallestGroup {
      summary.coverage.cameraOn = nil
      summary.coverage.faceFound = nil
      summary.coverage.uncertain = nil
      summary.coverage.poseKnown = nil
    }
    return summary
  }
}

extension [Cue] {
  /// What was said, without who said it. A chat line is one person's own and goes.
  public var withoutPeople: [Cue] {
    filter { $0.source == .transcript }.map { cue in
      var cue = cue
      cue.speaker = ""
      return cue
    }
  }
}
