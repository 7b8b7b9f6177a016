package import Syntax

/// A value of a request that a follow-up command cannot contain as text.
package struct UnsafeCommandValue: Error, Equatable, Sendable {
  /// From the parameters; `nil` for declarations of the request outside them.
  package let pointer: JSONPointer?
  /// Completes "NAME …"; does not contain the value.
  package let problem: String

  init(pointer: JSONPointer?, problem: String) {
    self.pointer = pointer
    self.problem = problem
  }
}

/// The reason that a text cannot be the value of an AWS CLI option.
///
/// - Source: awscli 1.46.3, `paramfile.py`: such a value is loaded from a file or, by version 1, from the network;
///   Python's argparse reads a leading hyphen as an option.
package func problemAsOptionValue(_ text: String) -> String? {
  if text.isEmpty { return "is empty" }
  if text.utf8.first == UInt8(ascii: "-") {
    return "begins with a hyphen, which the AWS CLI takes for an option"
  }
  if text.holds(byte: 0x0A) { return "holds a line break, which no report can show in a command" }
  if text.holds(byte: 0) { return "holds U+0000, which no command line can carry" }
  guard text.holds(byte: UInt8(ascii: ":")) else { return nil }
  let prefix = loadingPrefixes.first { prefix in
    text.utf8.prefix(prefix.utf8.count).elementsEqual(prefix.utf8) { lowercased($0) == $1 }
  }
  return prefix.map { "begins with \($0), which the AWS CLI loads" }
}

private let loadingPrefixes = ["file://", "fileb://", "http://", "https://"]

extension OperationFacts.Command {
  /// The words for a request.
  func render(_ renderer: MessageRenderer) throws(UnsafeCommandValue) -> [String] {
    var text: [String] = []
    text.reserveCapacity(words.count)
    for template in words { text.append(try word(template, renderer)) }
    return text
  }

  private func word(
    _ template: MessageTemplate, _ renderer: MessageRenderer
  ) throws(UnsafeCommandValue) -> String {
    if let literal = template.literal { return literal }
    if template.pieces.count == 1, case .slot(let subject, let filter) = template.pieces[0] {
      return try value(of: subject, filter, renderer, isWhole: true)
    }
    var word = ""
    for piece in template.pieces {
      switch piece {
      case .text(let literal): word += literal
      case .slot(let subject, let filter):
        word += try value(of: subject, filter, renderer, isWhole: false)
      }
    }
    // Only together may adjacent values form an address.
    if case .slot? = template.pieces.first, let problem = problemAsOptionValue(word) {
      throw UnsafeCommandValue(pointer: template.parameters.first, problem: problem)
    }
    return word
  }

  private func value(
    of subject: MessageTemplate.Subject, _ filter: MessageTemplate.Filter?, _ renderer: MessageRenderer,
    isWhole: Bool
  ) throws(UnsafeCommandValue) -> String {
    guard case .parameter(let pointer) = subject else {
      let text = renderer.raw(MessageTemplate(pieces: [.slot(subject, filter)]))
      if let problem = problemAsOptionValue(text) { throw UnsafeCommandValue(pointer: nil, problem: problem) }
      return text
    }
    let document = renderer.context.document
    func refuse(_ problem: String) -> UnsafeCommandValue {
      UnsafeCommandValue(pointer: pointer, problem: problem)
    }
    if renderer.isSensitive(pointer) { throw refuse("is sensitive") }
    guard let node = document.value(at: pointer, from: renderer.context.root),
      document[node].kind != .scalar || document.scalarType(of: node) != .null
    else { throw refuse("is missing") }
    guard document[node].kind == .scalar else { throw refuse("is not text") }
    let text =
      filter == nil
      ? document.string(of: node) : renderer.raw(MessageTemplate(pieces: [.slot(subject, filter)]))
    if let problem = problemAsOptionValue(text) { throw refuse(problem) }
    // Next to other text, the value is part of the CLI's shorthand syntax.
    if !isWhole, !text.utf8.allSatisfy(isPlainInShorthand) {
      throw refuse("holds characters that the AWS CLI's shorthand syntax gives a meaning")
    }
    return text
  }
}

private func isPlainInShorthand(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
    UInt8(ascii: "}"),
    UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "\\"):
    false
  default: byte > 0x20 && byte != 0x7F
  }
}
