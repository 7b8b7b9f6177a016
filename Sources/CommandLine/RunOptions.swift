internal import ArgumentParser
internal import Glibc
internal import Linting
internal import Models
internal import Reports
internal import Syntax
internal import SystemPackage

/// Options that all commands over request files share.
struct RunOptions: ParsableArguments {
  @Argument(help: "Files and folders; - reads standard input. Default: the working directory.")
  var paths: [String] = []

  @Option(
    help: ArgumentHelp(
      "The operation of every request, before all that files say.", valueName: "SERVICE.OPERATION"),
    completion: .operations)
  var operation: String?

  @Option(help: ArgumentHelp("The time to check against, RFC 3339. Default: the clock.", valueName: "TIME"))
  var now: String?

  @Option(help: ArgumentHelp("A folder of rules beside the built-in ones; repeatable.", valueName: "DIR"))
  var rules: [String] = []

  @Option(
    help: ArgumentHelp(
      "A configuration in place of the nearest .reqlint.yaml of each file.", valueName: "FILE"))
  var config: String?

  @OptionGroup var models: ModelsOptions

  @Option(help: "How many files to read at a time. Default: one for each processor.")
  var jobs: Int?

  @OptionGroup var limits: LimitOptions

  @Flag(help: "Pass over named files that hold no request, for pre-commit.")
  var skipUnbound = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
  }

  func fileRunOptions(isQuiet: Bool = false) -> FileRun.Options {
    FileRun.Options(jobs: workerCount, skipsUnbound: skipUnbound, isQuiet: isQuiet)
  }

  /// How many threads to work on.
  var workerCount: Int { jobs ?? Concurrency.processorCount }

  /// The paths asked for, or the working directory.
  var places: [String] { paths.isEmpty ? ["."] : paths }

  /// What linting depends on.
  func lintOptions(_ catalog: Catalog) throws(Failure) -> LintOptions {
    var options = LintOptions(now: try Clock.instant(now))
    if let operation { options.operation = try resolveOperation(operation, catalog) }
    return options
  }
}

/// A report file asked for by `--report FORMAT=FILE`.
struct ReportTarget<Format: RawRepresentable & CaseIterable> where Format.RawValue == String {
  let format: Format
  let path: FilePath

  init(parsing text: String) throws(Failure) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty, let format = Format(rawValue: String(parts[0])) else {
      throw .badReport(text, formats: Format.allCases.map(\.rawValue))
    }
    guard parts[1] != "-" else { throw .reportToStandardOutput(text) }
    self.format = format
    path = FilePath(argument: String(parts[1]))
  }

  /// Refuses a report that would overwrite an input; reports of earlier runs may be overwritten.
  ///
  /// - Parameters:
  ///   - files: those that are read; asked for only where a report is there already.
  ///   - inputs: other files that are read.
  ///   - outputs: other files that are written.
  static func check(
    _ targets: [Self], against files: @autoclosure () -> [FoundFile], inputs: [FilePath] = [],
    outputs: [FilePath] = []
  ) throws(Failure) {
    let read = Set(inputs.map(\.canonical))
    var written: Set<FilePath> = []
    for path in outputs + targets.map(\.path) where path.isReplaced {
      if !written.insert(path.canonical).inserted { throw .sharedOutput(path.shown) }
    }
    for target in targets {
      if read.contains(target.path.canonical) { throw .reportOverInput(target.path.shown) }
      guard let identity = FileIdentity(ofRegularFile: target.path),
        let file = files().first(where: {
          $0.path.flatMap { FileIdentity(ofRegularFile: $0) } == identity
        })
      else { continue }
      guard file.isOwnReport else { throw .reportOverInput(target.path.shown) }
    }
  }

  /// Writes every report, standard output last; if one fails, the others are still written.
  static func write(
    _ targets: [Self], standardOutput: (TextSink) -> Void, render: (Format, TextSink) -> Void
  ) -> Bool {
    var isComplete = true
    func attempt(_ body: () throws(Failure) -> Void) -> Bool {
      do throws(Failure) {
        try body()
        return true
      } catch {
        writeStandardError("reqlint: \(error.message)")
        isComplete = false
        return false
      }
    }
    for target in targets {
      _ = attempt { () throws(Failure) in
        var pieces: [[UInt8]] = []
        render(target.format) { pieces.append($0) }
        try writeFile(target.path, pieces)
      }
    }
    var isOpen = true
    standardOutput { piece in
      // After a missing piece the rest would be useless.
      isOpen = isOpen && attempt { () throws(Failure) in try writeStandardOutput(piece) }
    }
    return isComplete
  }
}

/// The reference time of a run.
enum Clock {
  /// The time written, or else what the clock shows, to the second.
  static func instant(_ text: String?) throws(Failure) -> Instant {
    guard let text else {
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      return Instant(milliseconds: Int64(time.tv_sec) * 1000)
    }
    guard let instant = Instant(rfc3339: text) else { throw .badTime(text) }
    return instant
  }
}

/// Facts about standard output.
enum Terminal {
  /// Columns of the terminal that standard output is; 80 elsewhere.
  static var width: Int {
    var size = winsize()
    guard isOutput, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 else { return 80 }
    return min(max(Int(size.ws_col), 60), 140)
  }

  static var isOutput: Bool { isatty(STDOUT_FILENO) == 1 }

  /// - Source: https://no-color.org for `NO_COLOR`.
  static var usesColor: Bool {
    guard isOutput else { return false }
    if let value = getenv("NO_COLOR"), value.pointee != 0 { return false }
    if let term = getenv("TERM"), String(cString: term) == "dumb" { return false }
    return true
  }
}
