import Foundation

/// What makes one rendered person differ from another. Lengths are in half face widths.
struct Appearance: Sendable {
  enum HairStyle: CaseIterable { case short, fringe, long, bun, bald, receding }
  enum Clothing: CaseIterable { case crew, vNeck, shirt, hoodie }
  enum Room: CaseIterable { case wall, shelf, window, kitchen, curtain, poster }

  var seed: UInt64
  var skin: Colour
  var hair: Colour
  var hairStyle: HairStyle
  var iris: Colour
  var lips: Colour
  /// 0 young to 1 old: folds and lines.
  var age: Float
  /// 0 shaven, 0.5 stubble, 1 a full beard.
  var beard: Float
  var glasses: Bool
  var clothing: Clothing
  var clothes: Colour
  var room: Room
  var wall: Colour

  var jawWidth: Float
  var chinLength: Float
  var noseLength: Float
  var noseWidth: Float
  var eyeSize: Float
  var eyeDistance: Float
  var browThickness: Float
  var browHeight: Float
  var mouthWidth: Float
  var lipFullness: Float

  /// Where the strongest light comes from; unit length, x to the right, y up, z to the camera.
  var light: SIMD3<Float>
  var lightStrength: Float
  var ambient: Float
  var warmth: Float

  /// Middle of the face, in tile heights from the tile's centre, and height of the head in tile heights.
  var offset: SIMD2<Float>
  var headHeight: Float
}

extension Appearance {
  private static let skins = [
    srgb(232, 194, 168), srgb(224, 180, 152), srgb(214, 165, 132), srgb(192, 138, 104),
    srgb(158, 106, 76), srgb(122, 78, 55), srgb(96, 62, 46),
  ]
  private static let hairs = [
    srgb(24, 19, 17), srgb(38, 28, 22), srgb(66, 44, 30), srgb(108, 74, 46), srgb(168, 130, 84),
    srgb(132, 62, 34), srgb(150, 146, 142),
  ]
  private static let walls = [
    srgb(206, 203, 196), srgb(180, 190, 196), srgb(214, 200, 176), srgb(150, 166, 152),
    srgb(120, 130, 146), srgb(196, 172, 160), srgb(96, 104, 112),
  ]
  private static let fabrics = [
    srgb(36, 44, 66), srgb(120, 38, 42), srgb(60, 92, 78), srgb(196, 198, 204), srgb(46, 46, 50),
    srgb(164, 122, 60), srgb(88, 110, 150), srgb(110, 88, 122),
  ]

  /// The `index`-th person drawn from a seed; neighbours differ in skin, hair and room by construction.
  init(person index: Int, seed: UInt64) {
    var random = SplitMix64(seed: seed &* 1009 &+ UInt64(index) &* 7919 &+ 17)
    let skinIndex = (index * 3 + Int(seed % 7)) % Appearance.skins.count
    let dark = skinIndex >= 4
    let older = random.chance(0.25)
    let styles = HairStyle.allCases
    let longHaired = index % 2 == 0

    self.seed = random.next()
    skin = Appearance.skins[skinIndex] * random.uniform(0.92...1.06)
    hair = Appearance.hairs[(dark ? index % 2 : (index * 2 + 1) % (older ? 7 : 6))]
    if older && !dark { hair = mix(hair, Appearance.hairs[6], 0.6) }
    hairStyle =
      longHaired
      ? random.pick([.long, .long, .bun, .fringe], otherwise: .long)
      : random.pick(older ? [.receding, .bald, .short] : [.short, .short, .fringe], otherwise: styles[0])
    iris = random.pick(
      dark ? [srgb(52, 32, 22)] : [srgb(72, 48, 30), srgb(88, 112, 128), srgb(90, 98, 62)],
      otherwise: srgb(60, 40, 30))
    age = older ? random.uniform(0.6...1) : random.uniform(0.05...0.4)
    beard = longHaired ? 0 : random.pick([0.1, 0.45, 0.15, 1, 0.3], otherwise: 0.2)
    lips = mix(skin * Colour(0.86, 0.55, 0.55), srgb(176, 74, 78), longHaired ? 0.4 : 0.12)
    glasses = index % 4 == 1
    clothing = random.pick(Clothing.allCases, otherwise: .crew)
    clothes = Appearance.fabrics[(index * 3 + 1) % Appearance.fabrics.count] * random.uniform(0.8...1.2)
    room = Room.allCases[(index + Int(seed % 5)) % Room.allCases.count]
    wall = Appearance.walls[(index * 2 + 3) % Appearance.walls.count] * random.uniform(0.7...1)

    jawWidth = random.uniform(-1...1) * 0.5 + (longHaired ? -0.4 : 0.4)
    chinLength = random.uniform(0.94...1.06)
    noseLength = random.uniform(0.93...1.06)
    noseWidth = random.uniform(0.85...1.1) * (dark ? 1.15 : 1)
    eyeSize = random.uniform(0.95...1.12) * (longHaired ? 1.05 : 1)
    eyeDistance = random.uniform(0.43...0.465)
    browThickness = random.uniform(0.8...1.25) * (longHaired ? 0.75 : 1.15)
    browHeight = random.uniform(-0.03...0.03) + (longHaired ? 0.03 : 0)
    mouthWidth = random.uniform(0.92...1.08)
    lipFullness = random.uniform(0.85...1.15) * (longHaired ? 1.15 : 0.95) * (dark ? 1.2 : 1)

    let direction = SIMD3<Float>(
      random.uniform(0.25...0.75) * (random.chance(0.5) ? 1 : -1), random.uniform(0.25...0.7), 1)
    light = direction / (direction * direction).sum().squareRoot()
    // A webcam exposes for the face it sees.
    let brightness = (skin * Colour(0.2126, 0.7152, 0.0722)).sum()
    let exposure = powf(0.45 / max(0.02, brightness), 0.4)
    lightStrength = random.uniform(0.6...0.82) * exposure
    ambient = random.uniform(0.26...0.4) * exposure
    warmth = random.uniform(-0.06...0.08)
    offset = SIMD2(random.uniform(-0.16...0.16), random.uniform(-0.02...0.03))
    headHeight = random.uniform(0.62...0.74)
  }

  /// The light's colour at full strength: a lamp is warmer than a window.
  var lightColour: Colour { Colour(1 + warmth, 1, 1 - warmth) }
}
