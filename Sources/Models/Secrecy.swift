package import Syntax

/// Decides what of a request's parameters must not be shown.
///
/// Everything that prints, logs or hashes parameters asks here. A reference, so that asking copies no operation.
///
/// - Shape: masked are values of sensitive shapes, maps whose keys are sensitive, values of the wrong type where the
///   shape is or contains something sensitive, and members that do not exist where they may be misspelt sensitive ones.
package final class Secrecy: Sendable {
  /// What is known about the value at a place.
  package enum Place: Sendable {
    case shape(Shape)
    /// Everything here is masked.
    case masked
    /// No shape is known; only names tell.
    case named
    /// Nothing is known of the parameters: keys are shown, and no value is.
    case unjudged
  }

  private let operation: Operation?
  private let names: SensitiveNames
  private let masksUnknown: Bool

  /// For a request of a known operation.
  ///
  /// - Parameters:
  ///   - masksUnknown: whether members that do not exist are masked, since they may be misspelt.
  ///   - names: where they are not, those that are masked nevertheless, misspelt or not.
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

  /// The place below a key.
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

  /// Whether a key holds more than the name of a member, such as the value that belongs behind it.
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

  /// - Shape: a name in other casing or with other separators counts as the member's own.
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
  /// Whether a value of a kind does not belong here, or nothing tells that it does.
  package func isMisfit(_ kind: Node.Kind) -> Bool {
    guard case .shape(let shape) = self else { return true }
    return !shape.fits(kind)
  }
}

extension Document {
  /// Whether a key may be a member's name, and no value that has lost its own.
  ///
  /// - Shape: in `{Name: a, SecretString, b}` each name is a key without a value.
  fileprivate func isNameOfValue(_ entry: Entry) -> Bool {
    self[entry.key].kind == .scalar && text(of: entry.key).allSatisfy(isNameByte)
      && !sourceSpan(of: entry.value).isEmpty
  }
}

/// Whether a byte may be part of a member's name, well or badly spelt.
private func isNameByte(_ byte: UInt8) -> Bool {
  isWordByte(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
}
