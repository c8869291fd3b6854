import Engagement
import Foundation
import Vocabulary

/// A class made of numbers: people who join late, switch cameras off and look away, a shared screen, and
/// a stretch in which most look troubled. The same seed gives the same class.
struct MadeClass {
  var people = 12
  var seconds: Int64 = 600
  var interval: Int64 = 1
  /// Everybody turns away and looks troubled in this span.
  var trouble: Range<Int64> = 300..<360
  /// A shared screen is shown in this span.
  var screen: Range<Int64> = 0..<0

  func samples() -> some Sequence<SampleObservation> {
    let noise = Noise(seed: 7)
    let columns = Int64(Double(people).squareRoot().rounded(.up))
    return stride(from: 0, to: seconds, by: Int(interval)).lazy.map { second in
      let shared = screen.contains(second)
      var sample = SampleObservation(
        index: second / interval, time: Timestamp(second), frameTime: Timestamp(second), frameWidth: 1280,
        frameHeight: 720, view: shared ? .screen : .gallery)
      for person in 0..<people where !shared && isThere(person, second) {
        let box = tile(Int64(person), columns)
        let on = isOn(person, second, noise)
        sample.tiles.append(
          TileObservation(box: box, cameraOn: on, appearance: appearance(person), labelShape: label(person)))
        if on && noise.value(person, second / 7, 1) > 0.06 {
          sample.faces.append(face(person, second, box, noise))
        }
      }
      return sample
    }
  }

  private func isThere(_ person: Int, _ second: Int64) -> Bool {
    if person % 7 == 3 { return second > seconds / 6 }
    if person % 11 == 5 { return second < seconds * 5 / 6 }
    return true
  }

  private func isOn(_ person: Int, _ second: Int64, _ noise: Noise) -> Bool {
    person % 9 != 8 && (person % 5 != 4 || noise.value(person, second / 240, 2) > 0.3)
  }

  private func tile(_ person: Int64, _ columns: Int64) -> Box {
    let size = 1280 / Double(columns)
    return Box(
      x: Double(person % columns) * size + 4, y: Double(person / columns) * size * 9 / 16 + 3,
      width: size - 8,
      height: size * 9 / 16 - 6)
  }

  private func appearance(_ person: Int) -> [Float] {
    (0..<20).map { Float((person * 7 + $0 * 3) % 11) / 11 }
  }
  private func label(_ person: Int) -> [Float] {
    (0..<32).map { Float((person * 5 + $0 * (person % 6 + 2)) % 9) / 9 } + [0.3]
  }

  private func face(_ person: Int, _ second: Int64, _ tile: Box, _ noise: Noise) -> FaceObservation {
    let troubled = trouble.contains(second) && person % 4 != 0
    let mood = noise.smooth(person, second, 40)
    let wave = noise.smooth(1000, second, 200)
    let surprise = noise.smooth(person + 99, second, 25)
    var weights: [Float] = [
      0.2, 0.1, 0.1, max(0, 6 * mood + 3 * wave - 4.5), 0.3, max(0, 8 * surprise - 6), 2.6,
    ]
    if person % 6 == 1 { weights[0] += 1.2 }
    if troubled {
      weights = weights.enumerated().map { $0 == 4 ? $1 + 4 : $0 == 2 ? $1 + 1 : $0 == 3 ? $1 * 0.2 : $1 }
    }
    weights = weights.enumerated().map { $1 * (0.7 + 0.6 * noise.value(person, second, $0 + 10)) }
    let sum = weights.reduce(0, +)
    let yaw = Double(noise.smooth(person + 50, second, 30) - 0.5) * (troubled ? 150 : 60)
    let (x, y) = (tile.x + tile.width * 0.38, tile.y + tile.height * 0.2)
    let size = tile.height * 0.5
    let blink = noise.value(person, second, 30) < 0.05
    return FaceObservation(
      box: Box(x: x, y: y, width: size * 0.8, height: size), score: 0.9,
      landmarks: Landmarks(
        five: [(0.3, 0.4), (0.5, 0.4), (0.4, 0.6), (0.32, 0.8), (0.48, 0.8)].map {
          Point(x: x + $0.0 * size, y: y + $0.1 * size)
        }, confidence: 0.9),
      pose: HeadPose(yaw: yaw, pitch: Double(mood) * 10 - 5, roll: 2),
      features: FacialFeatures(
        rightEyeOpenness: blink ? 0.05 : 0.3, leftEyeOpenness: blink ? 0.05 : 0.3, browRaise: 0.4,
        browKnit: 0.5,
        mouthOpening: 0.1, mouthWidth: 0.9, mouthCornerLift: 0.05, noseTip: Point(x: 0, y: 0.7)),
      quality: FaceQuality(size: 1, sharpness: 0.9, exposure: 0.9, completeness: 1),
      expression: ExpressionProbabilities(weights.map { $0 / sum }))
  }

  var transcript: [Cue] {
    let sentences = [
      "Good morning. Today we ask why the sea rises and falls.",
      "The moon pulls at the near side more than at the far side.", "Does the tide turn at noon?",
      "Not always: the moon is later every day.",
      "Now the hard part: why there are two tides a day.",
      "Why is there one on the far side?", "Think of what the earth itself does meanwhile.",
      "It falls towards the moon and leaves that water behind.", "So both sides bulge!",
    ]
    return stride(from: 4, to: Int(seconds), by: 14).enumerated().map { index, second in
      Cue(
        source: .transcript, start: Double(second), end: Double(second) + 8,
        speaker: index % 4 == 2 ? "Chen Li" : "Ana Ruiz", text: sentences[index % sentences.count])
    }
  }

  var chat: [Cue] {
    let at = Double(trouble.lowerBound)
    return [
      Cue(source: .chat, start: at + 22, end: at + 22, speaker: "Dina Haddad", text: "lost at the far side"),
      Cue(source: .chat, start: at + 26, end: at + 26, speaker: "Emil Novak", text: "+1"),
    ]
  }
}

/// Numbers of 0 to 1 that depend on nothing but their coordinates.
struct Noise {
  let seed: UInt64

  func value(_ a: Int, _ b: Int64, _ c: Int) -> Float {
    var mixed = seed &+ UInt64(bitPattern: Int64(a)) &* 0x9E37_79B9_7F4A_7C15
    mixed ^=
      UInt64(bitPattern: b) &* 0xBF58_476D_1CE4_E5B9 &+ UInt64(bitPattern: Int64(c)) &* 0x94D0_49BB_1331_11EB
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Float((mixed ^ (mixed >> 31)) >> 40) / Float(1 << 24)
  }

  /// Changes over about `period` seconds.
  func smooth(_ a: Int, _ second: Int64, _ period: Int64) -> Float {
    let step = second / period
    let part = Float(second % period) / Float(period)
    return value(a, step, 0) * (1 - part) + value(a, step + 1, 0) * part
  }
}
