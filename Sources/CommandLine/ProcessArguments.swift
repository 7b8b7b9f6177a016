internal import CPlatform

/// The arguments of the process as the system passed them, also where there is no `/proc`.
enum ProcessArguments {
  /// Without the name of the program, in order; what is not UTF-8 in them is repaired.
  ///
  /// - Shape: `nil` where they cannot be read, which must not pass for a call without any.
  static var texts: [String]? {
    let count = reqlint_argument_count()
    if count > 0 { return raw.map { String(cString: $0) } }
    // Another C library than glibc: Swift asks /proc.
    let all = Swift.CommandLine.arguments
    return all.isEmpty ? nil : Array(all.dropFirst())
  }

  /// The same, byte by byte.
  static var raw: [UnsafePointer<CChar>] {
    let count = reqlint_argument_count()
    if count > 0 { return (1..<max(1, count)).compactMap { reqlint_argument($0) } }
    return (1..<max(1, Int(Swift.CommandLine.argc))).compactMap { number in
      Swift.CommandLine.unsafeArgv[number].map { UnsafePointer($0) }
    }
  }
}
