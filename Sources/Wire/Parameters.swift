internal import Models
internal import Syntax

/// A value of a call: from the file, or filled in.
enum Value {
  case node(NodeID)
  case text(String)

  var node: NodeID? {
    if case .node(let id) = self { id } else { nil }
  }
}

/// A member with its value in a call.
struct Field {
  let member: Member
  let value: Value
}

/// A use of a shape, with the traits that apply there.
struct Reference {
  let shape: ShapeID
  let traits: TraitsID
}

extension Member {
  var reference: Reference { Reference(shape: shape, traits: traits) }
}

extension Shape {
  /// The items of a list, or the values of a map.
  var elementReference: Reference? { element.map { Reference(shape: $0, traits: elementTraits) } }
  var keyReference: Reference? { key.map { Reference(shape: $0, traits: keyTraits) } }
}

/// The parameters of a call in the form of its operation's input.
///
/// - Shape: in file order; members that the input lacks are left out, and members that clients fill in come last.
struct Parameters {
  let call: Call
  let options: WireOptions
  /// `nil` for an operation without input.
  let input: Shape?
  var fields: [Field]
  /// The operation's URI, unless a client changes it.
  var requestURI: String
  var hostPrefixTemplate: String?

  var operation: Operation { call.operation }
  var service: ServiceMetadata { call.service }
  var document: Document { call.document }

  init(_ call: Call, options: WireOptions) throws(WireFault) {
    self.call = call
    self.options = options
    requestURI = call.operation.requestURI
    hostPrefixTemplate = call.operation.hostPrefix
    guard let id = call.operation.input else {
      input = nil
      fields = []
      return
    }
    let input = call.operation[id]
    if let stream = input.members.first(where: { call.operation[$0.shape].isEventStream }) {
      throw .eventStreamInput(member: stream.name)
    }
    var fields = call.parameters.map { call.document.fields(of: call.document.resolve($0), in: input) } ?? []
    fields += Self.fieldsOfClients(call, input, besides: fields)
    if let token = options.idempotencyToken {
      fields += call.operation.absentTokens(
        in: call.parameters.map { call.document.resolve($0) }, of: call.document
      )
      .map { Field(member: $0, value: .text(token)) }
    }
    self.input = input
    self.fields = fields
  }

  /// Members given under another name, and members that clients fill in.
  private static func fieldsOfClients(_ call: Call, _ input: Shape, besides fields: [Field]) -> [Field] {
    input.members.compactMap { member in
      func isGiven() -> Bool { fields.contains { $0.member.name == member.name } }
      if let alias = call.operation.alias(of: member), let parameters = call.parameters,
        let value = call.document.value(of: alias, in: call.document.resolve(parameters)), !isGiven()
      {
        return Field(member: member, value: .node(value))
      }
      // Hardly any member has a default.
      guard let text = call.operation.clientDefault(of: member), !isGiven() else { return nil }
      return Field(member: member, value: .text(text))
    }
  }

  /// The prefix of the endpoint's host, with its labels filled in.
  func hostPrefix() throws(WireFault) -> String {
    guard var prefix = hostPrefixTemplate else { return "" }
    for member in input?.members ?? [] where member.isHostLabel {
      guard let field = fields.first(where: { $0.member.name == member.name }), !isNull(field.value) else {
        throw .missingLabel(member: member.name)
      }
      // The template already has the name in braces.
      if isUnknown(field.value) { continue }
      let shape = operation[member.shape]
      guard let text = text(try read(field.value, as: shape.kind), in: .iso8601) else {
        throw .unfit(field.value.node, .hostName)
      }
      guard !text.isEmpty else { throw .emptyLabel(member: member.name) }
      guard isRedacted(text[...]) || isHostText(text) else {
        throw .unfit(field.value.node, .hostName)
      }
      prefix = replacing("{\(member.name)}", in: prefix, with: String(decoding: text, as: UTF8.self))
    }
    return prefix
  }

  private func replacing(_ label: String, in text: String, with value: String) -> String {
    var rest = text[...]
    var result = ""
    while let start = rest.firstIndex(of: "{") {
      result += rest[..<start]
      rest = rest[start...]
      guard rest.hasPrefix(label) else {
        result.append(rest.removeFirst())
        continue
      }
      result += value
      rest = rest.dropFirst(label.count)
    }
    return result + rest
  }
}

extension Document {
  /// The entries of a mapping as readers see them: a repeated key has its first position and its last value.
  ///
  /// - Shape: keys that are not scalars are left out.
  func uniqueEntries(of mapping: NodeID) -> [(key: NodeID, value: NodeID)] {
    var kept: [(key: NodeID, value: NodeID)] = []
    kept.reserveCapacity(count(of: mapping))
    var places: [ArraySlice<UInt8>: Int] = [:]
    let isLarge = count(of: mapping) > 12
    for entry in entries(of: mapping) where self[entry.key].kind == .scalar {
      let text = text(of: entry.key)
      let place = isLarge ? places[text] : kept.firstIndex { self.text(of: $0.key) == text }
      if let place {
        kept[place].value = entry.value
      } else {
        if isLarge { places[text] = kept.count }
        kept.append((entry.key, entry.value))
      }
    }
    return kept
  }

  /// The entries of a mapping that are members of a structure.
  func fields(of mapping: NodeID, in structure: Shape) -> [Field] {
    uniqueEntries(of: mapping).compactMap { entry in
      structure.member(at: entry.key, in: self).map { Field(member: $0, value: .node(entry.value)) }
    }
  }
}
