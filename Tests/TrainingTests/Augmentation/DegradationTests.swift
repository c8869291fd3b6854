import Testing

@testable import Training

@Suite struct DegradationTests {
  private func apply(_ degradation: Degradation, to picture: [Float]) -> [Float] {
    var picture = picture
    var generator = CounterGenerator(seed: 1, stream: .augmentation)
    picture.withUnsafeMutableBufferPointer { degradation.apply(to: $0, side: 48, using: &generator) }
    return picture
  }

  private let flat = [Float](repeating: 100, count: 48 * 48)
  private let ramp: [Float] = (0..<48 * 48).map { Float($0 % 48) * 5 }

  private func roughness(_ picture: [Float]) -> Float {
    zip(picture, picture.dropFirst()).reduce(0) { $0 + abs($1.1 - $1.0) }
  }

  @Test(arguments: [17, 24, 47]) func `reducing keeps a flat picture and the mean of a ramp`(side: Int) {
    #expect(apply(Degradation(side: side), to: flat).allSatisfy { abs($0 - 100) < 0.01 })
    let mean = apply(Degradation(side: side), to: ramp).reduce(0, +) / Float(48 * 48)
    #expect(abs(mean - 117.5) < 0.5)
  }

  @Test func `blur smooths and keeps a flat picture`() {
    let checks: [Float] = (0..<48 * 48).map { (index: Int) in (index + index / 48) % 2 == 0 ? 0 : 200 }
    #expect(roughness(apply(Degradation(side: 48, blurPasses: 1), to: checks)) < roughness(checks) / 4)
    #expect(apply(Degradation(side: 48, blurPasses: 1), to: flat) == flat)
  }

  @Test func `a block transform with a tiny step gives the picture back`() {
    let result = apply(Degradation(side: 48, quantizer: 0.001), to: ramp)
    #expect(zip(result, ramp).allSatisfy { abs($0 - $1) < 0.1 })
  }

  @Test func `a block transform with a huge step leaves one value a block`() {
    let result = apply(Degradation(side: 48, quantizer: 4000), to: ramp)
    #expect(Set(result[0..<8].map { ($0 * 10).rounded() }).count == 1)
  }

  @Test func `low light darkens and noise stays in range`() {
    #expect(apply(Degradation(side: 48, exposure: 0.5), to: flat).allSatisfy { $0 == 50 })
    let noisy = apply(Degradation(side: 48, noise: 300), to: flat)
    #expect(noisy.allSatisfy { (0...255).contains($0) })
    #expect(Set(noisy).count > 100)
  }
}
