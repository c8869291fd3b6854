import Synchronization

/// How far a measurement is, counted by the slices and read by whoever shows it.
public final class Tally: Sendable {
  public struct Count: Sendable {
    /// Samples of the whole recording, those measured before this run, and those measured by it.
    public var planned = 0
    public var before = 0
    public var samples = 0
    public var faces = 0
  }

  private let state = Mutex(Count())

  public init() {}

  public var count: Count { state.withLock { $0 } }

  func plan(_ samples: Int, before: Int) {
    state.withLock {
      $0 = Count()
      $0.planned = samples
      $0.before = before
    }
  }

  func add(samples: Int, faces: Int) {
    state.withLock {
      $0.samples += samples
      $0.faces += faces
    }
  }
}
