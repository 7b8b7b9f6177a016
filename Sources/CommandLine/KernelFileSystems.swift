internal import CPlatform
internal import Glibc
internal import Synchronization

/// File systems whose files are not stored anywhere: to read one asks the kernel, and may wait for ever.
enum KernelFileSystems {
  /// The device `/dev/kmsg`, which ends as little as `/proc/kmsg`.
  static let messages: dev_t = dev_t(1 << 8 | 11)

  /// The device that was last found to be another, 0 for none yet; nearly all files of a run lie on one.
  private static let lastOrdinary = Atomic<UInt>(0)

  /// Whether an open file or folder lies on such a file system.
  ///
  /// - Parameter device: that of the file.
  static func holds(_ descriptor: Int32, device: dev_t) -> Bool {
    if lastOrdinary.load(ordering: .relaxed) == UInt(device) { return false }
    if reqlint_is_kernel_file(descriptor) == 1 { return true }
    lastOrdinary.store(UInt(device), ordering: .relaxed)
    return false
  }
}
