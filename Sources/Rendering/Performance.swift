import Vocabulary

/// How a person moves: the pose at any instant of the lecture, the same each time it is asked for.
struct Performance {
  let lecture: Lecture
  let attendee: Int

  /// - Parameter time: seconds from the start of the recording.
  func pose(at time: Double) -> Pose {
    let seed = lecture.seed &* 131 &+ UInt64(attendee) &* 17
    let t = Float(time)
    var pose = Pose()
    let glance = smoothstep(0.55, 0.75, noise(t * 0.22, seed: seed &+ 6))
    let side: Float = noise(t * 0.05, seed: seed &+ 7) < 0 ? -1 : 1
    let away = inattention(at: t, seed)
    let yaw = 9 * noise(t * 0.35, seed: seed) + (16 * glance + 34 * away) * side
    let nod = lecture.speaker(at: Int(time)) == attendee ? 3 * noise(t * 1.4, seed: seed &+ 8) : 0
    pose.head = HeadPose(
      yaw: Double(yaw), pitch: Double(5 * noise(t * 0.3, seed: seed &+ 1) + nod - 16 * away),
      roll: Double(5 * noise(t * 0.25, seed: seed &+ 2)))
    pose.shift = SIMD2(
      0.1 * noise(t * 0.3, seed: seed &+ 3), 0.05 * noise(t * 0.4, seed: seed &+ 4))
    pose.gaze = SIMD2(
      0.5 * noise(t * 0.6, seed: seed &+ 5) - yaw * 0.02, 0.2 * noise(t * 0.5, seed: seed &+ 9))
    pose.units = face(at: time) | speech(at: t, seed) | blink(at: t, seed)
    return pose
  }

  /// How far the head has turned from the screen, 0 to 1, where the lecture has lost its class.
  private func inattention(at time: Float, _ seed: UInt64) -> Float {
    guard let lost = lecture.lost, lecture.speaker(at: Int(time)) != attendee else { return 0 }
    let (from, to) = (Float(lost.lowerBound), Float(lost.upperBound))
    let within = smoothstep(from, from + 2, time) * (1 - smoothstep(to - 2, to, time))
    return within * smoothstep(-0.7, -0.2, noise(time * 0.12, seed: seed &+ 12))
  }

  /// The expression of the second; it changes within the last half second before the next one begins, so
  /// that whole seconds show what the truth says.
  private func face(at time: Double) -> ActionUnits {
    let second = Int(time)
    let now = units(at: second)
    let next = units(at: second + 1)
    let change = smoothstep(0.4, 0.85, Float(time - Double(second)))
    return now.moved(to: next, by: change)
  }

  private func units(at second: Int) -> ActionUnits {
    let expressions = lecture.attendees[attendee].expressions
    guard let last = expressions.last else { return ActionUnits() }
    let expression = second < expressions.count ? expressions[max(0, second)] : last
    let strength = 0.88 + 0.12 * noise(Float(second / 5) * 3.1, seed: UInt64(attendee) &+ 77)
    return ActionUnits(expression) * strength
  }

  private func speech(at time: Float, _ seed: UInt64) -> ActionUnits {
    var units = ActionUnits()
    guard lecture.speaker(at: Int(time)) == attendee else { return units }
    let syllable = max(0, noise(time * 5, seed: seed &+ 10))
    units.jawDrop = 0.3 * syllable
    units.lipsPart = 0.5 * syllable
    return units
  }

  /// A blink of about a fifth of a second, once in each stretch of four seconds.
  private func blink(at time: Float, _ seed: UInt64) -> ActionUnits {
    let stretch = (time / 4).rounded(.down)
    let moment = stretch * 4 + 2 + 1.8 * noise(stretch * 7.7, seed: seed &+ 11)
    var units = ActionUnits()
    units.blink = hill(time - moment, 0.16)
    return units
  }
}
