package import Syntax

/// Decides which of a request's parameters must not be shown.
///
/// All code that prints, logs or hashes parameters asks here. A reference, so that asking copies no operation.
///
/// - Shape: masks values of sensitive shapes, maps with sensitive keys, values of the wrong type if the shape is or
///   contains something sensitive, and members that do not exist if they may be misspelt sensitive ones.
package final class Secrecy: Sendable {
  /// What is known about the value at some place.
  package enum Place: Sendable {
    case shape(Shape)
    /// Everything here is masked.
    case masked
    /// No shape is known; only names decide.
    case named
    /// Nothing is known about the parameters: keys are shown, but no values.
    case unjudged
  }

  private let operation: Operation?
  private let names: SensitiveNames
  private let masksUnknown: Bool

  /// For a request of a known operation.
  ///
  /// - Parameters:
  ///   - masksUnknown: whether members that do not exist are masked, since they may be misspelt.
  ///   - names: if they are not, the names that are masked anyway, misspelt or not.
  package init(_ operation: Operation, masksUnknown: Bool, names: SensitiveNames = SensitiveNames()) {
    self.operation = operation
    self.masksUnknown = masksUnknown
    self.names = names
  }

  /// For parameters of an unknown operation: any value may be a secret.
  package static let unknownOperation = Secrecy()

  private init() {
    operation = nil
    masksUnknown = true
    names = SensitiveNames()
  }

  /// The place of the parameters.
  package var root: Place {
    guard let operation else { return .unjudged }
    return operation.input.map { .shape(operation[$0]) } ?? unknown
  }

  private var unknown: Place { masksUnknown ? .masked : .named }

  /// Whether a value is masked as a whole, its keys included.
  package func masks(_ id: NodeID, at place: Place, in document: Document) -> Bool {
    switch place {
    case .masked: true
    case .shape(let shape):
      shape.masks(document[id].kind) || operation?.masks(text: id, for: shape, in: document) == true
    case .named: names.isMentioned(by: id, in: document)
    case .unjudged: document[id].kind != .mapping
    }
  }

  /// The place of a key's value.
  package func value(of key: NodeID, at place: Place, in document: Document) -> Place {
    switch place {
    case .masked, .unjudged: return .masked
    case .named: return names.isValue(document.string(of: key)) ? .masked : .named
    case .shape(let shape):
      guard !shape.isDocument else { return place }
      switch shape.kind {
      case .structure: return member(key, of: shape, in: document)
      case .map: return element(of: shape)
      default: return unknown
      }
    }
  }

  /// Whether a key contains more than the name of a member, such as the value that belongs after it.
  package func hidesKey(of entry: Document.Entry, at place: Place, in document: Document) -> Bool {
    switch place {
    case .masked: return false
    case .named:
      guard !names.isEmpty else { return false }
      return document[entry.key].kind == .scalar
        ? names.isMentioned(by: entry.key, in: document)
        : names.isNamed(in: document.source.bytes[document.sourceSpan(of: entry.key).range])
    case .shape(let shape):
      guard operation?.hasSensitive == true, !shape.isDocument, shape.kind != .map else { return false }
      return shape.member(at: entry.key, in: document) == nil && !document.isNameOfValue(entry)
    case .unjudged: return !document.isNameOfValue(entry)
    }
  }

  /// The place of a list's items.
  package func item(at place: Place) -> Place {
    guard case .shape(let shape) = place, !shape.isDocument else { return place }
    return shape.kind == .list ? element(of: shape) : unknown
  }

  private func element(of shape: Shape) -> Place {
    guard let operation, let element = shape.element else { return unknown }
    return .shape(operation[element])
  }

  /// - Shape: a name in another case or with other separators counts as the member's own name.
  private func member(_ key: NodeID, of shape: Shape, in document: Document) -> Place {
    guard let operation else { return unknown }
    if let member = shape.member(at: key, in: document) {
      return .shape(operation[member.shape])
    }
    let name = document.string(of: key)
    if let input = operation.input, operation[input] === shape {
      if let member = operation.member(forAlias: name, of: shape) {
        return .shape(operation[member.shape])
      }
      if let own = operation.clientMember(name) { return .shape(own) }
    }
    let near = shape.members.count > mostNames ? [] : shape.members.filter { isRespelling($0.name, of: name) }
    guard let member = near.first(where: { operation[$0.shape].holdsSensitive }) ?? near.first else {
      return shape.holdsSensitive || names.isNear(name) ? .masked : unknown
    }
    return .shape(operation[member.shape])
  }
}

extension Secrecy.Place {
  /// Whether a value of a kind does not belong here, or nothing shows that it does.
  package func isMisfit(_ kind: Node.Kind) -> Bool {
    guard case .shape(let shape) = self else { return true }
    return !shape.fits(kind)
  }
}

extension Document {
  /// Whether a key may be a member's name rather than a value that lost its key.
  ///
  /// - Shape: in `{Name: a, SecretString, b}`, `SecretString` and `b` are each keys without a value.
  fileprivate func isNameOfValue(_ entry: Entry) -> Bool {
    self[entry.key].kind == .scalar && text(of: entry.key).allSatisfy(isNameByte)
      && !sourceSpan(of: entry.value).isEmpty
  }
}

/// Whether a byte may occur in a member's name, even if misspelt.
private func isNameByte(_ byte: UInt8) -> Bool {
  isWordByte(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
}
