import Linting
import Syntax
import Testing
import Verdicts

/// Updating service instances and pipelines of Proton.
@Suite struct ProtonTests {
  private static let updateInstance = "proton.UpdateServiceInstance"
  private static let updatePipeline = "proton.UpdateServicePipeline"

  /// Service and instance names in lines 2 and 3, the mode in line 4, more members from line 5 on.
  private static func instance(
    _ name: String, _ mode: String, _ members: String = "", _ expected: [String] = []
  ) -> LintCase {
    LintCase(
      name, of: updateInstance, "serviceName: s\nname: i\ndeploymentType: \(mode)\n\(members)", expected)
  }

  /// A spec as a literal block: its first line is line 6, indented by two.
  private static func spec(_ name: String, _ spec: String, _ expected: [String] = []) -> LintCase {
    let block = spec.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
    return instance(name, "CURRENT_VERSION", "spec: |\n\(block.joined(separator: "\n"))", expected)
  }

  /// The service's name in line 2, the mode in line 3, more members from line 4 on.
  private static func pipeline(_ name: String, _ members: String, _ expected: [String] = []) -> LintCase {
    LintCase(name, of: updatePipeline, "serviceName: s\ndeploymentType: MINOR_VERSION\n\(members)", expected)
  }

  private static let good = "proton: ServiceSpec\ninstances:\n  - {name: i, environment: e, spec: {}}"
  private static let flow = "spec: '{proton: ServiceSpec, pipeline: {}}'"

  static let ends: [(now: String, expected: [String])] = [
    ("2026-10-06T23:59:59.999Z", ["warning service-ending 2:1-2:12"]),
    ("2026-10-07T00:00:00Z", ["warning service-ended 2:1-2:12"]),
    ("2026-11-20T12:00:00Z", ["warning service-ended 2:1-2:12"]),
    ("2026-01-01T00:00:00Z", ["warning service-ending 2:1-2:12"]),
  ]

  static let modes: [LintCase] = [
    instance("minor", "MINOR_VERSION"),
    instance("patch", "PATCH", "", ["error unknown-value 4:17-4:22 /deploymentType"]),
    instance("casing", "minor_version", "", ["error unknown-value 4:17-4:30 /deploymentType"]),
    pipeline(
      "pipeline has no name", "name: i\n\(flow)", ["error unknown-parameter 4:1-4:5 /name"]),
    pipeline(
      "pipeline has no token", "clientToken: t\n\(flow)", ["error unknown-parameter 4:1-4:12 /clientToken"]),
    pipeline("pipeline needs a spec", "", ["error missing-parameter 2:1-2:12"]),
    pipeline("pipeline with a spec", flow),
    pipeline(
      "spec without pipeline", "spec: '{proton: ServiceSpec, instances: []}'",
      ["warning spec-without-pipeline 4:8-4:9 /spec"]),
  ]

  static let names: [LintCase] = [
    named("a_b", []), named("a", []), named("0", ["error wrong-type 3:7-3:8 /name"]),
    named("_a", ["error pattern-mismatch 3:7-3:9 /name"]),
    named("a/b", ["error pattern-mismatch 3:7-3:10 /name"]),
    named(String(repeating: "a", count: 100), []),
    named(String(repeating: "a", count: 101), ["error too-long 3:7-3:108 /name"]),
    named("''", ["error pattern-mismatch 3:7-3:9 /name", "error too-short 3:7-3:9 /name"]),
    named("ä", ["error pattern-mismatch 3:7-3:8 /name"]),
  ]

  private static func named(_ name: String, _ expected: [String]) -> LintCase {
    LintCase(
      name, of: updateInstance, "serviceName: s\nname: \(name)\ndeploymentType: MINOR_VERSION", expected)
  }

