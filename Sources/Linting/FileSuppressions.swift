internal import Models
internal import Rules
internal import Syntax

/// What is not held against one file, and whether that was needed.
struct FileSuppressions {
  /// One rule of a comment.
  private struct Entry {
    let rule: SuppressionComment.Word
    /// Whether it stands in a text that may be no YAML to those who read it.
    let isInText: Bool
    /// Where it holds.
    let areas: [Int]
  }

  /// Where findings of a rule may begin without being held against the file.
  private struct Area {
    let range: Range<UInt32>
    /// That of the first comment, where several say the same.
    let suppression: Suppression
    var isUsed = false
  }

  /// The areas of a rule; those of a list neither overlap nor nest, and stand in order.
  private struct AreaLists {
    var documents: [Int] = []
    var lines: [Int] = []
    var scalars: [Int] = []
  }

  /// Looked up when the first document begins.
  private var holdsMark: Bool?
  private let configured: [ConfiguredSuppression]
  private var entries: [Entry] = []
  private var areas: [Area] = []
  private var lists: [String: AreaLists] = [:]
  private var remarks: [SuppressionRemark] = []
  /// Remarks on rules that do not exist.
  private var unknownCount = 0
  /// Suppressions of the configuration that took effect, by number.
  private(set) var usedNumbers: Set<Int> = []

  init(_ configured: [ConfiguredSuppression]) { self.configured = configured }

  // MARK: Comments

  private static let mark = Array(SuppressionComment.prefix.utf8)

  private mutating func mayHoldComments(_ document: Document) -> Bool {
    if let holdsMark { return holdsMark }
    let holds =
      document.notation == .yaml
      && document.source.bytes.contains(sequence: Self.mark)
    holdsMark = holds
    return holds
  }

  /// Takes in the comments of a document that is about to be checked.
  mutating func begin(_ document: Document, _ terms: () -> SuppressionTerms) {
    guard mayHoldComments(document) else { return }
    let comments = document.comments
    let found = comments.enumerated().compactMap { place, comment in
      SuppressionComment(comment.span, in: document.source).map { (place, $0) }
    }
    guard !found.isEmpty else { return }
    let terms = terms()
    let leading = Set(document.leadingComments)
    let scalars = document.multilineScalars
    let lines = Self.targetLines(of: comments, in: document.source.bytes)
    for (place, comment) in found {
      let isInText = comments[place].scalar != nil
      if !isInText { remark(on: comment, terms) }
      guard comment.fault == nil, !comment.isExpired(at: terms.now) else { continue }
      let said = Suppression(origin: .comment, reason: comment.reason, until: comment.until?.text)
      let isLeading = leading.contains(comments[place].span)
      for rule in comment.rules
      where terms.isKnown(rule.text) && !terms.isFileFault(rule.text) && !terms.isOfSuppression(rule.text) {
        var own: [Int] = []
        if isLeading {
          own = [area(document.span.start..<(document.span.end + 1), of: rule.text, \.documents, said)]
        } else {
          own = [area(lines[place], of: rule.text, \.lines, said)]
          for scalar in isInText ? [] : Self.scalars(in: lines[place], of: scalars) {
            own.append(area(scalar.start..<scalar.end, of: rule.text, \.scalars, said))
          }
        }
        entries.append(Entry(rule: rule, isInText: isInText, areas: own))
      }
    }
  }

  /// The area of a rule, a new one unless the last of its list is the same; comments come in the order of what they are for.
  private mutating func area(
    _ range: Range<UInt32>, of rule: String, _ list: WritableKeyPath<AreaLists, [Int]>,
    _ suppression: Suppression
  ) -> Int {
    if let last = lists[rule]?[keyPath: list].last, areas[last].range.lowerBound == range.lowerBound {
      return last
    }
    areas.append(Area(range: range, suppression: suppression))
    lists[rule, default: AreaLists()][keyPath: list].append(areas.count - 1)
    return areas.count - 1
  }

  /// What is to be said of the document's comments, now that it has been checked.
  mutating func end(_ terms: () -> SuppressionTerms) -> [SuppressionRemark] {
    guard !entries.isEmpty || !remarks.isEmpty else { return [] }
    let terms = terms()
    var judged: [String: Bool] = [:]
    for entry in entries where !entry.isInText && !entry.areas.contains(where: { areas[$0].isUsed }) {
      let rule = entry.rule.text
      let isJudged = judged[rule] ?? terms.isJudged(rule)
      judged[rule] = isJudged
      guard isJudged else { continue }
      remarks.append(.unused("nothing here breaks \(rule)", hint: "remove it", at: entry.rule.span))
    }
    defer { forget() }
    return remarks
  }

  /// Leaves the comments of a document behind.
  mutating func forget() {
    entries = []
    areas = []
    lists = [:]
    remarks = []
    unknownCount = 0
  }

