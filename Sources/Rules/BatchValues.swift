internal import Models
internal import Syntax

/// Values of a request, joined into one text that is equal for equal values.
struct BatchValues: Hashable {
  private static let separator: Unicode.Scalar = "\u{1F}"
  private static let separatorText = String(separator)
  /// Marks an absent value; texts for values that must not be shown or stored also begin with it.
  private static let absent = "\u{1A}"
  /// Longer texts are represented by their hashes.
  private static let longText = 256

  private let joined: String

  /// The values of terms; `nil` if the request cannot belong to any group.
  init?(of run: borrowing SnapshotRun, by terms: [BatchConstraint.Term]) {
    var joined = ""
    for index in terms.indices {
      guard let text = Self.text(of: terms[index], run) else { return nil }
      if index > 0 { joined += Self.separatorText }
      joined += text
    }
    self.joined = joined
  }

  /// The values of members.
  init(of run: borrowing SnapshotRun, at pointers: [JSONPointer]) {
    var joined = ""
    for index in pointers.indices {
      if index > 0 { joined += Self.separatorText }
      joined += Self.text(at: pointers[index], run)
    }
    self.joined = joined
  }

  /// The values as messages show them, in term order.
  var shown: [String] {
    joined.unicodeScalars.split(separator: Self.separator, omittingEmptySubsequences: false).map { value in
      let text = String(value)
      if text == Self.absent { return "absent" }
      return text.hasPrefix(Self.absent) ? "the same value" : MessageRenderer.plain(text)
    }
  }

  /// `nil` if the request cannot belong to any group.
  private static func text(
    of term: BatchConstraint.Term, _ run: borrowing SnapshotRun
  ) -> String? {
    let (subject, context) = (run.subject, run.context)
    switch term {
    case .member(let pointer) where context.document.isUnknown(pointer, from: context.root): return nil
    case .member(let pointer): return text(at: pointer, run)
    case .operation: return subject.operation.service + "." + subject.operation.name
    case .token:
      let members = subject.operation.input.map { subject.operation[$0].members } ?? []
      guard let token = members.first(where: \.isIdempotencyToken),
        let value = context.document.value(of: token.name, in: context.root),
        context.document.scalarType(of: value).isText, !context.document.text(of: value).isEmpty
      else { return nil }
      return text(at: JSONPointer([token.name]), run)
    case .hour(let pointer):
      let document = context.document
      guard let value = document.value(at: pointer, from: context.root) else { return hour(of: context.now) }
      return document.number(of: value)?.int64.flatMap { TimeConstraint.Unit.byDigits.instant(epoch: $0) }
        .map { hour(of: $0) }
    }
  }

  private static func hour(of instant: Instant) -> String {
    let length: Int64 = 3_600_000
    let start = instant.milliseconds / length * length
    return Instant(milliseconds: start).rfc3339
  }

  private static func text(at pointer: JSONPointer, _ run: borrowing SnapshotRun) -> String {
    let document = run.context.document
    guard let value = document.value(at: pointer, from: run.context.root) else { return absent }
    let isScalar = document[value].kind == .scalar
    let isSensitive = run.renderer.isSensitive(pointer)
    // Even fully escaped, it would not be long.
    if document.scalarType(of: value).isText, !isSensitive, document.textCount(of: value) < longText / 6 {
      return document.string(of: value)
    }
    let text = String(decoding: document.canonicalJSON(of: value), as: UTF8.self)
    guard text.utf8.count > longText || isSensitive else {
      return isScalar ? document.string(of: value) : text
    }
    // Two hashes with different seeds: the long specs of a batch must not all be kept in memory.
    var one = Hasher()
    one.combine(text)
    var other = Hasher()
    other.combine(0x5EED)
    other.combine(text)
    return "\(absent)\(text.utf8.count) \(one.finalize()) \(other.finalize())"
  }
}
