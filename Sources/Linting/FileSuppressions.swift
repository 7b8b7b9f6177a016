internal import Models
internal import Rules
internal import Syntax
internal import Verdicts

/// The suppressions of one file, and whether each was needed.
struct FileSuppressions {
  /// One rule named in a comment.
  private struct Entry {
    let rule: String
    /// The location of the rule's name in the file.
    let span: ByteSpan
    /// Indices of the areas where it applies.
    let areas: [Int]
  }

  /// A range of the file in which findings of a rule are suppressed if they begin there.
  private struct Area {
    let range: Range<UInt32>
    /// The suppression of the first comment, if several say the same.
    let suppression: Suppression
    var isUsed = false
  }

  /// The key of a list of areas: a rule, and how many scalars enclose the text with the comments.
  private struct Scope: Hashable {
    let rule: String
    let depth: Int
  }

  /// The areas of a scope; within each list they are sorted and neither overlap nor nest.
  private struct AreaLists {
    var documents: [Int] = []
    var lines: [Int] = []
    var scalars: [Int] = []
  }

  /// Whether the file contains the prefix of every such comment; determined at the first document.
  private var holdsMark: Bool?
  private let configured: [ConfiguredSuppression]
  private var entries: [Entry] = []
  private var areas: [Area] = []
  private var lists: [Scope: AreaLists] = [:]
  /// The texts of the document whose comments have been read, and their deepest nesting.
  private var texts: Set<ByteSpan> = []
  private var deepest = 0
  private var remarks: [SuppressionRemark] = []
  /// Remarks on rules that do not exist.
  private var unknownCount = 0
  /// Suppressions of the configuration that took effect, by number.
  private(set) var usedNumbers: Set<Int> = []

  init(_ configured: [ConfiguredSuppression]) { self.configured = configured }

  // MARK: Comments

  private static let mark = Array(SuppressionComment.prefix.utf8)

  private mutating func mayHoldComments(_ file: SourceText) -> Bool {
    if let holdsMark { return holdsMark }
    let holds = file.bytes.contains(sequence: Self.mark)
    holdsMark = holds
    return holds
  }

  /// Reads the comments of a document before it is checked.
  mutating func begin(_ document: Document, _ terms: SuppressionTerms) {
    guard document.notation == .yaml, mayHoldComments(document.source) else { return }
    takeComments(of: document, terms)
  }

  /// Reads the comments of a text that rules read as YAML; they apply to findings inside it.
  ///
  /// - Parameters:
  ///   - file: the file with the scalar that contains the text.
  ///   - isHidden: whether a span of the file must not be shown.
  mutating func begin(
    text: Document, of file: SourceText, isHidden: (ByteSpan) -> Bool, _ terms: SuppressionTerms
  ) {
    guard mayHoldComments(file), texts.insert(text.sourceSpan(text.span)).inserted else { return }
    takeComments(of: text, isHidden: isHidden, terms)
  }

  private mutating func takeComments(
    of document: Document, isHidden: (ByteSpan) -> Bool = { _ in false }, _ terms: SuppressionTerms
  ) {
    let comments = document.comments
    let found = comments.enumerated().compactMap { place, comment in
      SuppressionComment(comment.span, in: document.source).map { (place, $0) }
    }
    guard !found.isEmpty else { return }
    let isHidden = isHidden(document.sourceSpan(document.span))
    let leading = Set(document.leadingComments)
    let scalars = document.multilineScalars
    let lines = Self.targetLines(of: comments, in: document.source.bytes)
    for (place, comment) in found {
      remark(on: comment, of: document, isHidden: isHidden, terms)
      guard comment.fault == nil, !comment.isExpired(at: terms.now) else { continue }
      let said = Suppression(
        origin: .comment, reason: isHidden ? nil : comment.reason, until: comment.until?.text)
      let isLeading = leading.contains(comments[place].span)
      for rule in comment.rules
      where terms.isKnown(rule.text) && !terms.isBeyondSuppression(rule.text)
        && !terms.isOfSuppression(rule.text)
      {
        var own: [Int] = []
        if isLeading {
          own = [area(document.places(document.span, tail: 1), of: rule.text, \.documents, document, said)]
        } else {
          let line = lines[place]
          own = [area(document.places(line, tail: 1), of: rule.text, \.lines, document, said)]
          for scalar in Self.scalars(in: line, of: scalars) {
            own.append(area(document.places(scalar), of: rule.text, \.scalars, document, said))
          }
        }
        entries.append(Entry(rule: rule.text, span: document.sourceSpan(rule.span), areas: own))
      }
    }
  }

