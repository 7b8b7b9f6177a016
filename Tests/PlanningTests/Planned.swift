import Linting
import Models
import Requests
import Rules
import Syntax
import Testing
import Wire

@testable import Planning

/// What planning texts gives; each text is a file of its own, named by a letter.
struct Planned {
  let plan: Plan

  init(
    _ texts: [String], now: String = "2026-11-20T12:00:00Z", snapshots: [(file: String, text: String)] = [],
    rules: [RuleFile] = RuleBook.builtInFiles, region: String? = nil, account: String? = nil,
    saved: String? = nil, endpoints: EndpointOptions = EndpointOptions(), levels: RuleLevels = RuleLevels(),
    carriers: [any Carrier] = Carriers.all
  ) throws {
    var lint = LintOptions(now: try #require(Instant(rfc3339: now)))
    lint.region = region
    lint.account = account
    lint.carriers = carriers
    lint.levels = levels
    var options = PlanOptions(lint: lint, endpoints: endpoints)
    options.snapshots = try snapshots.map {
      try Snapshot(
        file: $0.file, text: SourceText($0.text), savedAt: saved.flatMap { Instant(rfc3339: $0) },
        limits: Limits())
    }
    let planner = Planner(Workbench(.builtIn), rules: rules, options: options)
    let files = texts.enumerated().compactMap { index, text in
      let name = "\(Unicode.Scalar(UInt8(ascii: "a") + UInt8(index))).yaml"
      return planner.plan(
        RequestFile(path: name, parts: [name], text: SourceText(text), notation: .yaml, isDiscovered: false))
    }
    plan = Plan(
      of: files, skippedFiles: 0, options: options, catalogSource: Catalog.builtIn.source,
      inputs: PlanInputs(paths: ["."]), rules: rules)
  }

  init(_ text: String) throws { try self.init([text]) }

  var only: PlannedRequest { plan.requests[0] }
}

/// A bare request with its directive.
func request(_ operation: String, _ settings: String = "", _ text: String) -> String {
  "# reqlint: \(operation) \(settings)\n\(text)\n"
}

func start(_ domain: String, _ more: String = "", settings: String = "region=eu-west-1") -> String {
  request("opensearch.StartServiceSoftwareUpdate", settings, "DomainName: \(domain)\n\(more)")
}
