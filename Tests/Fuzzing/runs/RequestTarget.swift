import CLibXML2
import Fuzzing
import Planning
import Reports
import Requests
import Rules
import Syntax
import Verdicts

@testable import Linting
@testable import Models

/// A whole request file, from its bytes to every report, the plan and the repaired file.
///
/// - Shape: a first line `@PATH` says where the file stands, from which a request may get its operation.
struct RequestTarget: FuzzTarget {
  private var linter: Linter
  private var planner: Planner
  private var safeFixer: Fixer
  private var unsafeFixer: Fixer
  private let options: PlanOptions
  private let batchRules = RuleBook.builtInFiles.filter { $0.kind == .batch }

  init() {
    var lint = LintOptions(now: today)
    lint.minimumSeverity = .info
    lint.limits.aliasedNodes = tightLimits.aliasedNodes
    options = PlanOptions(lint: lint)
    let rules = RuleBook.builtInFiles
    let catalog = Self.catalog
    linter = Linter(Workbench(catalog), rules: rules, options: lint)
    planner = Planner(Workbench(catalog), rules: rules, options: options)
    safeFixer = Fixer(Workbench(catalog), rules: rules, options: lint, takesUnsafe: false)
    unsafeFixer = Fixer(Workbench(catalog), rules: rules, options: lint, takesUnsafe: true)
  }

  /// A few services of the catalog: to hold every wrong name against all of them would take most of the time.
  private static var catalog: Catalog {
    let names = ["dynamodb", "es", "opensearch", "proton", "s3", "sqs"]
    let shared = [CatalogFile.partitionsName, CatalogFile.sensitiveName]
    let files = (names + names.map { $0 + CatalogFile.rulesSuffix } + shared).compactMap { name in
      EmbeddedModels().bytes(of: name).map { (name: name, endpointPrefix: name, json: $0) }
    }
    return Catalog(source: "a few", files: files)
  }

  mutating func run(_ bytes: [UInt8]) {
    let file = Self.file(bytes)
    let result = linter.lint(file)
    check(result, of: file)
    let again = linter.lint(file)
    require(
      again.findings.map(\.message) == result.findings.map(\.message)
        && again.findings.map(\.span) == result.findings.map(\.span), "another result the second time")
    report(result, of: file)
    plan(file)
    fix(file, result, isSafe: true)
    fix(file, result, isSafe: false)
  }

  private static func file(_ bytes: [UInt8]) -> RequestFile {
    var (path, rest) = ("request.yaml", bytes[...])
    if bytes.first == UInt8(ascii: "@") {
      let line = bytes.dropFirst().prefix { $0 != 0x0A }
      rest = bytes.dropFirst(line.count + 2)
      path = String(decoding: line, as: UTF8.self)
    }
    let text = SourceText(Array(rest))
    return RequestFile(
      path: path, parts: PathParts(of: path), text: text, notation: path.hasSuffix(".json") ? .json : .yaml,
      isDiscovered: false
    )
  }

  // MARK: Findings

  private func check(_ result: FileResult, of file: RequestFile) {
    let count = file.text.bytes.count
    var start: UInt32 = 0
    for finding in result.findings {
      require(Int(finding.span.end) <= count, "\(finding.rule) at \(finding.span) of \(count) bytes")
      require(finding.span.start >= start, "\(finding.rule) at \(finding.span) stands before \(start)")
      start = finding.span.start
      require(
        finding.request.map { result.requests.indices.contains($0) } ?? true, "request of \(finding.rule)")
      require(
        !finding.message.isEmpty && !finding.message.utf8.contains { $0 < 0x20 },
        finding.message.debugDescription)
      for edit in finding.fix?.edits ?? [] {
        require(Int(edit.span.end) <= count, "edit at \(edit.span) of \(count) bytes")
      }
      if let fix = finding.fix { _ = file.text.applying(fix.edits) }
    }
    for request in result.requests { require(Int(request.span.end) <= count, "request at \(request.span)") }
    for span in result.sensitiveSpans { require(Int(span.end) <= count, "sensitive span \(span)") }
  }

  /// Two of some formats, by what the file holds: all of them would take most of the time.
  private static func chosen<Format>(_ formats: [Format], for file: RequestFile) -> [Format] {
    let sum = file.text.bytes.reduce(0) { $0 &* 31 &+ Int($1) } & 0xFFFF
    return [formats[sum % formats.count], formats[(sum / 7 + 1) % formats.count]]
  }