  static let versions: [LintCase] = [
    instance("text", "MAJOR_VERSION", "templateMajorVersion: '2'\nspec: '{proton: ServiceSpec}'"),
    instance(
      "number", "MAJOR_VERSION", "templateMajorVersion: 2\nspec: '{proton: ServiceSpec}'",
      ["error wrong-type 5:23-5:24 /templateMajorVersion"]),
    instance(
      "leading zero", "MAJOR_VERSION", "templateMajorVersion: '01'\nspec: '{proton: ServiceSpec}'",
      ["error pattern-mismatch 5:23-5:27 /templateMajorVersion"]),
    instance(
      "zero", "MAJOR_VERSION", "templateMajorVersion: '0'\nspec: '{proton: ServiceSpec}'"),
    instance(
      "digit of another script", "MAJOR_VERSION",
      "templateMajorVersion: '1\u{663}'\nspec: '{proton: ServiceSpec}'",
      ["error pattern-mismatch 5:23-5:27 /templateMajorVersion"]),
    instance(
      "21 digits", "MAJOR_VERSION", "templateMajorVersion: '\(String(repeating: "1", count: 21))'\n\(flow)",
      ["error too-long 5:23-5:46 /templateMajorVersion"]),
    instance(
      "current with both", "CURRENT_VERSION",
      "templateMajorVersion: '1'\ntemplateMinorVersion: '0'\nspec: '{proton: ServiceSpec}'",
      [
        "error versions-with-current-version 5:23-5:26 /templateMajorVersion",
        "error versions-with-current-version 6:23-6:26 /templateMinorVersion",
      ]),
    instance("current with spec", "CURRENT_VERSION", "spec: '{proton: ServiceSpec}'"),
    instance(
      "current without spec", "CURRENT_VERSION", "",
      ["warning current-version-without-spec 4:17-4:32 /deploymentType"]),
    instance(
      "none with major", "NONE", "templateMajorVersion: '1'\nspec: '{proton: ServiceSpec}'",
      ["warning versions-with-none 5:23-5:26 /templateMajorVersion"]),
    instance("none with nothing", "NONE", "", ["warning none-without-change 4:17-4:21 /deploymentType"]),
    instance(
      "minor with major", "MINOR_VERSION", "templateMajorVersion: '1'",
      ["warning major-version-with-minor-update 5:23-5:26 /templateMajorVersion"]),
    instance("minor with minor", "MINOR_VERSION", "templateMinorVersion: '1'"),
    instance(
      "major without spec", "MAJOR_VERSION", "templateMajorVersion: '2'",
      ["warning major-version-without-spec 4:17-4:30 /deploymentType"]),
    instance(
      "minor without major", "MAJOR_VERSION", "templateMinorVersion: '2'\nspec: '{proton: ServiceSpec}'",
      ["warning minor-without-major-version 5:23-5:26 /templateMinorVersion"]),
    pipeline(
      "pipeline, minor with major", "templateMajorVersion: '1'\n\(flow)",
      ["warning major-version-with-minor-update 4:23-4:26 /templateMajorVersion"]),
    LintCase(
      "pipeline, current with minor",
      json: """
        {"serviceName": "s", "deploymentType": "CURRENT_VERSION",
         "templateMinorVersion": "1", "spec": "{proton: ServiceSpec, pipeline: {}}"}
        """, of: updatePipeline, ["error versions-with-current-version 2:26-2:29 /templateMinorVersion"]),
  ]

