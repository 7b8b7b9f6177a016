internal import Models
internal import Syntax

/// How the two REST protocols write their bodies; they share everything else.
protocol RESTBody {
  /// The type of a body that is not a stream; `nil` if botocore sends none.
  var contentType: String? { get }
  /// The body if no parameter goes into it.
  func empty(_ input: Shape) -> [UInt8]
  func bytes(_ fields: [Field]) throws(WireFault) -> [UInt8]
  func bytes(payload: Field) throws(WireFault) -> [UInt8]
}

/// Writes a call with each parameter at its member's location: path, query, headers or body.
///
/// - Source: Smithy 2.0, HTTP binding traits.
func restRequest(_ parameters: Parameters, body: some RESTBody) throws(WireFault) -> HTTPRequest {
  var binding = HTTPBinding(parameters)
  for field in parameters.fields where !parameters.isNull(field.value) { try binding.add(field) }
  var request = HTTPRequest(
    method: parameters.operation.method, path: try binding.path(), query: binding.queryText)
  request.headers = binding.headers.fields.map { field in
    HTTPRequest.Header(
      String(decoding: field.name, as: UTF8.self), String(decoding: field.value, as: UTF8.self))
  }
  guard let input = parameters.input else { return request }
  guard let payload = input.payload.flatMap({ input.member($0) }) else {
    request.body = binding.body.isEmpty ? body.empty(input) : try body.bytes(binding.body)
    addContentType(body, to: &request)
    return request
  }
  let field = parameters.fields.first { $0.member.name == payload.name && !parameters.isNull($0.value) }
  let shape = parameters.operation[payload.shape]
  if shape.kind == .blob || shape.kind == .string {
    request.body = try field.map { field throws(WireFault) in try parameters.stream(field, shape) } ?? []
  } else {
    request.body =
      try field.map { field throws(WireFault) in try body.bytes(payload: field) } ?? body.empty(input)
    addContentType(body, to: &request)
  }
  return request
}

private func addContentType(_ body: some RESTBody, to request: inout HTTPRequest) {
  guard let type = body.contentType, !request.body.isEmpty else { return }
  guard !request.headers.contains(where: { isSameHeader($0.name, "Content-Type") }) else { return }
  request.headers.append(HTTPRequest.Header("Content-Type", type))
}

/// Whether HTTP considers two names equal.
func isSameHeader(_ left: String, _ right: String) -> Bool {
  left.utf8.count == right.utf8.count && left.lowercased() == right.lowercased()
}

extension Parameters {
  /// A body that is one blob or string, unchanged.
  fileprivate func stream(_ field: Field, _ shape: Shape) throws(WireFault) -> [UInt8] {
    let value = try read(field.value, as: shape.kind)
    if case .blob(let bytes) = value { return bytes }
    guard let text = text(value, in: .unixTimestamp) else { throw .unfit(field.value.node, .payload) }
    return text
  }
}

/// Collects the parts of a request outside its body.
struct HTTPBinding {
  /// A part of the address.
  private enum Part {
    case text([UInt8])
    /// The member with a value that is known only at run time.
    case unknown(member: String)
  }

  private let parameters: Parameters
  private var labels: [String: Part] = [:]
  private var query = OrderedFields<(name: Part, values: [Part])>(ignoringCase: false)
  private(set) var headers = OrderedFields<[UInt8]>(ignoringCase: true)
  /// The fields for the body.
  private(set) var body: [Field] = []

  init(_ parameters: Parameters) { self.parameters = parameters }

  private var operation: Operation { parameters.operation }
  private var document: Document { parameters.document }

  /// Adds a parameter at its member's location.
  mutating func add(_ field: Field) throws(WireFault) {
    let name = operation[field.member.traits].locationName ?? field.member.name
    let shape = operation[field.member.shape]
    switch field.member.location {
    case "uri":
      guard !parameters.isUnknown(field.value) else {
        return labels[name] = .unknown(member: field.member.name)
      }
      let value = try parameters.read(field.value, as: shape.kind)
      let text = try text(value, field.member.traits, field.value.node, .path)
      guard !text.isEmpty else { throw .emptyLabel(member: field.member.name) }
      labels[name] = .text(text)
    case "querystring": try addQuery(name, shape, field)
    case "header": try addHeader(name, shape, field)
    case "headers": try addHeaders(name, field)
    default: body.append(field)
    }
  }

