internal import Models
internal import Patterns
internal import Requests
internal import Rules
internal import Syntax
internal import Verdicts

extension BuiltInCheck {
  static let skeletonLeftover = BuiltInCheck(
    "skeleton-leftover", "Placeholder that was not filled in", severity: .warning,
    why:
      "Generated skeletons and documentation pages leave such values behind. An error where the model refuses the value, or `reqlint new` wrote it."
  )
}

/// A value that a generated skeleton has, but that a file may also mean.
struct Leftover {
  let span: ByteSpan
  let pointer: JSONPointer
  /// A description: `empty`, `the key KeyName`.
  let words: String
  var isEmptyText = false
  /// Whether the model rejects it, so that it is reported in any case.
  var isRefused = false
}

/// Finds values that were never filled in.
extension ModelCheck {
  // MARK: Placeholders

  /// Checks for what people leave behind while they write.
  mutating func checkAuthoring(_ id: NodeID, _ shape: Shape) {
    if document.isFileURI(id) { reportFileURI(id, content: "the file's text") }
    // Deeper inside, the word may be intended.
    if document.isMark(id, mayBeWord: path.count > 1 || !shape.values.isEmpty) {
      findings.add(
        .skeletonLeftover, "\(name(pointer)) \(placeholderWords(id))",
        hint: "write the value that is meant", at: span(of: id), pointer, request: request)
    }
  }

  private func placeholderWords(_ id: NodeID) -> String {
    isSensitive ? "holds a placeholder" : "is \(quote(document.string(of: id))), a placeholder"
  }

  /// Reports a placeholder such as `<what is meant>` once, in place of all the model's objections to it.
  ///
  /// - Shape: an error if the model rejects the text, or if it is what `reqlint new` writes for the member.
  mutating func reportPlaceholder(_ id: NodeID, _ shape: Shape) {
    let text = document.string(of: id)
    findings.addPlaceholder(span(of: id), text)
    findings.add(
      .skeletonLeftover, "\(name(pointer)) \(placeholderWords(id))",
      hint: "write the value that is meant, \(shape.isDocument ? "of any JSON type" : shape.kind.noun)",
      severity: isUnsendable || isOwnPlaceholder(text) || refuses(id, shape) ? .error : .warning,
      at: span(of: id), pointer,
      request: request)
  }

  mutating func reportPlaceholderKey(_ key: NodeID) {
    let text = document.string(of: key)
    findings.addPlaceholder(document.sourceSpan(of: key), text)
    if isSensitive { hideKey(key) }
    findings.add(
      .skeletonLeftover, "\(isSensitive ? redacted : quote(text)) stands in place of a parameter",
      hint: "write the one that is meant, with its value", severity: .error,
      at: document.sourceSpan(of: key), pointer, request: request)
  }

  /// Whether a placeholder is the one in this tool's skeleton for the current path.
  ///
  /// It is then named after the nearest member, or is one of a few words.
  private func isOwnPlaceholder(_ text: String) -> Bool {
    let inside = String(text.dropFirst().dropLast())
    let word = inside.split(separator: " ").first.map { String($0) } ?? inside
    return Placeholder.words.contains(word) || memberKey.map { document.hasText(inside, at: $0) } ?? false
  }

  /// Whether the model rejects a text.
  mutating func refuses(_ id: NodeID, _ shape: Shape) -> Bool {
    if shape.isDocument { return false }
    switch shape.kind {
    case .string: break
    case .blob: return Base64Reading(document.text(of: id)) == .refused
    default: return true
    }
    let count = ExactNumber(document.scalarCount(of: id))
    if let minimum = shape.minimum, count < minimum { return true }
    if let maximum = shape.maximum, count > maximum { return true }
    if !shape.values.isEmpty { return true }
    guard let source = shape.pattern, let pattern = try? workbench.patterns.pattern(source) else {
      return false
    }
    let outcome = document.withText(of: id) { text in
      let whole = pattern.matchesWhole(text, &findings.budget.matches)
      guard whole == .noMatch, !hasOwnRules else { return whole }
      return pattern.isFound(in: text, &findings.budget.matches)
    }
    if outcome == .unknown { reportStopped(source, id) }
    return outcome == .noMatch
  }

  // MARK: Generated skeletons

  /// Records an empty text.
  mutating func noteEmpty(_ id: NodeID, isRefused: Bool) {
    leftovers.append(
      Leftover(span: span(of: id), pointer: pointer, words: "empty", isEmptyText: true, isRefused: isRefused))
  }

  /// Records a map's key from a generated skeleton, if its value is from one too.
  mutating func noteGeneratedKey(_ entry: Document.Entry) {
    let value = document.resolve(entry.value)
    let isBlank =
      switch document[value].kind {
      case .scalar, .alias:
        document.textCount(of: value) == 0 || document.hasText("0", at: value)
      case .mapping, .sequence: true
      }
    guard isBlank else { return }
    leftovers.append(
      Leftover(span: document.sourceSpan(of: entry.key), pointer: pointer, words: "under the key KeyName"))
  }

  /// Records the start of Unix time without a zone, which a generated skeleton has for every time.
  mutating func noteGeneratedTime(_ id: NodeID) {
    guard document.isGeneratedTime(id) else { return }
    leftovers.append(Leftover(span: span(of: id), pointer: pointer, words: document.string(of: id)))
  }

