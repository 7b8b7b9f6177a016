internal import Syntax

/// Writes JSON Schema keywords into an open object.
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

  /// Writes that each first name of a pair requires the second.
  mutating func writeDependent(_ pairs: [(String, String)]) {
    key("dependentRequired")
    object { writer in
      for (name, other) in pairs {
        writer.key(name)
        writer.array { $0.value(other) }
      }
    }
  }

  /// Writes a property with a single permitted value.
  mutating func writeConstant(_ name: String, _ value: String) {
    key(name)
    object { $0.member("const", value) }
  }

  /// Writes a property with several permitted values.
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