  private func text(
    _ value: WireValue, _ traits: TraitsID, _ node: NodeID?, _ place: WireFault.Place,
    _ format: TimestampFormat = .iso8601
  ) throws(WireFault) -> [UInt8] {
    var value = value
    if place == .header, case .timestamp(let time) = value { value = .timestamp(time.wholeSeconds) }
    let format = parameters.timestampFormat(traits, default: format)
    guard let text = parameters.text(value, in: format) else { throw .unfit(node, place) }
    return text
  }

  // MARK: Query

  private mutating func addQuery(_ name: String, _ shape: Shape, _ field: Field) throws(WireFault) {
    let member = field.member.name
    func set(_ name: [UInt8], _ values: [Part]) { query[name] = (.text(name), values) }
    guard !parameters.isUnknown(field.value) else {
      return set(Array(name.utf8), [.unknown(member: member)])
    }
    let value = try parameters.read(field.value, as: shape.kind)
    switch value {
    case .mapping(let node):
      for entry in document.uniqueEntries(of: node) {
        let key = Array(document.text(of: entry.key))
        let name: Part = document.isUnknown(entry.key) ? .unknown(member: member) : .text(key)
        query[key] = (name, try parts(of: entry.value, member))
      }
    case .list(let node):
      set(
        Array(name.utf8),
        try parts(
          ofItemsIn: node, shape.element.map { operation[$0].kind } ?? .string, shape.elementTraits, member))
    default:
      set(Array(name.utf8), [.text(try text(value, field.member.traits, field.value.node, .query))])
    }
  }

  /// The values for one key of a map: a single value, or those of a list.
  private func parts(of id: NodeID, _ member: String) throws(WireFault) -> [Part] {
    if document.isUnknown(id) { return [.unknown(member: member)] }
    let value = try parameters.read(id, as: .string)
    switch value {
    case .null: return []
    case .list(let node): return try parts(ofItemsIn: node, .string, .none, member)
    default: return [.text(try text(value, .none, id, .query))]
    }
  }

  private func parts(
    ofItemsIn node: NodeID, _ kind: Shape.Kind, _ traits: TraitsID, _ member: String
  ) throws(WireFault) -> [Part] {
    var parts: [Part] = []
    for item in document.items(of: node) {
      guard !document.isUnknown(item) else {
        parts.append(.unknown(member: member))
        continue
      }
      let value = try parameters.read(item, as: kind)
      if case .null = value { continue }
      parts.append(.text(try text(value, traits, item, .query)))
    }
    return parts
  }

  // MARK: Headers

  private mutating func addHeader(_ name: String, _ shape: Shape, _ field: Field) throws(WireFault) {
    let node = field.value.node
    if field.member.isJSONValue, shape.kind == .string, let node {
      let value: [UInt8]
      if isRedacted(document.text(of: node)) || document.isUnknown(node) {
        value = Array(document.text(of: node))
      } else {
        var json = JSONBody(parameters, .compact)
        try json.untyped(node)
        value = encodeBase64(json.bytes)
      }
      return try setHeader(Array(name.utf8), value, node)
    }
    let value = try parameters.read(field.value, as: shape.kind)
    guard case .list(let list) = value else {
      return try setHeader(
        Array(name.utf8), text(value, field.member.traits, node, .header, .rfc822), node,
        isValueUnknown: parameters.isUnknown(field.value))
    }
    guard document.count(of: list) > 0 else { return }
    let kind = shape.element.map { operation[$0].kind } ?? .string
    var line: [UInt8] = []
    var isFirst = true
    for item in document.items(of: list) {
      let value = try parameters.read(item, as: kind)
      if case .null = value { continue }
      if !isFirst { line.append(UInt8(ascii: ",")) }
      isFirst = false
      let text = try text(value, shape.elementTraits, item, .header, .rfc822)
      line += kind == .string ? quoted(text) : text
    }
    try setHeader(Array(name.utf8), line, node, isValueUnknown: document.holdsDynamic(list))
  }

