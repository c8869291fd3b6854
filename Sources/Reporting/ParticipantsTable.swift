import Engagement

/// One row of `participants.csv`.
struct ParticipantRow {
  let time: RowTime
  let participant: String
  let window: ParticipantWindow
}

/// The columns of `participants.csv`, a row a participant a window.
func participantsColumns() -> [CSVColumn<ParticipantRow>] {
  [
    .number("time_s", unit: "s", decimals: 3, "Start of the window on the recording's clock.") {
      $0.time.seconds
    },
    .text("timecode", "The same as HH:MM:SS, rounded down.") { $0.time.timecode },
    .text("participant", "Pseudonym or name of the participant.") { $0.participant },
    .text(
      "state",
      "How the participant was seen most: face, no_face (camera on), camera_off, absent, or unknown where the view did not show it."
    ) { $0.window.presence.label },
    .number("attention", "Attention proxy, 0 to 1.") { $0.window.attention },
    .number("engagement", "Weighted composite of attention, expressivity and valence, 0 to 1.") {
      $0.window.engagement
    },
    .text("expression", "The expression displayed clearly and most often.") { $0.window.expression?.name },
  ]
}

extension Presence {
  /// The word that tables use.
  var label: String {
    switch self {
    case .face: "face"
    case .cameraWithoutFace: "no_face"
    case .cameraOff: "camera_off"
    case .absent: "absent"
    case .unknown: "unknown"
    }
  }
}

/// Participants one after another, each in the order of time.
func participantRows(_ summary: Summary) -> [ParticipantRow] {
  let times = summary.windows.map { RowTime($0.time) }
  return summary.participants.flatMap { participant in
    zip(times, participant.windows).map { time, window in
      ParticipantRow(time: time, participant: participant.name, window: window)
    }
  }
}
