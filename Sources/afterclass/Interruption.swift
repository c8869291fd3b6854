import Dispatch
import Foundation

/// Lets SIGINT and SIGTERM cancel the work instead of killing the process: an analysis keeps the whole samples of the
/// slices in hand, and the same command goes on from there. A second signal ends the process at once, which loses them.
struct Interruption {
  private let sources: [any DispatchSourceSignal]

  init(cancelling cancel: @escaping @Sendable () -> Void) {
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        signal(number, SIG_DFL)
        cancel()
      }
      source.resume()
      return source
    }
  }

  func end() {
    for source in sources { source.cancel() }
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
  }
}

/// Runs `work` so that SIGINT and SIGTERM cancel it.
///
/// - Parameter lifeline: the end of standard input cancels it too: a process that starts this one holds the
///   other end. When that is killed this one does not stay behind, and when it closes the end this one hears of it
///   even where a signal came too early for it.
func interruptible<Value: Sendable>(
  lifeline: Bool = false, _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  let task = Task { try await work() }
  if lifeline {
    Thread.detachNewThread {
      while (try? FileHandle.standardInput.read(upToCount: 4096))?.isEmpty == false {}
      task.cancel()
    }
  }
  let interruption = Interruption { task.cancel() }
  defer { interruption.end() }
  return try await task.value
}
