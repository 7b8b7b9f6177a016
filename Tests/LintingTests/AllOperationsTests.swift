import Linting
import Syntax
import Testing
import Verdicts

/// What holds for every operation: the model's constraints.
@Suite struct AllOperationsTests {
  static let esStart = "es.StartElasticsearchServiceSoftwareUpdate"
  static let start = "opensearch.StartServiceSoftwareUpdate"
  static let esPackage = "es.CreatePackage"
  static let package = "opensearch.CreatePackage"
  static let instance = "proton.UpdateServiceInstance"
  static let pipeline = "proton.UpdateServicePipeline"

  private static let dictionary = "PackageName: abc\nPackageType: TXT-DICTIONARY"
  private static let source = "PackageSource: {S3BucketName: my-bucket, S3Key: k}"

  static let required = [
    LintCase("all given", of: esStart, "DomainName: logs"),
    LintCase("all given, JSON", json: #"{"DomainName":"logs"}"#, of: esStart),
    LintCase("empty mapping", of: esStart, "{}", ["error missing-parameter 2:1-2:2"]),
    LintCase("empty object", json: " {}", of: esStart, ["error missing-parameter 1:2-1:3"]),
    LintCase(
      "two of three missing", of: esPackage, "PackageType: TXT-DICTIONARY",
      ["error missing-parameter 2:1-2:12", "error missing-parameter 2:1-2:12"]),
    LintCase(
      "in an optional structure", of: package,
      "\(dictionary)\n\(source)\nPackageConfiguration:\n  LicenseRequirement: NONE",
      ["error missing-parameter 5:1-5:21 /PackageConfiguration"]),
    LintCase(
      "in an optional structure, JSON",
      json: """
        {"PackageName":"abc","PackageType":"TXT-DICTIONARY","PackageSource":{"S3BucketName":"abc","S3Key":"k"},
        "PackageVendingOptions":{}}
        """, of: package, ["error missing-parameter 2:1-2:24 /PackageVendingOptions"]),
    LintCase(
      "envelope without parameters", file: "service: es\noperation: \(esStart.dropFirst(3))\n",
      ["error missing-parameter 1:1-1:8"]),
    LintCase(
      "envelope with empty parameters",
      file: "service: es\noperation: \(esStart.dropFirst(3))\nparameters: {}\n",
      ["error missing-parameter 3:1-3:11"]),
  ]

  static let types = [
    LintCase("long", json: #"{"DomainName":"logs","DesiredStartTime":1796000400000}"#, of: start),
    LintCase(
      "boolean for long", json: #"{"DomainName":"logs","DesiredStartTime":true}"#, of: start,
      ["error wrong-type 1:41-1:45 /DesiredStartTime"]),
    LintCase(
      "string for long", json: #"{"DomainName":"logs","DesiredStartTime":"1796000400000"}"#, of: start,
      ["error wrong-type 1:41-1:56 /DesiredStartTime"]),
    LintCase(
      "fraction for long", json: #"{"DomainName":"logs","DesiredStartTime":1.5}"#, of: start,
      ["error wrong-type 1:41-1:44 /DesiredStartTime"]),
    LintCase(
      "whole number with an exponent for long",
      json: #"{"DomainName":"logs","DesiredStartTime":1796000400e3}"#, of: start,
      ["error wrong-type 1:41-1:53 /DesiredStartTime"]),
    LintCase(
      "null for long", json: #"{"DomainName":"logs","DesiredStartTime":null}"#, of: start,
      ["error wrong-type 1:41-1:45 /DesiredStartTime"]),
    LintCase(
      "null for a required string", json: #"{"DomainName":null}"#, of: start,
      ["error wrong-type 1:15-1:19 /DomainName"]),
    LintCase("nothing for a string", of: start, "DomainName:", ["error wrong-type 2:1-2:11 /DomainName"]),
    LintCase("tilde for a string", of: start, "DomainName: ~", ["error wrong-type 2:13-2:14 /DomainName"]),
    LintCase("number for string", of: esStart, "DomainName: 123", ["error wrong-type 2:13-2:16 /DomainName"]),
    LintCase(
      "list for string", of: esStart, "DomainName: [logs]", ["error wrong-type 2:13-2:14 /DomainName"]),
    LintCase(
      "block list for string", of: esStart, "DomainName:\n  - logs", ["error wrong-type 3:3-3:4 /DomainName"]),
    LintCase(
      "string for structure", of: esPackage, "\(dictionary)\nPackageSource: s3://my-bucket/k",
      ["error wrong-type 4:16-4:32 /PackageSource"]),
    LintCase(
      "string for boolean", of: package,
      "\(dictionary)\n\(source)\nPackageVendingOptions: {VendingEnabled: \"true\"}",
      ["error wrong-type 5:41-5:47 /PackageVendingOptions/VendingEnabled"]),
    LintCase(
      "number for boolean", of: package,
      "\(dictionary)\n\(source)\nPackageVendingOptions: {VendingEnabled: 1}",
      ["error wrong-type 5:41-5:42 /PackageVendingOptions/VendingEnabled"]),
    LintCase(
      "yes is a boolean to YAML 1.1 alone", of: package,
      "\(dictionary)\n\(source)\nPackageVendingOptions: {VendingEnabled: yes}",
      ["warning ambiguous-scalar 5:41-5:44 /PackageVendingOptions/VendingEnabled"]),
    LintCase("list for the parameters", json: "[]", of: esStart, ["error wrong-type 1:1-1:2"]),
    LintCase("text for the parameters", json: #""logs""#, of: esStart, ["error wrong-type 1:1-1:7"]),
    LintCase(
      "null for the parameters", file: "service: es\noperation: \(esStart.dropFirst(3))\nparameters:\n",
      ["error wrong-type 3:1-3:11"]),
    LintCase(
      "tag that does not fit", of: start, "DomainName: logs\nDesiredStartTime: !!int soon",
      ["error wrong-type 3:25-3:29 /DesiredStartTime"]),
    LintCase(
      "tag that fits", of: start, "DomainName: !!str 123-x\nDesiredStartTime: !!int \"1796000400000\"",
      ["error pattern-mismatch 2:19-2:24 /DomainName"]),
  ]

  static let integers = [
    LintCase(
      "largest long is no overflow", json: #"{"DomainName":"logs","DesiredStartTime":9223372036854775807}"#,
      of: start, ["error desired-start-time-not-epoch 1:41-1:60 /DesiredStartTime"]),
    LintCase(
      "one more", json: #"{"DomainName":"logs","DesiredStartTime":9223372036854775808}"#, of: start,
      ["error integer-overflow 1:41-1:60 /DesiredStartTime"]),
    LintCase(
      "smallest long is no overflow", json: #"{"DomainName":"logs","DesiredStartTime":-9223372036854775808}"#,
      of: start, ["error desired-start-time-not-epoch 1:41-1:61 /DesiredStartTime"]),
    LintCase(
      "one less", json: #"{"DomainName":"logs","DesiredStartTime":-9223372036854775809}"#, of: start,
      ["error integer-overflow 1:41-1:61 /DesiredStartTime"]),
    LintCase(
      "two to the seventieth", of: start, "DomainName: logs\nDesiredStartTime: 1180591620717411303424",
      ["error integer-overflow 3:19-3:41 /DesiredStartTime"]),
  ]

  static let members = [
    LintCase(
      "other casing", of: esStart, "DomainName: logs\ndomainName: x",
      ["error unknown-parameter 3:1-3:11 /domainName"]),
    LintCase(
      "member of the sibling", of: esStart, "DomainName: logs\nScheduleAt: NOW",
      ["error unknown-parameter 3:1-3:11 /ScheduleAt"]),
    LintCase(
      "nested", of: esPackage,
      "\(dictionary)\nPackageSource: {S3BucketName: my-bucket, S3Key: k, Region: us-east-1}",
      ["error unknown-parameter 4:52-4:58 /PackageSource/Region"]),
    LintCase(
      "nested, JSON",
      json: """
        {"PackageName":"abc","PackageType":"TXT-DICTIONARY","PackageSource":{
          "S3BucketName":"abc","S3Key":"k",
          "Region":"us-east-1"}}
        """, of: esPackage, ["error unknown-parameter 3:3-3:11 /PackageSource/Region"]),
    LintCase(
      "key that is no text", of: esStart, "DomainName: logs\n? [a]\n: x",
      ["error unknown-parameter 3:3-3:4 /"]),
    LintCase(
      "pointer with escapes", of: esStart, "DomainName: logs\na/b~c: x",
      ["error unknown-parameter 3:1-3:6 /a~1b~0c"]),
  ]

  static let lengths = [
    LintCase("three characters", of: start, "DomainName: abc"),
    LintCase("two", of: start, "DomainName: ab", ["error too-short 2:13-2:15 /DomainName"]),
    LintCase("28 characters", of: start, "DomainName: \(String(repeating: "a", count: 28))"),
    LintCase(
      "29", of: start, "DomainName: \(String(repeating: "a", count: 29))",
      ["error too-long 2:13-2:42 /DomainName"]),
    LintCase(
      "none", of: start, "DomainName: ''",
      ["error pattern-mismatch 2:13-2:15 /DomainName", "error too-short 2:13-2:15 /DomainName"]),
    LintCase(
      "scalar values count, not bytes", of: package,
      "\(dictionary)\n\(source)\nPackageDescription: \(String(repeating: "ä", count: 512))"),
    LintCase(
      "bytes over the limit while scalar values are not", of: package,
      "\(dictionary)\n\(source)\nPackageDescription: \(String(repeating: "ä", count: 513))",
      ["warning too-long 5:21-5:534 /PackageDescription"]),
    LintCase(
      "scalar values count, not clusters", of: package,
      "\(dictionary)\n\(source)\nPackageDescription: \(String(repeating: "e\u{301}", count: 513))",
      ["error too-long 5:21-5:1047 /PackageDescription"]),
    LintCase(
      "an escaped pair is one scalar value",
      json: """
        {"PackageName":"abc","PackageType":"TXT-DICTIONARY","PackageSource":{"S3BucketName":"abc","S3Key":"k"},
        "PackageDescription":"\(String(repeating: #"\ud83d\ude00"#, count: 256))"}
        """, of: package),
  ]

  static let patterns = [
    LintCase("fits", of: start, "DomainName: my-domain"),
    LintCase(
      "capitals", of: start, "DomainName: My_Domain", ["error pattern-mismatch 2:13-2:22 /DomainName"]),
    LintCase(
      "line break at the end", of: start, #"DomainName: "abc\n""#,
      ["error pattern-mismatch 2:13-2:20 /DomainName"]),
    LintCase(
      "only the beginning fits", of: start, "DomainName: abc.def/../x",
      ["error pattern-mismatch 2:13-2:25 /DomainName"]),
    LintCase(
      "digits of another script", of: start, "DomainName: abc\u{663}",
      ["error pattern-mismatch 2:13-2:17 /DomainName"]),
  ]

  static let values = [
    LintCase("fits", of: start, "DomainName: logs\nScheduleAt: NOW"),
    LintCase(
      "other casing", of: start, "DomainName: logs\nScheduleAt: now",
      ["error unknown-value 3:13-3:16 /ScheduleAt"]),
    LintCase(
      "empty", of: start, "DomainName: logs\nScheduleAt: ''", ["error unknown-value 3:13-3:15 /ScheduleAt"]),
    LintCase(
      "blank at the end", of: start, "DomainName: logs\nScheduleAt: 'NOW '",
      ["error unknown-value 3:13-3:19 /ScheduleAt"]),
  ]

  static let regions = [
    LintCase("proton has it", file: "# reqlint: proton.ListServices region=us-east-1\n{}\n", []),
    LintCase(
      "proton lacks it", file: "# reqlint: proton.ListServices region=sa-east-1\n{}\n",
      ["warning unknown-region 1:39-1:48"]),
    LintCase(
      "no region at all", file: "# reqlint: \(esStart) region=eu-wset-1\nDomainName: logs\n",
      ["warning unknown-region 1:62-1:71"]),
    LintCase(
      "pseudo region of endpoints", file: "# reqlint: \(esStart) region=fips-us-east-1\nDomainName: logs\n",
      ["warning unknown-region 1:62-1:76"]),
    LintCase("China", file: "# reqlint: \(esStart) region=cn-north-1\nDomainName: logs\n"),
    LintCase(
      "in an envelope",
      file: """
        {"service": "proton", "operation": "ListServices",
         "region": "cn-north-1", "parameters": {}}
        """, as: .json, ["warning unknown-region 2:12-2:24 /region"]),
  ]

  static let keys = [
    LintCase(
      "twice", json: #"{"DomainName":"a-1","DomainName":"b-1"}"#, of: start,
      ["error duplicate-key 1:21-1:33 /DomainName"]),
    LintCase(
      "twice, one escaped", json: #"{"DomainName":"a-1","Domain\u004eame":"b-1"}"#, of: start,
      ["error duplicate-key 1:21-1:38 /DomainName"]),
    LintCase(
      "twice in YAML, nested", of: esPackage,
      "\(dictionary)\nPackageSource:\n  S3BucketName: abc\n  S3Key: k\n  S3Key: l",
      ["error duplicate-key 7:3-7:8 /PackageSource/S3Key"]),
    LintCase(
      "three times", of: esStart, "DomainName: abc\nDomainName: abd\nDomainName: abe",
      ["error duplicate-key 3:1-3:11 /DomainName", "error duplicate-key 4:1-4:11 /DomainName"]),
  ]

  static let names = [
    LintCase("exists", of: esPackage, "\(dictionary)\n\(source)"),
    LintCase(
      "operation of the sibling", of: "es.StartServiceSoftwareUpdate", "DomainName: logs",
      ["error unknown-operation 1:12-1:41"]),
    LintCase(
      "service that does not exist", of: "opensarch.CreatePackage", "{}", ["error unknown-service 1:12-1:35"]),
  ]

  static let deprecations = [
    LintCase("es", of: "es.ListDomainNames", "{}"),
    LintCase(
      "proton", of: "proton.ListServices", "{}",
      ["warning deprecated-operation 1:12-1:31", "warning service-ended 2:1-2:2"]),
  ]

  @Test(
    arguments: required + types + integers + members + lengths + patterns + values + keys + names)
  func model(_ test: LintCase) throws {
    let linted = try Linted(test)
    #expect(linted.lines() == test.expected)
  }

  @Test(arguments: regions)
  func region(_ test: LintCase) throws {
    let linted = try Linted(test)
    #expect(linted.lines(without: Linted.background) == test.expected)
  }

  @Test(arguments: deprecations)
  func deprecation(_ test: LintCase) throws {
    let linted = try Linted(test)
    #expect(linted.lines() == test.expected)
  }

  @Test func hints() throws {
    let casing = try Linted("# reqlint: \(Self.esStart)\nDomainName: logs\ndomainName: x\n")
    #expect(
      casing.words(of: "unknown-parameter") == [
        "es.StartElasticsearchServiceSoftwareUpdate has no parameter \"domainName\", only DomainName"
          + " | did you mean DomainName?"
      ])
    let sibling = try Linted("# reqlint: \(Self.esStart)\nDomainName: logs\nScheduleAt: NOW\n")
    #expect(
      sibling.words(of: "unknown-parameter") == [
        "es.StartElasticsearchServiceSoftwareUpdate has no parameter \"ScheduleAt\", only DomainName"
          + " | opensearch.StartServiceSoftwareUpdate takes it; change the service"
      ])
    let value = try Linted("# reqlint: \(Self.start)\nDomainName: logs\nScheduleAt: now\n")
    #expect(
      value.words(of: "unknown-value") == [
        "ScheduleAt must be one of NOW, TIMESTAMP, OFF_PEAK_WINDOW, not \"now\" | did you mean NOW?"
      ])
    let number = try Linted("# reqlint: \(Self.start)\nDomainName: 123\nDesiredStartTime: \"5\"\n")
    #expect(
      number.words(of: "wrong-type") == [
        "DomainName must be a string, but is the integer 123 | quote it: \"123\"",
        "DesiredStartTime must be an integer, but is the string \"5\" | remove the quotes",
      ])
  }

  /// A finding about a request says where the constraint is written down.
  @Test func sources() throws {
    let linted = try Linted(
      "# reqlint: \(Self.start)\nDomainName: ab\nScheduleAt: TIMESTAMP\n---\nfoo: bar\n")
    #expect(
      linted.result.findings.map { "\($0.rule) \($0.source ?? "-")" } == [
        "too-short https://docs.aws.amazon.com/goto/WebAPI/opensearch-2021-01-01/StartServiceSoftwareUpdate",
        "timestamp-without-desired-start-time "
          + "https://docs.aws.amazon.com/goto/WebAPI/opensearch-2021-01-01/StartServiceSoftwareUpdate",
        "unbound-request -",
      ])
  }

  /// A value that the model calls sensitive is in no message, whatever is wrong with it.
  @Test(arguments: [
    "spec: hunter2hunter2", "spec: [hunter2hunter2]", "spec: {password: hunter2hunter2}",
    "spec: \"\\thunter2hunter2: [\"", "spec: |\n  proton: ServiceSpec\n  password: hunter2hunter2\n",
    "spec: |\n  a: *hunter2hunter2\n", "spec: |\n  a: !hunter2hunter2 b\n", "spec: file://hunter2hunter2",
    "spec: hunter2hunter2.yaml", "spec: <hunter2hunter2>", "spec: !!binary hunter2hunter2",
    "spec: |\n  instances: [{name: hunter2hunter2, environment: 5, spec: {}}]\n",
    "spec: '\(String(repeating: "hunter2hunter2", count: 4000))'",
  ])
  func sensitive(_ spec: String) throws {
    for mode in ["NONE", "CURRENT_VERSION"] {
      let linted = try Linted(
        "# reqlint: \(Self.instance)\nserviceName: s\nname: i\ndeploymentType: \(mode)\n\(spec)\n",
        severity: .info)
      #expect(linted.lines(without: Linted.background + ["client-token-generated-per-run"]).isEmpty == false)
      for finding in linted.result.findings {
        #expect(!finding.message.contains("hunter2"))
        #expect(finding.hint?.contains("hunter2") != true)
      }
      #expect(!linted.result.sensitiveSpans.isEmpty)
    }
  }
}
