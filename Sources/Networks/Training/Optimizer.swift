/// How a step moves the weights along their gradients.
public struct Optimizer: Hashable, Sendable {
  public enum Rule: Hashable, Sendable {
    /// Keras's SGD: v = momentum × v - rate × g; w += v, or momentum × v - rate × g with Nesterov's lookahead.
    case sgd(momentum: Float, nesterov: Bool)
    /// Adam (Kingma and Ba 2015) in Keras's form, epsilon being added to the root of the raw second moment.
    case adam(beta1: Float, beta2: Float, epsilon: Float)
  }

  public enum Decay: Hashable, Sendable {
    /// decay × w joins the gradient.
    case l2
    /// rate × decay × w is taken off the weights beside the step (Loshchilov and Hutter 2019).
    case decoupled
  }

  public var rule: Rule
  public var learningRate: Float
  public var weightDecay: Float
  public var decay: Decay

  public init(rule: Rule, learningRate: Float, weightDecay: Float = 0, decay: Decay = .l2) {
    self.rule = rule
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.decay = decay
  }

  public static func adamW(
    learningRate: Float = 0.001, weightDecay: Float = 0.004, beta1: Float = 0.9, beta2: Float = 0.999,
    epsilon: Float = 1e-7
  ) -> Optimizer {
    Optimizer(
      rule: .adam(beta1: beta1, beta2: beta2, epsilon: epsilon), learningRate: learningRate,
      weightDecay: weightDecay, decay: .decoupled)
  }
}

/// The loops of a step over whole vectors; every array starts on a cache line and holds a multiple of 16.
enum OptimizerStep {
  typealias Vectors = UnsafeMutableBufferPointer<SIMD16<Float>>

  static func vectors(_ floats: UnsafeMutableBufferPointer<Float>) -> Vectors {
    let raw = UnsafeMutableRawBufferPointer(floats)
    return raw.assumingMemoryBound(to: SIMD16<Float>.self)
  }

  /// - Parameter decay: weight decay of these weights, 0 for biases and normalization.
  static func sgd(
    _ optimizer: Optimizer, momentum: Float, nesterov: Bool, decay: Float, weights: Vectors,
    gradients: Vectors, velocity: Vectors
  ) {
    let (rate, l2, shrink) = factors(optimizer, decay)
    for index in weights.indices {
      let weight = weights[index]
      let gradient = gradients[index] + weight * l2
      let speed = velocity[index] * momentum - gradient * rate
      velocity[index] = speed
      weights[index] = weight * shrink + (nesterov ? speed * momentum - gradient * rate : speed)
    }
  }

  /// - Parameter step: 1 for the first.
  static func adam(
    _ optimizer: Optimizer, beta1: Float, beta2: Float, epsilon: Float, step: Int, decay: Float,
    weights: Vectors, gradients: Vectors, first: Vectors, second: Vectors
  ) {
    let (rate, l2, shrink) = factors(optimizer, decay)
    let (power1, power2) = (power(beta1, step), power(beta2, step))
    let corrected = Float(Double(rate) * (1 - power2).squareRoot() / (1 - power1))
    for index in weights.indices {
      let weight = weights[index]
      let gradient = gradients[index] + weight * l2
      let mean = first[index] * beta1 + gradient * (1 - beta1)
      let square = second[index] * beta2 + gradient * gradient * (1 - beta2)
      first[index] = mean
      second[index] = square
      weights[index] = weight * shrink - mean * corrected / (square.squareRoot() + epsilon)
    }
  }

  private static func factors(_ optimizer: Optimizer, _ decay: Float) -> (Float, Float, Float) {
    let rate = optimizer.learningRate
    return optimizer.decay == .l2 ? (rate, decay, 1) : (rate, 0, 1 - rate * decay)
  }

  private static func power(_ base: Float, _ exponent: Int) -> Double {
    var (result, factor, left) = (1.0, Double(base), exponent)
    while left > 0 {
      if left & 1 == 1 { result *= factor }
      factor *= factor
      left >>= 1
    }
    return result
  }
}
