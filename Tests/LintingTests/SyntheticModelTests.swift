import Linting
import Models
import Rules
import Syntax
import Testing

/// The model's constraints on every kind of shape, on a service made up for it.
@Suite struct SyntheticModelTests {
  private static let model = """
    {"metadata": {"endpointPrefix": "kinds"}, "regions": ["us-east-1"],
     "operations": {"Put": {"input": {"shape": "Put"}}, "Ping": {}, "Old": {"input": {"shape": "None"}, "deprecated": true}},
     "shapes": {
       "None": {"type": "structure", "members": {}},
       "Put": {"type": "structure", "required": ["Token"], "members": {
         "Token": {"shape": "Token", "idempotencyToken": true},
         "Text": {"shape": "Text"}, "Word": {"shape": "Word"}, "Odd": {"shape": "Odd"},
         "Old": {"shape": "Text", "deprecated": true}, "Aged": {"shape": "Aged"},
         "Host": {"shape": "Plain", "hostLabel": true}, "Header": {"shape": "Plain", "location": "header", "jsonvalue": true},
         "Note": {"shape": "Plain", "jsonvalue": true}, "Path": {"shape": "Plain", "location": "uri"},
         "Name": {"shape": "Name", "location": "uri"}, "Key": {"shape": "Key"}, "Hidden": {"shape": "Hidden"},
         "Bare": {"shape": "None"},
         "Claims": {"shape": "Covert", "location": "header", "jsonvalue": true},
         "Items": {"shape": "Items"}, "Table": {"shape": "Table"}, "Choice": {"shape": "Choice"}, "Free": {"shape": "Free"},
         "Bytes": {"shape": "Bytes"}, "When": {"shape": "When"}, "Integer": {"shape": "Integer"},
         "Long": {"shape": "Long"}, "Float": {"shape": "Float"}, "Double": {"shape": "Double"},
         "Flag": {"shape": "Flag"}, "Tree": {"shape": "Tree"}, "Secret": {"shape": "Secret"},
         "Events": {"shape": "Events"}}},
       "Token": {"type": "string", "min": 1, "max": 64},
       "Text": {"type": "string", "min": 2, "max": 4}, "Word": {"type": "string", "pattern": "[a-z]+"},
       "Odd": {"type": "string", "pattern": "[a"}, "Name": {"type": "string", "min": 1, "pattern": "[a-z]+"},
       "Key": {"type": "blob", "sensitive": true}, "Covert": {"type": "string", "sensitive": true},
       "Hidden": {"type": "structure", "document": true, "sensitive": true, "members": {}},
       "Plain": {"type": "string"}, "Aged": {"type": "string", "deprecated": true},
       "Items": {"type": "list", "member": {"shape": "Text"}, "min": 1, "max": 2},
       "Table": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Integer"}, "min": 1, "max": 2},
       "Choice": {"type": "structure", "union": true,
         "members": {"A": {"shape": "Text"}, "B": {"shape": "Integer"}}},
       "Free": {"type": "structure", "document": true, "members": {}},
       "Bytes": {"type": "blob", "min": 2, "max": 6}, "When": {"type": "timestamp"},
       "Integer": {"type": "integer", "min": -1, "max": 9}, "Long": {"type": "long"},
       "Float": {"type": "float", "min": 0.5, "max": 1.5}, "Double": {"type": "double"}, "Flag": {"type": "boolean"},
       "Tree": {"type": "structure", "required": ["Name"],
         "members": {"Name": {"shape": "Text"}, "Twigs": {"shape": "Twigs"}}},
       "Twigs": {"type": "list", "member": {"shape": "Tree"}},
       "Secret": {"type": "structure", "sensitive": true,
         "members": {"Text": {"shape": "Text"}, "Integer": {"shape": "Integer"}, "Choice": {"shape": "Level"}}},
       "Level": {"type": "string", "enum": ["low", "high"]},
       "Events": {"type": "structure", "eventstream": true, "members": {}}}}
    """

  private static let catalog = Catalog(source: "tests", files: [("kinds", "kinds", Array(model.utf8))])

