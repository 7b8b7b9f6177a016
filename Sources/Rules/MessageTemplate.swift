internal import Models
internal import Syntax

/// A message with placeholders for values, each with a filter.
///
/// The placeholders are `{Member/Inner}`, `{value}`, `{member}`, `{problem}`, `{now}` and `{request.region}`.
///
/// - Shape: `{{` and `}}` are literal braces.
struct MessageTemplate {
  enum Subject: Equatable {
    case parameter(JSONPointer)
    /// The value at the failing place.
    case value
    /// The name of the failing member.
    case member
    /// The problem at the failing place, in general words.
    case problem
    case now
    case request(String)
  }

  enum Filter: Equatable {
    case milliseconds, seconds, byDigits
    case daysUntil(CivilTime), daysSince(CivilTime)
  }

  enum Piece: Equatable {
    case text(String)
    case slot(Subject, Filter?)
  }

  /// The reason that a template cannot be read.
  struct Fault: Error { let message: String }

  let pieces: [Piece]
  /// Length of the text without the values, in bytes.
  private let literalCount: Int

  init(pieces: [Piece]) {
    self.pieces = pieces
    literalCount = pieces.reduce(0) { count, piece in
      if case .text(let literal) = piece { count + literal.utf8.count } else { count }
    }
  }

  /// The whole text, if it has no placeholders.
  var literal: String? {
    guard pieces.count == 1, case .text(let literal) = pieces[0] else { return pieces.isEmpty ? "" : nil }
    return literal
  }

  /// The largest length of the text, in bytes, if every value is simple.
  fileprivate var simpleCount: Int { literalCount + MessageRenderer.longestSimple * pieces.count }

  init(parsing text: String) throws(Fault) {
    let (open, close) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
    var pieces: [Piece] = []
    var literal = ""
    var rest = text.utf8[...]
    while let place = rest.firstIndex(where: { $0 == open || $0 == close }) {
      literal += Substring(rest[..<place])
      let brace = rest[place]
      rest = rest[place...].dropFirst()
      if rest.first == brace {
        literal.unicodeScalars.append(Unicode.Scalar(brace))
        rest.removeFirst()
      } else if brace == close {
        throw Fault(message: "message has a stray brace; write }} for a literal one")
      } else {
        guard let end = rest.firstIndex(of: close) else { throw Fault(message: "message has an open brace") }
        pieces.append(.text(literal))
        literal = ""
        pieces.append(try Self.slot(Substring(rest[..<end])))
        rest = rest[end...].dropFirst()
      }
    }
    pieces.append(.text(literal + Substring(rest)))
    self.init(pieces: pieces.filter { $0 != .text("") })
  }

  private static func slot(_ text: Substring) throws(Fault) -> Piece {
    let parts = text.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    let filter = try parts.count > 1 ? self.filter(parts[1]) : nil
    let name = String(parts[0])
    switch name {
    case "": throw Fault(message: "message has an empty place")
    case "value": return .slot(.value, filter)
    case "member": return .slot(.member, filter)
    case "problem": return .slot(.problem, filter)
    case "now": return .slot(.now, filter)
    default:
      if name.hasPrefix("request.") {
        let fact = String(name.dropFirst("request.".count))
        guard RequestFacts.names.contains(fact) else {
          throw Fault(
            message: "{\(name)} is unknown; a request has \(RequestFacts.names.joined(separator: ", "))")
        }
        return .slot(.request(fact), filter)
      }
      guard let pointer = JSONPointer(parsing: "/" + name) else {
        throw Fault(message: "{\(name)} is no member")
      }
      return .slot(.parameter(pointer), filter)
    }
  }

  private static func filter(_ text: Substring) throws(Fault) -> Filter {
    switch text {
    case "milliseconds": return .milliseconds
    case "seconds": return .seconds
    case "by-digits": return .byDigits
    default: break
    }
    for (prefix, make) in [("days until ", Filter.daysUntil), ("days since ", Filter.daysSince)]
    where text.hasPrefix(prefix) {
      if let date = CivilTime.parse(String(text.dropFirst(prefix.count))) { return make(date.time) }
    }
    throw Fault(
      message:
        "filter \(quote(String(text))) is not milliseconds, seconds, by-digits, days until DATE or days since DATE"
    )
  }

  /// The same message for an instance that has the parameters under a key, next to `snapshot`.
  func inside(_ key: String) -> MessageTemplate {
    MessageTemplate(
      pieces: pieces.map { piece in
        guard case .slot(.parameter(let pointer), let filter) = piece, pointer.tokens.first != "snapshot"
        else { return piece }
        return .slot(.parameter(JSONPointer([key] + pointer.tokens)), filter)
      })
  }

  /// Members of the parameters that the message shows.
  var parameters: [JSONPointer] {
    pieces.compactMap { if case .slot(.parameter(let pointer), _) = $0 { pointer } else { nil } }
  }
}

extension RequestFacts {
  /// The facts about a request that `x-request` and messages can read.
  static let names = ["service", "operation", "region", "account", "id", "file"]
}

/// Fills templates for one request.
struct MessageRenderer {
  let context: EvaluationContext
  /// Whether the value at a path must not be shown.
  let isSensitive: (JSONPointer) -> Bool
  /// A path in a form that may be shown: keys of sensitive maps are masked.
  private(set) var maskedPointer: (JSONPointer) -> JSONPointer = { $0 }

  init(context: EvaluationContext, operation: Operation?) {
    // Few operations have sensitive members; the others need no check of each place.
    guard let operation, operation.hasSensitive else {
      self.init(context: context) { _ in false }
      return
    }
    self.init(context: context) { operation.masks($0, in: context.document, from: context.root) }
    maskedPointer = { operation.masking($0) }
  }

