internal import Models
package import Rules
package import Syntax
internal import Verdicts

/// A file after all possible repairs.
package struct FixedFile: Sendable {
  /// A completed repair.
  package struct Repair: Hashable, Sendable {
    package let rule: String
    /// Counts the requests of the file from 0; `nil` for a finding outside any.
    package let request: Int?
    /// The finding's pointer, RFC 6901.
    package let pointer: String
    package let isSafe: Bool
  }

  /// The file's own text if nothing was repaired.
  package internal(set) var text: SourceText
  /// In the order of repair.
  package internal(set) var repairs: [Repair] = []
  /// Findings with an unsafe fix that was not requested.
  package internal(set) var unsafeCount = 0
  /// Values of the repaired text that must not be shown, according to the models.
  package internal(set) var hidden = HiddenText()
  /// The same for the original text.
  package internal(set) var hiddenBefore = HiddenText()
}

/// The parts of a text that must not be shown.
package struct HiddenText: Sendable {
  package private(set) var spans: [ByteSpan] = []
  package private(set) var words = SecretWords()

  init() {}

  init(_ result: FileResult) {
    spans = result.sensitiveSpans
    words = result.secretWords
  }
}

/// Repairs files one by one.
///
/// Not Sendable: one worker owns one.
///
/// - Shape: a repaired file has no new finding of at least a warning, and repairing it again changes nothing.
package final class Fixer {
  private static let mostRounds = 20

  private let linter: Linter
  private let takesUnsafe: Bool

  /// - Parameter takesUnsafe: whether to apply fixes that may change the intended meaning too.
  package init(
    _ workbench: Workbench, rules: [RuleFile], options: LintOptions, takesUnsafe: Bool,
    addressJudge: AddressJudge? = nil
  ) {
    var options = options
    // Findings of severity info may have fixes too, and no finding may be cut off by the limit.
    options.minimumSeverity = .info
    options.limits.findings = max(options.limits.findings, 1_000_000)
    options.limits.findingBytes = max(options.limits.findingBytes, 1 << 30)
    // A diff shows the text around a repair, even if there are no findings any more.
    linter = Linter(workbench, rules: rules, options: options, addressJudge: addressJudge, masksAlways: true)
    self.takesUnsafe = takesUnsafe
  }

  /// Repairs as much of a file as possible without making anything worse.
  package func fix(_ file: RequestFile) -> FixedFile {
    var fixed = FixedFile(text: file.text)
    var state = state(of: file)
    guard !state.isBroken else { return fixed }
    fixed.hiddenBefore = HiddenText(state.result)
    for _ in 0..<Self.mostRounds {
      var pass = FixingPass(state, isWanted: isWanted)
      pass.consider(Array(pass.wanted)) { self.state(of: $0) }
      guard !pass.repairs.isEmpty else { break }
      fixed.repairs += pass.repairs
      state = pass.best
    }
    fixed.text = state.file.text
    fixed.unsafeCount = takesUnsafe ? 0 : state.result.findings.count { $0.fix?.isSafe == false }
    fixed.hidden = HiddenText(state.result)
    return fixed
  }

  private var isWanted: @Sendable (Fix) -> Bool {
    let takesUnsafe = takesUnsafe
    return { $0.isSafe || takesUnsafe }
  }

  private func state(of file: RequestFile) -> FixingState {
    FixingState(file: file, result: linter.lint(file))
  }
}

extension FileResult {
  /// The same result with only those fixes that a trial repair applied.
  ///
  /// - Parameter areSafe: whether the trial was about safe fixes, or about the others.
  package func keepingFixes(_ repairs: [FixedFile.Repair], areSafe: Bool) -> FileResult {
    let made = Set(repairs.map { [$0.rule, $0.request.map { String($0) }, $0.pointer] })
    var result = self
    for (index, finding) in findings.enumerated() where finding.fix?.isSafe == areSafe {
      let place = [finding.rule, finding.request.map { String($0) }, finding.pointer.description]
      if !made.contains(place) { result.findings[index].fix = nil }
    }
    return result
  }

  /// The same result without fixes that were tried and would make the file worse.
  ///
  /// - Parameter unsafe: whether unsafe fixes were tried too.
  package func withoutFixes(unsafe: Bool) -> FileResult {
    var result = self
    for index in result.findings.indices where unsafe || result.findings[index].fix?.isSafe == true {
      result.findings[index].fix = nil
    }
    return result
  }
}

/// Identifies a finding while the text around it changes.
private struct FindingPlace: Hashable {
  let rule: String
  let request: Int?
  let pointer: JSONPointer

  init(_ finding: Finding) {
    rule = finding.rule
    request = finding.request
    pointer = finding.pointer
  }
}

/// A file after some repairs, with its findings.
private struct FixingState {
  let file: RequestFile
  let result: FileResult
  /// How often each finding occurs, including suppressed ones.
  let counts: [FindingPlace: Int]
  /// The same without findings of severity info.
  let faults: [FindingPlace: Int]

  init(file: RequestFile, result: FileResult) {
    self.file = file
    self.result = result
    let all = result.findings + result.suppressed
    counts = Dictionary(all.map { (FindingPlace($0), 1) }, uniquingKeysWith: +)
    faults = Dictionary(
      all.filter { $0.severity > .info }.map { (FindingPlace($0), 1) }, uniquingKeysWith: +)
  }

