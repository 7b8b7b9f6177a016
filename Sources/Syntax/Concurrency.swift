internal import Dispatch
internal import Glibc
internal import Synchronization

/// Work on the places of a list, by several threads.
public enum Concurrency {
  /// Processors that are there to be used.
  public static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// What a worker makes of every place from 0 to a count, in that order.
  ///
  /// - Parameter makeWorker: is called once for each thread; a worker may keep tables of its own.
  public static func map<Outcome: Sendable>(
    _ count: Int, workers: Int, _ makeWorker: @Sendable () -> (Int) -> Outcome
  ) -> [Outcome] {
    [Outcome](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      let next = Atomic(0)
      // Sound, since each place is handed to one thread alone, and all threads have ended before anybody reads.
      nonisolated(unsafe) let outcomes = buffer
      @Sendable func work(_: Int) {
        let worker = makeWorker()
        while true {
          let index = next.add(1, ordering: .relaxed).oldValue
          guard index < count else { break }
          outcomes.initializeElement(at: index, to: worker(index))
        }
      }
      perform(work, workers: workers)
      initializedCount = count
    }
  }

  /// Adds what a worker makes of every place from 0 to a count to a value, in that order, while others still work.
  ///
  /// - Parameter makeWorker: is called once for each thread; a worker may keep tables of its own.
  public static func fold<Value: Sendable, Outcome: Sendable>(
    _ count: Int, workers: Int, into value: Value, _ makeWorker: @Sendable () -> (Int) -> Outcome,
    add: @Sendable (inout Value, Outcome) -> Void
  ) -> Value {
    let next = Atomic(0)
    let waiting = Mutex<[Int: Outcome]>([:])
    let folded = Mutex((value: value, count: 0))
    @Sendable func addWaiting(to folded: inout (value: Value, count: Int)) {
      while let outcome = waiting.withLock({ $0.removeValue(forKey: folded.count) }) {
        add(&folded.value, outcome)
        folded.count += 1
      }
    }
    @Sendable func work(_: Int) {
      let worker = makeWorker()
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < count else { break }
        let outcome = worker(index)
        waiting.withLock { $0[index] = outcome }
        // Whoever holds the value adds this too, or it is left to the next one.
        _ = folded.withLockIfAvailable { addWaiting(to: &$0) }
      }
    }
    perform(work, workers: workers)
    return folded.withLock { folded in
      addWaiting(to: &folded)
      return folded.value
    }
  }

  private static func perform(_ work: @Sendable (Int) -> Void, workers: Int) {
    if workers == 1 { work(0) } else { DispatchQueue.concurrentPerform(iterations: workers, execute: work) }
  }
}
