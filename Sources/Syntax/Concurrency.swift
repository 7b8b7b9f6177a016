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
    let next = Atomic(0)
    let gathered = Mutex<[(index: Int, outcome: Outcome)]>([])
    @Sendable func work(_: Int) {
      let worker = makeWorker()
      var outcomes: [(index: Int, outcome: Outcome)] = []
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < count else { break }
        outcomes.append((index, worker(index)))
      }
      gathered.withLock { $0 += outcomes }
    }
    if workers == 1 { work(0) } else { DispatchQueue.concurrentPerform(iterations: workers, execute: work) }
    return gathered.withLock { $0 }.sorted { $0.index < $1.index }.map(\.outcome)
  }
}