  /// Members of a request, from line 2 on.
  struct Case: CustomTestStringConvertible, Sendable {
    let text: String
    let expected: [String]

    init(_ text: String, _ expected: String...) {
      self.text = text
      self.expected = expected
    }

    var testDescription: String { text }
  }

  private static func lint(_ text: String, rules: [RuleFile] = []) throws -> Linted {
    try Linted(SourceText(text), catalog: catalog, rules: rules)
  }

  static let strings = [
    Case("{}"), Case("Token: ''", "error too-short 2:8-2:10 /Token"),
    Case("Text: ab"), Case("Text: abcd"), Case("Text: a", "error too-short 2:7-2:8 /Text"),
    Case("Text: abcde", "error too-long 2:7-2:12 /Text"),
    Case("Text: \"\\U0001F600😀😀\"", "warning too-long 2:7-2:21 /Text"),
    Case("Word: abc"),
    // Where no live evidence is known, a pattern that matches a part is only suspicious.
    Case("Word: abc1", "warning pattern-mismatch 2:7-2:11 /Word"),
    Case("Word: '1'", "error pattern-mismatch 2:7-2:10 /Word"),
    Case("Old: abc", "warning deprecated-parameter 2:1-2:4 /Old"),
    Case("Aged: x", "warning deprecated-parameter 2:1-2:5 /Aged"),
    Case("Host: ''", "error too-short 2:7-2:9 /Host"), Case("Host: x"),
    Case("Path: ''", "error too-short 2:7-2:9 /Path"), Case("Path: x"),
    Case("Path: 1", "error wrong-type 2:7-2:8 /Path"), Case("Name: ''", "error too-short 2:7-2:9 /Name"),
    Case("Header: {a: [1]}"), Case("Header: text"), Case("Note: text"),
    Case("Note: {a: 1}", "error wrong-type 2:7-2:8 /Note"),
  ]

  static let blobs = [
    Case("Bytes: ä", "error ambiguous-blob 2:8-2:9 /Bytes"), Case("Bytes: \"QUI =\\n\""),
    Case("Bytes: |\n  QUJD\n  RA=="), Case("Bytes: !!binary QUI="),
    Case("Bytes: QUI", "error ambiguous-blob 2:8-2:11 /Bytes"),
    Case("Bytes: QU-_", "error ambiguous-blob 2:8-2:12 /Bytes"),
    // What version 2 of the AWS CLI decodes, but not as it is written.
    Case("Bytes: Q.UJD", "warning ambiguous-blob 2:8-2:13 /Bytes"),
    Case("Bytes: QUJD-_", "warning ambiguous-blob 2:8-2:14 /Bytes"),
    Case("Bytes: QQ==QQ==", "warning ambiguous-blob 2:8-2:16 /Bytes"),
    Case("Bytes: file://x", "error unexpanded-file-uri 2:8-2:16 /Bytes"),
    Case("Bytes: fileb://a-long-name", "warning unexpanded-file-uri 2:8-2:27 /Bytes"),
    Case("Bytes: <no base64>", "warning skeleton-leftover 2:8-2:19 /Bytes"),
    Case("Bytes: <bytes>", "error skeleton-leftover 2:8-2:15 /Bytes"),
    Case("Bytes: ''", "error too-short 2:8-2:10 /Bytes"),
    Case("Key: hunter2", "error ambiguous-blob 2:6-2:13 /Key"),
    Case("Key: hunter2!2", "warning ambiguous-blob 2:6-2:15 /Key"),
    Case("Key: file://hunter2", "error unexpanded-file-uri 2:6-2:20 /Key"), Case("Key: ''"),
  ]