  /// The area of a rule; a new one unless the same range already has one.
  private mutating func area(
    _ range: Range<UInt32>, of rule: String, _ list: WritableKeyPath<AreaLists, [Int]>,
    _ document: Document, _ suppression: Suppression
  ) -> Int {
    let scope = Scope(rule: rule, depth: document.embeddingDepth)
    deepest = max(deepest, scope.depth)
    let (place, known) = find(range.lowerBound, in: lists[scope]?[keyPath: list] ?? [])
    if let known { return known }
    areas.append(Area(range: range, suppression: suppression))
    lists[scope, default: AreaLists()][keyPath: list].insert(areas.count - 1, at: place)
    return areas.count - 1
  }

  /// The position in a list of an area that begins at an offset, and the area if it exists.
  private func find(_ start: UInt32, in list: [Int]) -> (place: Int, area: Int?) {
    let place = list.partitioningIndex { areas[$0].range.lowerBound >= start }
    let isKnown = place < list.count && areas[list[place]].range.lowerBound == start
    return (place, isKnown ? list[place] : nil)
  }

  /// The remarks on the document's comments, once it has been checked.
  mutating func end(_ terms: SuppressionTerms) -> [SuppressionRemark] {
    guard !entries.isEmpty || !remarks.isEmpty else { return [] }
    var judged: [String: Bool] = [:]
    for entry in entries where !entry.areas.contains(where: { areas[$0].isUsed }) {
      let rule = entry.rule
      let isJudged = judged[rule] ?? terms.isJudged(rule)
      judged[rule] = isJudged
      guard isJudged else { continue }
      remarks.append(.unused("nothing here breaks \(rule)", hint: "remove it", at: entry.span))
    }
    defer { forget() }
    return remarks
  }

  /// Drops the comments of a document.
  mutating func forget() {
    entries = []
    areas = []
    lists = [:]
    texts = []
    deepest = 0
    remarks = []
    unknownCount = 0
  }

  /// - Parameter isHidden: whether the comment's words must not be shown.
  private mutating func remark(
    on comment: SuppressionComment, of document: Document, isHidden: Bool, _ terms: SuppressionTerms
  ) {
    func place(_ span: ByteSpan) -> ByteSpan { document.sourceSpan(span) }
    if let fault = comment.fault {
      let message = isHidden ? fault.discreetMessage ?? fault.message : fault.message
      return remarks.append(.unknown(message, hint: fault.hint, at: place(fault.span)))
    }
    for rule in comment.rules {
      if terms.isBeyondSuppression(rule.text) || terms.isOfSuppression(rule.text) {
        remarks.append(
          .unknown(
            "\(rule.text) cannot be suppressed by a comment", hint: terms.remedy(for: rule.text),
            at: place(rule.span)))
      } else if !terms.isKnown(rule.text) {
        // Unknown rules beyond the limit are not listed.
        unknownCount += 1
        let isWorthwhile = unknownCount <= terms.listedCount && !isHidden
        let near = isWorthwhile ? suggestion(for: rule.text, among: terms.known) : nil
        let message = isHidden ? "there is no rule of this name" : "there is no rule \(quote(rule.text))"
        remarks.append(
          .unknown(message, hint: near.map { "did you mean \($0)?" }, at: place(rule.span)))
      }
    }
    if let until = comment.until, comment.isExpired(at: terms.now) {
      remarks.append(.expired(until.text, at: place(until.span)))
    }
    if terms.requiresReasons, comment.reason == nil {
      remarks.append(.withoutReason(hint: "write it behind --", at: place(comment.span)))
    }
  }

  // MARK: Places

