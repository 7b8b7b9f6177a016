internal import Models
internal import Rules
internal import Syntax

/// What is not held against one file, and whether that was needed.
struct FileSuppressions {
  /// One rule of a comment.
  private struct Entry {
    let rule: SuppressionComment.Word
    let suppression: Suppression
    /// Where a finding must begin.
    let places: [Range<UInt32>]
    /// Whether it stands in a text that may be no YAML to those who read it.
    let isInText: Bool
    var isUsed = false
  }

  private let mayHoldComments: Bool
  private let configured: [ConfiguredSuppression]
  private var entries: [Entry] = []
  private var remarks: [SuppressionRemark] = []
  /// Suppressions of the configuration that took effect, by number.
  private(set) var usedNumbers: Set<Int> = []

  init(_ file: RequestFile) {
    mayHoldComments =
      file.notation == .yaml && file.text.bytes.contains(sequence: Array(SuppressionComment.mark.utf8))
    configured = file.suppressions
  }

  // MARK: Comments

  /// Takes in the comments of a document that is about to be checked.
  mutating func begin(_ document: Document, _ terms: SuppressionTerms) {
    guard mayHoldComments else { return }
    let found = document.comments.compactMap { comment in
      SuppressionComment(comment.span, in: document.source).map { (comment, $0) }
    }
    guard !found.isEmpty else { return }
    let leading = Set(document.leadingComments)
    let scalars = document.multilineScalars
    for (comment, suppression) in found {
      let isInText = comment.scalar != nil
      if !isInText { remark(on: suppression, terms) }
      guard suppression.fault == nil, !suppression.isExpired(at: terms.now) else { continue }
      let places: [Range<UInt32>]
      if leading.contains(comment.span) {
        places = [document.span.start..<(document.span.end + 1)]
      } else {
        let line = Self.targetLine(of: comment, in: document.source.bytes)
        places = [line] + scalars.filter { line.contains($0.start) && !isInText }.map { $0.start..<$0.end }
      }
      let said = Suppression(
        origin: .comment, reason: suppression.reason, until: suppression.until?.text)
      for rule in suppression.rules where terms.isKnown(rule.text) && !terms.isFileFault(rule.text) {
        entries.append(Entry(rule: rule, suppression: said, places: places, isInText: isInText))
      }
    }
  }

  /// What is to be said of the document's comments, now that it has been checked.
  mutating func end(_ terms: SuppressionTerms) -> [SuppressionRemark] {
    for entry in entries where !entry.isUsed && !entry.isInText && terms.isJudged(entry.rule.text) {
      remarks.append(
        .unused("nothing here breaks \(entry.rule.text)", hint: "remove it", at: entry.rule.span))
    }
    defer { forget() }
    return remarks
  }

  /// Leaves the comments of a document behind.
  mutating func forget() {
    entries = []
    remarks = []
  }

  private mutating func remark(on comment: SuppressionComment, _ terms: SuppressionTerms) {
    func addUnknown(_ message: String, _ hint: String?, _ span: ByteSpan) {
      remarks.append(SuppressionRemark(id: .unknownSuppression, message: message, hint: hint, span: span))
    }
    if let fault = comment.fault { return addUnknown(fault.message, fault.hint, fault.span) }
    for rule in comment.rules {
      if terms.isFileFault(rule.text) {
        addUnknown(
          "\(rule.text) cannot be suppressed by a comment", "repair the file, or exclude it in .reqlint.yaml",
          rule.span)
      } else if !terms.isKnown(rule.text) {
        let near = suggestion(for: rule.text, among: terms.known).map { "did you mean \($0)?" }
        addUnknown("there is no rule \(quote(rule.text))", near, rule.span)
      }
    }
    if let until = comment.until, comment.isExpired(at: terms.now) {
      remarks.append(.expired(until.text, at: until.span))
    }
    if terms.requiresReasons, comment.reason == nil {
      remarks.append(.withoutReason(hint: "write it behind --", at: comment.span))
    }
  }

  /// The line that a comment is for: its own, or where it stands alone the next one that is not a comment.
  private static func targetLine(of comment: Comment, in bytes: [UInt8]) -> Range<UInt32> {
    func lineEnd(from index: Int) -> Int { bytes[index...].firstIndex(where: isLineEnd) ?? bytes.count }
    var start = Int(comment.span.start)
    guard comment.isAlone else {
      start = bytes[..<start].lastIndex(where: isLineEnd).map { $0 + 1 } ?? 0
      return UInt32(start)..<UInt32(lineEnd(from: start) + 1)
    }
    while true {
      start = lineEnd(from: start)
      if start < bytes.count { start += bytes[start...].starts(with: [0x0D, 0x0A]) ? 2 : 1 }
      let text = bytes[start...].drop { $0 == 0x20 || $0 == 0x09 }
      guard text.first == UInt8(ascii: "#") else { break }
    }
    return UInt32(start)..<UInt32(lineEnd(from: start) + 1)
  }

  // MARK: Findings

  /// Why a finding is not held against the file; `nil` where nothing says so.
  mutating func suppression(of finding: Finding) -> Suppression? {
    let indices = entries.indices.filter { index in
      entries[index].rule.text == finding.rule
        && entries[index].places.contains { $0.contains(finding.span.start) }
    }
    if let first = indices.first {
      for index in indices { entries[index].isUsed = true }
      return entries[first].suppression
    }
    let matching = configured.first { suppression in
      suppression.rule == finding.rule
        && (suppression.pointer.map { finding.pointer.tokens.starts(with: $0.tokens) } ?? true)
    }
    guard let matching else { return nil }
    usedNumbers.insert(matching.number)
    return matching.suppression
  }
}

/// What suppressions are held against.
struct SuppressionTerms {
  let now: Instant
  let requiresReasons: Bool
  /// The rules of the run, those that are off too.
  let rules: RuleBook
  let minimumSeverity: Severity

  /// Ids of all rules and checks.
  var known: [String] { FindingID.allCases.map(\.rawValue) + rules.ids }

  func isKnown(_ rule: String) -> Bool { FindingID(rawValue: rule) != nil || rules.ids.contains(rule) }

  func isFileFault(_ rule: String) -> Bool { FindingID(rawValue: rule)?.isBeyondSuppression ?? false }

  /// Whether linting looks at a rule at all; others are the plan's, or are off.
  func isJudged(_ rule: String) -> Bool {
    if let check = FindingID(rawValue: rule) { return !check.isOfPlan }
    // Warnings count for the verdict, also where only errors are shown.
    return rules.judgedSeverity(of: rule).map { $0 >= min(minimumSeverity, .warning) } ?? false
  }
}