  /// Values of any JSON type that YAML 1.1 and 1.2 readers understand differently.
  static let anyJSON = [
    Case("Free: NO", "warning ambiguous-scalar 2:7-2:9 /Free"), Case("Free: 'NO'"),
    Case("Free: {a: [1, 1.5]}"),
    Case(
      "Free: {a: [010, 12:30:45, 1_000], b: {c: 2026-12-01}}", "warning ambiguous-scalar 2:12-2:15 /Free/a/0",
      "warning ambiguous-scalar 2:17-2:25 /Free/a/1", "warning ambiguous-scalar 2:27-2:32 /Free/a/2",
      "warning ambiguous-scalar 2:42-2:52 /Free/b/c"),
    Case("Free: {on: x}", "warning ambiguous-scalar 2:8-2:10 /Free/on"),
    Case("Header: {a: off}", "warning ambiguous-scalar 2:13-2:16 /Header/a"), Case("Header: '010'"),
    Case("Hidden: {a: 0o7734}", "warning ambiguous-scalar 2:13-2:19 /Hidden/(sensitive)"),
    Case("Claims: [07734]", "warning ambiguous-scalar 2:10-2:15 /Claims/0"),
    Case(
      "Hidden: {a: &a 07734}\nFree: *a", "warning ambiguous-scalar 2:16-2:21 /Free",
      "warning ambiguous-scalar 2:16-2:21 /Hidden/(sensitive)"),
  ]

  static let numbers = [
    Case("Integer: -1"), Case("Integer: 9"), Case("Integer: -2", "error too-small 2:10-2:12 /Integer"),
    Case("Integer: 10", "error too-large 2:10-2:12 /Integer"),
    Case("Integer: 1.0", "error wrong-type 2:10-2:13 /Integer"),
    Case("Integer: 2147483648", "error integer-overflow 2:10-2:20 /Integer"),
    Case("Integer: -2147483649", "error integer-overflow 2:10-2:21 /Integer"),
    Case("Integer: 2147483647", "error too-large 2:10-2:20 /Integer"),
    Case("Long: 2147483648"), Case("Long: 9223372036854775807"), Case("Long: -9223372036854775808"),
    Case("Long: 9223372036854775808", "error integer-overflow 2:7-2:26 /Long"),
    Case("Long: 0x7FFFFFFFFFFFFFFF"),
    Case("Long: 0x8000000000000000", "error integer-overflow 2:7-2:25 /Long"),
    Case("Float: 0.5"), Case("Float: 1.5"), Case("Float: 1"),
    Case("Float: 15e-1", "warning ambiguous-scalar 2:8-2:13 /Float"),
    Case("Float: 0.4999999999999999999999", "error too-small 2:8-2:32 /Float"),
    Case("Float: 1.50000000000000000000001", "error too-large 2:8-2:33 /Float"),
    Case("Float: .nan", "warning non-finite-number 2:8-2:12 /Float"),
    Case("Float: '1'", "error wrong-type 2:8-2:11 /Float"), Case("Double: -1.5e+300"),
    Case("Flag: true"), Case("Flag: 1", "error wrong-type 2:7-2:8 /Flag"),
    Case("Flag: 'true'", "error wrong-type 2:7-2:13 /Flag"),
    Case("Flag: yes", "warning ambiguous-scalar 2:7-2:10 /Flag"),
    Case("Flag: !!bool maybe", "error wrong-type 2:14-2:19 /Flag"),
  ]

