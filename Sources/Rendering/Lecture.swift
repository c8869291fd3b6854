public import Vocabulary

/// An invented class: who attends, when their camera is on, what their faces show, what is said.
///
/// Times are whole seconds of the recording, so that each second has one truth.
public struct Lecture: Sendable {
  public struct Attendee: Sendable {
    public let name: String
    /// Which of the drawn persons this is.
    public let person: Int
    /// Seconds in which they are in the meeting.
    public internal(set) var present: Range<Int>
    /// Seconds in which their camera is off.
    public internal(set) var cameraOff: Range<Int>?
    /// The displayed expression for every second of the recording.
    public internal(set) var expressions: [Expression]
  }

  public struct Line: Sendable {
    public let speaker: Int
    public let from: Int
    public let to: Int
    public let text: String
  }

  public struct Message: Sendable {
    public let sender: Int
    /// Second of the recording.
    public let time: Int
    public let text: String
  }

  public let title = "How a compiler reads a program"
  public let seconds: Int
  public let seed: UInt64
  public internal(set) var attendees: [Attendee]
  public internal(set) var lines: [Line] = []
  public internal(set) var chat: [Message] = []
  /// From the second on, two attendees have exchanged their tiles.
  public internal(set) var swap: (second: Int, one: Int, other: Int)?
  /// Seconds in which most attendees look away and show little.
  public internal(set) var lost: Range<Int>?
  /// How many seconds before the recording the meeting, and with it the chat's clock, began.
  public let meetingLead = 17

  /// The same arguments give the same lecture.
  /// - Parameters:
  ///   - people: 1 to 49; the first one teaches.
  ///   - steady: everybody is there with the camera on throughout; otherwise one joins, one leaves, one
  ///     never turns the camera on, one turns it off for a while, two exchange tiles, and the script's hard
  ///     part loses the class.
  public init(people: Int, seconds: Int, seed: UInt64 = 7, steady: Bool = false) {
    self.seconds = max(1, seconds)
    self.seed = seed
    let people = min(max(1, people), 49)
    attendees = (0..<people).map { person in
      Attendee(
        name: Lecture.name(person), person: person, present: 0..<max(1, seconds), cameraOff: nil,
        expressions: [])
    }
    if !steady, seconds > Lecture.hardPart.upperBound { lost = Lecture.hardPart }
    addWords()
    addExpressions()
    if !steady { addIncidents() }
  }

  /// Attendees in the order of their tiles at a second.
  public func order(at second: Int) -> [Int] {
    var order = attendees.indices.filter { attendees[$0].present.contains(second) }
    if let swap, second >= swap.second, let a = order.firstIndex(of: swap.one),
      let b = order.firstIndex(of: swap.other)
    {
      order.swapAt(a, b)
    }
    return order
  }

  /// Whether the attendee's tile shows them at a second.
  public func isVisible(_ attendee: Int, at second: Int) -> Bool {
    let attendee = attendees[attendee]
    return attendee.present.contains(second) && !(attendee.cameraOff?.contains(second) ?? false)
  }

  /// Who speaks at a second.
  public func speaker(at second: Int) -> Int? {
    lines.first { $0.from <= second && second < $0.to }?.speaker
  }

  private mutating func addIncidents() {
    guard attendees.count >= 6 else { return }
    let last = attendees.count - 1
    attendees[last].cameraOff = 0..<seconds
    attendees[last - 1].present = seconds * 3 / 10..<seconds
    attendees[last - 2].present = 0..<seconds * 4 / 5
    attendees[2].cameraOff = seconds * 35 / 100..<seconds * 55 / 100
    swap = (second: seconds * 65 / 100, one: 1, other: 3)
  }

  /// A mood for every five seconds: most of the class shows it, the others something of their own.
  private mutating func addExpressions() {
    let moods: [Expression] = [
      .neutral, .neutral, .happy, .neutral, .surprise, .happy, .surprise, .neutral, .happy, .neutral,
      .surprise, .happy, .neutral,
    ]
    let dull: [Expression] = [.neutral, .neutral, .neutral, .neutral, .sad, .angry]
    for index in attendees.indices {
      var random = SplitMix64(seed: seed &* 31 &+ UInt64(index) &* 977 &+ 5)
      var own: [Expression] = []
      for block in 0...(seconds / 5) {
        let isLost = lost?.contains(block * 5) ?? false
        let mood = isLost ? .neutral : moods[block % moods.count]
        let other = random.pick(
          isLost ? dull : Expression.allCases + [.neutral, .neutral], otherwise: .neutral)
        own += Array(repeating: random.chance(0.68) ? mood : other, count: 5)
      }
      attendees[index].expressions = Array(own.prefix(seconds))
    }
  }
}
