/// One of several equal portions of a recording that are measured apart, each into a store of its own: what an
/// element of a cluster's array does with a long recording.
public struct Portion: Hashable, Sendable, Codable, CustomStringConvertible {
  /// Counted from one.
  public let number: Int
  public let count: Int

  /// `nil` where there is no such portion.
  public init?(number: Int, of count: Int) {
    guard count >= 1, count <= 10_000, (1...count).contains(number) else { return nil }
    self.number = number
    self.count = count
  }

  /// Reads `3/8`.
  public init?(_ text: String) {
    let fields = text.split(separator: "/", omittingEmptySubsequences: false)
    guard fields.count == 2, let number = Int(fields[0]), let count = Int(fields[1]) else { return nil }
    self.init(number: number, of: count)
  }

  public var description: String { "\(number)/\(count)" }

  /// Name of the folder that it is measured into.
  var folderName: String { "\(number)-of-\(count)" }

  /// The samples of this portion; all portions together are `samples`, and none share one.
  func range(of samples: Range<Int64>) -> Range<Int64> {
    func cut(_ index: Int) -> Int64 {
      samples.lowerBound + Int64(samples.count) * Int64(index) / Int64(count)
    }
    return cut(number - 1)..<cut(number)
  }
}