  static let others = [
    Case("When: 2026-11-20T12:00:00Z"), Case("When: 1795176000"), Case("When: 1795176000.5"),
    Case("When: '2026-11-20'"),
    Case("When: soon", "error wrong-type 2:7-2:11 /When"),
    Case("When: 1796090400000", "error wrong-type 2:7-2:20 /When"),
    Case("When: 2026-11-20", "warning ambiguous-scalar 2:7-2:17 /When"),
    Case("When: true", "error wrong-type 2:7-2:11 /When"),
    Case("Bytes: QUI="), Case("Bytes: A", "error too-short 2:8-2:9 /Bytes"), Case("Bytes: QUJDREVG"),
    Case("Bytes: QUJDREVGRw==", "error too-long 2:8-2:20 /Bytes"), Case("Bytes: !!binary QUI="),
    Case("Bytes: 12", "error wrong-type 2:8-2:10 /Bytes"),
    Case("Free: {any: [1, ~]}"), Case("Free: text"), Case("Free:"),
    Case("Items: [ab]"), Case("Items: []", "error too-short 2:8-2:9 /Items"),
    Case("Items: [ab, cd, ef]", "error too-long 2:8-2:9 /Items"),
    Case("Items:\n- ab\n- c", "error too-short 4:3-4:4 /Items/1"),
    Case("Items: [ab, ~]", "error wrong-type 2:13-2:14 /Items/1"),
    Case("Items: {a: b}", "error wrong-type 2:8-2:9 /Items"),
    Case("Items:\n- ab\n-", "error wrong-type 4:2-4:2 /Items/1"),
    Case("Table: {ab: 1}"), Case("Table: {}", "error too-short 2:8-2:9 /Table"),
    Case("Table: {a: 1}", "error too-short 2:9-2:10 /Table/a"),
    Case("Table: {ab: x}", "error wrong-type 2:13-2:14 /Table/ab"),
    Case("Table: {1: 1}", "error wrong-type 2:9-2:10 /Table/1"),
    Case("Table: {no: 1}", "warning ambiguous-scalar 2:9-2:11 /Table/no"),
    Case("Table: [ab]", "error wrong-type 2:8-2:9 /Table"),
    Case(
      "Tree: {Name: ab, Twigs: [{Name: cd, Twigs: [{}]}]}",
      "error missing-parameter 2:45-2:46 /Tree/Twigs/0/Twigs/0"),
    Case(
      "Tree:\n  Twigs:\n  - Name: a", "error missing-parameter 2:1-2:5 /Tree",
      "error too-short 4:11-4:12 /Tree/Twigs/0/Name"),
  ]

  static let unions = [
    Case("Choice: {A: ab}"), Case("Choice: {B: 1}"),
    Case("Choice: {}", "error union-members 2:1-2:7 /Choice"),
    Case("Choice: {A: ab, B: 1}", "error union-members 2:1-2:7 /Choice"),
    Case(
      "Choice: {C: 1}", "error union-members 2:1-2:7 /Choice", "error unknown-parameter 2:10-2:11 /Choice/C"),
    Case("Choice: {A: ab, A: cd}", "error duplicate-key 2:17-2:18 /Choice/A"),
  ]

  static let secrets = [
    Case("Secret: {Text: hunter2}", "error too-long 2:16-2:23 /Secret/Text"),
    Case("Secret: {Text: [hunter2]}", "error wrong-type 2:16-2:17 /Secret/Text"),
    Case("Secret: {Integer: hunter2}", "error wrong-type 2:19-2:26 /Secret/Integer"),
    Case("Secret: {Integer: 7734}", "error too-large 2:19-2:23 /Secret/Integer"),
    Case("Secret: {Choice: hunter2}", "error unknown-value 2:18-2:25 /Secret/Choice"),
    Case("Secret: hunter2", "error wrong-type 2:9-2:16 /Secret"),
  ]

  @Test(arguments: strings + blobs + anyJSON + numbers + others + unions + secrets)
  func findings(_ test: Case) throws {
    let linted = try Self.lint("# reqlint: kinds.Put\n\(test.text)\n")
    #expect(linted.lines() == test.expected)
    #expect(linted.result.notEvaluated.isEmpty)
  }

  @Test(arguments: secrets + blobs + anyJSON)
  func nothingSensitiveIsShown(_ test: Case) throws {
    let linted = try Self.lint("# reqlint: kinds.Put\n\(test.text)\n")
    for finding in linted.result.findings {
      #expect(!"\(finding.message) \(finding.hint ?? "")".contains("hunter2"))
      #expect(!"\(finding.message) \(finding.hint ?? "")".contains("7734"))
    }
  }

