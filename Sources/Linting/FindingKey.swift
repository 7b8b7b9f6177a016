internal import Requests
internal import Syntax
package import Verdicts

/// Identifies a finding within its file, independent of line numbers, for baselines.
package struct FindingKey: Hashable, Sendable {
  /// The request's operation, `SERVICE.OPERATION`; `nil` outside requests and if unknown.
  package let operation: String?
  package let rule: String
  /// RFC 6901.
  package let pointer: String
  /// `nil` for a key of the first format, which had neither operations nor whole values.
  package let severity: Severity?
  /// The first 32 hexadecimal digits of SHA-256 over the offending value, or over the name of a missing member.
  ///
  /// `nil` for a value that must not be shown.
  package let value: String?

  package init(operation: String?, rule: String, pointer: String, severity: Severity, value: String?) {
    self.operation = operation
    self.rule = rule
    self.pointer = pointer
    self.severity = severity
    self.value = value
  }

  /// Makes a key of the first format.
  ///
  /// - Parameter value: the first 16 hexadecimal digits of SHA-256 over the text that the finding marks.
  package init(rule: String, pointer: String, value: String?) {
    operation = nil
    self.rule = rule
    self.pointer = pointer
    severity = nil
    self.value = value
  }

  /// Whether it is a key of the first format.
  package var isOld: Bool { severity == nil }

  /// The keys in a baseline that accept this one, the closest first.
  ///
  /// An accepted error may turn into a warning, but not the other way round.
  var accepting: [FindingKey] {
    Severity.allCases.filter { $0 >= severity ?? .error }.map {
      FindingKey(operation: operation, rule: rule, pointer: pointer, severity: $0, value: value)
    }
  }
}

extension Finding {
  /// The value that a finding is about.
  struct Value: Sendable {
    /// `nil` if it must not be shown.
    let digest: String?
    /// Everything written for the value.
    let span: ByteSpan
  }

  /// The key of a finding.
  ///
  /// - Parameter hidden: the parts of the file that must not be shown.
  func key(of request: RequestResult?, in text: SourceText, hidden: MergedSpans) -> FindingKey {
    let operation = request.flatMap { request in
      request.service.flatMap { service in request.operation.map { "\(service).\($0)" } }
    }
    return FindingKey(
      operation: operation, rule: rule, pointer: pointer.description, severity: severity,
      value: valueDigest(in: text, hidden: hidden).map { String($0.prefix(32)) })
  }

  private func valueDigest(in text: SourceText, hidden: MergedSpans) -> String? {
    if let topic = subject ?? topic { return Digest.hexadecimal(of: topic.utf8) }
    if BuiltInCheck.traits(of: rule).contains(.fileFault) { return textDigest(in: text, hidden: hidden) }
    guard !hidden.touch(span), let value else {
      return hidden.touch(span) ? nil : Digest.hexadecimal(of: text.bytes[span.range])
    }
    return hidden.touch(value.span) ? nil : value.digest
  }

  /// For a text that may contain secrets, covers only its outline, which does not let anybody guess one.
  private func textDigest(in text: SourceText, hidden: MergedSpans) -> String {
    Digest.hexadecimal(
      of: hidden.touch(span) ? text.bytes.map { isWordByte($0) ? UInt8(ascii: "x") : $0 } : text.bytes)
  }

  /// The first format's key of a finding: its value is the text that the finding marks.
  func oldKey(in text: SourceText, hidden: MergedSpans) -> FindingKey {
    var digest: String?
    if let subject {
      digest = Digest.hexadecimal(of: subject.utf8)
    } else if BuiltInCheck.traits(of: rule).contains(.fileFault) {
      digest = textDigest(in: text, hidden: hidden)
    } else if !hidden.touch(span) {
      digest = Digest.hexadecimal(of: text.bytes[span.range])
    }
    return FindingKey(
      rule: rule, pointer: pointer.description, value: digest.map { String($0.prefix(16)) })
  }

  /// The finding's value in its document; `nil` if the location is more specific.
  ///
  /// - Parameters:
  ///   - request: the request from whose parameters the pointer may start.
  ///   - text: of the file.
  func value(of request: Request?, in values: inout ValueDigests, _ text: SourceText) -> Value? {
    let isOfComment = BuiltInCheck.traits(of: rule).contains(.ofSuppression)
    let document = values.document
    guard subject == nil, topic == nil, !isOfComment, !BuiltInCheck.traits(of: rule).contains(.fileFault),
      document.nodeCount > 0
    else { return nil }
    var found = values.value(at: pointer, from: request?.parameters ?? document.root)
    if !found.isExact, request?.parameters != nil {
      let outer = values.value(at: pointer, from: document.root)
      if outer.isExact { found = outer }
    }
    let written = document.sourceSpan(of: found.id)
    var digest = values.digest(of: found.id)
    if request != nil, request?.operation == nil, namesOperation, !pointer.tokens.isEmpty {
      // Nothing in such a request is checked, so accepting it must accept no other request.
      let whole = values.value(at: JSONPointer(pointer.tokens.dropLast()), from: document.root)
      if let all = values.digest(of: whole.id) { digest = Digest.hexadecimal(of: all.utf8) }
    }
    guard !written.contains(span), span != request?.parametersKey, !isKey(in: text) else {
      return Value(digest: digest, span: written)
    }
    // Marked text outside the value counts too: a region, an earlier one of equal keys; a directive as a whole.
    let directive = document.leadingComments.first { $0.contains(span) && !values.isHidden($0) }
    let marked = Digest.hexadecimal(of: text.bytes[(directive ?? span).range])
    return Value(digest: digest.map { Digest.hexadecimal(of: "\($0) \(marked)".utf8) }, span: written)
  }

  /// Whether the finding is about the name of an operation or its service.
  private var namesOperation: Bool {
    [BuiltInCheck.unknownService, .unknownOperation].contains { $0.id == rule }
  }

  /// Whether the finding marks the key of its value.
  private func isKey(in source: SourceText) -> Bool {
    guard let name = pointer.tokens.last?.utf8 else { return false }
    var marked = source.bytes[span.range]
    if let quote = marked.first, "\"'".utf8.contains(quote), marked.count > 1, marked.last == quote {
      marked = marked.dropFirst().dropLast()
    }
    return marked.elementsEqual(name)
  }
}