  private func report(_ result: FileResult, of file: RequestFile) {
    let report = LintReport(
      toolVersion: "0", catalogSource: "none", now: today,
      files: [ReportedFile(path: file.path, result: result, text: file.text)], skippedFiles: 0,
      rules: BuiltInCheck.all.map { ReportedRule($0) })
    for format in Self.chosen(LintFormat.allCases, for: file) {
      let text = format.render(report)
      require(String(validating: text, as: UTF8.self) != nil, "\(format) is not UTF-8")
      switch format {
      case .json, .sarif, .gitlab: _ = parsed(json: text, format.rawValue)
      case .rdjsonl:
        for line in text.split(separator: 0x0A) { _ = parsed(json: Array(line), format.rawValue) }
      case .junit, .junitStrict: require(Self.isXML(text), "\(format) is no XML: \(show(text))")
      case .text, .github: require(Self.isPlain(text), "\(format) holds controls: \(show(text))")
      }
    }
  }

  /// Whether a terminal would do nothing but show a text.
  private static func isPlain(_ text: [UInt8]) -> Bool {
    String(decoding: text, as: UTF8.self).unicodeScalars.allSatisfy { scalar in
      scalar == "\n" || scalar.value >= 0x20 && scalar.value != 0x7F && !(0x80...0x9F).contains(scalar.value)
    }
  }

  private static func isXML(_ text: [UInt8]) -> Bool {
    let document = text.withUnsafeBytes { bytes in
      xmlReadMemory(
        bytes.baseAddress, Int32(bytes.count), nil, nil,
        Int32(XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue | XML_PARSE_HUGE.rawValue))
    }
    defer { xmlFreeDoc(document) }
    return document != nil
  }

  // MARK: Plan

  private mutating func plan(_ file: RequestFile) {
    guard let planned = planner.plan(file) else { fatalError("a named file was passed over") }
    let plan = Plan(
      of: [planned], skippedFiles: 0, options: options, catalogSource: "none",
      inputs: PlanInputs(paths: ["."]),
      rules: batchRules)
    for format in Self.chosen(PlanFormat.allCases, for: file) {
      let text = format.render(plan)
      require(String(validating: text, as: UTF8.self) != nil, "\(format) is not UTF-8")
      if format == .json { check(plan, writtenAs: text) }
      if format == .text { require(Self.isPlain(text), "plan holds controls: \(show(text))") }
    }
  }

  private func check(_ plan: Plan, writtenAs text: [UInt8]) {
    var limits = Limits()
    limits.nesting = 10_000
    do throws(RecordedPlan.Fault) {
      let recorded = try RecordedPlan(SourceText(text), limits: limits)
      require(recorded.digest == plan.digest, "digest \(recorded.digest), not \(plan.digest)")
      let difference = PlanDifference(of: recorded, against: plan)
      require(difference.entries.isEmpty, "changed by writing: \(difference.entries)")
    } catch {
      fatalError("plan is written and not read: \(error) in \(show(text))")
    }
  }

  // MARK: Fixes

  private mutating func fix(_ file: RequestFile, _ result: FileResult, isSafe: Bool) {
    let fixed = repair(file, isSafe: isSafe)
    require(fixed.repairs.isEmpty == (fixed.text.bytes == file.text.bytes), "\(fixed.repairs.count) repairs")
    guard !fixed.repairs.isEmpty else { return }
    require(!isSafe || fixed.repairs.allSatisfy(\.isSafe), "repairs that are not safe")
    let after = file.with(text: fixed.text)
    let again = repair(after, isSafe: isSafe)
    require(again.repairs.isEmpty, "repaired twice: \(show(fixed.text.bytes)) to \(show(again.text.bytes))")
    guard result.findings.count < options.lint.limits.findings else { return }
    let (old, new) = (Self.faults(of: result), Self.faults(of: linter.lint(after)))
    for (place, count) in new where count > old[place] ?? 0 {
      fatalError("worse by \(place): \(show(file.text.bytes)) to \(show(fixed.text.bytes))")
    }
    let diff = UnifiedDiff(
      path: "a", from: UnifiedDiff.Side(file.text, hidden: []), to: UnifiedDiff.Side(fixed.text, hidden: []))
    require(!diff.bytes.isEmpty, "a repair without a difference")
  }

  private mutating func repair(_ file: RequestFile, isSafe: Bool) -> FixedFile {
    isSafe ? safeFixer.fix(file) : unsafeFixer.fix(file)
  }

  /// How often each finding is there that is more than worth knowing.
  private static func faults(of result: FileResult) -> [String: Int] {
    let places = (result.findings + result.suppressed).filter { $0.severity > .info }.map {
      "\($0.rule) \($0.request.map { String($0) } ?? "-") \($0.pointer)"
    }
    return Dictionary(places.map { ($0, 1) }, uniquingKeysWith: +)
  }
}