  static let tokens: [LintCase] = [
    instance("token", "MINOR_VERSION", "clientToken: tok-1"),
    instance("blank", "MINOR_VERSION", "clientToken: a b", ["error pattern-mismatch 5:14-5:17 /clientToken"]),
    instance(
      "empty", "MINOR_VERSION", "clientToken: ''", ["warning empty-client-token 5:14-5:16 /clientToken"]),
    instance("64", "MINOR_VERSION", "clientToken: \(String(repeating: "t", count: 64))"),
    instance(
      "65", "MINOR_VERSION", "clientToken: \(String(repeating: "t", count: 65))",
      ["error too-long 5:14-5:79 /clientToken"]),
    instance("all signs", "MINOR_VERSION", "clientToken: '!\"#~'"),
    instance(
      "delete", "MINOR_VERSION", #"clientToken: "\x7f""#, ["error pattern-mismatch 5:14-5:20 /clientToken"]),
  ]

  static let specs: [LintCase] = [
    spec("good", good),
    instance("empty", "CURRENT_VERSION", "spec: ''", ["error too-short 5:7-5:9 /spec"]),
    instance("open bracket", "CURRENT_VERSION", "spec: '['", ["error spec-not-mapping 5:9-5:9 /spec"]),
    instance("a list", "CURRENT_VERSION", "spec: '[a]'", ["error spec-not-mapping 5:8-5:9 /spec"]),
    instance("a word", "CURRENT_VERSION", "spec: x", ["error spec-not-mapping 5:7-5:8 /spec"]),
    instance("a word that is not deployed", "NONE", "spec: x", ["warning placeholder-spec 5:7-5:8 /spec"]),
    instance("a number", "CURRENT_VERSION", "spec: '5'", ["error spec-not-mapping 5:8-5:9 /spec"]),
    instance("no text", "CURRENT_VERSION", "spec: {a: b}", ["error wrong-type 5:7-5:8 /spec"]),
    instance(
      "a file", "CURRENT_VERSION", "spec: file://s.yaml", ["error unexpanded-file-uri 5:7-5:20 /spec"]),
    instance(
      "a file that is not deployed", "NONE", "spec: file://s", ["error unexpanded-file-uri 5:7-5:15 /spec"]),
    instance("a path", "CURRENT_VERSION", "spec: specs/s.yaml", ["error spec-is-path 5:7-5:19 /spec"]),
    instance(
      "two documents", "CURRENT_VERSION", #"spec: "a: 1\n---\nb: 1""#,
      ["error spec-not-mapping 5:7-5:24 /spec"]),
    instance(
      "only a comment", "CURRENT_VERSION", "spec: '# later'", ["error spec-not-mapping 5:7-5:16 /spec"]),
    instance(
      "51200", "CURRENT_VERSION", "spec: '{proton: ServiceSpec, x: \(String(repeating: "x", count: 51_174))}'"
    ),
    instance(
      "51201", "CURRENT_VERSION",
      "spec: '{proton: ServiceSpec, x: \(String(repeating: "x", count: 51_175))}'",
      ["error too-long 5:7-5:51210 /spec"]),
    instance(
      "51200 with many bytes", "CURRENT_VERSION",
      "spec: '{proton: ServiceSpec, x: \(String(repeating: "ä", count: 51_174))}'",
      ["warning too-long 5:7-5:51209 /spec"]),
    spec(
      "no header", "instances: []",
      [
        "warning spec-without-header 6:3-6:12 /spec", "warning instance-not-in-spec 6:14-6:15 /spec",
      ]),
    spec("other header", "proton: Service", ["warning spec-without-header 6:11-6:18 /spec"]),
    spec("header in quotes", "\"proton\": 'ServiceSpec'"),
    spec(
      "instances no list", "proton: ServiceSpec\ninstances: {}",
      [
        "warning spec-instances-malformed 7:14-7:15 /spec"
      ]),
    spec(
      "members of an instance missing", "proton: ServiceSpec\ninstances:\n  - name: i",
      ["warning spec-instances-malformed 8:7-8:11 /spec"]),
    spec(
      "name of an instance", "proton: ServiceSpec\ninstances:\n  - {name: _i, environment: e, spec: {}}",
      ["warning instance-not-in-spec 8:5-8:6 /spec", "warning spec-instances-malformed 8:14-8:16 /spec"]),
    spec(
      "same name twice", "\(good)\n  - {name: i, environment: f, spec: {}}",
      ["warning spec-instance-names-not-unique 9:14-9:15 /spec"]),
    spec(
      "other instance", "proton: ServiceSpec\ninstances:\n  - {name: j, environment: e, spec: {}}",
      ["warning instance-not-in-spec 8:5-8:6 /spec"]),
    spec("20 instances", list(20)),
    spec("21 instances", list(21), ["warning spec-too-many-instances 8:5-8:6 /spec"]),
    spec(
      "alias bomb", bomb, ["error evaluation-limit 2:1-2:12"]),
    spec(
      "credential", "\(good)\npipeline:\n  dbPassword: Xk2-9fQz.71m",
      ["warning secret-in-spec 10:17-10:29 /spec"]),
    spec("key id", "\(good)\nnote: AKIAIOSFODNN7EXAMPLE", ["warning secret-in-spec 9:9-9:29 /spec"]),
    spec(
      "reference to a secret", "\(good)\npipeline:\n  dbPassword: arn:aws:secretsmanager:eu-west-1:1:secret:x"
    ),
  ]

  private static func list(_ count: Int) -> String {
    let names = ["i"] + (1..<count).map { "i\($0)" }
    let items = names.map { "  - {name: \($0), environment: e, spec: {}}" }
    return "proton: ServiceSpec\ninstances:\n\(items.joined(separator: "\n"))"
  }

  private static let bomb =
    (["a: &a [x,x,x,x,x,x,x,x,x,x]"]
    + zip("bcdefg", "abcdef").map { name, inner in
      "\(name): &\(name) [\(Array(repeating: "*\(inner)", count: 10).joined(separator: ","))]"
    }).joined(separator: "\n")

  static let infos: [LintCase] = [
    instance("no token", "MINOR_VERSION", "", ["info client-token-generated-per-run 2:1-2:12"]),
    instance("token", "MINOR_VERSION", "clientToken: t"),
    instance(
      "kept values", "CURRENT_VERSION",
      "clientToken: t\nspec: |\n  proton: ServiceSpec\n  pipeline: {a: \"${Proton::CURRENT_VAL}\"}",
      ["info spec-keeps-current-values 8:17-8:41 /spec"]),
    pipeline("pipeline has no token", flow),
  ]

  @Test(arguments: ends)
  func endOfSupport(_ test: (now: String, expected: [String])) throws {
    let text = SourceText(Self.instance("", "MINOR_VERSION").text)
    let linted = try Linted(text, now: test.now)
    #expect(linted.lines() == ["warning deprecated-operation 1:12-1:40"] + test.expected)
  }

  @Test func daysBeforeAndAfterTheEnd() throws {
    let text = SourceText(Self.instance("", "MINOR_VERSION").text)
    #expect(
      try Linted(text, now: "2026-10-06T23:59:59Z").messages.last
        == "AWS Proton ends on 2026-10-07, 1 day after this check")
    #expect(
      try Linted(text).messages.last == "AWS Proton ended on 2026-10-07, 44 days before this check")
  }

  @Test(arguments: modes + names + versions + tokens + specs)
  func findings(_ test: LintCase) throws {
    let linted = try Linted(test)
    #expect(linted.lines(without: Linted.background) == test.expected)
  }

  @Test(arguments: infos)
  func worthKnowing(_ test: LintCase) throws {
    let linted = try Linted(test, severity: .info)
    #expect(linted.lines(without: Linted.background) == test.expected)
  }

  static let regions = [
    "ap-northeast-1", "ap-northeast-2", "ap-southeast-1", "ap-southeast-2", "ca-central-1", "eu-central-1",
    "eu-west-1", "eu-west-2", "us-east-1", "us-east-2", "us-west-2",
  ]

  @Test(
    arguments: [("sa-east-1", false), ("cn-north-1", false), ("us-gov-west-1", false)]
      + regions.map { ($0, true) })
  func region(_ name: String, _ isOffered: Bool) throws {
    let text =
      "# reqlint: proton.UpdateServiceInstance region=\(name)\nserviceName: s\nname: i\ndeploymentType: MINOR_VERSION\n"
    let linted = try Linted(text)
    let expected = "warning unknown-region 1:48-1:\(48 + name.count)"
    #expect(linted.lines(without: Linted.background) == (isOffered ? [] : [expected]))
  }
}
