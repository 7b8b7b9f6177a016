internal import Syntax

/// Keywords of JSON Schema, written into an open object.
extension JSONWriter {
  mutating func writeCondition(_ body: (inout JSONWriter) -> Void) {
    key("if")
    object(body)
  }

  mutating func writeProperties(_ body: (inout JSONWriter) -> Void) {
    key("properties")
    object(body)
  }

  mutating func writeRequired(_ names: [String]) {
    key("required")
    writeStrings(names)
  }

  /// Each first name of a pair requires the second.
  mutating func writeDependent(_ pairs: [(String, String)]) {
    key("dependentRequired")
    object { writer in
      for (name, other) in pairs {
        writer.key(name)
        writer.array { $0.value(other) }
      }
    }
  }

  /// A property with a single value.
  mutating func writeConstant(_ name: String, _ value: String) {
    key(name)
    object { $0.member("const", value) }
  }

  /// A property with one of some values.
  mutating func writeEnum(_ name: String, _ values: [String]) {
    key(name)
    object { writer in
      writer.key("enum")
      writer.writeStrings(values)
    }
  }

  mutating func writeStrings(_ list: [String]) {
    array { writer in list.forEach { writer.value($0) } }
  }
}
