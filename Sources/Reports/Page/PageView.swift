internal import Linting
internal import Planning
internal import Syntax
internal import Verdicts

/// What the page's template shows: words and numbers, laid out already.
///
/// - Shape: names of properties are unique among the views that nest, for a section looks outwards for a missing one.
struct PageView: TemplateRecord {
  let policy: String
  let style: String
  let script: String
  let title: String
  let headline: String
  let headlineVerdict: VerdictView
  let counts: [CountView]
  let planDigest: String
  let madeAt: TimeView
  let catalog: String
  let scope: [ScopeView]
  let loose: [FindingView]
  let hasLoose: Bool
  let gaps: [GapView]
  let hasGaps: Bool
  let conflicts: [ConflictView]
  let hasConflicts: Bool
  let legend = [VerdictView(.blocked), VerdictView(.review), VerdictView(.ready)]
  let timeline: TimelineView
  let order: OrderView
  let requests: TemplateSeries
  let requestCount: String
  let hasRequests: Bool
  let files: [PlannedFile]
  let fileCount: String
  let skipped: String?

  init(_ plan: Plan, _ sources: PageSources) {
    let index = PlanIndex(plan)
    policy = sources.policy
    style = sources.style
    script = sources.script
    headline = Self.headline(plan)
    title = "Dry-run plan: \(headline)"
    headlineVerdict = VerdictView(
      plan.count(.blocked) > 0 || plan.findings.contains { $0.severity == .error }
        || !plan.gaps.isEmpty
        // Nothing to send is no success either.
        ? .blocked : plan.count(.review) > 0 || plan.requests.isEmpty ? .review : .ready)
    counts = CountView.all(plan)
    planDigest = plan.digest
    madeAt = TimeView(plan.now)
    catalog = plan.catalogSource
    scope = ScopeView.all(plan.inputs)
    loose = plan.findings.map(FindingView.init)
    hasLoose = !plan.findings.isEmpty
    gaps = plan.gaps.map { GapView(gap: $0) }
    hasGaps = !gaps.isEmpty
    conflicts = index.conflicts
    hasConflicts = !conflicts.isEmpty
    timeline = TimelineView(plan, index)
    order = OrderView(plan, index)
    requests = TemplateSeries(plan.requests.count) { place in
      RequestView(plan.requests[index.riskiestFirst[place]], index, isOpen: plan.requests.count <= 3)
    }
    requestCount = grouped(plan.requests.count, "request")
    hasRequests = !plan.requests.isEmpty
    files = plan.files
    fileCount = grouped(plan.files.count, "file")
    skipped =
      plan.skippedFiles > 0 ? "\(grouped(plan.skippedFiles, "file")) without a request skipped" : nil
  }

  private static func headline(_ plan: Plan) -> String {
    let total = grouped(plan.requests.count, "request")
    let (blocked, review) = (plan.count(.blocked), plan.count(.review))
    let parts = [
      blocked > 0 ? "\(grouped(blocked)) blocked" : nil,
      review > 0 ? "\(grouped(review)) to review" : nil,
    ].compactMap { $0 }
    if plan.requests.isEmpty { return "No request" }
    if !plan.gaps.isEmpty { return "\(total), incomplete" + parts.map { ", \($0)" }.joined() }
    return parts.isEmpty ? "\(total), all ready" : "\(total), " + parts.joined(separator: ", ")
  }

  static let members: TemplateMembers<PageView> = [
    "policy": { .text($0.policy) }, "style": { .text($0.style) }, "script": { .text($0.script) },
    "title": { .text($0.title) },
    "headline": { .text($0.headline) }, "headlineVerdict": { .object($0.headlineVerdict) },
    "counts": { .list($0.counts) },
    "planDigest": { .text($0.planDigest) }, "madeAt": { .object($0.madeAt) },
    "catalog": { .text($0.catalog) },
    "scope": { .list($0.scope) }, "loose": { .list($0.loose) }, "hasLoose": { .flag($0.hasLoose) },
    "gaps": { .list($0.gaps) }, "hasGaps": { .flag($0.hasGaps) },
    "conflicts": { .list($0.conflicts) }, "hasConflicts": { .flag($0.hasConflicts) },
    "legend": { .list($0.legend) },
    "timeline": { .object($0.timeline) }, "order": { .object($0.order) },
    "requests": { .series($0.requests) },
    "requestCount": { .text($0.requestCount) }, "hasRequests": { .flag($0.hasRequests) },
    "files": { .list($0.files) },
    "fileCount": { .text($0.fileCount) }, "skipped": { .optional($0.skipped) },
  ]
}

/// Something that is missing from a plan.
struct GapView: TemplateRecord {
  let gap: String

  static let members: TemplateMembers<GapView> = ["gap": { .text($0.gap) }]
}

/// A verdict as a word with a mark of its own.
struct VerdictView: TemplateRecord {
  let verdict: String
  let mark: String

  init(_ verdict: PlannedRequest.Verdict) {
    self.verdict = verdict.rawValue
    mark =
      switch verdict {
      case .ready: "●"
      case .review: "▲"
      case .blocked: "■"
      }
  }

  static let members: TemplateMembers<VerdictView> = [
    "verdict": { .text($0.verdict) }, "mark": { .text($0.mark) },
  ]
}

/// One number of the summary, and the filter that shows what it counts.
struct CountView: TemplateRecord {
  let number: String
  let label: String
  let tone: String
  let target: String
  let filter: String