  /// The line that each comment applies to: its own, or the next non-comment line if it has a line to itself.
  private static func targetLines(of comments: [Comment], in bytes: [UInt8]) -> [ByteSpan] {
    var lines = [ByteSpan](repeating: ByteSpan(0, 0), count: comments.count)
    var below: (start: Int, target: ByteSpan)?
    for (place, comment) in comments.enumerated().reversed() {
      let start = lineStart(of: Int(comment.span.start), in: bytes)
      if comment.isAlone {
        let next = nextLine(after: Int(comment.span.end), in: bytes)
        lines[place] = below.flatMap { $0.start == next ? $0.target : nil } ?? line(from: next, in: bytes)
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

  private static func line(from start: Int, in bytes: [UInt8]) -> ByteSpan {
    ByteSpan(start, bytes[start...].firstIndex(where: isLineEnd) ?? bytes.count)
  }

  private static func scalars(in line: ByteSpan, of scalars: [ByteSpan]) -> ArraySlice<ByteSpan> {
    let first = scalars.partitioningIndex { $0.start >= line.start }
    return scalars[first...].prefix { $0.start <= line.end }
  }

  // MARK: Findings

  /// The suppression of a finding; `nil` if the finding counts.
  mutating func suppression(of finding: Finding) -> Suppression? {
    if !lists.isEmpty {
      // The suppression nearest to the finding takes precedence.
      let found = (0...deepest).reversed().flatMap { depth -> [Int] in
        guard let lists = lists[Scope(rule: finding.rule, depth: depth)] else { return [] }
        return [lists.lines, lists.scalars, lists.documents].compactMap {
          area(at: finding.span.start, in: $0)
        }
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

extension Document {
  /// The range in the file for a span of the document's own source.
  ///
  /// - Parameter tail: bytes after the span that belong to it: an empty value at the end of a line is located there.
  fileprivate func places(_ span: ByteSpan, tail: UInt32 = 0) -> Range<UInt32> {
    let outer = sourceSpan(span)
    return outer.start..<(outer.end + tail)
  }
}

/// The settings against which suppressions are judged.
struct SuppressionTerms {
  let now: Instant
  let requiresReasons: Bool
  /// The rules of the run, including those that are off.
  let rules: RuleBook
  let levels: RuleLevels
  let minimumSeverity: Severity
  /// How many findings of a file are listed.
  let listedCount: Int

  init(_ options: LintOptions, _ rules: RuleBook) {
    now = options.now
    requiresReasons = options.requiresReasons
    self.rules = rules
    levels = options.levels
    minimumSeverity = options.minimumSeverity
    listedCount = options.limits.findings
  }

  /// Ids of all rules and checks.
  var known: [String] { BuiltInCheck.all.map(\.id) + rules.ids }

  func isKnown(_ rule: String) -> Bool { BuiltInCheck.check(rule) != nil || rules.ids.contains(rule) }

  func isOfSuppression(_ rule: String) -> Bool { BuiltInCheck.traits(of: rule).contains(.ofSuppression) }

  /// The remedy for a comment that suppresses something that cannot be suppressed.
  func remedy(for rule: String) -> String {
    let traits = BuiltInCheck.traits(of: rule)
    if traits.contains(.fileFault) { return "repair the file, or exclude it in .reqlint.yaml" }
    return traits.contains(.beyondSuppression)
      ? "remove it; a request that was not checked in full cannot pass" : "remove it"
  }

  func isBeyondSuppression(_ rule: String) -> Bool {
    BuiltInCheck.traits(of: rule).contains(.beyondSuppression)
  }

  /// Whether findings of a rule would be reported; true for a rule that does not exist, which can find nothing.
  func isReported(_ rule: String) -> Bool {
    guard isKnown(rule) else { return true }
    guard let check = BuiltInCheck.check(rule) else {
      return rules.judgedSeverity(of: rule).map { $0 >= minimumSeverity } ?? false
    }
    // Some checks also have milder cases.
    let mildest = minimumSeverity > .warning ? min(check.severity, .warning) : check.severity
    return !check.traits.contains(.ofPlan)
      && (levels.severity(of: rule, mildest).map { $0 >= minimumSeverity } ?? false)
  }

  /// Whether linting applies a rule at all; other rules belong to the plan or are off.
  func isJudged(_ rule: String) -> Bool {
    if let check = BuiltInCheck.check(rule) { return !check.traits.contains(.ofPlan) }
    // Warnings count for the verdict, even if only errors are shown.
    return rules.judgedSeverity(of: rule).map { $0 >= min(minimumSeverity, .warning) } ?? false
  }
}