  /// Adds one header per map entry; its name is the key after a common prefix.
  private mutating func addHeaders(_ prefix: String, _ field: Field) throws(WireFault) {
    switch try parameters.read(field.value, as: .map) {
    case .mapping(let node):
      for entry in document.uniqueEntries(of: node) {
        let value = try parameters.read(entry.value, as: .string)
        if case .null = value { continue }
        let text = try text(value, .none, entry.value, .header, .rfc822)
        let isKeyUnknown = document.isUnknown(entry.key)
        let key = isKeyUnknown ? Array("{\(field.member.name)}".utf8)[...] : document.text(of: entry.key)
        try setHeader(
          Array(prefix.utf8) + key, text, entry.value, isNameUnknown: isKeyUnknown,
          isValueUnknown: document.isUnknown(entry.value))
      }
    case .text(let text) where isRedacted(text):
      try setHeader(Array(prefix.utf8), Array(text), field.value.node)
    case .text(let text) where parameters.isUnknown(field.value):
      try setHeader(
        Array("\(prefix){\(field.member.name)}".utf8), Array(text), field.value.node, isNameUnknown: true,
        isValueUnknown: true)
    default: throw .unfit(field.value.node, .header)
    }
  }

  /// A list item, quoted if it contains commas or quotes of its own.
  private func quoted(_ text: [UInt8]) -> [UInt8] {
    let quote = UInt8(ascii: "\"")
    guard text.contains(where: { $0 == quote || $0 == UInt8(ascii: ",") }) else { return text }
    return [quote] + text.flatMap { $0 == quote ? [UInt8(ascii: "\\"), quote] : [$0] } + [quote]
  }

  /// - Parameters:
  ///   - isNameUnknown: whether part of the name is known only at run time.
  ///   - isValueUnknown: whether part of the value is known only at run time.
  /// - Source: RFC 9110, section 5: a name is a token; a value has neither line breaks nor NUL.
  private mutating func setHeader(
    _ name: [UInt8], _ value: [UInt8], _ node: NodeID?, isNameUnknown: Bool = false,
    isValueUnknown: Bool = false
  ) throws(WireFault) {
    guard isNameUnknown || isHeaderName(name) else { throw .unfit(node, .headerName) }
    guard isValueUnknown || byteForbiddenInHeader(value) == nil else { throw .unfit(node, .header) }
    headers[name] = value
  }

  // MARK: Target

  /// The request's path with its labels filled in.
  func path() throws(WireFault) -> String {
    guard parameters.requestURI.holds(byte: UInt8(ascii: "{")) else { return parameters.requestURI }
    var path: [UInt8] = []
    var rest = Array(parameters.requestURI.utf8)[...]
    while let byte = rest.first {
      guard byte == UInt8(ascii: "{"), let end = rest.firstIndex(of: UInt8(ascii: "}")) else {
        path.append(byte)
        rest = rest.dropFirst()
        continue
      }
      try appendLabel(rest[(rest.startIndex + 1)..<end], to: &path)
      rest = rest[(end + 1)...]
    }
    return String(decoding: path, as: UTF8.self)
  }

  var queryText: String {
    var text: [UInt8] = []
    for field in query.fields {
      for value in field.value.values {
        if !text.isEmpty { text.append(UInt8(ascii: "&")) }
        append(field.value.name, .component, to: &text)
        text.append(UInt8(ascii: "="))
        append(value, .component, to: &text)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private func append(_ part: Part, _ encoding: PercentEncoding, to target: inout [UInt8]) {
    switch part {
    case .text(let text): appendEncoded(text, encoding, to: &target)
    case .unknown(let member): target += "{\(member)}".utf8
    }
  }

  private func appendLabel(_ label: ArraySlice<UInt8>, to target: inout [UInt8]) throws(WireFault) {
    let isGreedy = label.last == UInt8(ascii: "+")
    let name = String(decoding: isGreedy ? label.dropLast() : label, as: UTF8.self)
    guard let found = labels[name] else {
      let member = parameters.input?.members.first { $0.location == "uri" && $0.locationName == name }
      throw .missingLabel(member: member?.name ?? name)
    }
    append(found, isGreedy ? .path : .component, to: &target)
  }
}
