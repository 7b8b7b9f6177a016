internal import Patterns
internal import Syntax

/// Reads the values of JSON Schema's keywords that contain no schemas.
extension SchemaCompiler {
  mutating func types(_ value: NodeID) -> Schema.Types? {
    let nodes = document[value].kind == .sequence ? Array(document.items(of: value)) : [value]
    if nodes.isEmpty { return fault("type must name at least one type", at: value) }
    var types: Schema.Types = []
    for node in nodes {
      switch document.string(of: node) {
      case "null": types.insert(.null)
      case "boolean": types.insert(.boolean)
      case "object": types.insert(.object)
      case "array": types.insert(.array)
      case "number": types.insert(.number)
      case "integer": types.insert(.integer)
      case "string": types.insert(.string)
      default:
        return fault("type must be one of null, boolean, object, array, number, integer, string", at: node)
      }
    }
    return types
  }

  mutating func number(_ bound: Schema.Bound, _ value: NodeID) -> ExactNumber? {
    guard let number = document.number(of: value) else { return fault("must be a number", at: value) }
    if bound == .multipleOf, number <= ExactNumber(0) {
      return fault("multipleOf must be above 0", at: value)
    }
    return number
  }

  mutating func count(_ value: NodeID) -> Int? {
    guard let number = document.number(of: value)?.int64, number >= 0 else {
      return fault("must be a whole number from 0", at: value)
    }
    return Int(number)
  }

  mutating func pattern(_ node: NodeID) -> Pattern? {
    guard document.scalarType(of: node) == .string else {
      return fault("a pattern must be a string", at: node)
    }
    let source = document.string(of: node)
    guard options.checksPatterns else { return Pattern(checked: source, dialect: .ecmaScript) }
    do throws(Pattern.Fault) {
      return try Pattern(source, dialect: .ecmaScript)
    } catch {
      return fault("pattern \(quote(error.pattern)) \(error.reason)", at: node)
    }
  }

  mutating func format(_ value: NodeID) -> Schema.Format? {
    guard let format = Schema.Format(rawValue: document.string(of: value)) else {
      return fault("format must be date-time, uri, ipv4 or ipv6", at: value)
    }
    return format
  }

  mutating func strings(_ value: NodeID, _ name: String) -> [String]? {
    let items = Array(document.items(of: value))
    guard document[value].kind == .sequence, items.allSatisfy({ document[$0].kind == .scalar }) else {
      return fault("\(name) must be a list of names", at: value)
    }
    return items.map { document.string(of: $0) }
  }

  mutating func pointer(_ value: NodeID) -> JSONPointer? {
    guard document.scalarType(of: value) == .string,
      let pointer = JSONPointer(parsing: document.string(of: value))
    else {
      return fault("must be a JSON pointer such as /Name", at: value)
    }
    return pointer
  }
}
