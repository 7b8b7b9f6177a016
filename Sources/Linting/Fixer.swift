internal import Models
package import Rules
package import Syntax
internal import Verdicts

/// A file after everything that could be repaired has been.
package struct FixedFile: Sendable {
  /// A repair that was made.
  package struct Repair: Hashable, Sendable {
    package let rule: String
    /// Counts the requests of the file from 0; `nil` for a finding outside any.
    package let request: Int?
    /// RFC 6901, of the finding.
    package let pointer: String
    package let isSafe: Bool
  }

  /// The file's own text where nothing was repaired.
  package internal(set) var text: SourceText
  /// In the order in which they were made.
  package internal(set) var repairs: [Repair] = []
  /// Findings whose fix is not safe, and was not asked for.
  package internal(set) var unsafeCount = 0
  /// Values of the repaired text that must not be shown, as the models say.
  package internal(set) var hidden = HiddenText()
  /// The same for the text as it was.
  package internal(set) var hiddenBefore = HiddenText()
}

/// What of a text must not be shown.
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
/// - Shape: a repaired file has no finding of a warning or worse that it had not before, and repairing it again
///   changes nothing.
package final class Fixer {
  private static let mostRounds = 20

  private let linter: Linter
  private let takesUnsafe: Bool

  /// - Parameter takesUnsafe: whether fixes are made too that may change what was meant.
  package init(
    _ workbench: Workbench, rules: [RuleFile], options: LintOptions, takesUnsafe: Bool,
    addressJudge: AddressJudge? = nil
  ) {
    var options = options
    // What is only worth knowing may have a fix too, and a finding must not hide behind others.
    options.minimumSeverity = .info
    options.limits.findings = max(options.limits.findings, 1_000_000)
    options.limits.findingBytes = max(options.limits.findingBytes, 1 << 30)
    // A diff shows what is around a repair, and what is left when nothing is found any more.
    linter = Linter(workbench, rules: rules, options: options, addressJudge: addressJudge, masksAlways: true)
    self.takesUnsafe = takesUnsafe
  }

  /// Repairs as much of a file as can be repaired without making anything worse.
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
  /// The same without those fixes that were not among the repairs of a try.
  ///
  /// - Parameter areSafe: whether the try was about those that are safe, or the others.
  package func keepingFixes(_ repairs: [FixedFile.Repair], areSafe: Bool) -> FileResult {
    let made = Set(repairs.map { [$0.rule, $0.request.map { String($0) }, $0.pointer] })
    var result = self
    for (index, finding) in findings.enumerated() where finding.fix?.isSafe == areSafe {
      let place = [finding.rule, finding.request.map { String($0) }, finding.pointer.description]
      if !made.contains(place) { result.findings[index].fix = nil }
    }
    return result
  }

  /// The same without fixes that have been tried and would make the file worse.
  ///
  /// - Parameter unsafe: whether those that are not safe have been tried too.
  package func withoutFixes(unsafe: Bool) -> FileResult {
    var result = self
    for index in result.findings.indices where unsafe || result.findings[index].fix?.isSafe == true {
      result.findings[index].fix = nil
    }
    return result
  }
}

/// What tells a finding from others while the text around it changes.
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

/// A file as it stands after some repairs, with what is found in it.
private struct FixingState {
  let file: RequestFile
  let result: FileResult
  /// How often each finding is there, suppressed ones included.
  let counts: [FindingPlace: Int]
  /// The same without those that are only worth knowing.
  let faults: [FindingPlace: Int]

  init(file: RequestFile, result: FileResult) {
    self.file = file
    self.result = result
    let all = result.findings + result.suppressed
    counts = Dictionary(all.map { (FindingPlace($0), 1) }, uniquingKeysWith: +)
    faults = Dictionary(
      all.filter { $0.severity > .info }.map { (FindingPlace($0), 1) }, uniquingKeysWith: +)
  }

  /// Whether the file as a whole could not be taken in, or is none of ours.
  var isBroken: Bool {
    result.isSkipped
      || result.findings.contains { BuiltInCheck.traits(of: $0.rule).contains(.fileFault) && $0.fix == nil }
  }

  /// Requests in which something is wrong that was not wrong in an earlier state.
  func requestsWorse(than earlier: FixingState) -> Set<Int?> {
    Set(faults.filter { $0.value > earlier.faults[$0.key] ?? 0 }.map(\.key.request))
  }

  func hasSameCalls(as other: FixingState) -> Bool {
    result.requests.map(\.operation) == other.result.requests.map(\.operation)
      && result.requests.map(\.service) == other.result.requests.map(\.service)
  }
}

/// One go over all that can be repaired in a file.
private struct FixingPass {
  private let start: FixingState
  private(set) var best: FixingState
  private(set) var repairs: [FixedFile.Repair] = []
  /// What can be repaired, each place once, in the order of the file.
  let wanted: [FindingPlace]
  private let isWanted: (Fix) -> Bool
  /// What is not to be repaired in the tries of the moment.
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

  /// Repairs some places together; where that makes requests worse, the others first, then these in parts.
  ///
  /// Requests of one file rarely touch each other, so all that went wrong are taken apart at the same time.
  ///
  /// - Parameter follow: whether what the repairs bring to light is repaired too.
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

  /// The first half of each request's places, and the second halves; these are empty where each has one.
  private static func halvesOfRequests(_ places: [FindingPlace]) -> ([FindingPlace], [FindingPlace]) {
    let groups = Dictionary(grouping: places, by: \.request)
    let firsts = groups.values.reduce(into: Set<FindingPlace>()) { $0.formUnion(halves($1).0) }
    return (places.filter { firsts.contains($0) }, places.filter { !firsts.contains($0) })
  }

  /// Repairs some places, and what that brings to light; keeps the outcome if it is no worse.
  ///
  /// - Shape: `nil` where it is kept, else the requests that became worse; none where the whole file did.
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

  /// Requests in which a repaired finding is there as often as before.
  private func requestsKeeping(_ findings: [Finding], in state: FixingState) -> Set<Int?> {
    let made = Dictionary(findings.map { (FindingPlace($0), 1) }, uniquingKeysWith: +)
    let kept = made.filter { place, count in
      (state.counts[place] ?? 0) > max(0, (best.counts[place] ?? 0) - count)
    }
    return Set(kept.map(\.key.request))
  }
}
