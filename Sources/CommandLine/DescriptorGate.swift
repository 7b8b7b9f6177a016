internal import Glibc
internal import SystemPackage

/// Lets the threads of a run share few descriptors: where there are none left, a file waits until others are closed.
enum DescriptorGate {
  private static let lock = ReadWriteLock()

  /// Runs what opens something, uses it and closes it; once more, with everything else closed, where no descriptor was
  /// left for it.
  ///
  /// Must not be nested: one that waits for all others would wait for itself.
  ///
  /// - Parameter body: opens before it changes anything else.
  static func passing<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      lock.lockShared()
      defer { lock.unlock() }
      return try body()
    } catch Errno.tooManyOpenFiles {
    } catch Errno.tooManyOpenFilesInSystem {
    }
    lock.lockAlone()
    defer { lock.unlock() }
    return try body()
  }
}

/// The system's lock for many or for one.
private final class ReadWriteLock: @unchecked Sendable {
  // Sound: made once, never moved, and only handed to functions that any thread may call.
  private let lock: UnsafeMutablePointer<pthread_rwlock_t>

  init() {
    lock = .allocate(capacity: 1)
    lock.initialize(to: pthread_rwlock_t())
    pthread_rwlock_init(lock, nil)
  }

  deinit {
    pthread_rwlock_destroy(lock)
    lock.deallocate()
  }

  func lockShared() { pthread_rwlock_rdlock(lock) }

  func lockAlone() { pthread_rwlock_wrlock(lock) }

  func unlock() { pthread_rwlock_unlock(lock) }
}
