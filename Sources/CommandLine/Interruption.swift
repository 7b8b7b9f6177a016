internal import Glibc
internal import Synchronization

/// Finishes files that are being written before a signal ends the process, so that no partial file remains.
enum Interruption {
  /// Files being written at the moment.
  private static let writes = Atomic(0)
  /// The signal that waits for them; 0 for none.
  private static let pending = Atomic<Int32>(0)

  /// Called once, before the first file is opened.
  static func prepare() {
    // Both surface as failed writes, which are reported and cleaned up.
    for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let former = signal(number) { number in
        Interruption.pending.store(number, ordering: .sequentiallyConsistent)
        if Interruption.writes.load(ordering: .sequentiallyConsistent) == 0 { Interruption.end(by: number) }
      }
      // A signal that the caller ignores, as nohup does, stays ignored.
      if unsafeBitCast(former, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(number, SIG_IGN)
      }
    }
  }

  /// Does what must not be broken off; a signal that comes meanwhile ends the process afterwards.
  static func holdingOff<Value, Fault: Error>(_ body: () throws(Fault) -> Value) throws(Fault) -> Value {
    writes.add(1, ordering: .sequentiallyConsistent)
    defer { leave() }
    while pending.load(ordering: .sequentiallyConsistent) != 0 {
      // Nothing is begun any more; who ends last ends the process.
      leave()
      sleep(1)
      writes.add(1, ordering: .sequentiallyConsistent)
    }
    return try body()
  }

  private static func leave() {
    let left = writes.subtract(1, ordering: .sequentiallyConsistent).newValue
    let number = pending.load(ordering: .sequentiallyConsistent)
    if left == 0, number != 0 { end(by: number) }
  }

  /// Ends the process as the signal would have.
  private static func end(by number: Int32) {
    signal(number, SIG_DFL)
    // Not to the own thread: those that share work take no signals.
    kill(getpid(), number)
  }
}
