import Testing

/// Two models of one service, and what is told of them.
struct DifferenceCase: CustomTestStringConvertible, Sendable {
  let name: String
  let old: String
  let new: String
  let changes: [String]
  var testDescription: String { name }

  static func shape(_ name: String, _ old: String, _ new: String, _ change: String...) -> DifferenceCase {
    DifferenceCase(
      name: name, old: withShape(old), new: withShape(new),
      changes: change.map { "\($0) at Put.A in Put" })
  }

  static func input(_ name: String, _ old: String, _ new: String, _ changes: String...) -> DifferenceCase {
    DifferenceCase(
      name: name, old: withInput(old), new: withInput(new), changes: changes.map { "\($0) in Put" })
  }

  static func operations(_ name: String, _ old: String, _ new: String, _ changes: String...) -> DifferenceCase
  {
    DifferenceCase(name: name, old: withOperations(old), new: withOperations(new), changes: changes)
  }

  static func model(
    operations: String = #""Put": {"http": {"method": "POST"}, "input": {"shape": "In"}}"#, _ shapes: String
  ) -> String {
    #"{"metadata": {"endpointPrefix": "some", "protocol": "json"}, "operations": {\#(operations)}, "shapes": {\#(shapes)}}"#
  }

  /// A model whose one operation has the member `A` of a shape.
  static func withShape(_ shape: String) -> String {
    model(#""In": {"type": "structure", "members": {"A": {"shape": "S"}}}, "S": \#(shape)"#)
  }

  /// A model whose one operation has an input.
  static func withInput(_ input: String) -> String {
    model(#""In": \#(input), "S": {"type": "string"}, "I": {"type": "integer"}"#)
  }

  static func withOperations(_ operations: String) -> String {
    model(
      operations: operations,
      #""In": {"type": "structure", "members": {}}, "R": {"type": "structure", "required": ["A"], "members": {"A": {"shape": "S"}}}, "S": {"type": "string"}"#
    )
  }

  static let shapes: [DifferenceCase] = [
    .shape(
      "same", #"{"type": "string", "max": 5}"#, #"{"type": "string", "max": 5, "documentation": "Words."}"#),
    .shape(
      "type", #"{"type": "string"}"#, #"{"type": "integer"}"#, #"!shape S type changed -"string" +"integer""#),
    .shape(
      "another type says all", #"{"type": "string", "max": 5}"#,
      #"{"type": "list", "member": {"shape": "In"}}"#,
      #"!shape S type changed -"string" +"list""#),
    .shape(
      "wider type", #"{"type": "integer", "max": 5}"#, #"{"type": "long", "max": 4}"#,
      #"shape S type changed -"integer" +"long""#, "!shape S max changed -5 +4"),
    .shape(
      "narrower type", #"{"type": "double"}"#, #"{"type": "float"}"#,
      #"!shape S type changed -"double" +"float""#),
    .shape(
      "values", #"{"type": "string", "enum": ["a", "b", "c"]}"#,
      #"{"type": "string", "enum": ["a", "c", "d", "e"]}"#,
      #"!shape S enum values-removed -["b"]"#, #"shape S enum values-added +["d","e"]"#),
    .shape(
      "order of values", #"{"type": "string", "enum": ["a", "b"]}"#,
      #"{"type": "string", "enum": ["b", "a"]}"#,
      "shape S enum reordered"),
    .shape(
      "value given twice", #"{"type": "string", "enum": ["a", "b"]}"#,
      #"{"type": "string", "enum": ["a", "b", "a"]}"#, "shape S enum reordered"),
    .shape(
      "first values", #"{"type": "string"}"#, #"{"type": "string", "enum": ["a"]}"#,
      #"!shape S enum added +["a"]"#),
    .shape(
      "values in place of an empty list", #"{"type": "string", "enum": []}"#,
      #"{"type": "string", "enum": ["a"]}"#, #"!shape S enum added +["a"]"#),
    .shape(
      "number in another spelling", #"{"type": "double", "min": 1}"#,
      #"{"type": "double", "min": 1.0, "max": 5}"#, "!shape S max added +5"),
    .shape(
      "no values", #"{"type": "string", "enum": ["a"]}"#, #"{"type": "string"}"#,
      #"shape S enum removed -["a"]"#),
    .shape(
      "lower maximum", #"{"type": "string", "max": 5}"#, #"{"type": "string", "max": 4}"#,
      "!shape S max changed -5 +4"),
    .shape(
      "higher maximum", #"{"type": "string", "max": 9}"#, #"{"type": "string", "max": 10}"#,
      "shape S max changed -9 +10"),
    .shape(
      "lower minimum", #"{"type": "list", "member": {"shape": "In"}, "min": 1}"#,
      #"{"type": "list", "member": {"shape": "In"}, "min": 0}"#, "shape S min changed -1 +0"),
    .shape(
      "higher minimum", #"{"type": "blob", "min": 1}"#, #"{"type": "blob", "min": 2}"#,
      "!shape S min changed -1 +2"),
    .shape("new maximum", #"{"type": "string"}"#, #"{"type": "string", "max": 5}"#, "!shape S max added +5"),
    .shape(
      "maximum gone", #"{"type": "string", "max": 5}"#, #"{"type": "string"}"#, "shape S max removed -5"),
    .shape(
      "minimum that forbids nothing", #"{"type": "string"}"#, #"{"type": "string", "min": 0}"#,
      "shape S min added +0"),
    .shape("new minimum", #"{"type": "string"}"#, #"{"type": "string", "min": 1}"#, "!shape S min added +1"),
    .shape(
      "new minimum of a number", #"{"type": "long"}"#, #"{"type": "long", "min": 0}"#, "!shape S min added +0"
    ),
    .shape(
      "bounds beyond a double", #"{"type": "long", "max": 9223372036854775807}"#,
      #"{"type": "long", "max": 9223372036854775806}"#,
      "!shape S max changed -9223372036854775807 +9223372036854775806"),
    .shape(
      "pattern", #"{"type": "string", "pattern": "\\d"}"#, #"{"type": "string", "pattern": "\\w"}"#,
      #"!shape S pattern changed -"\\d" +"\\w""#),
    .shape(
      "new pattern", #"{"type": "string"}"#, #"{"type": "string", "pattern": "ä"}"#,
      #"!shape S pattern added +"ä""#),
    .shape(
      "pattern gone", #"{"type": "string", "pattern": "ä"}"#, #"{"type": "string"}"#,
      #"shape S pattern removed -"ä""#),
    .shape(
      "deprecated", #"{"type": "string"}"#, #"{"type": "string", "deprecated": true}"#,
      "shape S deprecated added +true"),
    .shape(
      "sensitive", #"{"type": "string", "sensitive": true}"#, #"{"type": "string"}"#,
      "shape S sensitive removed -true"),
    .shape(
      "union", #"{"type": "structure", "members": {}}"#,
      #"{"type": "structure", "members": {}, "union": true}"#,
      "!shape S union added +true"),
    .shape(
      "no document", #"{"type": "structure", "members": {}, "document": true}"#,
      #"{"type": "structure", "members": {}}"#,
      "!shape S document removed -true"),
    .shape(
      "timestamp format", #"{"type": "timestamp"}"#, #"{"type": "timestamp", "timestampFormat": "iso8601"}"#,
      #"shape S timestampFormat added +"iso8601""#),
    .shape(
      "how items are written",
      #"{"type": "list", "member": {"shape": "I", "locationName": "a"}}, "I": {"type": "string"}"#,
      #"{"type": "list", "member": {"shape": "I", "locationName": "b", "future": [1]}}, "I": {"type": "string"}"#,
      #"shape S member.locationName changed -"a" +"b""#, "shape S member.future added +[1]"),
  ]

  static let inputs: [DifferenceCase] = [
    .input(
      "member added", #"{"type": "structure", "members": {"A": {"shape": "S"}}}"#,
      #"{"type": "structure", "members": {"A": {"shape": "S"}, "B": {"shape": "I", "location": "uri"}}}"#,
      #"member In.B added +{"type":"integer","shape":"I","location":"uri"} at Put.B"#),
    .input(
      "required member added", #"{"type": "structure", "members": {}}"#,
      #"{"type": "structure", "required": ["B"], "members": {"B": {"shape": "S"}}}"#,
      #"!member In.B added +{"type":"string","required":true,"shape":"S"} at Put.B"#),
    .input(
      "required token added", #"{"type": "structure", "members": {}}"#,
      #"{"type": "structure", "required": ["B"], "members": {"B": {"shape": "S", "idempotencyToken": true}}}"#,
      #"member In.B added +{"type":"string","required":true,"shape":"S","idempotencyToken":true} at Put.B"#),
    .input(
      "member removed", #"{"type": "structure", "required": ["A"], "members": {"A": {"shape": "S"}}}"#,
      #"{"type": "structure", "members": {}}"#, #"!member In.A removed -{"shape":"S"} at Put.A"#),
    .input(
      "now required", #"{"type": "structure", "members": {"A": {"shape": "S"}}}"#,
      #"{"type": "structure", "required": ["A"], "members": {"A": {"shape": "S"}}}"#,
      "!member In.A required added at Put.A"),
    .input(
      "token now required",
      #"{"type": "structure", "members": {"A": {"shape": "S", "idempotencyToken": true}}}"#,
      #"{"type": "structure", "required": ["A"], "members": {"A": {"shape": "S", "idempotencyToken": true}}}"#,
      "member In.A required added at Put.A"),
    .input(
      "no longer required", #"{"type": "structure", "required": ["A"], "members": {"A": {"shape": "S"}}}"#,
      #"{"type": "structure", "members": {"A": {"shape": "S"}}}"#, "member In.A required removed at Put.A"),
    .input(
      "required member no longer a token",
      #"{"type": "structure", "required": ["A"], "members": {"A": {"shape": "S", "idempotencyToken": true}}}"#,
      #"{"type": "structure", "required": ["A"], "members": {"A": {"shape": "S"}}}"#,
      "!member In.A idempotencyToken removed -true at Put.A"),
    .input(
      "member no longer a token",
      #"{"type": "structure", "members": {"A": {"shape": "S", "idempotencyToken": true}}}"#,
      #"{"type": "structure", "members": {"A": {"shape": "S"}}}"#,
      "member In.A idempotencyToken removed -true at Put.A"),
    .input(
      "deprecated member", #"{"type": "structure", "members": {"A": {"shape": "S"}}}"#,
      #"{"type": "structure", "members": {"A": {"shape": "S", "deprecated": true, "deprecatedMessage": "Words."}}}"#,
      "member In.A deprecated added +true at Put.A"),
    .input(
      "location", #"{"type": "structure", "members": {"A": {"shape": "S", "location": "header"}}}"#,
      #"{"type": "structure", "members": {"A": {"shape": "S", "location": "uri"}}}"#,
      #"member In.A location changed -"header" +"uri" at Put.A"#),
    .input(
      "host label", #"{"type": "structure", "members": {"A": {"shape": "S"}}}"#,
      #"{"type": "structure", "members": {"A": {"shape": "S", "hostLabel": true}}}"#,
      "!member In.A hostLabel added +true at Put.A"),
    .input(
      "no JSON value", #"{"type": "structure", "members": {"A": {"shape": "S", "jsonvalue": true}}}"#,
      #"{"type": "structure", "members": {"A": {"shape": "S"}}}"#,
      "!member In.A jsonvalue removed -true at Put.A"),
    .input(
      "unknown trait", #"{"type": "structure", "members": {"A": {"shape": "S", "future": {"a": 1}}}}"#,
      #"{"type": "structure", "members": {"A": {"shape": "S", "future": {"a": 2}}}}"#,
      #"member In.A future changed -{"a":1} +{"a":2} at Put.A"#),
    .input(
      "order of members", #"{"type": "structure", "members": {"A": {"shape": "S"}, "B": {"shape": "S"}}}"#,
      #"{"type": "structure", "members": {"B": {"shape": "S"}, "A": {"shape": "S"}}}"#,
      "shape In members reordered at Put"),
    .input(
      "order of required members",
      #"{"type": "structure", "required": ["A", "B"], "members": {"A": {"shape": "S"}, "B": {"shape": "S"}}}"#,
      #"{"type": "structure", "required": ["B", "A"], "members": {"A": {"shape": "S"}, "B": {"shape": "S"}}}"#,
      "shape In required reordered at Put"),
    .input(
      "another shape of another type", #"{"type": "structure", "members": {"A": {"shape": "S"}}}"#,
      #"{"type": "structure", "members": {"A": {"shape": "I"}}}"#,
      #"shape I shape changed -"S" +"I" at Put.A"#, #"!shape I type changed -"string" +"integer" at Put.A"#),
  ]

  static let operations: [DifferenceCase] = [
    .operations("added", #""A": {}"#, #""A": {}, "B": {"input": {"shape": "R"}}"#, "operation B added in B"),
    .operations(
      "removed", #""A": {}, "B": {"input": {"shape": "R"}}"#, #""A": {}"#, "!operation B removed in B"),
    .operations(
      "deprecated", #""A": {}"#, #""A": {"deprecated": true}"#, "operation A deprecated added +true in A"),
    .operations(
      "HTTP binding", #""A": {"http": {"method": "GET", "requestUri": "/a"}}"#,
      #""A": {"http": {"method": "PUT", "requestUri": "/a", "responseCode": 201}}"#,
      #"operation A http.method changed -"GET" +"PUT" in A"#, "operation A http.responseCode added +201 in A"),
    .operations(
      "other facts", #""A": {"endpoint": {"hostPrefix": "a."}}"#, #""A": {"authtype": "none"}"#,
      #"operation A endpoint removed -{"hostPrefix":"a."} in A"#, #"operation A authtype added +"none" in A"#),
    .operations(
      "input that asks for nothing", #""A": {}"#, #""A": {"input": {"shape": "In"}}"#,
      #"operation A input added +{"shape":"In"} in A"#),
    .operations(
      "input that asks for something", #""A": {}"#, #""A": {"input": {"shape": "R"}}"#,
      #"!operation A input added +{"shape":"R"} in A"#),
    .operations(
      "no input", #""A": {"input": {"shape": "R"}}"#, #""A": {}"#,
      #"!operation A input removed -{"shape":"R"} in A"#),
    .operations(
      "how the input is written", #""A": {"input": {"shape": "In", "locationName": "a"}}"#,
      #""A": {"input": {"shape": "In", "locationName": "b"}}"#,
      #"operation A input.locationName changed -"a" +"b" in A"#),
  ]
}
