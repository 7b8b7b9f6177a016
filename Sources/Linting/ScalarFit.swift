internal import Models
internal import Syntax
internal import Verdicts

extension BuiltInCheck {
  static let ambiguousBlob = BuiltInCheck(
    "ambiguous-blob", "Bytes that are not written in base64",
    why:
      "Version 2 of the AWS CLI decodes base64; version 1 and boto3 send the text itself. An error where version 2 refuses the text, a warning where it drops characters."
  )
}

/// Whether a scalar fits a shape, and by which reader's interpretation.
enum ScalarFit {
  case fits
  /// Readers disagree, and one interpretation fits.
  case ambiguous(reading: ScalarSchema)
  case wrong

  init(_ id: NodeID, _ kind: Shape.Kind, in document: Document) {
    guard let core = document.scalarType(of: id), !document.isMistagged(id) else {
      self = .wrong
      return
    }
    guard document.isAmbiguous(id), let legacy = document.scalarType(of: id, .yaml11) else {
      self = kind.takes(core) ? .fits : .wrong
      return
    }
    // A date with a time is the same instant if read as text; a date alone is not an instant.
    if kind == .timestamp, core == .string, legacy == .timestamp, document.textCount(of: id) > 10 {
      self = .fits
      return
    }
    self =
      kind.takes(core)
      ? .ambiguous(reading: .core) : kind.takes(legacy) ? .ambiguous(reading: .yaml11) : .wrong
  }
}

extension Shape.Kind {
  /// Whether a value of a type is valid for the shape.
  func takes(_ type: ScalarType) -> Bool {
    switch self {
    case .string: type == .string
    case .boolean: type == .boolean
    case .integer, .long: type == .integer
    case .float, .double: type == .integer || type == .float
    case .blob: type == .string || type == .binary
    case .timestamp: type == .string || type == .integer || type == .float || type == .timestamp
    case .structure, .list, .map: false
    }
  }

  /// The name of the shape's kind, with its article.
  var noun: String {
    switch self {
    case .structure, .map: "a mapping"
    case .list: "a list"
    case .string: "a string"
    case .boolean: "true or false"
    case .integer, .long: "an integer"
    case .float, .double: "a number"
    case .blob: "a string of base64"
    case .timestamp: "a time"
    }
  }
}

extension Document {
  /// Whether YAML 1.1 and 1.2 readers give a scalar different values.
  func isAmbiguous(_ id: NodeID) -> Bool {
    guard notation == .yaml else { return false }
    guard self[id].style == .plain, self[id].tag == .none else { return isAmbiguouslyTagged(id) }
    // Most values are strings to all and need no closer look.
    guard !isStringToAll(id) else { return false }
    guard !withText(of: id, PlainText.isPlainDecimal) else { return false }
    let core = scalarType(of: id)
    let legacy = scalarType(of: id, .yaml11)
    guard core == legacy else { return true }
    if core == .string { return otherReading(of: id) != nil }
    return core == .integer && number(of: id) != number(of: id, .yaml11)
  }

  private func isAmbiguouslyTagged(_ id: NodeID) -> Bool {
    switch self[id].tag {
    case .nonSpecific: self[id].kind == .scalar && scalarType(of: id, .yaml11) != .string
    case .timestamp: true
    case .null, .boolean, .integer, .float: isAmbiguousBehindTag(id)
    default: false
    }
  }

  /// The readers' different interpretations of a scalar, for messages.
  func readings(of id: NodeID) -> String {
    if self[id].tag == .timestamp {
      return "\(describe(id)) to readers that know the types of YAML 1.1, and nothing to the others"
    }
    let value = describe(id)
    let isStringToBoth = scalarType(of: id) == .string && scalarType(of: id, .yaml11) == .string
    switch isStringToBoth ? otherReading(of: id) : nil {
    case .refused: return "\(value) to some YAML readers; PyYAML and the AWS CLI's ruamel.yaml refuse it"
    case .number: return "\(value) to PyYAML, a number to other YAML readers such as go-yaml"
    case .time: return "\(value) to PyYAML, a time to other YAML readers such as go-yaml"
    case nil where self[id].tag == .boolean || value == describe(id, .yaml11):
      return "\(value) to a reader that knows the words and numbers of YAML 1.1; others may refuse it"
    case nil:
      return "\(value) to a YAML 1.2 reader, \(describe(id, .yaml11)) to a YAML 1.1 reader such as PyYAML"
    }
  }

  /// How to write a scalar so that all readers agree.
  func remedyOfReading(_ id: NodeID, _ kind: Shape.Kind?) -> String {
    switch self[id].tag {
    case .timestamp: "write it without the tag, in quotes, with day and time"
    case .nonSpecific: kind == .string ? "quote it and remove the !" : "remove the !"
    default:
      kind.map { $0 == .string ? "quote it" : "write it so that both agree" }
        ?? "quote it, or write it so that both agree"
    }
  }