  private mutating func remark(on comment: SuppressionComment, _ terms: SuppressionTerms) {
    if let fault = comment.fault {
      return remarks.append(.unknown(fault.message, hint: fault.hint, at: fault.span))
    }
    for rule in comment.rules {
      if terms.isFileFault(rule.text) || terms.isOfSuppression(rule.text) {
        let remedy =
          terms.isFileFault(rule.text) ? "repair the file, or exclude it in .reqlint.yaml" : "remove it"
        remarks.append(
          .unknown("\(rule.text) cannot be suppressed by a comment", hint: remedy, at: rule.span))
      } else if !terms.isKnown(rule.text) {
        // Of those beyond the limit none is listed.
        unknownCount += 1
        let near = unknownCount <= terms.listedCount ? suggestion(for: rule.text, among: terms.known) : nil
        remarks.append(
          .unknown(
            "there is no rule \(quote(rule.text))", hint: near.map { "did you mean \($0)?" }, at: rule.span))
      }
    }
    if let until = comment.until, comment.isExpired(at: terms.now) {
      remarks.append(.expired(until.text, at: until.span))
    }
    if terms.requiresReasons, comment.reason == nil {
      remarks.append(.withoutReason(hint: "write it behind --", at: comment.span))
    }
  }

  // MARK: Places

  /// The line that each comment is for: its own, or where it stands alone the next one that is no comment.
  private static func targetLines(of comments: [Comment], in bytes: [UInt8]) -> [Range<UInt32>] {
    var lines = [Range<UInt32>](repeating: 0..<0, count: comments.count)
    var below: (start: Int, target: Range<UInt32>)?
    for (place, comment) in comments.enumerated().reversed() {
      let start = lineStart(of: Int(comment.span.start), in: bytes)
      if comment.isAlone {
        let next = nextLine(after: Int(comment.span.end), in: bytes)
        lines[place] = below?.start == next ? below?.target ?? 0..<0 : line(from: next, in: bytes)
        below = (start, lines[place])
      } else {
        lines[place] = line(from: start, in: bytes)
        below = nil
      }
    }
    return lines
  }

  private static func lineStart(of index: Int, in bytes: [UInt8]) -> Int {
    bytes[..<index].lastIndex(where: isLineEnd).map { $0 + 1 } ?? 0
  }

  private static func nextLine(after index: Int, in bytes: [UInt8]) -> Int {
    guard let end = bytes[index...].firstIndex(where: isLineEnd) else { return bytes.count }
    return end + (bytes[end...].starts(with: [0x0D, 0x0A]) ? 2 : 1)
  }

  /// A line with the byte behind it, where an empty value at its end stands.
  private static func line(from start: Int, in bytes: [UInt8]) -> Range<UInt32> {
    let end = bytes[start...].firstIndex(where: isLineEnd) ?? bytes.count
    return UInt32(start)..<UInt32(end + 1)
  }

  private static func scalars(in line: Range<UInt32>, of scalars: [ByteSpan]) -> ArraySlice<ByteSpan> {
    let first = scalars.partitioningIndex { $0.start >= line.lowerBound }
    return scalars[first...].prefix { $0.start < line.upperBound }
  }

  // MARK: Findings

  /// Why a finding is not held against the file; `nil` where nothing says so.
  mutating func suppression(of finding: Finding) -> Suppression? {
    if let lists = lists[finding.rule] {
      let found = [lists.lines, lists.scalars, lists.documents].compactMap {
        area(at: finding.span.start, in: $0)
      }
      for index in found { areas[index].isUsed = true }
      if let first = found.first { return areas[first].suppression }
    }
    let matching = configured.first { suppression in
      suppression.rule == finding.rule
        && (suppression.pointer.map { finding.pointer.tokens.starts(with: $0.tokens) } ?? true)
    }
    guard let matching else { return nil }
    usedNumbers.insert(matching.number)
    return matching.suppression
  }

  private func area(at offset: UInt32, in list: [Int]) -> Int? {
    let place = list.partitioningIndex { areas[$0].range.lowerBound > offset } - 1
    return place >= 0 && areas[list[place]].range.contains(offset) ? list[place] : nil
  }
}

/// What suppressions are held against.
struct SuppressionTerms {
  let now: Instant
  let requiresReasons: Bool
  /// The rules of the run, those that are off too.
  let rules: RuleBook
  let levels: RuleLevels
  let minimumSeverity: Severity
  /// How many findings of a file are listed.
  var listedCount = Limits().findings

  /// Ids of all rules and checks.
  var known: [String] { FindingID.allCases.map(\.rawValue) + rules.ids }

  func isKnown(_ rule: String) -> Bool { FindingID(rawValue: rule) != nil || rules.ids.contains(rule) }

  func isOfSuppression(_ rule: String) -> Bool { FindingID(rawValue: rule)?.isOfSuppression ?? false }

  func isFileFault(_ rule: String) -> Bool { FindingID(rawValue: rule)?.isBeyondSuppression ?? false }

  /// Whether findings of a rule would be reported; true for one that does not exist, of which nothing is left to find.
  func isReported(_ rule: String) -> Bool {
    guard isKnown(rule) else { return true }
    guard let check = FindingID(rawValue: rule) else {
      return rules.judgedSeverity(of: rule).map { $0 >= minimumSeverity } ?? false
    }
    // Some checks have milder cases too.
    let mildest = minimumSeverity > .warning ? min(check.severity, .warning) : check.severity
    return !check.isOfPlan && (levels.severity(of: rule, mildest).map { $0 >= minimumSeverity } ?? false)
  }

  /// Whether linting looks at a rule at all; others are the plan's, or are off.
  func isJudged(_ rule: String) -> Bool {
    if let check = FindingID(rawValue: rule) { return !check.isOfPlan }
    // Warnings count for the verdict, also where only errors are shown.
    return rules.judgedSeverity(of: rule).map { $0 >= min(minimumSeverity, .warning) } ?? false
  }
}
