internal import Glibc
internal import Linting
internal import Models
internal import Reports
internal import Requests
internal import Rules
internal import Syntax

// Measures the stages of linting one by one, on one thread.
//
// usage: stages LIST        (LIST: the files, one path on each line)
//
// Prints the bytes of all files, and the median seconds of each stage.

let rounds = 5

func fail(_ message: String) -> Never {
  Array("stages: \(message)\n".utf8).withUnsafeBytes { _ = write(2, $0.baseAddress, $0.count) }
  exit(2)
}

/// Reads a file whole.
func read(_ path: String) -> [UInt8] {
  let file = open(path, O_RDONLY)
  guard file >= 0 else { fail("cannot open \(path)") }
  defer { close(file) }
  var status = stat()
  guard fstat(file, &status) == 0 else { fail("cannot read \(path)") }
  return [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
    guard Glibc.read(file, buffer.baseAddress, buffer.count) == buffer.count else {
      fail("cannot read \(path)")
    }
    count = buffer.count
  }
}

/// Median seconds of some work, and what it made in the last round.
func measure<Outcome>(_ work: () -> Outcome) -> (seconds: Double, outcome: Outcome) {
  var taken: [Duration] = []
  var last: Outcome?
  for _ in 0..<rounds {
    last = nil
    taken.append(ContinuousClock().measure { last = work() })
  }
  guard let last else { fail("nothing was measured") }
  return (taken.sorted()[rounds / 2] / .seconds(1), last)
}

/// Documents of each file.
func parse(_ files: [RequestFile]) -> [[Document]] {
  files.map { file in
    var documents: [Document] = []
    readDocuments(file.text, as: file.notation, limits: Limits()) { parsed in
      if case .document(let document) = parsed { documents.append(document) }
    }
    return documents
  }
}

/// How many requests the documents hold; the models are unpacked before.
func bind(_ documents: [[Document]], _ models: LoadedModels) -> Int {
  let binder = Binder()
  var count = 0
  for document in documents.joined() {
    count += binder.bind(document, path: [], suggestsOperations: false, models: models).requests.count
  }
  return count
}

func lint(_ files: [RequestFile], _ linter: Linter) -> [FileResult] { files.map { linter.lint($0) } }

func report(_ files: [RequestFile], _ results: [FileResult], now: Instant) -> LintReport {
  LintReport(
    toolVersion: "", catalogSource: "", now: now,
    files: zip(files, results).map { ReportedFile(path: $0.path, result: $1, text: $0.text) }, skippedFiles: 0
  )
}

func run(_ list: String) {
  let paths = String(decoding: read(list), as: UTF8.self).split(separator: "\n").map(String.init)
  let now = Instant(milliseconds: 1_800_000_000_000)
  let reading = measure { paths.map { SourceText(read($0)) } }
  let files = zip(paths, reading.outcome).map { path, text in
    RequestFile(
      path: path, parts: [], text: text, notation: path.hasSuffix(".json") ? .json : .yaml,
      isDiscovered: false)
  }
  let parsing = measure { parse(files) }
  let models = LoadedModels(.builtIn)
  let binding = measure { bind(parsing.outcome, models) }
  guard binding.outcome > 0 else { fail("no request in \(list)") }
  let linter = Linter(Workbench(.builtIn), rules: RuleBook.builtInFiles, options: LintOptions(now: now))
  let linting = measure { lint(files, linter) }
  let placing = measure { report(files, linting.outcome, now: now) }
  print("bytes", files.reduce(0) { $0 + $1.text.bytes.count })
  print("read", reading.seconds)
  print("parse", parsing.seconds)
  print("bind", binding.seconds)
  // Linting is parsing, binding and checking.
  print("check", max(0, linting.seconds - parsing.seconds - binding.seconds))
  print("place", placing.seconds)
  for format in [LintFormat.text, .json, .junit, .sarif] {
    print("render-\(format.rawValue)", measure { format.render(placing.outcome) }.seconds)
  }
}

guard CommandLine.arguments.count == 2 else { fail("usage: stages LIST") }
run(CommandLine.arguments[1])
