internal import Glibc
internal import Synchronization

/// Runs work on the items of a list in several threads.
package enum Concurrency {
  /// The number of processors online.
  package static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// How many workers to start for a list: a handful of items does not repay the cost of setting one up.
  ///
  /// - Parameter jobs: the maximum.
  package static func workers(_ jobs: Int, for count: Int) -> Int { max(1, min(jobs, (count + 7) / 8)) }

  /// Calls a worker for every index from 0 up to a count and returns the results in order.
  ///
  /// - Parameter makeWorker: is called once per thread; a worker may keep its own tables.
  package static func map<Outcome: Sendable>(
    _ count: Int, workers: Int, _ makeWorker: @Sendable () -> (Int) -> Outcome
  ) -> [Outcome] {
    [Outcome](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      let next = Atomic(0)
      // Sound, since only one thread writes each index, and all threads have ended before anybody reads.
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

  /// The results of two independent bodies, each run on its own thread if the system has two.
  package static func both<First: Sendable, Second: Sendable>(
    _ first: @Sendable () -> First, _ second: @Sendable () -> Second
  ) -> (First, Second) {
    let one = Mutex<First?>(nil)
    let other = Mutex<Second?>(nil)
    let next = Atomic(0)
    @Sendable func work(_: Int) {
      while true {
        switch next.add(1, ordering: .relaxed).oldValue {
        case 0:
          let made = first()
          one.withLock { $0 = made }
        case 1:
          let made = second()
          other.withLock { $0 = made }
        default: return
        }
      }
    }
    perform(work, workers: 2)
    guard let one = one.withLock({ $0 }), let other = other.withLock({ $0 }) else {
      preconditionFailure("a body has not been run")
    }
    return (one, other)
  }

  /// Runs workers over every index from 0 up to a count and folds their results in order while others still run.
  ///
  /// - Parameters:
  ///   - makeWorker: is called once per thread; a worker may keep its own tables.
  ///   - add: is called by the calling thread alone.
  package static func fold<Value, Outcome: Sendable>(
    _ count: Int, workers: Int, into value: Value, _ makeWorker: @Sendable () -> (Int) -> Outcome,
    add: (inout Value, Outcome) -> Void
  ) -> Value {
    let next = Atomic(0)
    let waiting = Mutex<[Int: Outcome]>([:])
    // Sound, since only the calling thread, which is the first worker, adds.
    nonisolated(unsafe) var folded = (value: value, count: 0)
    return withoutActuallyEscaping(add) { add in
      nonisolated(unsafe) let add = add
      @Sendable func addWaiting() {
        while let outcome = waiting.withLock({ $0.removeValue(forKey: folded.count) }) {
          add(&folded.value, outcome)
          folded.count += 1
        }
      }
      @Sendable func work(number: Int) {
        let worker = makeWorker()
        while true {
          let index = next.add(1, ordering: .relaxed).oldValue
          guard index < count else { break }
          let outcome = worker(index)
          waiting.withLock { $0[index] = outcome }
          if number == 0 { addWaiting() }
        }
      }
      perform(work, workers: workers)
      addWaiting()
      return folded.value
    }
  }

  /// Folds what several threads make of the indices from 0 up to a count, in order, a few hundred indices at a time.
  ///
  /// - Parameters:
  ///   - make: computes the result for a share of the indices.
  ///   - add: is called by the calling thread alone.
  package static func foldShares<Value, Share: Sendable>(
    of count: Int, into value: Value, _ make: @escaping @Sendable (Range<Int>) -> Share,
    add: (inout Value, Share) -> Void
  ) -> Value {
    let size = 128
    let shares = (count + size - 1) / size
    return fold(shares, workers: min(max(shares, 1), processorCount), into: value) {
      { make((size * $0)..<min(size * ($0 + 1), count)) }
    } add: {
      add(&$0, $1)
    }
  }

  /// Runs the work once per worker, including the caller; fewer if the system has no more threads.
  private static func perform(_ work: @Sendable (Int) -> Void, workers: Int) {
    withoutActuallyEscaping(work) { work in
      let others = (1..<max(1, min(workers, 1 + stackRoom))).compactMap { number in Thread { work(number) } }
      work(0)
      for other in others { other.join() }
    }
  }
}

extension Concurrency {
  /// Stack size in bytes for recursion as deep as values are nested; only the part in use takes memory.
  static let stackBytes = 96 << 20

  /// Lets the calling thread, which must be the main one, recurse as deep, as far as the system permits.
  package static func deepenMainStack() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_STACK.rawValue), &limit) == 0 else { return }
    let wanted = min(rlim_t(stackBytes), limit.rlim_max)
    guard limit.rlim_cur < wanted else { return }
    limit.rlim_cur = wanted
    _ = setrlimit(__rlimit_resource_t(RLIMIT_STACK.rawValue), &limit)
  }

  /// How many stacks fit if a limit on the address space is to leave most of it to the work itself.
  private static var stackRoom: Int {
    var limit = rlimit()
    let isKnown = getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0
    guard isKnown, limit.rlim_cur < rlim_t(Int.max) else { return .max - 1 }
    return Int(limit.rlim_cur) / (4 * stackBytes)
  }

  /// A thread with a deep stack.
  private struct Thread {
    private final class Body: Sendable {
      let run: @Sendable () -> Void

      init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private let id: pthread_t

    /// `nil` if the system has no more threads.
    init?(_ body: @escaping @Sendable () -> Void) {
      var attributes = pthread_attr_t()
      pthread_attr_init(&attributes)
      defer { pthread_attr_destroy(&attributes) }
      pthread_attr_setstacksize(&attributes, stackBytes)
      let handed = Unmanaged.passRetained(Body(body))
      var id = pthread_t()
      let status = pthread_create(
        &id, &attributes,
        { argument in
          guard let argument else { return nil }
          Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
          return nil
        }, handed.toOpaque())
      guard status == 0 else {
        handed.release()
        return nil
      }
      self.id = id
    }

    func join() { pthread_join(id, nil) }
  }
}
