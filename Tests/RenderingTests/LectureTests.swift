import Foundation
import Testing
import Vocabulary

@testable import Rendering

@Suite struct LectureTests {
  private let lecture = Lecture(people: 9, seconds: 60)

  private func tiles(_ second: Int) -> [LectureTruth.Tile] {
    LectureTruth(lecture, width: 1280, height: 720, framesPerSecond: 25).timeline[second].tiles
  }

  @Test func oneJoinsAndOneLeaves() {
    let (joining, leaving) = (lecture.attendees[7].name, lecture.attendees[6].name)
    #expect(!tiles(17).contains { $0.participant == joining })
    #expect(tiles(18).contains { $0.participant == joining })
    #expect(tiles(47).contains { $0.participant == leaving })
    #expect(!tiles(48).contains { $0.participant == leaving })
  }

  @Test func aCameraThatIsOffHasATileAndNoExpression() {
    for second in [0, 30, 59] {
      let off = tiles(second).first { $0.participant == lecture.attendees[8].name }
      #expect(off?.camera == false && off?.expression == nil)
    }
  }

  @Test func twoExchangeTheirTiles() {
    let (before, after) = (tiles(38), tiles(39))
    #expect(before[1].participant == after[3].participant)
    #expect(before[3].participant == after[1].participant)
  }

  @Test func aSteadyLectureShowsEverybodyAlways() {
    let steady = Lecture(people: 25, seconds: 10, steady: true)
    let truth = LectureTruth(steady, width: 1280, height: 720, framesPerSecond: 25)
    #expect(truth.timeline.allSatisfy { $0.tiles.count == 25 && $0.tiles.allSatisfy(\.camera) })
  }

  @Test func theHardPartLosesTheClassAndAShortOneHasNone() {
    let whole = Lecture(people: 9, seconds: 130)
    #expect(whole.lost == 72..<107 && lecture.lost == nil)
    #expect(Lecture(people: 9, seconds: 130, steady: true).lost == nil)
    let looking = { (second: Double) in
      whole.attendees.indices.dropFirst().filter {
        abs(Performance(lecture: whole, attendee: $0).pose(at: second).head.yaw) < 20
      }.count
    }
    let (before, within) = (
      stride(from: 40.0, to: 70, by: 1).map(looking), stride(from: 76.0, to: 104, by: 1).map(looking)
    )
    #expect(before.reduce(0, +) / before.count > 2 * within.reduce(0, +) / within.count)
  }

  @Test func anyNumbersMakeALecture() {
    for people in [-3, 0, 1, 2, 6, 500] {
      let lecture = Lecture(people: people, seconds: people)
      #expect((1...49).contains(lecture.attendees.count))
      #expect(lecture.attendees.allSatisfy { $0.expressions.count == lecture.seconds })
    }
  }

  @Test func theTruthSurvivesItsFile() throws {
    let truth = LectureTruth(lecture, width: 640, height: 360, framesPerSecond: 25)
    let read = try LectureTruth(json: truth.json())
    #expect(read.timeline.count == 60 && read.size == [640, 360])
    #expect(try read.json() == truth.json())
  }

  @Test func theTranscriptIsWebVTTWithSpeakers() {
    let transcript = lecture.transcript
    #expect(transcript.hasPrefix("WEBVTT\n\n1\n00:00:01.000 --> 00:00:06.000\nMara "))
    #expect(transcript.contains("the minus bind on the left"))
  }

  @Test func theChatsClockStartsWithTheMeeting() {
    #expect(lecture.savedChat.hasPrefix("00:00:26\t"))
  }

  @Test func namesDiffer() {
    let names = Lecture(people: 49, seconds: 1).attendees.map(\.name)
    #expect(Set(names).count == names.count)
  }
}
