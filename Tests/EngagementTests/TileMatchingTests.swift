import Testing
import Vocabulary

@testable import Engagement

@Suite struct TileMatchingTests {
  /// What a person's tile looks like: a wall of its own and a name of its own, by a fixed hash.
  private struct Person {
    var wall: [Float]
    var name: [Float]
    var placard: [Float]

    init(_ number: Int) {
      func noise(_ count: Int, _ salt: Int) -> [Float] {
        (0..<count).map { Float((($0 + 1) * (number * 7919 + salt) * 104_729) % 1000) / 2500 }
      }
      wall = noise(58, 13)
      name = noise(20, 31) + [Float](repeating: 0, count: 12) + [0.3]
      placard = noise(48, 57)
    }

    func tile(_ place: Int, on: Bool = true, columns: Int = 4, label: String? = nil) -> TileObservation {
      let side = 400.0 / Double(columns)
      return TileObservation(
        box: Box(
          x: Double(place % columns) * side, y: Double(place / columns) * side, width: side - 4,
          height: side - 4), cameraOn: on, appearance: on ? wall : placard, labelShape: name, label: label)
    }
  }

  private let people = (1...8).map { Person($0) }

  /// - Parameter apart: seconds between two galleries.
  private func matched(_ galleries: [[TileObservation]], apart: Double = 1) -> [[Int]] {
    var matching = TileMatching()
    return galleries.enumerated().map {
      matching.match($1, width: 400, height: 400, index: Int64($0), second: Double($0) * apart)
    }
  }

  @Test func everybodyIsCountedInReadingOrder() {
    #expect(matched([people.indices.map { people[$0].tile($0) }]) == [Array(0..<8)])
  }

  @Test func twoWhoExchangeTilesStayThemselves() {
    var order = Array(0..<8)
    let before = order.enumerated().map { people[$1].tile($0) }
    order.swapAt(1, 6)
    #expect(matched([before, order.enumerated().map { people[$1].tile($0) }])[1] == order)
  }

  @Test func everybodyMovesUpWhenOneLeavesAndBackWhenTheyReturn() {
    let before = people.indices.map { people[$0].tile($0) }
    let order = [0, 1, 3, 4, 5, 6, 7]
    let without = order.enumerated().map { people[$1].tile($0) }
    #expect(matched([before, without, before]) == [Array(0..<8), order, Array(0..<8)])
  }

  @Test func aGridOfAnotherSizeHoldsTheSamePeople() {
    let before = people.prefix(4).indices.map { people[$0].tile($0, columns: 2) }
    let after = people.prefix(5).indices.map { people[$0].tile($0, columns: 3) }
    #expect(matched([before, after])[1] == [0, 1, 2, 3, 4])
  }

  @Test func aCameraSwitchedOffIsTheSamePerson() {
    let on = people.indices.map { people[$0].tile($0) }
    let off = people.indices.map { people[$0].tile($0, on: $0 % 2 == 0) }
    #expect(matched([on, off, on]) == Array(repeating: Array(0..<8), count: 3))
  }

  @Test func anotherPictureInTheSamePlaceIsTheSamePerson() {
    let before = people.indices.map { people[$0].tile($0) }
    let after = people.indices.map { place in
      var tile = people[place].tile(place)
      tile.appearance = Person(place + 50).wall
      return tile
    }
    #expect(matched([before, after])[1] == Array(0..<8))
  }

  @Test(arguments: [(1.0, 3), (600, 8)])
  func anotherPersonInTheSamePlaceIsSomebodyNewAfterAWhile(apart: Double, expected: Int) {
    let before = people.indices.map { people[$0].tile($0, label: "Person \($0)") }
    var after = before
    after[3] = Person(77).tile(3, label: "Wilhelmine")
    #expect(matched([before, after], apart: apart)[1][3] == expected)
    // Whoever is the same stays so.
    #expect(matched([before, after], apart: apart)[1][4] == 4)
  }

  @Test func aMisreadLabelOnAnUnchangedTileIsTheSamePerson() {
    let before = people.indices.map { people[$0].tile($0) }
    var after = before
    after[3].labelShape = Person(77).name
    #expect(matched([before, after, before]) == Array(repeating: Array(0..<8), count: 3))
  }

  @Test func whoJoinsIsSomebodyNew() {
    let before = people.prefix(3).indices.map { people[$0].tile($0) }
    let after = people.prefix(4).indices.map { people[$0].tile($0) }
    #expect(matched([before, after])[1] == [0, 1, 2, 3])
  }

  @Test func aNewFaceInAPlaceLongEmptyIsSomebodyNew() {
    let full = people.prefix(4).indices.map { people[$0].tile($0) }
    let empty = Array(full.prefix(3))
    #expect(matched([full, empty, empty, empty + [people[7].tile(3)]])[3] == [0, 1, 2, 4])
  }

