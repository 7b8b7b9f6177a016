internal import CPlatform
internal import Glibc
internal import SystemPackage

extension FilePath {
  /// What a system call makes of the path, which may be longer than the system takes at once.
  ///
  /// A path of `PATH_MAX` bytes or more is followed part by part.
  ///
  /// - Parameter call: answers a negative number where it fails, with the reason in `errno`; its path is relative to the
  ///   folder that it is handed.
  /// - Throws: `Errno`.
  @discardableResult
  func reached(_ call: (_ folder: Int32, _ path: UnsafePointer<CChar>) -> Int32) throws(Errno) -> Int32 {
    while true {
      let (outcome, code) =
        length < Int(PATH_MAX)
        ? withPlatformString { (call(AT_FDCWD, $0), errno) } : reachedByParts(call)
      if outcome >= 0 { return outcome }
      if code != EINTR { throw Errno(rawValue: code) }
    }
  }

  private func reachedByParts(
    _ call: (Int32, UnsafePointer<CChar>) -> Int32
  ) -> (outcome: Int32, code: Int32) {
    let slash = CChar(UInt8(ascii: "/"))
    var text = withPlatformString { Array(UnsafeBufferPointer(start: $0, count: strlen($0) + 1)) }
    return text.withUnsafeMutableBufferPointer { text in
      guard let base = text.baseAddress else { return (-1, ENOENT) }
      var folder = AT_FDCWD
      defer { if folder >= 0 { close(folder) } }
      var start = 0
      while text.count - start > Int(PATH_MAX) {
        let part = text[start..<start + Int(PATH_MAX)]
        guard let end = part.dropFirst().lastIndex(of: slash) else { return (-1, ENAMETOOLONG) }
        text[end] = 0
        let next = openat(folder, base + start, reqlint_o_path | O_DIRECTORY | O_CLOEXEC)
        let code = errno
        if folder >= 0 { close(folder) }
        folder = next
        guard next >= 0 else { return (-1, code) }
        start = end + 1
      }
      let outcome = call(folder, base + start)
      return (outcome, errno)
    }
  }

  /// What the system says of the file or folder.
  ///
  /// - Throws: `Errno`.
  func status(followsLinks: Bool = true) throws(Errno) -> Glibc.stat {
    var status = Glibc.stat()
    let flags = followsLinks ? 0 : AT_SYMLINK_NOFOLLOW
    func ask() throws(Errno) { try reached { fstatat($0, $1, &status, flags) } }
    if length < Int(PATH_MAX) {
      try ask()
    } else {
      do {
        try DescriptorGate.passing(ask)
      } catch {
        throw error as? Errno ?? .invalidArgument
      }
    }
    return status
  }
}
