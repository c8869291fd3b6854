import Foundation

/// Hands over, in order and on the caller's thread, what `produce` makes on a thread of its own, so that
/// reading from disk and working with what was read share two cores. At most `ahead` elements wait.
///
/// Returns or throws only when `produce` has ended. Where `consume` throws, the producer's next hand-over does.
func readAhead<Element: Sendable>(
  _ ahead: Int = 64, produce: @escaping @Sendable (_ handOver: (Element) throws -> Void) throws -> Void,
  consume: (Element) throws -> Void
) throws {
  let line = WaitingLine<Element>(ahead)
  let thread = Thread { line.end(with: Result { try produce(line.append) }) }
  thread.name = "read ahead"
  thread.start()
  do {
    while let elements = line.takeAll() { try elements.forEach(consume) }
  } catch {
    line.abandon()
    throw error
  }
  try line.outcome()
}

/// A bounded line of elements from one thread to another.
private final class WaitingLine<Element: Sendable>: @unchecked Sendable {
  private let most: Int
  private let changed = NSCondition()
  // Touched with `changed` locked only.
  private var waiting: [Element] = []
  private var isAbandoned = false
  private var end: Result<Void, any Error>?

  init(_ most: Int) { self.most = most }

  func append(_ element: Element) throws {
    try changed.withLock {
      while waiting.count >= most && !isAbandoned { changed.wait() }
      guard !isAbandoned else { throw CancellationError() }
      waiting.append(element)
      changed.broadcast()
    }
  }

  func end(with result: Result<Void, any Error>) {
    changed.withLock {
      end = result
      changed.broadcast()
    }
  }

  /// All that wait, as soon as there is one; `nil` once the producer has ended and nothing is left.
  func takeAll() -> [Element]? {
    changed.withLock {
      while waiting.isEmpty && end == nil { changed.wait() }
      defer { waiting = [] }
      changed.broadcast()
      return waiting.isEmpty ? nil : waiting
    }
  }

  /// Lets the producer go, and waits until it has gone.
  func abandon() {
    changed.withLock {
      isAbandoned = true
      changed.broadcast()
      while end == nil { changed.wait() }
    }
  }

  /// Throws what the producer ended with.
  func outcome() throws { try changed.withLock { try end?.get() } }
}