  /// Whether the file as a whole could not be read, or is not a request file.
  var isBroken: Bool {
    result.isSkipped
      || result.findings.contains { BuiltInCheck.traits(of: $0.rule).contains(.fileFault) && $0.fix == nil }
  }

  /// Requests with faults that they did not have in an earlier state.
  func requestsWorse(than earlier: FixingState) -> Set<Int?> {
    Set(faults.filter { $0.value > earlier.faults[$0.key] ?? 0 }.map(\.key.request))
  }

  func hasSameCalls(as other: FixingState) -> Bool {
    result.requests.map(\.operation) == other.result.requests.map(\.operation)
      && result.requests.map(\.service) == other.result.requests.map(\.service)
  }
}

/// One pass over all repairable findings of a file.
private struct FixingPass {
  private let start: FixingState
  private(set) var best: FixingState
  private(set) var repairs: [FixedFile.Repair] = []
  /// The repairable findings, each place once, in file order.
  let wanted: [FindingPlace]
  private let isWanted: (Fix) -> Bool
  /// Findings that the current attempts must not repair.
  private var held: Set<FindingPlace>

  init(_ start: FixingState, isWanted: @escaping (Fix) -> Bool) {
    self.start = start
    best = start
    self.isWanted = isWanted
    var known: Set<FindingPlace> = []
    wanted = start.result.findings.compactMap { finding in
      let place = FindingPlace(finding)
      return finding.fix.map(isWanted) == true && known.insert(place).inserted ? place : nil
    }
    held = known
  }

  /// Repairs some places together.
  ///
  /// If that makes requests worse, repairs the other requests first, then these in parts. Requests of one file rarely
  /// affect each other, so all that became worse are split at the same time.
  ///
  /// - Parameter follow: whether to also repair findings that the repairs reveal.
  mutating func consider(
    _ places: [FindingPlace], follow: Bool = true, lint: (RequestFile) -> FixingState
  ) {
    guard !places.isEmpty else { return }
    held.subtract(places)
    guard let worse = attempt(places, follow: follow, lint) else { return }
    held.formUnion(places)
    let bad = places.filter { worse.contains($0.request) }
    if !bad.isEmpty, bad.count < places.count {
      consider(places.filter { !worse.contains($0.request) }, follow: follow, lint: lint)
      consider(bad, follow: follow, lint: lint)
      return
    }
    let (first, second) = bad.isEmpty ? Self.halves(places) : Self.halvesOfRequests(places)
    if second.isEmpty {
      if follow { consider(places, follow: false, lint: lint) }
      return
    }
    consider(first, follow: follow, lint: lint)
    consider(second, follow: follow, lint: lint)
  }

  private static func halves(_ places: [FindingPlace]) -> ([FindingPlace], [FindingPlace]) {
    let middle = (places.count + 1) / 2
    return (Array(places[..<middle]), Array(places[middle...]))
  }

  /// The first and the second halves of all requests' places; the second are empty if each request has one place.
  private static func halvesOfRequests(_ places: [FindingPlace]) -> ([FindingPlace], [FindingPlace]) {
    let groups = Dictionary(grouping: places, by: \.request)
    let firsts = groups.values.reduce(into: Set<FindingPlace>()) { $0.formUnion(halves($1).0) }
    return (places.filter { firsts.contains($0) }, places.filter { !firsts.contains($0) })
  }

  /// Repairs some places and the findings that this reveals; keeps the result if nothing is worse.
  ///
  /// - Shape: `nil` if it is kept, else the requests that became worse; an empty set if the whole file did.
  private mutating func attempt(
    _ places: [FindingPlace], follow: Bool, _ lint: (RequestFile) -> FixingState
  ) -> Set<Int?>? {
    var state = best
    var made: [Finding] = []
    let chosen = Set(places)
    for _ in 0..<20 {
      var edits = EditSet()
      var taken: [Finding] = []
      for finding in state.result.findings {
        let place = FindingPlace(finding)
        guard let fix = finding.fix, isWanted(fix), !held.contains(place), follow || chosen.contains(place),
          edits.insert(fix.edits)
        else { continue }
        taken.append(finding)
      }
      guard !taken.isEmpty else { break }
      made += taken
      state = lint(state.file.with(text: state.file.text.applying(edits.edits)))
      if state.isBroken { return [] }
    }
    guard !made.isEmpty else { return nil }
    guard state.hasSameCalls(as: start) else { return [] }
    let worse = state.requestsWorse(than: start).union(requestsKeeping(made, in: state))
    guard worse.isEmpty else { return worse }
    best = state
    repairs += made.map {
      FixedFile.Repair(
        rule: $0.rule, request: $0.request, pointer: $0.pointer.description, isSafe: $0.fix?.isSafe ?? false)
    }
    return nil
  }

  /// Requests in which a repaired finding still occurs as often as before.
  private func requestsKeeping(_ findings: [Finding], in state: FixingState) -> Set<Int?> {
    let made = Dictionary(findings.map { (FindingPlace($0), 1) }, uniquingKeysWith: +)
    let kept = made.filter { place, count in
      (state.counts[place] ?? 0) > max(0, (best.counts[place] ?? 0) - count)
    }
    return Set(kept.map(\.key.request))
  }
}
