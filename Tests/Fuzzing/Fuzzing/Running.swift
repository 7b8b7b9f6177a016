internal import CLibFuzzer
internal import Glibc

/// Runs libFuzzer on the target that the first argument names; the others are its options and folders.
package func fuzz(_ targets: [(name: String, make: () -> any FuzzTarget)]) -> Never {
  var arguments = Array(UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc)))
  let named = CommandLine.arguments.dropFirst().first
  guard let target = targets.first(where: { $0.name == named }) else {
    print("usage: fuzz \(targets.map(\.name).joined(separator: "|")) [OPTION OR FOLDER OF LIBFUZZER…]")
    exit(2)
  }
  Running.target = target.make()
  arguments.remove(at: 1)
  var count = Int32(arguments.count)
  arguments.append(nil)
  let status = arguments.withUnsafeMutableBufferPointer { buffer in
    var start = buffer.baseAddress
    return LLVMFuzzerRunDriver(&count, &start) { bytes, count in
      Running.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
      return 0
    }
  }
  exit(status)
}

/// What is fuzzed; libFuzzer's callback takes no context.
private enum Running {
  // libFuzzer calls back on the thread that it was started on, and there is no other.
  nonisolated(unsafe) static var target: (any FuzzTarget)?

  /// What one input may take.
  ///
  /// - Units: seconds of processor time, in a build that takes several times as long as a release.
  private static let longest = 2.0

  static func run(_ input: [UInt8]) {
    let start = seconds
    target?.run(input)
    let taken = seconds - start
    require(taken < longest, "\(taken) s for \(input.count) bytes")
  }

  /// What the process has taken; unlike libFuzzer's own clock this one does not run while others work.
  private static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
