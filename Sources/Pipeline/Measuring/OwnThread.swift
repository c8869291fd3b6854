import Foundation
import Synchronization

/// Runs an actor's jobs one after another on a thread of its own, so that calls into C libraries that block
/// for long do not starve Swift's cooperative pool.
final class OwnThread: SerialExecutor {
  private let jobs = Jobs()

  init(name: String) {
    let jobs = self.jobs
    let thread = Thread {
      while let job = jobs.next() { job() }
    }
    thread.name = name
    // Detection and networks keep large frames on the stack in debug builds.
    thread.stackSize = 16 << 20
    thread.start()
  }

  deinit { jobs.close() }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.append { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}

/// Jobs waiting for their thread.
private final class Jobs: Sendable {
  private struct State {
    var waiting: [@Sendable () -> Void] = []
    var isClosed = false
  }

  private let state = Mutex(State())
  private let arrivals = DispatchSemaphore(value: 0)

  func append(_ job: @escaping @Sendable () -> Void) {
    state.withLock { $0.waiting.append(job) }
    arrivals.signal()
  }

  func close() {
    state.withLock { $0.isClosed = true }
    arrivals.signal()
  }

  /// Waits for the next job; `nil` once closed.
  func next() -> (@Sendable () -> Void)? {
    while true {
      arrivals.wait()
      let (job, isClosed) = state.withLock { state in
        (state.waiting.isEmpty ? nil : state.waiting.removeFirst(), state.isClosed)
      }
      if job != nil { return job }
      if isClosed { return nil }
    }
  }
}
