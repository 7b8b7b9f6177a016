internal import Models
internal import Syntax

/// A value converted for its shape, or as in the file if it has another type.
enum WireValue {
  case null
  case boolean(Bool)
  /// Decimal digits, possibly after a minus.
  case integer(ArraySlice<UInt8>)
  case float(Double)
  case text(ArraySlice<UInt8>)
  case blob([UInt8])
  case timestamp(Timestamp)
  case list(NodeID)
  case mapping(NodeID)
}

/// Whether a text replaces a value that must not be shown.
func isRedacted(_ text: ArraySlice<UInt8>) -> Bool { text.elementsEqual("(sensitive)".utf8) }

extension Parameters {
  /// Whether a value is known only at run time; it is sent as written, whatever its shape.
  func isUnknown(_ value: Value) -> Bool { value.node.map { document.isUnknown($0) } ?? false }

  func isNull(_ value: Value) -> Bool { value.node.map { document.scalarType(of: $0) == .null } ?? false }

  /// Reads a value for a shape of a kind; values without a shape are read like strings.
  ///
  /// - Throws: `notBase64`, `notTimestamp`.
  func read(_ value: Value, as kind: Shape.Kind) throws(WireFault) -> WireValue {
    switch value {
    case .text(let text): .text(ArraySlice(text.utf8))
    case .node(let id): try read(id, as: kind)
    }
  }

  func read(_ id: NodeID, as kind: Shape.Kind) throws(WireFault) -> WireValue {
    switch document.scalarType(of: id) {
    case nil: return document[id].kind == .sequence ? .list(id) : .mapping(id)
    case .null: return .null
    case .boolean: return .boolean(boolean(id))
    case .integer where kind == .timestamp, .float where kind == .timestamp: return try timestamp(id)
    case .integer: return .integer(integer(id))
    case .float: return .float(float(id))
    case .string, .timestamp, .binary:
      let text = document.text(of: id)
      if isRedacted(text) || document.isUnknown(id) { return .text(text) }
      switch kind {
      case .blob: return .blob(try blob(id))
      case .timestamp: return try timestamp(id)
      default: return .text(text)
      }
    }
  }

  // MARK: Scalars

  private func boolean(_ id: NodeID) -> Bool {
    switch document.text(of: id).first {
    case UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "y"), UInt8(ascii: "Y"): true
    case UInt8(ascii: "o"), UInt8(ascii: "O"): document.text(of: id).count == 2
    default: false
    }
  }

  /// The digits as written if they are decimal, otherwise the decimal digits of the number.
  private func integer(_ id: NodeID) -> ArraySlice<UInt8> {
    let text = document.text(of: id)
    let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text
    if let first = digits.first, first > UInt8(ascii: "0"), digits.allSatisfy(isDigit) { return text }
    return ArraySlice((document.number(of: id)?.description ?? document.string(of: id)).utf8)
  }

  private func float(_ id: NodeID) -> Double {
    if let number = document.number(of: id) {
      return number.isZero && document.text(of: id).first == UInt8(ascii: "-") ? -0.0 : number.double
    }
    let text = document.text(of: id)
    guard text.contains(where: { $0 | 0x20 == UInt8(ascii: "f") }) else { return .nan }
    return text.first == UInt8(ascii: "-") ? -.infinity : .infinity
  }

  private func blob(_ id: NodeID) throws(WireFault) -> [UInt8] {
    let text = document.text(of: id)
    guard options.blobs == .base64 else { return Array(text) }
    guard let bytes = Base64Reading(text).bytes else { throw .notBase64(id) }
    return bytes
  }

  private func timestamp(_ id: NodeID) throws(WireFault) -> WireValue {
    guard
      let timestamp = document.number(of: id).map({ Timestamp(epoch: $0) })
        ?? Timestamp(document.text(of: id))
    else { throw .notTimestamp(id) }
    return .timestamp(timestamp)
  }

  // MARK: Text

  /// A scalar as text outside of JSON; `nil` for null and for collections.
  func text(_ value: WireValue, in format: TimestampFormat) -> [UInt8]? {
    switch value {
    case .null, .list, .mapping: return nil
    case .boolean(let flag): return Array((flag ? "true" : "false").utf8)
    case .integer(let digits): return Array(digits)
    case .float(let number):
      var bytes: [UInt8] = []
      appendFloat(number, to: &bytes)
      return bytes
    case .text(let text): return Array(text)
    case .blob(let bytes): return encodeBase64(bytes)
    case .timestamp(let timestamp): return timestamp.text(in: format)
    }
  }

  /// The format that traits require.
  func timestampFormat(_ traits: TraitsID, default standard: TimestampFormat) -> TimestampFormat {
    operation[traits].timestampFormat.flatMap { TimestampFormat($0) } ?? standard
  }
}
