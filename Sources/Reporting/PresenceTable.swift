import Engagement
import Vocabulary

/// One row of `presence.csv`.
struct PresenceRow {
  let time: RowTime
  let participant: String?
  let presence: Presence
  let box: Box
}

/// The columns of `presence.csv`, a row a tile a sample: who was on screen, and how.
func presenceColumns() -> [CSVColumn<PresenceRow>] {
  [
    .number("time_s", unit: "s", decimals: 3, "Grid time of the sample on the recording's clock.") {
      $0.time.seconds
    },
    .text("timecode", "The same as HH:MM:SS, rounded down.") { $0.time.timecode },
    .text("participant", "Pseudonym or name of the participant.") { $0.participant },
    .text("state", "face, no_face (camera on) or camera_off.") { $0.presence.label },
    .number(
      "x", unit: "px", decimals: 1, "Left edge of the tile; pixels of the displayed frame, origin top left."
    ) {
      $0.box.x
    },
    .number("y", unit: "px", decimals: 1, "Top edge of the tile.") { $0.box.y },
    .number("w", unit: "px", decimals: 1, "Width of the tile.") { $0.box.width },
    .number("h", unit: "px", decimals: 1, "Height of the tile.") { $0.box.height },
  ]
}
