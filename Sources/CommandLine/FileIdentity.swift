internal import Glibc
internal import SystemPackage

/// Tells a file or folder from every other, by whatever path it is reached.
struct FileIdentity: Hashable {
  private let device: UInt
  private let number: UInt

  init(_ status: stat) {
    device = UInt(status.st_dev)
    number = UInt(status.st_ino)
  }

  /// `nil` where no regular file is.
  init?(ofRegularFile path: FilePath) {
    guard let status = try? path.status(), status.st_mode & S_IFMT == S_IFREG else { return nil }
    self.init(status)
  }
}
