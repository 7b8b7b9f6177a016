import Foundation
import Linting
import Models
import Requests
import Rules
import Syntax
import Testing
import Verdicts

/// What `reqlint new` writes.
@Suite struct SkeletonTests {
  /// Every so many operations of a service are looked at; all where the environment says so.
  private static let step = ProcessInfo.processInfo.environment["REQLINT_EVERY_OPERATION"] == nil ? 12 : 1

  /// What may be said of a request that is only begun: the operation and some required members are on their way out.
  private static let background: Set<String> = [
    "deprecated-operation", "deprecated-parameter", "service-ended",
    // The model lets a package's source be empty, the documentation does not.
    "package-source-incomplete",
  ]

  /// An untouched skeleton binds to its operation, and lint finds each required value once and nothing else.
  @Test(arguments: Catalog.builtIn.serviceNames)
  func untouchedSkeletonsSayWhatIsLeft(_ service: String) throws {
    let model = try #require(try Catalog.builtIn.service(service))
    let linter = Linter(
      Workbench(.builtIn), rules: RuleBook.builtInFiles,
      options: LintOptions(now: try #require(Instant(rfc3339: "2026-11-20T12:00:00Z"))))
    for name in model.operationNames.enumerated().filter({ $0.offset % Self.step == 0 }).map(\.element) {
      let operation = try #require(try model.operation(name))
      let text = skeleton(of: operation)
      let result = linter.lint(file(text))
      #expect(result.requests.map { "\($0.service ?? "-").\($0.operation ?? "-")" } == ["\(operation.id)"])
      let leftovers = result.findings.filter { $0.rule == "skeleton-leftover" }
      #expect(leftovers.count == operation.input.map { Leaves(operation).count($0) } ?? 0, "\(operation.id)")
      #expect(leftovers.allSatisfy { $0.severity == .error })
      #expect(Set(leftovers.map(\.span)).count == leftovers.count)
      let others = Set(result.findings.map(\.rule)).subtracting(Self.background + ["skeleton-leftover"])
      #expect(others == [], "\(operation.id)")

      let full = Self.uncommented(text)
      let all = linter.lint(file(full))
      let faults = Set(all.findings.map(\.rule)).subtracting(Self.background)
      // Written out, a union has all its members.
      #expect(faults.subtracting(["skeleton-leftover", "union-members"]) == [], "\(operation.id)")
    }
  }

  /// What each kind of shape becomes.
  @Test func kinds() throws {
    let model = try ServiceModel(name: "kinds", json: SourceText(Self.model))
    let text = skeleton(of: try #require(try model.operation("Put")))
    #expect(
      text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(1).joined(separator: "\n")
        == """
        ## The line above stays as it is; it may go on with region=REGION account=ACCOUNT
        ## https://docs.aws.amazon.com/goto/WebAPI/kinds-1/Put
        ## The operation is deprecated.
        ## Fill in what is in <…>; what stands behind one # is optional. More: reqlint explain kinds.Put
        ## Not written: Token, which the client fills in.

        Text: <Text>  # string, 2 to 4 characters, pattern [a-z]+, sensitive
        Pair:  # list of integers, at least 2 items, each 1 to 9
          - <Pair>
          - <Pair>
        Table:  # map of string to structure
          <key>:
            Name: <Name>  # one of low, high
            # Rest:  # list of structures
            #   - <Rest>
        Choice:  # union, exactly one of its members
          <member>: <value>  # one of the following in its place
          # A: <A>  # string
          # B: <B>  # boolean
        Loose: {  # structure
          # Flag: <Flag>,  # boolean
          # Pair: [<Pair>, <Pair>],  # list of integers, at least 2 items, each 1 to 9
          }
        Free: <Free>  # any JSON value
        Nothing: {}  # structure
        Events: {}  # stream of events
        Rows:  # list of structures
          - Name: <Name>  # one of low, high
            # Rest: <Rest>  # list of structures
        # Optional:  # structure
        #   Name: <Name>  # required, one of low, high
        #   Rest:  # list of structures
        #     - <Rest>
        # Old: <Old>  # timestamp, deprecated

        """)
  }

  /// Names that a model gives its members, whatever they are.
  @Test(arguments: ["a: b", "{", "#", "a\"b\\", "\u{7F}", "a\nb", "\u{2028}", "ä", "-", "@x"])
  func memberOfAnyName(_ name: String) throws {
    var writer = JSONWriter(.compact)
    writer.value(name)
    let model = try ServiceModel(
      name: "odd",
      json: SourceText(
        """
        {"metadata": {"endpointPrefix": "odd", "uid": "a\\nb"}, "operations": {"Put": {"input": {"shape": "Put"}}},
         "shapes": {"Text": {"type": "string"}, "Inner": {"type": "structure", "members": {\(writer.text): {"shape": "Text"}}},
           "Put": {"type": "structure", "required": [\(writer.text), "Inner"], "members": {
             \(writer.text): {"shape": "Text"}, "Inner": {"shape": "Inner"}}}}}
        """))
    let text = skeleton(of: try #require(try model.operation("Put")))
    for (text, isWhole) in [(text, false), (Self.uncommented(text), true)] {
      var documents: [Document] = []
      readDocuments(SourceText(text), as: .yaml, limits: Limits()) { parsed in
        if case .document(let document) = parsed { documents.append(document) }
      }
      let document = try #require(documents.first, "\(text)")
      let value = try #require(document.value(of: name, in: document.root), "\(text)")
      #expect(document.string(of: value) == "<\(name)>")
      let inner = try #require(document.value(of: "Inner", in: document.root), "\(text)")
      #expect((document.value(of: name, in: inner) != nil) == isWhole, "\(text)")
    }
  }

  /// What the client fills in is optional.
  @Test func memberThatTheClientFillsIn() throws {
    let model = try #require(try Catalog.builtIn.service("glacier"))
    let lines = skeleton(of: try #require(try model.operation("DeleteVault"))).split(separator: "\n")
    #expect(
      lines.suffix(2) == [
        "vaultName: <vaultName>  # string", "# accountId: <accountId>  # string, the client fills in \"-\"",
      ])
  }

  private static let model = """
    {"metadata": {"endpointPrefix": "kinds", "uid": "kinds-1"},
     "operations": {"Put": {"input": {"shape": "Put"}, "deprecated": true}},
     "shapes": {
       "Put": {"type": "structure",
         "required": ["Token", "Text", "Pair", "Table", "Choice", "Loose", "Free", "Nothing", "Events", "Rows"], "members": {
         "Token": {"shape": "Plain", "idempotencyToken": true}, "Optional": {"shape": "Tree"},
         "Text": {"shape": "Text"}, "Pair": {"shape": "Pair"}, "Table": {"shape": "Table"}, "Choice": {"shape": "Choice"},
         "Loose": {"shape": "Loose"}, "Free": {"shape": "Free"}, "Nothing": {"shape": "Nothing"},
         "Events": {"shape": "Events"}, "Rows": {"shape": "Trees"}, "Old": {"shape": "When", "deprecated": true}}},
       "Plain": {"type": "string"}, "Flag": {"type": "boolean"}, "When": {"type": "timestamp"},
       "Text": {"type": "string", "min": 2, "max": 4, "pattern": "[a-z]+", "sensitive": true},
       "Digit": {"type": "integer", "min": 1, "max": 9}, "Level": {"type": "string", "enum": ["low", "high"]},
       "Pair": {"type": "list", "member": {"shape": "Digit"}, "min": 2},
       "Table": {"type": "map", "key": {"shape": "Plain"}, "value": {"shape": "Tree"}},
       "Tree": {"type": "structure", "required": ["Name"], "members": {"Name": {"shape": "Level"}, "Rest": {"shape": "Trees"}}},
       "Trees": {"type": "list", "member": {"shape": "Tree"}},
       "Choice": {"type": "structure", "union": true, "members": {"A": {"shape": "Plain"}, "B": {"shape": "Flag"}}},
       "Loose": {"type": "structure", "members": {"Flag": {"shape": "Flag"}, "Pair": {"shape": "Pair"}}},
       "Free": {"type": "structure", "document": true, "members": {}}, "Nothing": {"type": "structure", "members": {}},
       "Events": {"type": "structure", "eventstream": true, "members": {"E": {"shape": "Plain"}}}}}
    """

  private func file(_ text: String) -> RequestFile {
    RequestFile(
      path: "new.yaml", parts: ["new.yaml"], text: SourceText(text), notation: .yaml, isDiscovered: false)
  }

  /// The text with every optional line made live, as an editor does that toggles comments; the first line stays.
  private static func uncommented(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let body = lines.dropFirst().map { line -> Substring in
      guard line.drop(while: { $0 == " " }).hasPrefix("# "), let mark = line.firstIndex(of: "#") else {
        return line
      }
      return line[..<mark] + line[line.index(mark, offsetBy: 2)...]
    }
    return (lines.prefix(1) + body).joined(separator: "\n")
  }
}

/// Counts the values that a request cannot do without.
private struct Leaves {
  let operation: Models.Operation
  private var around: Set<ShapeID> = []

  init(_ operation: Models.Operation) { self.operation = operation }

  func count(_ id: ShapeID) -> Int {
    let shape = operation[id]
    if shape.isEventStream { return 0 }
    if shape.isDocument { return 1 }
    guard shape.kind == .structure || shape.element != nil else { return 1 }
    guard !around.contains(id) else { return 1 }
    var inside = self
    inside.around.insert(id)
    let least = max(1, shape.minimum.flatMap { Int($0.description) } ?? 0)
    switch shape.kind {
    case .list: return least * (shape.element.map { inside.count($0) } ?? 0)
    case .map: return least * (1 + (shape.element.map { inside.count($0) } ?? 0))
    case .structure, .string, .boolean, .integer, .long, .float, .double, .blob, .timestamp:
      let required = shape.members.filter { operation.mustBeGiven($0) }
      if shape.isUnion { return shape.members.isEmpty ? 0 : 1 }
      return required.map { $0.isJSONValue ? 1 : inside.count($0.shape) }.reduce(0, +)
    }
  }
}
