internal import Glibc
internal import SystemPackage

extension FileDescriptor {
  /// How long a pipe may go without a process at its other end.
  ///
  /// - Units: milliseconds.
  private static let patience: Int32 = 5000

  /// Puts what can be neither read nor written where a standard stream is closed.
  ///
  /// A file that is opened later would get its number otherwise, and messages would go into it.
  static func fillStandardStreams() {
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) == -1 {
      _ = Glibc.open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// Opens a file to be read; a pipe that nobody writes to keeps nobody waiting for long.
  static func openForReading(_ path: FilePath) throws -> FileDescriptor {
    try open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
  }

  /// Opens what is no regular file to be written; a pipe that nobody reads keeps nobody waiting for long.
  static func openForWriting(_ path: FilePath) throws -> FileDescriptor {
    var waited: Int32 = 0
    while true {
      do {
        return try open(path, .writeOnly, options: [.closeOnExec, .nonBlocking])
      } catch Errno.noSuchAddressOrDevice where path.isWaiting {
        guard waited < patience else { throw Absence.reader }
        waited += 10
        usleep(10_000)
      }
    }
  }

  /// Fills a part of a buffer, and waits for it where there is nothing to be read yet.
  ///
  /// - Parameter isFirst: whether nothing has been read before, so that a pipe may still be without a writer.
  /// - Shape: 0 at the end.
  func readWaiting(into buffer: UnsafeMutableRawBufferPointer, isFirst: Bool) throws -> Int {
    var mayBeUnwritten = isFirst
    while true {
      do {
        let count = try read(into: buffer)
        guard count == 0, mayBeUnwritten, isPipe(rawValue) else { return count }
        guard isReady(for: POLLIN, within: Self.patience) else { throw Absence.writer }
        mayBeUnwritten = false
      } catch Errno.resourceTemporarilyUnavailable {
        // The stream is shared with a process that does not want to wait; this one does.
        _ = isReady(for: POLLIN, within: -1)
      }
    }
  }

  /// Writes everything, and waits where a reader is slow.
  func writeWaiting(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { all in
      var rest = all[...]
      while !rest.isEmpty {
        do {
          rest = rest.dropFirst(try write(UnsafeRawBufferPointer(rebasing: rest)))
        } catch Errno.resourceTemporarilyUnavailable {
          _ = isReady(for: POLLOUT, within: -1)
        }
      }
    }
  }

  /// - Parameter milliseconds: negative for as long as it takes.
  private func isReady(for event: Int32, within milliseconds: Int32) -> Bool {
    var request = pollfd(fd: rawValue, events: Int16(event), revents: 0)
    var count: Int32
    repeat { count = poll(&request, 1, milliseconds) } while count < 0 && errno == EINTR
    return count > 0
  }
}

private func isPipe(_ descriptor: Int32) -> Bool {
  var status = stat()
  return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
}

/// Nobody is at the other end of a pipe.
private enum Absence: Error, CustomStringConvertible {
  case writer, reader

  var description: String {
    switch self {
    case .writer: "nobody writes to this pipe"
    case .reader: "nobody reads this pipe"
    }
  }
}
