import Models
import Requests
import Rules
import Syntax
import Testing
import Verdicts

@testable import Linting

/// What a baseline tells findings apart by.
@Suite struct FindingKeyTests {
  private static func lint(
    _ text: String, operation: String? = nil, as notation: Document.Notation = .yaml,
    baseline: [FindingKey: Int] = [:], severity: Severity = .warning, levels: RuleLevels = RuleLevels()
  ) throws -> FileResult {
    var options = LintOptions(now: try #require(Instant(rfc3339: "2026-11-20T12:00:00Z")))
    options.keysFindings = true
    options.operation = operation.flatMap { OperationID(parsing: $0) }
    options.minimumSeverity = severity
    options.levels = levels
    let linter = Linter(Workbench(.builtIn), rules: RuleBook.builtInFiles, options: options)
    return linter.lint(
      RequestFile(
        path: "a.yaml", parts: ["a.yaml"], text: SourceText(text), notation: notation, isDiscovered: false,
        baseline: baseline))
  }

  private static func keys(_ text: String, of operation: String, as notation: Document.Notation = .yaml)
    throws
    -> Set<FindingKey>
  {
    Set(try lint(text, operation: operation, as: notation).findings.compactMap(\.key))
  }

  /// Two texts of which the second has another finding, or the same.
  struct Case: CustomTestStringConvertible {
    let name: String
    var operation = "opensearch.CreatePackage"
    let before: String
    let after: String
    var isSame = false

    var testDescription: String { name }
  }

  private static let rest = "PackageName: abc\nPackageSource: {S3BucketName: abc, S3Key: a.txt}\n"

  static let cases: [Case] = [
    Case(name: "a value", before: "PackageType: X1", after: "PackageType: X2"),
    Case(name: "quotes", before: "PackageType: X1", after: "PackageType: 'X1'", isSame: true),
    Case(name: "a comment", before: "PackageType: X1", after: "# why\n\nPackageType: X1  # x", isSame: true),
    Case(name: "a list", before: "PackageType: [a]", after: "PackageType: [b]"),
    Case(
      name: "the layout of a list", before: "PackageType: [a, b]", after: "PackageType:\n- a\n- 'b'",
      isSame: true),
    Case(
      name: "deep in a mapping", before: "PackageType: {a: [{b: 1}]}", after: "PackageType: {a: [{b: 2}]}"),
    Case(
      name: "the order of a mapping", before: "PackageType: {a: 1, b: 2}", after: "PackageType: {b: 2, a: 1}",
      isSame: true),
    Case(name: "an unknown parameter", before: "Foo: {a: 1}", after: "Foo: {a: 2}"),
    Case(name: "a scalar of one", before: "Foo: 1", after: "Foo: 2"),
    Case(name: "its name", before: "Foo: 1", after: "Bar: 1"),
    Case(
      name: "its neighbour", before: "Foo: 1\nPackageName: abc", after: "Foo: 1\nPackageName: abd",
      isSame: true),
    Case(
      name: "the value that readers keep", before: "Foo: 1\nFoo: 2", after: "Foo: 1\nFoo: 3"),
    Case(name: "the number and the text", before: "Foo: 1", after: "Foo: '1'"),
    Case(name: "octal", before: "Foo: 010", after: "Foo: 10"),
    Case(name: "a decimal", before: "Foo: 1.0", after: "Foo: 1"),
    Case(name: "yes", before: "Foo: yes", after: "Foo: 'yes'"),
    Case(name: "another yes", before: "Foo: yes", after: "Foo: Yes"),
    Case(name: "not a number", before: "Foo: .nan", after: "Foo: 'NaN'"),
    Case(name: "infinite", before: "Foo: .inf", after: "Foo: -.inf"),
    Case(name: "nothing", before: "Foo: null", after: "Foo: ''"),
    Case(name: "huge", before: "Foo: 12345678901234567890123", after: "Foo: 12345678901234567890124"),
    Case(name: "a tag", before: "Foo: !!int 1", after: "Foo: 1"),
    Case(name: "a text by tag", before: "Foo: !!str 1", after: "Foo: '1'", isSame: true),
    Case(name: "binary", before: "Foo: !!binary YQ==", after: "Foo: YQ=="),
    Case(name: "a key that is a list", before: "Foo: {[a]: 1, [b]: 1}", after: "Foo: {[a]: 2, [b]: 1}"),
    Case(name: "a key that is a number", before: "Foo: {1: a}", after: "Foo: {'1': a}"),
    Case(name: "behind an alias", before: "Foo: &a {b: 1}\nBar: *a", after: "Foo: &a {b: 2}\nBar: *a"),
    Case(name: "merged", before: "Foo: {<<: {b: 1}, c: 1}", after: "Foo: {<<: {b: 2}, c: 1}"),
    Case(
      name: "merged and kept out", before: "Foo: {<<: {b: 1}, b: 3}", after: "Foo: {<<: {b: 2}, b: 3}",
      isSame: true),
    Case(
      name: "a long text", before: "Foo: \(String(repeating: "a", count: 9000))1",
      after: "Foo: \(String(repeating: "a", count: 9000))2"),
    Case(
      name: "deep in a long list",
      before: "Foo: [\((0..<3000).map { "{a: \($0)}" }.joined(separator: ", ")), {a: 1}]",
      after: "Foo: [\((0..<3000).map { "{a: \($0)}" }.joined(separator: ", ")), {a: 2}]"),
    Case(
      name: "an item before", operation: "ec2.CreateTags",
      before: "Resources: [a]\nTags: [{Key: k, Value: [x]}]",
      after: "Resources: [a]\nTags: [{Key: j, Value: y}, {Key: k, Value: [x]}]"),
    Case(
      name: "a sensitive value", operation: "secretsmanager.PutSecretValue",
      before: "SecretId: a\nSecretString: [a, b]", after: "SecretId: a\nSecretString: [c]", isSame: true),
    Case(
      name: "a missing member of another name",
      before: "PackageType: TXT-DICTIONARY\nPackageSource: {S3Key: a}",
      after: "PackageType: TXT-DICTIONARY\nPackageSource: {S3Key: a}\nPackageName: abc"),
  ]

  @Test(arguments: cases)
  func whatCounts(_ test: Case) throws {
    let isWhole = test.operation != "opensearch.CreatePackage" || test.before.contains("PackageSource")
    let rest = isWhole ? "" : test.before.contains("PackageName") ? "" : Self.rest
    let before = try Self.keys(test.before + "\n" + rest, of: test.operation)
    let after = try Self.keys(test.after + "\n" + rest, of: test.operation)
    #expect(!before.isEmpty)
    #expect((before == after) == test.isSame)
  }

  @Test func theOperationCounts() throws {
    let one = try Self.keys("DomainName: ab\n", of: "opensearch.StartServiceSoftwareUpdate")
    let other = try Self.keys("DomainName: ab\n", of: "opensearch.DeleteDomain")
    #expect(one.map(\.operation) == ["opensearch.StartServiceSoftwareUpdate"])
    #expect(other.map(\.operation) == ["opensearch.DeleteDomain"])
    #expect(one.map(\.value) == other.map(\.value))
  }

  /// The digest is that of RFC 8785's form, so that others can make it.
  @Test(arguments: [
    ("Foo: {b: [1, x], a: null}", #"{"a":null,"b":[1,"x"]}"#), ("Foo: text", #""text""#), ("Foo: 10", "10"),
  ])
  func digestsAreThoseOfCanonicalJSON(_ text: String, _ canonical: String) throws {
    let keys = try Self.keys("\(text)\nDomainName: abc\n", of: "opensearch.DeleteDomain")
    #expect(keys.map(\.value) == [String(Digest.hexadecimal(of: canonical.utf8).prefix(32))])
  }

  /// Notation and frame decide nothing: the parameters are the same.
  @Test func notationDoesNotCount() throws {
    let yaml = try Self.keys("DomainName: [a, {b: 1}]\n", of: "opensearch.DeleteDomain")
    let json = try Self.keys(#"{"DomainName": ["a", {"b": 1}]}"#, of: "opensearch.DeleteDomain", as: .json)
    let envelope = try Self.keys(
      "service: opensearch\noperation: delete-domain\nparameters:\n  DomainName: [a, {b: 1}]\n",
      of: "opensearch.DeleteDomain")
    #expect(yaml == json && yaml == envelope)
  }

  // MARK: Baseline

  @Test func acceptsAsManyAsItLists() throws {
    let request = "# reqlint: opensearch.StartServiceSoftwareUpdate\nDomainName: ab\n"
    let text = "\(request)---\n\(request)---\n\(request)"
    let key = try #require(try Self.lint(text).findings.first?.key)
    let other = FindingKey(rule: "too-long", pointer: "/DomainName", value: nil)
    let result = try Self.lint(text, baseline: [key: 2, other: 1])
    #expect(result.findings.count == 1)
    #expect(
      result.suppressed.map(\.suppression) == [
        Suppression(origin: .baseline), Suppression(origin: .baseline),
      ])
    #expect(result.requests.map(\.verdict) == [.pass, .pass, .fail])
    #expect(result.goneFromBaseline == [other: 1])
    let all = try Self.lint(text, baseline: [key: 4])
    #expect(all.findings.isEmpty)
    #expect(all.goneFromBaseline == [key: 1])
  }

  /// The first format's value is what is marked: two letters of SHA-256 over `ab`.
  @Test func honoursOldKeys() throws {
    let old = FindingKey(
      rule: "too-short", pointer: "/DomainName",
      value: String(Digest.hexadecimal(of: "ab".utf8).prefix(16)))
    for operation in ["opensearch.StartServiceSoftwareUpdate", "opensearch.DeleteDomain"] {
      let result = try Self.lint("# reqlint: \(operation)\nDomainName: ab\n", baseline: [old: 1])
      #expect(result.findings.isEmpty)
      #expect(result.suppressed.count == 1)
    }
  }

  /// What was accepted as a warning does not accept an error; the other way round it does.
  @Test func severityCounts() throws {
    let text = "# reqlint: opensearch.StartServiceSoftwareUpdate\nDomainName: ab\n"
    let warning = RuleLevels(["too-short": .severity(.warning)])
    let asError = try #require(try Self.lint(text).findings.first?.key)
    let asWarning = try #require(try Self.lint(text, levels: warning).findings.first?.key)
    #expect(try Self.lint(text, baseline: [asWarning: 1]).findings.count == 1)
    #expect(try Self.lint(text, baseline: [asError: 1], levels: warning).findings.isEmpty)
  }

  @Test func whatWasNotCheckedIsNeverAccepted() throws {
    let text =
      "# reqlint: opensearch.DeleteDomain\nDomainName: \(String(repeating: "[", count: 600))\(String(repeating: "]", count: 600))\n"
    let result = try Self.lint(text)
    #expect(result.findings.map(\.rule) == ["document-limit"])
    let key = try #require(result.findings.first?.key)
    #expect(try Self.lint(text, baseline: [key: 1]).findings.count == 1)
    let never = BuiltInCheck.all.filter { $0.traits.contains(.beyondBaseline) }.map(\.id)
    #expect(never == ["document-limit", "evaluation-limit", "unusable-model"])
  }

  /// Where keys are not asked for, none are made.
  @Test func keysAreOptional() throws {
    let options = LintOptions(now: Instant(milliseconds: 0))
    let linter = Linter(Workbench(.builtIn), rules: RuleBook.builtInFiles, options: options)
    let text = SourceText("# reqlint: opensearch.DeleteDomain\nDomainName: ab\n")
    let result = linter.lint(
      RequestFile(path: "a.yaml", parts: ["a.yaml"], text: text, notation: .yaml, isDiscovered: false))
    #expect(result.findings.map(\.key) == [nil])
  }

  /// However deep findings are nested, each byte is digested once.
  @Test(.timeLimit(.minutes(1)))
  func takesLinearTime() throws {
    let depth = 200
    let text =
      "# reqlint: dynamodb.PutItem\nTableName: tab\nItem: " + String(repeating: "{a: 1, a: ", count: depth)
      + "[\(String(repeating: "12345, ", count: 20_000))1]" + String(repeating: "}", count: depth) + "\n"
    #expect(try Self.lint(text).findings.filter { $0.rule == "duplicate-key" }.count == depth)
  }
}
