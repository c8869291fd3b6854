import Foundation

/// How a head is held: turned in degrees (see `HeadPose` for the signs) and moved in half face widths.
struct HeadPlacement: Sendable {
  var yaw: Float = 0
  var pitch: Float = 0
  var roll: Float = 0
  var shift = SIMD2<Float>(0, 0)
}

/// A head as a mesh of lit points, about one a pixel, ready to be turned and drawn.
struct HeadMesh {
  private let columns: Int
  private let rows: Int
  private var positions: [SIMD3<Float>]
  private var points: [SurfacePoint]

  /// `scale` is the size of the picture: pixels in half a face's width.
  init(_ appearance: Appearance, _ units: ActionUnits, gaze: SIMD2<Float>, scale: Float) {
    columns = max(24, Int(scale * 2.8)) | 1
    rows = max(32, Int(scale * 4))
    positions = []
    points = []
    positions.reserveCapacity(columns * rows)
    points.reserveCapacity(columns * rows)
    let skull = Skull(appearance)
    let face = FaceSurface(appearance: appearance, units: units, gaze: gaze, edge: 0.55 / scale)
    for row in 0..<rows {
      let t = Float(row) / Float(rows - 1) * 2 - 1
      let restY = HeadMesh.height(t, chin: skull.chin)
      let y = restY - face.jawDrop * smoothstep(-0.92, -1.14, restY)
      for column in 0..<columns {
        let u = Float(column) / Float(columns - 1) * 2 - 1
        add(skull, face, phi: u * (1.2 + 0.75 * u * u), y: y, restY: restY)
      }
    }
  }

  /// Rows lie closer together at the crown and at the chin, where the surface curls away.
  private static func height(_ t: Float, chin: Float) -> Float {
    let bent = t * (1.12 - 0.12 * t * t)
    return bent < 0 ? -bent * chin : bent * Skull.crown
  }

  private mutating func add(_ skull: Skull, _ face: FaceSurface, phi: Float, y: Float, restY: Float) {
    let (width, depth) = (skull.halfWidth(restY), skull.depth(restY))
    let (sine, cosine) = (sin(phi), cos(phi))
    let x = width * sine
    var point = face.point(x: x, y: y, restY: restY)
    // Features belong to the front; towards the ears they fade into the bare skull.
    let front = smoothstep(1.45, 1.0, abs(phi))
    var relief = point.relief * front
    let ear = hill(abs(phi) - 1.62, restY + 0.18, 0.2, 0.36)
    let (hair, thickness) = skull.hair(restY, phi)
    let appearance = face.appearance
    if hair > 0 {
      let strands = noise(x * 14 + restY * 2, restY * 2.5, seed: appearance.seed &+ 41)
      let sheen = noise(x * 30 + restY * 4, restY * 1.5, seed: appearance.seed &+ 42)
      point.albedo = mix(point.albedo, appearance.hair * (1 + 0.3 * strands + 0.25 * sheen), hair)
      point.gloss = mix(point.gloss, 0.16 + 0.1 * sheen, hair)
      point.exposure = mix(point.exposure, 0.92, hair)
      relief = mix(relief, 0.012 * strands, hair)
    } else {
      point.exposure *= 1 - 0.25 * smoothstep(0, 0.12, skull.hair(restY + 0.12, phi).coverage)
    }
    let out = thickness + 0.15 * ear * (1 - 0.7 * hair)
    positions.append(
      SIMD3(
        x + out * sine, y + thickness * 0.8 * smoothstep(0.6, 1.5, restY),
        depth * cosine + relief + out * cosine))
    points.append(point)
  }

  /// Draws the head over the canvas, lit as its owner's room is. `centre` is where the point between the
  /// eyes goes with a straight pose, in pixels.
  func draw(
    onto canvas: inout Canvas, _ appearance: Appearance, placement: HeadPlacement,
    centre: SIMD2<Float>, scale: Float
  ) {
    let rotation = Rotation(placement)
    let turned = positions.map { rotation.apply($0) }
    let colours = lit(turned, appearance)
    var layer = Canvas(width: canvas.width, height: canvas.height)
    var raster = Raster(width: canvas.width, height: canvas.height)
    let projected = turned.map { point -> SIMD3<Float> in
      let perspective = scale * 9 / (9 - point.z)
      return SIMD3(centre.x + point.x * perspective, centre.y - point.y * perspective, point.z)
    }
    for row in 0..<(rows - 1) {
      for column in 0..<(columns - 1) {
        let a = row * columns + column
        let (b, c, d) = (a + 1, a + columns, a + columns + 1)
        raster.fill(projected, colours, a, b, c, into: &layer)
        raster.fill(projected, colours, b, d, c, into: &layer)
      }
    }
    canvas.lay(layer.softened())
  }

