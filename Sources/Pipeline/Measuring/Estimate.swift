import Foundation
import Vocabulary

extension Measuring {
  /// CPU seconds that the whole measurement will take, from a trial on a few short stretches; `nil` where no
  /// frame could be read.
  public func estimate() async throws -> Double? {
    let samples = samples
    let stretch = Int64(min(4, samples.count))
    guard stretch > 0 else { return nil }
    var account = Account()
    let walk = try Walk(self, stages())
    for share in [0.25, 0.75] {
      let first = samples.lowerBound + Int64(Double(Int64(samples.count) - stretch) * share)
      account.add(try walk.measure(first..<first + stretch).account)
    }
    guard account.samples > 0 else { return nil }
    let seconds = account.stages.values.reduce(0) { $0 + $1.seconds }
    return seconds / Double(account.samples) * Double(samples.count)
  }
}
