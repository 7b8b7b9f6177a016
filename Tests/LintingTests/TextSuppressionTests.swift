import Models
import Requests
import Rules
import Syntax
import Testing

@testable import Linting

/// What looks like a comment inside text: it counts only where the text itself is checked as YAML.
@Suite struct TextSuppressionTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let text: String
    /// `LINE:COLUMN RULE`.
    var found: [String] = []
    /// `LINE RULE | REASON`.
    var suppressed: [String] = []

    var testDescription: String { name }
  }

  /// A rule that reads the description of a package as YAML, which no model calls sensitive.
  private static let rule = RuleFile(
    id: "no-draft", origin: "no-draft.yaml",
    bytes: Array(
      """
      title: Draft
      severity: error
      operations: [opensearch.CreatePackage]
      when: {properties: {PackageDescription: {x-yaml: {type: object}}}, required: [PackageDescription]}
      assert:
        properties:
          PackageDescription:
            x-yaml:
              properties:
                draft: {const: false}
                inner: {x-yaml: {properties: {draft: {const: false}}}}
      message: draft
      why: Drafts are not sent.
      source: https://example.com/
      examples:
        good: [{PackageDescription: "draft: false"}]
        bad: [{PackageDescription: "draft: true"}]

      """.utf8))

  private static func lint(_ text: String, _ rules: [RuleFile], as notation: Document.Notation = .yaml) throws
    -> (found: [String], suppressed: [String], messages: [String])
  {
    let source = SourceText(text)
    let options = LintOptions(now: try #require(Instant(rfc3339: "2026-11-20T12:00:00Z")))
    let linter = Linter(Workbench(.builtIn), rules: rules, options: options)
    let path = notation == .json ? "a.json" : "a.yaml"
    let result = linter.lint(
      RequestFile(path: path, parts: [path], text: source, notation: notation, isDiscovered: false))
    let lines = LineIndex(source)
    return (
      result.findings.map { finding in
        let place = lines.position(of: finding.span.start)
        return "\(place.line):\(place.column) \(finding.rule)"
      },
      result.suppressed.map { finding in
        let line = lines.position(of: finding.span.start).line
        return "\(line) \(finding.rule) | \(finding.suppression?.reason ?? "-")"
      },
      result.findings.map(\.message)
    )
  }

  // MARK: Text that nobody reads as YAML

  private static let head = "# reqlint: opensearch.CreatePackage\nPackageType: TXT-DICTIONARY\n"
  private static let tail = "PackageSource: {S3BucketName: abc, S3Key: a.txt}\n"
  private static let mark = "# reqlint-ignore: too-short, nope -- text until soon"

  /// Each breaks `too-short` in the line after the text; what the text says neither suppresses nor is reported.
  static let texts: [Case] = [
    Case(
      name: "literal", text: "PackageDescription: |\n  a\n  \(mark)\nPackageName: ab\n",
      found: ["6:14 too-short"]),
    Case(
      name: "folded", text: "PackageDescription: >\n  a\n\n  \(mark)\nPackageName: ab\n",
      found: ["7:14 too-short"]),
    Case(
      name: "kept, with an indentation", text: "PackageDescription: |2+\n    \(mark)\n\nPackageName: ab\n",
      found: ["6:14 too-short"]),
    Case(
      name: "stripped", text: "PackageDescription: >-\n   \(mark)\nPackageName: ab\n",
      found: ["5:14 too-short"]),
    Case(
      name: "the only line", text: "PackageDescription: |\n  \(mark)\nPackageName: ab\n",
      found: ["5:14 too-short"]),
    Case(
      name: "quoted twice", text: "PackageDescription: \"a\n\n  \(mark)\"\nPackageName: ab\n",
      found: ["6:14 too-short"]),
    Case(
      name: "quoted once", text: "PackageDescription: 'a\n  \(mark)'\nPackageName: ab\n",
      found: ["5:14 too-short"]),
    Case(
      name: "CRLF", text: "PackageDescription: |\r\n  \(mark)\r\nPackageName: ab\r\n",
      found: ["5:14 too-short"]),
    Case(
      name: "a tab before the sign", text: "PackageDescription: |\n  a\n  \t\(mark)\nPackageName: ab\n",
      found: ["6:14 too-short"]),
    Case(
      name: "text behind the text", text: "PackageName: ab\nPackageDescription: |\n  \(mark)",
      found: ["3:14 too-short"]),
    Case(
      name: "the comment behind the sign is one",
      text: "PackageName: ab\nPackageDescription: |  # reqlint-ignore: too-long -- x\n  a\n",
      found: ["3:14 too-short", "4:42 unused-suppression"]),
    Case(
      name: "less indented than the text",
      text: "PackageDescription: |\n    a\n # reqlint-ignore: too-short -- x\nPackageName: ab\n",
      suppressed: ["6 too-short | x"]),
    Case(
      name: "behind the text",
      text: "PackageDescription: |\n  a\n# reqlint-ignore: too-short -- x\nPackageName: ab\n",
      suppressed: ["6 too-short | x"]),
    Case(
      name: "an anchored text",
      text: "PackageDescription: &a |\n  \(mark)\nPackageName: ab\n", found: ["5:14 too-short"]),
    Case(
      name: "a text as a key", text: "? |\n  \(mark)\n: x\nPackageName: ab\n",
      found: ["3:3 unknown-parameter", "6:14 too-short"]),
  ]

  @Test(arguments: texts)
  func textIsText(_ test: Case) throws {
    let result = try Self.lint(Self.head + test.text + "\n" + Self.tail, RuleBook.builtInFiles)
    #expect(result.found == test.found)
    #expect(result.suppressed == test.suppressed)
  }

  @Test func textOfListItems() throws {
    let text = """
      # reqlint: ec2.CreateTags
      Resources:
        - |
          # reqlint-ignore: wrong-type -- text
        - 1
      Tags: [{Key: a, Value: b}]

      """
    #expect(try Self.lint(text, RuleBook.builtInFiles).found == ["5:5 wrong-type"])
  }

  // MARK: Text that a rule reads as YAML

  static let specs: [Case] = [
    Case(
      name: "at its line", text: "draft: true  # reqlint-ignore: no-draft -- known",
      suppressed: ["4 no-draft | known"]),
    Case(
      name: "above its line", text: "a: 1\n  # reqlint-ignore: no-draft -- known\n  draft: true",
      suppressed: ["6 no-draft | known"]),
    Case(
      name: "above the text", text: "# reqlint-ignore: no-draft -- known\n\n  a: 1\n  draft: true",
      suppressed: ["7 no-draft | known"]),
    Case(
      name: "without a reason, and a rule that does not exist",
      text: "draft: true  # reqlint-ignore: no-draft, nope",
      found: ["4:18 suppression-without-reason", "4:44 unknown-suppression"],
      suppressed: ["4 no-draft | -"]),
    Case(
      name: "over", text: "draft: true  # reqlint-ignore: no-draft -- x until 2020-01-01",
      found: ["4:3 no-draft", "4:54 expired-suppression"]),
    Case(
      name: "needless", text: "draft: false  # reqlint-ignore: no-draft -- x",
      found: ["4:35 unused-suppression"]),
    Case(
      name: "for what is outside", text: "draft: false\n  # reqlint-ignore: too-short -- x",
      found: ["5:21 unused-suppression", "6:14 too-short"]),
    Case(
      name: "in a text within that is checked too",
      text: "inner: |\n    draft: true  # reqlint-ignore: no-draft -- known",
      suppressed: ["5 no-draft | known"]),
    Case(
      name: "in a text within that is not",
      text: "x: |\n    # reqlint-ignore: no-draft, nope -- x\n  draft: true",
      found: ["6:3 no-draft"]),
    Case(
      name: "in a text that does not parse", text: "draft: [  # reqlint-ignore: nope -- x"),
  ]

  @Test(arguments: specs)
  func checkedText(_ test: Case) throws {
    let isShort = test.found.contains { $0.hasSuffix("too-short") }
    let text =
      Self.head + "PackageDescription: |\n  \(test.text)\nPackageName: \(isShort ? "ab" : "abc")\n"
      + Self.tail
    let result = try Self.lint(text, RuleBook.builtInFiles + [Self.rule])
    // The mark is the value of `draft`.
    #expect(result.found == test.found.map { $0.replacing(":3 no-draft", with: ":10 no-draft") })
    #expect(result.suppressed == test.suppressed)
  }

  @Test func quotedTextAndJSON() throws {
    let spec = #""draft: true # reqlint-ignore: no-draft -- known\n""#
    let yaml = Self.head + "PackageName: abc\nPackageDescription: \(spec)\n" + Self.tail
    let json =
      #"{"service": "opensearch", "operation": "CreatePackage", "parameters": {"PackageName": "abc", "#
      + #""PackageType": "TXT-DICTIONARY", "PackageDescription": \#(spec), "#
      + #""PackageSource": {"S3BucketName": "abc", "S3Key": "a.txt"}}}"#
    let rules = RuleBook.builtInFiles + [Self.rule]
    let quoted = try Self.lint(yaml, rules)
    #expect(quoted.found.isEmpty && quoted.suppressed == ["4 no-draft | known"])
    let written = try Self.lint(json, rules, as: .json)
    #expect(written.found.isEmpty && written.suppressed == ["1 no-draft | known"])
    // The same text for two requests is taken once.
    let twice = try Self.lint(
      "requests:\n- {service: opensearch, operation: CreatePackage, parameters: &p {PackageName: abc, "
        + "PackageType: TXT-DICTIONARY, PackageDescription: \(spec), "
        + "PackageSource: {S3BucketName: abc, S3Key: a.txt}}}\n"
        + "- {service: opensearch, operation: CreatePackage, parameters: *p}\n", rules)
    #expect(twice.found.isEmpty && twice.suppressed.count == 2)
  }

  // MARK: Sensitive text

  private static let spec = """
    # reqlint: proton.UpdateServiceInstance
    # reqlint-ignore: deprecated-operation, service-ended -- known
    serviceName: orders
    name: orders-prod
    deploymentType: CURRENT_VERSION
    spec: |  BESIDE
      proton: ServiceSpec
      instances: []  WITHIN

    """

  @Test(arguments: [
    ("", "", ["instance-not-in-spec"], []),
    ("# reqlint-ignore: instance-not-in-spec -- x", "", [], ["instance-not-in-spec | x"]),
    // A spec is sensitive, and so are the words of its comments.
    ("", "# reqlint-ignore: instance-not-in-spec -- x", [], ["instance-not-in-spec | -"]),
    (
      "", "# reqlint-ignore: hunter2, too-short",
      ["instance-not-in-spec", "suppression-without-reason", "unknown-suppression", "unused-suppression"], []
    ),
    (
      "", "# reqlint-ignore: too-short -- until hunter2", ["instance-not-in-spec", "unknown-suppression"], []
    ),
    ("", "# reqlint-hunter2: too-short", ["instance-not-in-spec", "unknown-suppression"], []),
    ("", "# reqlint-ignore: too-short hunter2", ["instance-not-in-spec", "unknown-suppression"], []),
  ])
  func sensitiveText(_ beside: String, _ within: String, _ found: [String], _ suppressed: [String]) throws {
    let text = Self.spec.replacing("BESIDE", with: beside).replacing("WITHIN", with: within)
    let result = try Self.lint(text, RuleBook.builtInFiles)
    #expect(result.found.map { String($0.drop { $0 != " " }.dropFirst()) } == found)
    #expect(
      result.suppressed.map { String($0.drop { $0 != " " }.dropFirst()) }
        .filter { said in !Linted.background.contains { said.hasPrefix($0) } } == suppressed)
    #expect(!result.messages.contains { $0.contains("hunter2") })
  }
}