  private func lit(_ turned: [SIMD3<Float>], _ appearance: Appearance) -> [Colour] {
    let halfway = appearance.light + SIMD3(0, 0, 1)
    let bisector = halfway / (halfway * halfway).sum().squareRoot()
    let lamp = appearance.lightColour * appearance.lightStrength
    var colours = [Colour](repeating: .zero, count: turned.count)
    for row in 0..<rows {
      for column in 0..<columns {
        let index = row * columns + column
        let right = turned[row * columns + min(column + 1, columns - 1)]
        let left = turned[row * columns + max(column - 1, 0)]
        let above = turned[min(row + 1, rows - 1) * columns + column]
        let below = turned[max(row - 1, 0) * columns + column]
        let normal = HeadMesh.normal(right - left, above - below)
        let point = points[index]
        let facing = (normal * appearance.light).sum()
        // Light that enters skin and leaves it again softens the edge of the shade.
        let diffuse = max(0, (facing + 0.25) / 1.25)
        let sky = 0.5 + 0.5 * normal.y
        let fill = appearance.ambient * (0.65 + 0.35 * sky) + 0.16 * max(0, normal.z)
        let highlight = powf(max(0, (normal * bisector).sum()), 22) * point.gloss * 0.6
        let light = lamp * diffuse + Colour(repeating: fill)
        colours[index] = (point.albedo * light + lamp * highlight) * point.exposure
      }
    }
    return colours
  }

  private static func normal(_ across: SIMD3<Float>, _ up: SIMD3<Float>) -> SIMD3<Float> {
    let cross = SIMD3(
      across.y * up.z - across.z * up.y, across.z * up.x - across.x * up.z,
      across.x * up.y - across.y * up.x)
    return cross / max(1e-9, (cross * cross).sum().squareRoot())
  }
}

/// Turns points about the neck.
private struct Rotation {
  private let x: SIMD3<Float>
  private let y: SIMD3<Float>
  private let z: SIMD3<Float>
  private let shift: SIMD3<Float>
  private let pivot = SIMD3<Float>(0, -1.3, -0.3)

  init(_ placement: HeadPlacement) {
    let radians = Float.pi / 180
    let (a, b, c) = (placement.yaw * radians, -placement.pitch * radians, placement.roll * radians)
    let (sa, ca, sb, cb, sc, cc) = (sin(a), cos(a), sin(b), cos(b), sin(c), cos(c))
    x = SIMD3(cc * ca - sc * sb * sa, -sc * cb, cc * sa + sc * sb * ca)
    y = SIMD3(sc * ca + cc * sb * sa, cc * cb, sc * sa - cc * sb * ca)
    z = SIMD3(-cb * sa, sb, cb * ca)
    shift = SIMD3(placement.shift.x, placement.shift.y, 0)
  }

  func apply(_ point: SIMD3<Float>) -> SIMD3<Float> {
    let p = point - pivot
    return SIMD3((x * p).sum(), (y * p).sum(), (z * p).sum()) + pivot + shift
  }
}

/// Triangles with a depth buffer.
private struct Raster {
  private let width: Int
  private let height: Int
  private var depths: [Float]

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    depths = Array(repeating: -.infinity, count: width * height)
  }

  mutating func fill(
    _ points: [SIMD3<Float>], _ colours: [Colour], _ i: Int, _ j: Int, _ k: Int, into canvas: inout Canvas
  ) {
    let (a, b, c) = (points[i], points[j], points[k])
    let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    guard abs(area) > 1e-7 else { return }
    let left = max(0, Int(min(a.x, b.x, c.x) - 0.5)), right = min(width - 1, Int(max(a.x, b.x, c.x)))
    let top = max(0, Int(min(a.y, b.y, c.y) - 0.5)), bottom = min(height - 1, Int(max(a.y, b.y, c.y)))
    guard left <= right, top <= bottom else { return }
    for y in top...bottom {
      for x in left...right {
        let (px, py) = (Float(x) + 0.5, Float(y) + 0.5)
        let u = ((px - a.x) * (c.y - a.y) - (py - a.y) * (c.x - a.x)) / area
        let v = ((b.x - a.x) * (py - a.y) - (b.y - a.y) * (px - a.x)) / area
        guard u >= 0, v >= 0, u + v <= 1 else { continue }
        let w = 1 - u - v
        let depth = w * a.z + u * b.z + v * c.z
        let index = y * width + x
        guard depth > depths[index] else { continue }
        depths[index] = depth
        canvas.pixels[index] = SIMD4(w * colours[i] + u * colours[j] + v * colours[k], 1)
      }
    }
  }
}
