import Engagement

extension Key {
  /// Every key there is, in the order in which `pipeline show` lists them.
  static let all: [Key] = measuring + summarising + reporting

  private static let measuring: [Key] = [
    Key("setting", .summarising, \.setting, "where and on what ground recordings are analysed"),
    Key("sample.every", .measuring, \.sample.every, "distance of samples, or keyframe for a quick look"),
    Key("sample.from", .summarising, \.sample.from, "where in the recording to begin"),
    Key("sample.to", .summarising, \.sample.to, "where to end; none for the recording's end"),
    Key(
      "sample.maximum-loss", .summarising, \.sample.maximumLoss, 0...1,
      "share of samples that damage may cost before the recording counts as bad"),
    Key("layout.tiles", .measuring, \.layout.tiles, "find the tiles of a gallery view"),
    Key("layout.names", .measuring, \.layout.names, "read the name labels under the tiles"),
    Key("detect.detector", .measuring, \.detect.detector, "which face detector"),
    Key("detect.model", .measuring, \.detect.model, "ONNX file of a YuNet detector"),
    Key("detect.minimum-height", .measuring, \.detect.minimumHeight, 8...4096, "smallest face in pixels"),
    Key(
      "detect.long-side", .measuring, \.detect.longSide, 160...4096, "larger frames are searched at this size"
    ),
    Key("detect.minimum-score", .measuring, \.detect.minimumScore, "none for the detector's own threshold"),
    Key("preprocess", .measuring, \.preprocess, "steps before those that the network was trained with"),
    Key(
      "classify.bundle", .measuring, \.classify.bundle, "network under Pipelines/Models, a folder, or none"),
  ]

  private static let summarising: [Key] = [
    Key("summarise.window", .summarising, \.summarise.window, 1...3600, "seconds in a window"),
    Key(
      "summarise.minimum-margin", .summarising, \.summarise.minimumMargin, 0...1,
      "a face whose first expression leads by less counts as uncertain"),
    Key(
      "summarise.minimum-quality", .summarising, \.summarise.minimumQuality, 0...1,
      "a face of lower quality counts as uncertain"),
    Key(
      "summarise.minimum-group", .summarising, \.summarise.minimumGroup, 1...1000,
      "class figures only where so many people are visible"),
    Key("summarise.baseline", .summarising, \.summarise.baseline, "what counts as usual for a participant"),
    Key("summarise.pseudonyms", .summarising, \.summarise.pseudonyms, "Participant 7 in place of names"),
    Key(
      "summarise.chat-offset", .summarising, \.summarise.chatOffset, -86400...86400,
      "seconds from the meeting's start, where a chat's clock starts, to the recording's"),
    Key(
      "summarise.bootstrap-resamples", .summarising, \.summarise.bootstrapResamples, 0...10000,
      "resamples behind the bands"),
    weight("attention", \.summarise.weights.attention),
    weight("expressivity", \.summarise.weights.expressivity),
    weight("valence", \.summarise.weights.valence),
    angle("yaw-full", \.summarise.attention.yawFull, "degrees of yaw that still fully face the camera"),
    angle("yaw-none", \.summarise.attention.yawNone, "degrees of yaw from which a face is turned away"),
    angle("pitch-full", \.summarise.attention.pitchFull, "the same for pitch"),
    angle("pitch-none", \.summarise.attention.pitchNone, "the same for pitch"),
    Key(
      "summarise.attention.eyes-closed", .summarising, \.summarise.attention.eyesClosed, 0...1,
      "openness over the participant's median at which eyes are closed"),
    Key(
      "summarise.attention.eyes-open", .summarising, \.summarise.attention.eyesOpen, 0...1,
      "openness from which they are open"),
    Key(
      "summarise.events.minimum-duration", .summarising, \.summarise.events.minimumDuration, 1...3600,
      "seconds that an event lasts at least"),
    Key(
      "summarise.events.deviations", .summarising, \.summarise.events.deviations, 0...20,
      "robust standard deviations from the class's median"),
    Key(
      "summarise.events.minimum-effect", .summarising, \.summarise.events.minimumEffect, 0...1,
      "smallest distance from the median worth telling"),
    Key(
      "summarise.events.confused-share", .summarising, \.summarise.events.confusedShare, 0...1,
      "share of people in a confusion-like stretch"),
    Key(
      "summarise.events.confused-people", .summarising, \.summarise.events.confusedPeople, 1...1000,
      "people in it at least"),
    Key(
      "summarise.events.confusion-effect", .summarising, \.summarise.events.confusionEffect, 0...1,
      "rise over a participant's usual that counts"),
  ]

  private static let reporting: [Key] = [
    Key(
      "report.aggregate-only", .summarising, \.report.aggregateOnly,
      "nothing about single participants, no value of fewer than 5 people"
    ),
    Key(
      "report.retain", .summarising, \.report.retain,
      "how long purge and batch leave a report alone, for instance 180d; none for ever"),
  ]

  private static func weight(
    _ name: String, _ path: WritableKeyPath<Definition, Double> & Sendable
  ) -> Key {
    Key("summarise.weights.\(name)", .summarising, path, 0...1, "weight of \(name) in engagement")
  }

  private static func angle(
    _ name: String, _ path: WritableKeyPath<Definition, Double> & Sendable, _ help: String
  ) -> Key {
    Key("summarise.attention.\(name)", .summarising, path, 0...90, help)
  }
}

extension Baseline: SettingText {}
