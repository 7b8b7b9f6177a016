internal import Models
internal import Syntax

/// Writes a call in RPC v2 CBOR: the operation in the path, all parameters in the body.
///
/// - Source: Smithy 2.0, RPC v2 CBOR protocol.
func rpcV2CBORRequest(_ parameters: Parameters) throws(WireFault) -> HTTPRequest {
  var headers = [HTTPRequest.Header("smithy-protocol", "rpc-v2-cbor")]
  if parameters.service.isQueryCompatible { headers.append(HTTPRequest.Header("x-amzn-query-mode", "true")) }
  let type =
    parameters.operation.hasEventStreamOutput ? "application/vnd.amazon.eventstream" : "application/cbor"
  headers.append(HTTPRequest.Header("Accept", type))
  var body = CBORBody(parameters)
  if parameters.input != nil {
    try body.structure(parameters.fields)
    headers.append(HTTPRequest.Header("Content-Type", type))
  }
  let service = parameters.service.targetPrefix ?? ""
  return HTTPRequest(
    method: "POST", path: "/service/\(service)/operation/\(parameters.operation.name)", headers: headers,
    body: body.bytes)
}

/// CBOR with definite lengths; floats as wide as their shape, special ones in half precision.
///
/// - Source: RFC 8949.
private struct CBORBody {
  private enum MajorType: UInt8 { case unsigned, negative, bytes, text, array, map, tag, simple }

  /// Work that remains to be done; nesting must not use stack.
  private enum Step {
    case value(Value, Reference)
    case untyped(NodeID)
    case key(ArraySlice<UInt8>)
  }

  private(set) var bytes: [UInt8] = []
  private let parameters: Parameters
  private let operation: Operation
  private let document: Document
  /// A stack: the last step is next.
  private var steps: [Step] = []

  init(_ parameters: Parameters) {
    self.parameters = parameters
    operation = parameters.operation
    document = parameters.document
  }

  /// Writes a map of members under their wire names.
  mutating func structure(_ fields: [Field]) throws(WireFault) {
    begin(fields)
    while let step = steps.popLast() {
      switch step {
      case .value(let value, let reference): try write(value, reference)
      case .untyped(let node): try write(node)
      case .key(let text): self.text(text)
      }
    }
  }

  // MARK: Collections

  private mutating func write(_ value: Value, _ reference: Reference) throws(WireFault) {
    let shape = operation[reference.shape]
    if shape.isDocument, let node = value.node { return try write(node) }
    let read = try parameters.read(value, as: shape.kind)
    switch read {
    case .mapping(let node) where shape.kind == .structure: begin(document.fields(of: node, in: shape))
    case .mapping(let node): beginMap(node, shape.kind == .map ? shape.elementReference : nil)
    case .list(let node): beginArray(node, shape.kind == .list ? shape.elementReference : nil)
    default: try scalar(read, shape.kind, value.node)
    }
  }

  /// Writes a value as in the file.
  private mutating func write(_ node: NodeID) throws(WireFault) {
    switch try parameters.read(node, as: .string) {
    case .mapping(let node): beginMap(node, nil)
    case .list(let node): beginArray(node, nil)
    case let value: try scalar(value, .string, node)
    }
  }

  /// Null counts as absent.
  private mutating func begin(_ fields: [Field]) {
    let present = fields.filter { !parameters.isNull($0.value) }
    head(.map, UInt64(present.count))
    for field in present.reversed() {
      steps.append(.value(field.value, field.member.reference))
      steps.append(.key(ArraySlice((operation[field.member.traits].locationName ?? field.member.name).utf8)))
    }
  }

  /// - Parameter element: the shape of the values; `nil` for values without a shape.
  private mutating func beginMap(_ node: NodeID, _ element: Reference?) {
    let entries = document.uniqueEntries(of: node)
    head(.map, UInt64(entries.count))
    for entry in entries.reversed() {
      steps.append(element.map { .value(.node(entry.value), $0) } ?? .untyped(entry.value))
      steps.append(.key(document.text(of: entry.key)))
    }
  }

  private mutating func beginArray(_ node: NodeID, _ element: Reference?) {
    head(.array, UInt64(document.count(of: node)))
    for item in Array(document.items(of: node)).reversed() {
      steps.append(element.map { .value(.node(item), $0) } ?? .untyped(item))
    }
  }

  // MARK: Scalars

  private mutating func scalar(
    _ value: WireValue, _ kind: Shape.Kind, _ node: NodeID?
  ) throws(WireFault) {
    switch value {
    case .null: bytes.append(0xF6)
    case .boolean(let flag): bytes.append(flag ? 0xF5 : 0xF4)
    case .integer(let digits):
      let text = String(decoding: digits, as: UTF8.self)
      if kind == .float || kind == .double {
        float(Double(text) ?? .infinity, kind)
      } else if let number = UInt64(text) {
        head(.unsigned, number)
      } else if let rest = UInt64(text.dropFirst()), text.hasPrefix("-") {
        head(.negative, rest - 1)
      } else {
        throw .unfit(node, .cbor)
      }
    case .float(let number): float(number, kind)
    case .text(let text):
      guard kind == .float || kind == .double, let special = special(text) else { return self.text(text) }
      float(special, kind)
    case .blob(let data):
      head(.bytes, UInt64(data.count))
      bytes += data
    case .timestamp(let time):
      head(.tag, 1)
      if time.microseconds > 0 {
        float(time.epoch, .double)
      } else if time.seconds >= 0 {
        head(.unsigned, UInt64(time.seconds))
      } else {
        head(.negative, UInt64(-1 - time.seconds))
      }
    case .list, .mapping: throw .unfit(node, .cbor)
    }
  }

  private func special(_ text: ArraySlice<UInt8>) -> Double? {
    switch String(decoding: text, as: UTF8.self) {
    case "NaN": .nan
    case "Infinity": .infinity
    case "-Infinity": -.infinity
    default: nil
    }
  }

  private mutating func float(_ number: Double, _ kind: Shape.Kind) {
    if number.isNaN {
      bytes += [0xF9, 0x7E, 0x00]
    } else if number.isInfinite || (kind == .float && Float(number).isInfinite) {
      bytes += [0xF9, number < 0 ? 0xFC : 0x7C, 0x00]
    } else if kind == .float {
      bytes.append(0xFA)
      append(UInt64(Float(number).bitPattern), count: 4)
    } else {
      bytes.append(0xFB)
      append(number.bitPattern, count: 8)
    }
  }

  private mutating func text(_ text: ArraySlice<UInt8>) {
    head(.text, UInt64(text.count))
    bytes += text
  }

  /// Writes a type with its argument in as few bytes as possible.
  private mutating func head(_ type: MajorType, _ argument: UInt64) {
    let initial = type.rawValue << 5
    switch argument {
    case 0..<24: bytes.append(initial | UInt8(argument))
    case 24...0xFF:
      bytes.append(initial | 24)
      append(argument, count: 1)
    case 0x100...0xFFFF:
      bytes.append(initial | 25)
      append(argument, count: 2)
    case 0x1_0000...0xFFFF_FFFF:
      bytes.append(initial | 26)
      append(argument, count: 4)
    default:
      bytes.append(initial | 27)
      append(argument, count: 8)
    }
  }

  /// Appends the lowest bytes of a number, most significant first.
  private mutating func append(_ number: UInt64, count: Int) {
    for place in (0..<count).reversed() {
      bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * place)))
    }
  }
}