  /// Whether a tag such as `!!int` precedes a text that does not fit it.
  func isMistagged(_ id: NodeID) -> Bool {
    switch self[id].tag {
    case .integer: number(of: id) == nil && number(of: id, .yaml11) == nil
    case .boolean:
      withText(of: id, PlainText.type(of:)) != .boolean
        && !["yes", "no", "on", "off"].contains(string(of: id).lowercased())
    case .timestamp: !withText(of: id, PlainText.isTimestamp)
    default: false
    }
  }

  /// A reader's interpretation of a value, for messages; only the kind for a sensitive value.
  func describe(_ id: NodeID, _ schema: ScalarSchema = .core, isSensitive: Bool = false) -> String {
    switch self[id].kind {
    case .mapping: return "a mapping"
    case .sequence: return "a list"
    case .scalar, .alias: break
    }
    if isSensitive { return scalarType(of: id, schema) == .null ? "null" : "another value" }
    if isMistagged(id) { return "\(quote(string(of: id))) under a tag that does not fit it" }
    switch scalarType(of: id, schema) {
    case .null: return "null"
    case .boolean: return "the boolean \(schema == .core ? string(of: id).lowercased() : yaml11Boolean(id))"
    case .integer: return "the integer \(number(of: id, schema).map(\.description) ?? string(of: id))"
    case .float: return "the number \(string(of: id))"
    case .timestamp: return "the time \(string(of: id))"
    case .binary: return "binary data"
    case .string, nil: return "the string \(quote(string(of: id)))"
    }
  }

  private func yaml11Boolean(_ id: NodeID) -> String {
    ["y", "t", "on"].contains { string(of: id).lowercased().hasPrefix($0) } ? "true" : "false"
  }
}

extension ModelCheck {
  /// Checks that a value of any JSON type is the same for every reader, including its keys.
  mutating func checkAnyJSON(_ id: NodeID) {
    if isUnknown(id) { return }
    let wasSensitive = isSensitive
    defer { isSensitive = wasSensitive }
    isSensitive = isSensitive || shared.contains(id)
    if document.isAmbiguous(id) { reportAmbiguous(id, nil) }
    if operation.wireProtocol == .rpcV2CBOR { checkCBOR(id) }
    if document.scalarType(of: id) == .float { checkFinite(id) }
    if document.scalarType(of: id) == .integer { checkDigits(id) }
    for entry in document.entries(of: id) {
      path.append(.member(entry.key))
      if isSensitive { hideKey(entry.key) }
      if document.isAmbiguous(entry.key) { reportAmbiguous(entry.key, .string) }
      checkAnyJSON(entry.value)
      path.removeLast()
    }
    for (index, item) in document.items(of: id).enumerated() {
      path.append(.item(index))
      checkAnyJSON(item)
      path.removeLast()
    }
  }

  /// Checks a blob; bounds count its decoded bytes, of which base64 has more, and some clients send the text itself.
  mutating func checkBlob(_ id: NodeID, _ shape: Shape) {
    let text = document.text(of: id)
    if document.isFileURI(id) {
      let isRefused = Base64Reading(text) == .refused
      return reportFileURI(id, content: "the file's content in base64", isRefused: isRefused)
    }
    let decoded = text.count { isBase64Digit($0) } * 3 / 4
    if let minimum = shape.minimum, ExactNumber(text.count) < minimum {
      let size = text.isEmpty ? "0 bytes" : text.count == 1 ? "at most 1 byte" : "at most \(text.count) bytes"
      add(.tooShort, "\(name(pointer)) has \(size), fewer than \(minimum)", at: id)
    } else if let minimum = shape.minimum, minimum > ExactNumber(0), decoded == 0,
      Base64Reading(text) == .lenient([])
    {
      let message =
        "\(name(pointer)) has no base64 digit, so version 2 of the AWS CLI sends 0 bytes, fewer than \(minimum)"
      add(.tooShort, message, at: id)
    } else if let maximum = shape.maximum, ExactNumber(decoded) > maximum {
      add(.tooLong, "\(name(pointer)) has at least \(decoded) bytes, more than \(maximum)", at: id)
    } else {
      checkBase64(id, text)
    }
  }

  private mutating func checkBase64(_ id: NodeID, _ text: ArraySlice<UInt8>) {
    let problem: String
    var hint: String
    let severity: Severity
    switch Base64Reading(text) {
    case .exact: return
    case .lenient:
      problem = "holds characters that are not base64, and version 2 of the AWS CLI drops them"
      hint = "write nothing but base64"
      severity = .warning
    case .refused:
      problem = "is not base64, so version 2 of the AWS CLI refuses it"
      hint = "write it in base64, with padding"
      severity = .error
    }
    if text.contains(where: { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }) {
      hint = "write + and / in place of - and _"
    }
    findings.add(
      .ambiguousBlob, "\(name(pointer)) \(problem); version 1 and boto3 send the text itself", hint: hint,
      severity: severity, at: span(of: id), pointer, request: request)
  }
}

/// Whether a byte is a base64 digit, in either alphabet; padding is not.
func isBase64Digit(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
  case UInt8(ascii: "0")...UInt8(ascii: "9"): true
  case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
  default: false
  }
}
