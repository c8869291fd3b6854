@testable import Engagement
import Testing

@Suite struct TranscriptTests {
  @Test func zoomCuesGiveTheirSpeakers() {
    let text = """
      WEBVTT

      1
      00:00:02.000 --> 00:00:07.000
      Ana Ruiz: Good morning.

      2
      00:00:18.500 --> 00:00:24.000
      Chen Li: Does the tide turn at noon?
      """
    let cues = Transcript.cues(Array(text.utf8))
    #expect(cues.map(\.speaker) == ["Ana Ruiz", "Chen Li"])
    #expect(
      cues[1]
        == Cue(
          source: .transcript, start: 18.5, end: 24, speaker: "Chen Li",
          text: "Does the tide turn at noon?"))
  }

  @Test func voiceTagsNameTheSpeakerAndOtherTagsGo() {
    let text =
      "WEBVTT\r\n\r\n00:01.000 --> 00:03.000 align:start\r\n<v Ana &amp; Co>Mind <b>this</b>: 1 &lt; 2</v>\r\n"
    #expect(
      Transcript.cues(Array(text.utf8)) == [
        Cue(source: .transcript, start: 1, end: 3, speaker: "Ana & Co", text: "Mind this: 1 < 2")
      ])
  }

  @Test func subRipIsReadToo() {
    let cues = Transcript.cues(Array("1\n00:00:01,500 --> 00:00:02,000\nHello\n".utf8))
    #expect(cues.map(\.start) == [1.5] && cues.map(\.text) == ["Hello"])
  }

  @Test func aColonAloneMakesNoSpeaker() {
    let text =
      "WEBVTT\n\n00:01.0 --> 00:02.0\nNote: one\n\n00:03.0 --> 00:04.0\ntwo\n\n00:05.0 --> 00:06.0\nthree\n"
    #expect(Transcript.cues(Array(text.utf8)).allSatisfy { $0.speaker.isEmpty })
  }

  private func transcript(_ lines: [String]) -> [Cue] {
    let text = lines.enumerated().map { "00:\($0 + 10).0 --> 00:\($0 + 11).0\n\($1)\n\n" }.joined()
    return Transcript.cues(Array("WEBVTT\n\n\(text)".utf8))
  }

  @Test func namesMayHoldTitlesAndCommas() {
    let cues = transcript(["Prof. Dr. Okoye: good morning", "Ruiz, Ana: a question", "Prof. Dr. Okoye: yes"])
    #expect(cues.map(\.speaker) == ["Prof. Dr. Okoye", "Ruiz, Ana", "Prof. Dr. Okoye"])
    #expect(cues.map(\.text) == ["good morning", "a question", "yes"])
  }

  @Test func whoIsNamedOnlyWhereSheBeginsIsASpeakerToo() {
    let cues = transcript([
      "Ana Ruiz: one", "two", "three", "Note: four", "five", "Ana Ruiz: six", "seven", "Note: eight",
    ])
    #expect(cues.map(\.speaker) == ["Ana Ruiz", "", "", "", "", "Ana Ruiz", "", ""])
    #expect(cues[3].text == "Note: four")
  }

  @Test(arguments: [
    "", "WEBVTT", "-->", "00:00 --> ", "99999999999:00:00 --> 1e400:00", "00:01 --> 00:02\n<v <v <<<<",
    "\u{0}\u{1}",
    "00:05 --> 00:01\nbackwards",
  ])
  func brokenTranscriptsEndQuietly(text: String) {
    for cue in Transcript.cues(Array(text.utf8)) { #expect(cue.end >= cue.start && !cue.text.isEmpty) }
  }

  @Test func randomBytesAreNoTranscript() {
    var state: UInt64 = 1
    let bytes = (0..<20_000).map { _ -> UInt8 in
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return UInt8(truncatingIfNeeded: state >> 33)
    }
    #expect(Transcript.cues(bytes).isEmpty && Roster.names(bytes).isEmpty)
    #expect(Chat.cues([0xFF, 0xFE, 0x30]).isEmpty)
  }
}

@Suite struct VoiceTests {
  @Test(arguments: [(0, "Voice A"), (25, "Voice Z"), (26, "Voice AA"), (701, "Voice ZZ"), (702, "Voice AAA")])
  func voicesHaveLetters(index: Int, name: String) {
    #expect(voiceName(index) == name)
  }

