internal import Glibc
internal import Synchronization

/// How far a long run has come, as one line of a terminal that is drawn anew and wiped at the end.
///
/// - Shape: nothing where standard error is no terminal, and nothing in the first second.
struct Progress: ~Copyable, Sendable {
  private let count: Int
  private let isShown: Bool
  private let start: Int64
  private let done = Atomic(0)
  /// When a line was drawn last, in milliseconds; 0 for never.
  private let drawn = Mutex<Int64>(0)

  /// - Parameter count: how many files there are.
  init(of count: Int, isShown: Bool) {
    self.count = count
    self.isShown = isShown && isatty(STDERR_FILENO) == 1
    start = self.isShown ? Self.milliseconds() : 0
  }

  /// Counts one file more.
  func advance() {
    guard isShown else { return }
    let done = done.add(1, ordering: .relaxed).newValue
    let now = Self.milliseconds()
    guard now - start >= 1000 else { return }
    // Whoever draws already does so for this file too.
    _ = drawn.withLockIfAvailable { drawn in
      guard now - drawn >= 100 else { return }
      drawn = now
      write("\r\u{1B}[Kreqlint: \(done) of \(count) files")
    }
  }

  /// Takes the line away.
  func wipe() {
    guard isShown, drawn.withLock({ $0 }) > 0 else { return }
    write("\r\u{1B}[K")
  }

  private func write(_ text: String) {
    var text = text
    text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  private static func milliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