  init(context: EvaluationContext, isSensitive: @escaping (JSONPointer) -> Bool) {
    self.context = context
    self.isSensitive = isSensitive
  }

  /// - Parameter failure: the place that the message is about.
  func render(_ template: MessageTemplate, at failure: SchemaFailure?) -> String {
    if let text = template.literal ?? renderSimply(template) { return text }
    return template.pieces.reduce(into: "") { text, piece in
      switch piece {
      case .text(let literal): text += literal
      case .slot(let subject, let filter): text += slot(subject, filter, failure)
      }
    }
  }

  /// The text if all its values are simple.
  ///
  /// It is built on the stack unless it is long, since a plan has a dozen for each request.
  private func renderSimply(_ template: MessageTemplate) -> String? {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: template.simpleCount) { buffer in
      var text = TextBuffer(bytes: buffer)
      for index in template.pieces.indices {
        switch template.pieces[index] {
        case .text(var literal): literal.withUTF8 { text.add($0) }
        case .slot(.parameter(let pointer), nil):
          guard !isSensitive(pointer), let node = context.document.value(at: pointer, from: context.root),
            context.document.withText(of: node, { text.add(simple: $0) })
          else { return nil }
        case .slot: return nil
        }
      }
      return String(decoding: text.bytes[..<text.count], as: UTF8.self)
    }
  }

  /// The text with its values unquoted and complete, for the words of a command; sensitive values are masked.
  func raw(_ template: MessageTemplate) -> String {
    if let literal = template.literal { return literal }
    var text = ""
    for piece in template.pieces {
      switch piece {
      case .text(let literal): text += literal
      case .slot(.parameter(let pointer), nil):
        text +=
          isSensitive(pointer)
          ? redacted
          : context.document.value(at: pointer, from: context.root).map { context.document.string(of: $0) }
            ?? ""
      case .slot(let subject, let filter): text += slot(subject, filter, nil)
      }
    }
    return text
  }

  private func slot(
    _ subject: MessageTemplate.Subject, _ filter: MessageTemplate.Filter?, _ failure: SchemaFailure?
  ) -> String {
    switch subject {
    case .problem: return failure?.problem ?? "does not fit"
    case .now: return filtered(context.now, filter)
    case .member:
      return maskedPointer(context.document.pointer(failure?.path ?? [])).tokens.last ?? "the request"
    case .value:
      let path = context.document.pointer(failure?.path ?? [])
      guard !isSensitive(path) else { return redacted }
      return failure?.value.map { shown($0, filter) } ?? "the value"
    case .parameter(let pointer):
      guard !isSensitive(pointer) else { return redacted }
      guard let node = context.document.value(at: pointer, from: context.root) else { return "absent" }
      guard context.document[node].kind == .scalar else { return "a value" }
      return shown(context.document.string(of: node), filter)
    case .request(let name):
      guard let fact = context.facts?.value(of: name) else { return "undeclared" }
      return shown(fact, filter)
    }
  }

  private func shown(_ text: String, _ filter: MessageTemplate.Filter?) -> String {
    guard let filter else { return Self.plain(text) }
    if filter == .byDigits, Int64(text) == nil, let seconds = Double(text), seconds.magnitude < 1e11 {
      // In the form that list-scheduled-actions was seen to print: 1.673871601E9.
      return filtered(Instant(milliseconds: Int64((seconds * 1000).rounded())), filter)
    }
    let written = Int64(text) ?? ExactNumber(decimal: text.utf8)?.int64
    guard let number = written, number.magnitude < 1 << 53 else { return Self.plain(text) }
    let isSeconds = filter == .seconds || (filter == .byDigits && text.utf8.count == 10)
    let scale: Int64 = isSeconds ? 1000 : 1
    guard number.magnitude < 253_402_300_800_000 / UInt64(scale) else { return Self.plain(text) }
    return filtered(Instant(milliseconds: number * scale), filter)
  }

  static func plain(_ text: String) -> String {
    isSimple(text.utf8) ? text : quote(text)
  }

  /// The greatest length, in bytes, of a value that is shown unchanged.
  fileprivate static let longestSimple = 60

  fileprivate static func isSimple(_ text: some Collection<UInt8>) -> Bool {
    !text.isEmpty && text.count <= longestSimple && text.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }

  private func filtered(_ instant: Instant, _ filter: MessageTemplate.Filter?) -> String {
    switch filter {
    case .daysUntil(let date): return Self.counted(-Self.wholeDays(from: Instant(date), to: instant))
    case .daysSince(let date): return Self.counted(Self.wholeDays(from: Instant(date), to: instant))
    case .milliseconds, .seconds, .byDigits, nil: return instant.rfc3339
    }
  }

  /// Rounded down, even if the end comes before the start.
  private static func counted(_ days: Int64) -> String { days == 1 ? "1 day" : "\(days) days" }

  private static func wholeDays(from start: Instant, to end: Instant) -> Int64 {
    let day: Int64 = 86_400_000
    let between = end.milliseconds - start.milliseconds
    return (between >= 0 ? between : between - day + 1) / day
  }
}

/// A buffer for building a text, with room for all of it.
private struct TextBuffer {
  let bytes: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0

  init(bytes: UnsafeMutableBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    count = bytes[count...].initialize(fromContentsOf: text)
  }

  /// Adds a value, if it is simple.
  mutating func add(simple text: UnsafeBufferPointer<UInt8>) -> Bool {
    let isSimple = MessageRenderer.isSimple(text)
    if isSimple { add(text) }
    return isSimple
  }
}