  static func all(_ plan: Plan) -> [CountView] {
    func verdict(_ verdict: PlannedRequest.Verdict) -> CountView {
      let count = plan.count(verdict)
      let name = verdict.rawValue
      return CountView(
        number: grouped(count), label: name, tone: count > 0 ? name : "none", target: "requests",
        filter: "verdict=\(name)")
    }
    let risky = plan.requests.count { $0.risk.level == .high }
    let conflicts = plan.conflicts.count
    return [
      verdict(.blocked), verdict(.review), verdict(.ready),
      CountView(
        number: grouped(risky), label: "high risk", tone: risky > 0 ? "high" : "none", target: "requests",
        filter: "risk=high"),
      CountView(
        number: grouped(conflicts), label: conflicts == 1 ? "conflict" : "conflicts",
        tone: conflicts > 0 ? "blocked" : "none", target: conflicts > 0 ? "conflicts" : "requests", filter: ""
      ),
      CountView(
        number: grouped(plan.requests.count), label: plan.requests.count == 1 ? "request" : "requests",
        tone: "plain", target: "requests", filter: "all"),
      CountView(
        number: grouped(plan.files.count), label: plan.files.count == 1 ? "file" : "files", tone: "plain",
        target: "files", filter: ""),
    ]
  }

  static let members: TemplateMembers<CountView> = [
    "number": { .text($0.number) }, "label": { .text($0.label) }, "tone": { .text($0.tone) },
    "target": { .text($0.target) },
    "filter": { .text($0.filter) },
  ]
}

/// A line of what the plan was made from.
struct ScopeView: TemplateRecord {
  let term: String
  let meaning: String

  static func all(_ inputs: PlanInputs) -> [ScopeView] {
    let shown = inputs.paths.prefix(6).joined(separator: "  ")
    let rest = inputs.paths.count > 6 ? "  and \(grouped(inputs.paths.count - 6)) more" : ""
    return [
      inputs.paths.isEmpty ? nil : ScopeView(term: "Made from", meaning: shown + rest),
      inputs.operation.map { ScopeView(term: "Operation", meaning: $0) },
      inputs.region.map { ScopeView(term: "Region, where none is declared", meaning: $0) },
      inputs.account.map { ScopeView(term: "Account, where none is declared", meaning: $0) },
    ].compactMap { $0 }
  }

  static let members: TemplateMembers<ScopeView> = [
    "term": { .text($0.term) }, "meaning": { .text($0.meaning) },
  ]
}

/// A point in time, for people and for the script.
struct TimeView: TemplateRecord {
  let iso: String
  let milliseconds: Int64
  let shown: String

  init(_ instant: Instant) {
    iso = instant.rfc3339
    milliseconds = instant.milliseconds
    shown = "\(TimeView.date(instant)) \(TimeView.clock(instant)) UTC"
  }

  /// `2026-11-20`.
  static func date(_ instant: Instant) -> String {
    String(CivilTime(utc: instant).text.prefix { $0 != "T" })
  }

  /// `12:00`, with seconds only where there are any.
  static func clock(_ instant: Instant) -> String {
    let time = CivilTime(utc: instant)
    return String(time.text.drop { $0 != "T" }.dropFirst().prefix(time.millisecond >= 1000 ? 8 : 5))
  }

  static let members: TemplateMembers<TimeView> = [
    "iso": { .text($0.iso) }, "milliseconds": { .number($0.milliseconds) }, "shown": { .text($0.shown) },
  ]
}

/// A finding with its line.
struct FindingView: TemplateRecord {
  /// Decides the look.
  let severity: String
  let label: String
  let message: String
  let rule: String
  let suppression: String?
  let hint: String?
  let place: String
  let pointer: String?
  let before: String
  let marked: String
  let after: String
  let hasExcerpt: Bool
  let line: Int
  /// A page on the web; other texts could be anything.
  let link: String?

  init(_ finding: LocatedFinding) {
    severity = finding.suppression == nil ? finding.severity.rawValue : Severity.info.rawValue
    label = finding.label
    message = finding.message
    rule = finding.rule
    hint = finding.hint
    suppression = finding.suppression?.words
    line = finding.start.line
    place = "\(finding.file):\(finding.start.line):\(finding.start.column)"
    pointer = finding.pointer.isEmpty ? nil : finding.pointer
    link = webAddress(finding.source)
    let excerpt = finding.excerpt
    let scalars = excerpt.text.unicodeScalars
    let start = scalars.index(
      scalars.startIndex, offsetBy: excerpt.markStart, limitedBy: scalars.endIndex)
    let from = start ?? scalars.endIndex
    let to = scalars.index(from, offsetBy: excerpt.markCount, limitedBy: scalars.endIndex) ?? scalars.endIndex
    before = (excerpt.isCutBefore ? "…" : "") + String(scalars[..<from])
    marked = String(scalars[from..<to])
    after = String(scalars[to...]) + (excerpt.isCutAfter ? "…" : "")
    hasExcerpt = !excerpt.text.isEmpty
  }

  static let members: TemplateMembers<FindingView> = [
    "severity": { .text($0.severity) }, "label": { .text($0.label) },
    "suppression": { .optional($0.suppression) },
    "message": { .text($0.message) }, "rule": { .text($0.rule) }, "hint": { .optional($0.hint) },
    "place": { .text($0.place) }, "pointer": { .optional($0.pointer) }, "before": { .text($0.before) },
    "marked": { .text($0.marked) },
    "after": { .text($0.after) }, "hasExcerpt": { .flag($0.hasExcerpt) }, "line": { .number($0.line) },
    "link": { .optional($0.link) },
  ]
}

/// An address that a link may lead to.
func webAddress(_ text: String?) -> String? {
  guard let text, text.hasPrefix("https://") || text.hasPrefix("http://") else { return nil }
  return text
}

extension PlannedFile: TemplateRecord {
  static let members: TemplateMembers<PlannedFile> = ["path": { .text($0.path) }, "hash": { .text($0.hash) }]
}
