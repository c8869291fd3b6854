import Testing

@testable import Training

@Suite struct ToneCurveTests {
  @Test func `a share of white is raised to the exponent`() {
    let curve = ToneCurve(exponent: 2)
    // 51 is a fifth of white, 102 two fifths.
    let values = ([0, 51, 102, 255] as [Float]).map { (curve[$0] * 1000).rounded() / 1000 }
    #expect(values == [0, 10.2, 40.8, 255])
    #expect(ToneCurve(exponent: 0.5)[51] > 100)
  }

  @Test func `between two gray levels a curve is straight`() {
    let curve = ToneCurve(exponent: 2)
    #expect(abs(curve[51.25] - (0.75 * curve[51] + 0.25 * curve[52])) < 1e-3)
    #expect(abs(curve[254.5] - (curve[254] + curve[255]) / 2) < 1e-3)
  }

  @Test func `the exponent 1 changes nothing`() {
    let curve = ToneCurve(exponent: 1)
    #expect(([0, 0.3, 127.5, 255] as [Float]).allSatisfy { curve[$0] == $0 })
  }
}