  @Test func words() throws {
    func words(_ member: String) throws -> [String] {
      try Self.lint("# reqlint: kinds.Put\n\(member)\n").result.findings.map { finding in
        finding.hint.map { "\(finding.message) | \($0)" } ?? finding.message
      }
    }
    #expect(
      try words("Text: a") == ["Text \"a\" has 1 character, fewer than 2 | write at least 2 characters"])
    #expect(
      try words("Token: ''") == ["Token has 0 characters, fewer than 1 | write at least 1 character"])
    #expect(try words("Path: ''") == ["Path becomes part of the path, so must not be empty"])
    #expect(try words("Bytes: ''") == ["Bytes has 0 bytes, fewer than 2"])
    #expect(try words("Bytes: A") == ["Bytes has at most 1 byte, fewer than 2"])
    #expect(try words("Bare: {a: 1}") == ["Bare has no parameter \"a\", and no other | remove it"])
    #expect(
      try words("Bytes: no!") == [
        "Bytes is not base64, so version 2 of the AWS CLI refuses it; version 1 and boto3 send the text itself"
          + " | write it in base64, with padding"
      ])
    #expect(
      try words("Bytes: QUJ.D") == [
        "Bytes holds characters that are not base64, and version 2 of the AWS CLI drops them;"
          + " version 1 and boto3 send the text itself | write nothing but base64"
      ])
    #expect(
      try words("Bytes: Q-_") == [
        "Bytes is not base64, so version 2 of the AWS CLI refuses it; version 1 and boto3 send the text itself"
          + " | write + and / in place of - and _"
      ])
    #expect(
      try words("Bytes: fileb://x") == [
        "Bytes is the address of a file, which is sent as it stands | write the file's content in base64 here"
      ])
    #expect(
      try words("Free: NO") == [
        "Free is the string \"NO\" to a YAML 1.2 reader, the boolean false to a YAML 1.1 reader such as PyYAML"
          + " | quote it, or write it so that both agree"
      ])
    #expect(try words("Items: []") == ["Items has 0 items, fewer than 1"])
    #expect(try words("Table: {}") == ["Table has 0 entries, fewer than 1"])
    #expect(try words("Float: 2") == ["Float is 2, must be at most 1.5"])
    #expect(try words("Choice: {}") == ["Choice must have exactly one of A, B, but has 0"])
    #expect(try words("Flag: maybe") == ["Flag must be true or false, but is the string \"maybe\""])
    #expect(
      try words("Flag: 'true'") == [
        "Flag must be true or false, but is the string \"true\" | remove the quotes"
      ])
    #expect(
      try words("Long: !!int soon") == [
        "Long must be an integer, but is \"soon\" under a tag that does not fit it"
      ])
    #expect(
      try words("Text: {a: b}") == [
        "Text must be a string, but is a mapping | write it as text, for example as a block after |"
      ])
    #expect(
      try words("Items: file://x") == [
        "Items must be a list, but is the string \"file://x\" | write the file's content here"
      ])
    #expect(
      try words("Secret: {Integer: hunter2}") == ["Secret.Integer must be an integer, but is another value"])
    #expect(try words("Secret: {Integer: 12}") == ["Secret.Integer must be at most 9"])
    #expect(try words("Secret: {Choice: x}") == ["Secret.Choice must be one of low, high"])
    #expect(
      try words("Tree: {Twigs: [{}], Name: ab}") == [
        "required parameter Name is missing in Tree.Twigs.0 | add Name, a string"
      ])
    #expect(
      try words("Table: {'a.b c': 1}") == [
        "Table.\"a.b c\" \"a.b c\" has 5 characters, more than 4 | shorten it to 4 characters"
      ])
  }

  /// What cannot be judged is neither pass nor fail.
  @Test func notEvaluated() throws {
    let linted = try Self.lint("# reqlint: kinds.Put\nOdd: x\nEvents: {a: b}\n")
    #expect(linted.lines() == [])
    #expect(
      linted.result.notEvaluated.map { "\($0.rule) \($0.pointer): \($0.reason)" } == [
        "pattern-mismatch /Odd: pattern [a is no regular expression: a class is not closed",
        "wrong-type /Events: an event stream is sent while the call runs",
      ])
    #expect(linted.result.requests.map(\.verdict) == [.pass])
  }

  @Test func operationWithoutInput() throws {
    #expect(try Self.lint("# reqlint: kinds.Ping\n{}\n").lines() == [])
    #expect(try Self.lint("service: kinds\noperation: Ping\n").lines() == [])
    let given = try Self.lint("# reqlint: kinds.Ping\nA: 1\nB: 2\n")
    #expect(given.lines() == ["error unknown-parameter 2:1-2:2 /A", "error unknown-parameter 3:1-3:2 /B"])
    #expect(given.messages.first == "kinds.Ping has no parameter \"A\", and no other")
    #expect(try Self.lint("# reqlint: kinds.Ping\n[]\n").lines() == ["error wrong-type 2:1-2:2"])
    #expect(try Self.lint("# reqlint: kinds.Old\n{}\n").lines() == ["warning deprecated-operation 1:12-1:21"])
  }

  /// A rule for every operation holds for one without input too.
  @Test func rulesWithoutInput() throws {
    let rule = """
      title: No region
      severity: error
      operations: ['*']
      assert: {x-request: {required: [region]}}
      at: ""
      message: no region
      hint: name it
      why: It must be known.
      source: https://example.com
      examples: {good: [{operation: kinds.Ping, region: us-east-1, parameters: {}}], bad: [{operation: kinds.Ping, parameters: {}}]}
      """
    let file = RuleFile(id: "no-region", origin: "no-region.yaml", bytes: Array(rule.utf8))
    #expect(
      try Self.lint("# reqlint: kinds.Ping\n{}\n", rules: [file]).lines() == ["error no-region 2:1-2:2"])
  }

  /// Without a table of partitions no region is known, so none is called unknown.
  @Test func regionsWithoutPartitions() throws {
    #expect(try Self.lint("# reqlint: kinds.Ping region=mars-1\n{}\n").lines() == [])
  }

  /// What is wrong with a model concerns the requests of its operation alone.
  @Test func faultyModel() throws {
    let catalog = Catalog(
      source: "tests",
      files: [
        (
          "bad", "bad",
          Array(
            #"{"operations": {"Get": {}, "Put": {"input": {"shape": "A"}}}, "shapes": {}}"#.utf8)
        ),
        ("torn", "torn", Array("{".utf8)),
      ])
    let text = "# reqlint: bad.Put\n{}\n---\n# reqlint: bad.Get\na: 1\n---\n# reqlint: torn.Put\n{}\n"
    let linted = try Linted(SourceText(text), catalog: catalog, rules: [])
    #expect(
      linted.lines() == [
        "error unusable-model 1:12-1:19", "error unknown-parameter 5:1-5:2 /a",
        "error unusable-model 7:12-7:20",
      ])
    #expect(
      linted.words(of: "unusable-model") == [
        "the model of bad.Put cannot be used: bad: names shape A, which it does not describe"
          + " | the request is not checked any further",
        "the model of torn.Put cannot be used: torn: byte 1: text ends inside the JSON value"
          + " | the request is not checked any further",
      ])
  }

  /// What a member says goes before what its shape does.
  @Test func constraintsOfMembers() throws {
    let model = #"""
      {"metadata": {}, "operations": {"Put": {"input": {"shape": "In"}}}, "shapes": {
        "In": {"type": "structure", "members": {
          "Count": {"shape": "I", "min": 5, "max": 6}, "Text": {"shape": "S", "min": 3, "pattern": "[a-z]+"},
          "Mode": {"shape": "S", "enum": ["A", "B"]}, "Free": {"shape": "S"},
          "Names": {"shape": "L", "max": 1}, "Secret": {"shape": "S", "sensitive": true}}},
        "I": {"type": "integer", "max": 9}, "S": {"type": "string"},
        "L": {"type": "list", "member": {"shape": "S", "max": 2}}}}
      """#
    let catalog = Catalog(source: "tests", files: [("m", "m", Array(model.utf8))])
    let text = """
      # reqlint: m.Put
      Count: 7
      Text: "1"
      Mode: C
      Free: xyz
      Names: [abc, d]
      Secret: 5
      """
    let linted = try Linted(SourceText(text), catalog: catalog, rules: [])
    #expect(
      linted.lines() == [
        "error too-large 2:8-2:9 /Count", "error pattern-mismatch 3:7-3:10 /Text",
        "error too-short 3:7-3:10 /Text", "error unknown-value 4:7-4:8 /Mode",
        "error too-long 6:8-6:9 /Names", "error too-long 6:9-6:12 /Names/0",
        "error wrong-type 7:9-7:10 /Secret",
      ])
    #expect(linted.words(of: "wrong-type").first?.contains("5") == false)
  }
}