  /// Reports leftovers, or a whole skeleton.
  ///
  /// One such value may be intended, and so may empty texts that the model permits; a whole skeleton is not.
  mutating func reportLeftovers(in parameters: NodeID, _ shape: Shape) {
    let root = document.resolve(parameters)
    // Counts come first, since hardly any file has every member.
    let isUntouched =
      leftovers.count < 2 && document.count(of: root) == shape.members.count
      && GeneratedSkeleton(document: document, operation: operation)
        .isWhole(root, shape, leastCount: leftovers.first?.isRefused == true ? 2 : 1)
    guard (leftovers.count > 1 && areGenerated(root, shape)) || isUntouched else { return }
    if leftovers.isEmpty {
      findings.add(
        .skeletonLeftover, "the parameters are as a generated skeleton has them",
        hint: "fill them in, and remove those that are not meant", at: requestKey, request: request)
    }
    for leftover in leftovers {
      findings.add(
        .skeletonLeftover, "\(name(leftover.pointer)) is \(leftover.words) as a generated skeleton leaves it",
        hint: "fill it in or remove it", at: leftover.span, leftover.pointer, request: request)
    }
  }

  /// Whether there is any leftover apart from empty texts that the model permits, or half of the texts are empty.
  private func areGenerated(_ root: NodeID, _ shape: Shape) -> Bool {
    let empty = leftovers.count { $0.isEmptyText && !$0.isRefused }
    return empty < leftovers.count || 2 * empty >= textCount(root, shape)
  }

  /// How many empty texts a generated skeleton would have in the given structures, lists and maps.
  private func textCount(_ id: NodeID, _ shape: Shape) -> Int {
    if shape.kind == .string { return shape.values.isEmpty ? 1 : 0 }
    if let element = shape.element {
      let inner = operation[element]
      return document.items(of: id).reduce(0) { $0 + textCount($1, inner) }
        + document.entries(of: id).reduce(0) { $0 + textCount($1.value, inner) }
    }
    return shape.members.reduce(0) { count, member in
      let inner = operation[member.shape]
      if inner.kind == .string { return count + textCount(id, inner) }
      return count + (document.value(of: member.name, in: id).map { textCount($0, inner) } ?? 0)
    }
  }
}

/// The output of `aws … --generate-cli-skeleton`, as JSON and as YAML.
///
/// - Source: observed with the AWS CLI 1.46; botocore's `ArgumentGenerator`.
private struct GeneratedSkeleton {
  let document: Document
  let operation: Operation

  /// Whether parameters are a whole skeleton: every member is present, and every value is a generated one.
  ///
  /// - Shape: a skeleton of only booleans and known values cannot be distinguished from a file that means them.
  /// - Parameter leastCount: the least number of values.
  func isWhole(_ id: NodeID, _ shape: Shape, leastCount: Int) -> Bool {
    var count = Count()
    guard check(id, shape, around: [], &count), count.all >= leastCount else { return false }
    return count.certain > 0 || (count.numbers > 0 && count.all > 1)
  }

  /// Number of values so far.
  private struct Count {
    var all = 0
    var numbers = 0
    /// Values that hardly any file means.
    var certain = 0
  }

  private func check(_ id: NodeID, _ shape: Shape, around: [String], _ count: inout Count) -> Bool {
    let inside = around + [shape.name]
    switch (shape.kind, document[id].kind) {
    case (.structure, .mapping):
      // A shape nested twice in itself is left empty.
      if document.count(of: id) == 0 { return around.contains(shape.name) || shape.members.isEmpty }
      return shape.members.count == document.count(of: id)
        && shape.members.allSatisfy { member in
          guard let value = document.value(of: member.name, in: id) else { return false }
          return check(value, operation[member.shape], around: inside, &count)
        }
    case (.list, .sequence):
      guard document.count(of: id) == 1, let item = Array(document.items(of: id)).first,
        let element = shape.element
      else { return false }
      return check(item, operation[element], around: inside, &count)
    case (.map, .mapping):
      guard document.count(of: id) == 1, let value = document.value(of: "KeyName", in: id),
        let element = shape.element
      else { return false }
      count.certain += 1
      return check(value, operation[element], around: inside, &count)
    case (_, .scalar):
      count.all += 1
      return isBlank(id, shape, &count)
    default: return false
    }
  }

  private func isBlank(_ id: NodeID, _ shape: Shape, _ count: inout Count) -> Bool {
    let isEmpty = document.textCount(of: id) == 0
    switch shape.kind {
    case .string where !shape.values.isEmpty: return shape.values.contains { document.hasText($0, at: id) }
    case .string:
      count.certain += isEmpty ? 1 : 0
      return isEmpty && document.scalarType(of: id) == .string
    case .blob:
      count.certain += 1
      return isEmpty || document.scalarType(of: id) == .null
    case .timestamp:
      count.certain += 1
      return document.isGeneratedTime(id)
    case .boolean: return document.boolean(of: id) == true
    case .integer, .long, .float, .double:
      count.numbers += 1
      return document.number(of: id) == ExactNumber(0)
    case .structure, .list, .map: return false
    }
  }
}

extension Document {
  /// The start of Unix time without a zone.
  fileprivate func isGeneratedTime(_ id: NodeID) -> Bool {
    hasText("1970-01-01T00:00:00", at: id) || hasText("1970-01-01 00:00:00", at: id)
  }
}