  @Test func voicesAreLetteredByFirstWordOnTheRecordingsClock() {
    func cue(_ source: Cue.Source, _ start: Double, _ speaker: String) -> Cue {
      Cue(source: source, start: start, end: start, speaker: speaker, text: "words")
    }
    let cues = [
      cue(.transcript, 20, "Ana"), cue(.transcript, 5, ""), cue(.chat, 10, "Dina"), cue(.chat, 25, "Bo"),
    ]
    #expect(voiceNames(of: cues) == ["Dina": "Voice A", "Ana": "Voice B", "Bo": "Voice C"])
    #expect(
      voiceNames(of: cues, chatOffset: 15) == ["Bo": "Voice A", "Ana": "Voice B", "Dina": "Voice C"])
  }
}

@Suite struct ChatTests {
  @Test func bothOfZoomsFormsAreRead() {
    let text =
      "00:01:19\tDina Haddad:\tlost at ebb tide\n00:01:21\t From Emil to Novak to Everyone : +1\nand more\n"
    let cues = Chat.cues(Array(text.utf8))
    #expect(cues.map(\.speaker) == ["Dina Haddad", "Emil to Novak"])
    #expect(cues.map(\.text) == ["lost at ebb tide", "+1 and more"])
    #expect(cues.map(\.start) == [79, 81])
  }
}

extension ChatTests {
  @Test func whatWasWrittenToOneAloneIsLeftOut() {
    let text = """
      00:12:01\t From Ana to Bob (Direct Message):
      \tI feel ill
      00:12:05 From Bob to Ana (Privately) : go home
      00:12:09\t From Ana to Everyone:
      \thello
      """
    let cues = Chat.cues(Array(text.utf8))
    #expect(cues.map(\.speaker) == ["Ana"] && cues.map(\.text) == ["hello"])
  }

  @Test func aLineThatGoesOnMayBeginWithATime() {
    let cues = Chat.cues(Array("00:01:19 From Ana to Everyone: the plan\n10:30 Break: coffee\n".utf8))
    #expect(cues.map(\.text) == ["the plan 10:30 Break: coffee"])
  }
}

@Suite struct RosterTests {
  @Test func namesStandUnderTheirHeading() {
    let text = """
      \u{FEFF}Meeting ID,Topic
      1,"Data, structures"

      Name (Original Name),User Email,Guest
      Ana Ruiz,teacher@example.org,
      "Okoye, ""Ben"" (Benjamin)",,
      Ana Ruiz,,
      """
    #expect(Roster.names(Array(text.utf8)) == ["Ana Ruiz", "Okoye, \"Ben\""])
  }
}

/// Files that took the square of their length to read.
@Suite struct CompanionBombTests {
  private func soon<Value>(_ read: () -> Value) -> Value {
    var value: Value?
    let duration = ContinuousClock().measure { value = read() }
    #expect(duration < .seconds(20))
    return value ?? read()
  }

  @Test func tagsThatNeverClose() {
    let cue = "00:01.0 --> 00:02.0\n" + String(repeating: "<", count: 3990) + "x\n\n"
    let bytes = Array(String(repeating: cue, count: 100).utf8)
    let cues = soon { Transcript.cues(bytes) }
    #expect(cues.count == 100 && cues.allSatisfy { $0.text == "x" })
  }

  @Test func aChatThatGoesOnAndOn() {
    let message = "00:01:19\tDina:\tx\n" + String(repeating: "y\n", count: 20_000)
    let bytes = Array(String(repeating: message, count: 5).utf8)
    let cues = soon { Chat.cues(bytes) }
    #expect(cues.count == 5 && cues.allSatisfy { (3990...4000).contains($0.text.count) })
  }

  @Test func nothingButLineBreaksAndCommas() {
    #expect(CompanionText.lines(Array(repeating: 10, count: 3_000_000)).count == CompanionText.mostPieces + 1)
    let row = Roster.rows(String(repeating: ",", count: 3_000_000))
    #expect(row.reduce(0) { $0 + $1.count } <= CompanionText.mostPieces + 1)
  }

  @Test func theLargestFileIsReadToItsEnd() {
    let bytes = [UInt8](repeating: 120, count: CompanionText.largest)
    #expect(CompanionText.decoded(bytes).utf8.count == bytes.count)
  }
}
