/// Numbers in row-major order, the last dimension running fastest (NCHW for pictures).
public struct Tensor: Hashable, Sendable {
  public let shape: [Int]
  public var values: [Float]

  public var count: Int { values.count }

  /// `nil` where the number of values is not the product of the shape.
  public init?(shape: [Int], values: [Float]) {
    guard shape.allSatisfy({ $0 >= 0 }), Self.count(of: shape) == values.count else { return nil }
    self.shape = shape
    self.values = values
  }

  public init(zeros shape: [Int]) {
    self.shape = shape.map { max(0, $0) }
    values = Array(repeating: 0, count: Self.count(of: self.shape) ?? 0)
  }

  /// The product of a shape; `nil` where it overflows.
  public static func count(of shape: [Int]) -> Int? {
    var product = 1
    for dimension in shape {
      let (value, overflow) = product.multipliedReportingOverflow(by: dimension)
      if overflow { return nil }
      product = value
    }
    return product
  }
}