  @Test func whoSpeaksFirstMovesAllOthersOnAlthoughNothingElseIsKnownOfOne() {
    let before = people.indices.map { people[$0].tile($0) }
    let order = [6, 0, 1, 2, 3, 4, 5, 7]
    var after = order.enumerated().map { people[$1].tile($0) }
    after[3].appearance = Person(60).wall
    after[3].labelShape = Person(61).name
    #expect(matched([before, after, before])[1...] == [order, Array(0..<8)])
  }

  @Test func twoWhoseNamesDifferInALetterAreToldApartWhenAllElseChanges() {
    let names = (0..<8).map { number in
      (0..<18).map { (bin: Int) -> Float in
        bin < 15 ? Float((bin * 37) % 11 + 3) / 40 : Float(((number + 2) * (bin + 3) * 7919) % 17 + 2) / 60
      } + [Float](repeating: 0, count: 14) + [0.3]
    }
    func gallery(_ order: [Int], walls: Int) -> [TileObservation] {
      order.enumerated().map { place, who in
        var tile = Person(who + walls).tile(place)
        tile.labelShape = names[who]
        return tile
      }
    }
    var order = Array(0..<8)
    let before = gallery(order, walls: 1)
    order.swapAt(2, 5)
    #expect(matched([before, gallery(order, walls: 40)])[1] == order)
  }

  @Test func aBlankPlaqueAloneBringsNobodyBack() {
    let full = people.prefix(4).indices.map { people[$0].tile($0, on: $0 != 3) }
    var other = people[3].tile(3, on: false)
    other.appearance = other.appearance.map { $0 + 0.02 }
    other.labelShape = []
    let gone = Array(full.prefix(3))
    #expect(matched([full, gone, gone + [other]])[2] == [0, 1, 2, 4])
  }

  @Test func anEarlierBackgroundIsRemembered() {
    let walls = [1, 50, 60, 61]
    var galleries = walls.map { wall in
      people.prefix(3).indices.map { place in
        var tile = people[place].tile(place)
        if place == 1 { tile.appearance = Person(wall).wall }
        return tile
      }
    }
    var back = people[1].tile(1)
    back.appearance = Person(50).wall
    galleries += [[people[0].tile(0), people[2].tile(2)], [people[0].tile(0), people[2].tile(2), back]]
    #expect(matched(galleries).last == [0, 2, 1])
  }

  @Test func namesThatWereReadForgiveALetter() {
    let before = [people[0].tile(0, label: "Ana Ruiz"), people[1].tile(1, label: "Ben Okoye")]
    var swapped = [people[1].tile(0, label: "Ben 0koye"), people[0].tile(1, label: "Ana Ruiz")]
    for index in swapped.indices { swapped[index].appearance = [] }
    #expect(matched([before, swapped])[1] == [1, 0])
  }
}

@Suite struct LabelScaleTests {
  private func gallery(_ apart: Float) -> [TileObservation] {
    (0..<9).map { number in
      let ink = (0..<20).map { (bin: Int) -> Float in
        0.2 + apart * Float((number * 31 + bin * 17 + number * bin * 7) % 11)
      }
      let shape = ink + [Float](repeating: 0, count: 12) + [0.3]
      return TileObservation(
        box: Box(x: 0, y: 0, width: 1, height: 1), cameraOn: true, labelShape: shape)
    }
  }

  @Test func alikeNamesMakeSmallDifferencesCount() {
    var (alike, unlike) = (LabelScale(), LabelScale())
    alike.learn(gallery(0.003))
    unlike.learn(gallery(0.1))
    #expect(alike.value < 0.05 && unlike.value == 0.1)
  }

  @Test func withoutLabelsNothingIsLearnt() {
    var scale = LabelScale()
    scale.learn([TileObservation(box: Box(x: 0, y: 0, width: 1, height: 1), cameraOn: true)])
    #expect(scale.value == 0.1)
  }
}

@Suite struct LabelProfileTests {
  private func profile(_ ink: [Float], length: Float = 0.3) -> [Float] {
    ink + [Float](repeating: 0, count: 32 - ink.count) + [length]
  }

  private let name: [Float] = (0..<20).map { Float(($0 * 37) % 11) / 22 }

  @Test func aNameIsLikeItself() throws {
    #expect(try #require(LabelProfile.difference(profile(name), profile(name))) < 0.01)
  }

  @Test func oneOtherLetterIsSeen() throws {
    var other = name
    for index in 15...17 { other[index] = 0.5 - other[index] }
    #expect(try #require(LabelProfile.difference(profile(name), profile(other))) > 0.1)
  }

  @Test func lettersAPixelHigherAreTheSameName() throws {
    let wide = (0..<22).map { bin in name[min(19, Int((Float(bin) + 0.5) / 1.08))] }
    let same = try #require(LabelProfile.difference(profile(name), profile(wide)))
    let other = try #require(LabelProfile.difference(profile(name), profile(name.reversed())))
    #expect(same < other)
  }

  @Test func whereThereIsNoLabelNothingIsSaid() { #expect(LabelProfile.difference([], profile(name)) == nil) }
}
