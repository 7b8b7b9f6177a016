import Linting
import Models
import Requests
import Rules
import Syntax
import Testing

/// What fixing a text gives.
struct FixedText {
  let text: String
  let repairs: [String]
  let unsafeCount: Int

  init(
    _ text: String, as notation: Document.Notation = .yaml, operation: String? = nil, unsafe: Bool = false
  ) throws {
    var options = LintOptions(now: try #require(Instant(rfc3339: "2026-11-20T12:00:00Z")))
    options.operation = operation.flatMap { OperationID(parsing: $0) }
    let fixer = Fixer(
      Workbench(.builtIn), rules: RuleBook.builtInFiles, options: options, takesUnsafe: unsafe)
    let fixed = fixer.fix(
      RequestFile(
        path: "request.yaml", parts: ["request.yaml"], text: SourceText(text), notation: notation,
        isDiscovered: false))
    self.text = String(decoding: fixed.text.bytes, as: UTF8.self)
    repairs = fixed.repairs.map { "\($0.isSafe ? "safe" : "unsafe") \($0.rule) \($0.pointer)" }
    unsafeCount = fixed.unsafeCount
  }
}

/// A file before and after it is fixed.
struct FixCase: CustomTestStringConvertible, Sendable {
  let name: String
  let operation: String
  let before: String
  let after: String
  var notation = Document.Notation.yaml
  var isUnsafe = false

  var testDescription: String { name }

  init(
    _ name: String, of operation: String = FixTests.update, _ before: String, _ after: String,
    as notation: Document.Notation = .yaml, unsafe: Bool = false
  ) {
    self.name = name
    self.operation = operation
    self.before = before
    self.after = after
    self.notation = notation
    isUnsafe = unsafe
  }

  /// A file that is left as it is.
  init(
    _ name: String, of operation: String = FixTests.update, keeps text: String,
    as notation: Document.Notation = .yaml, unsafe: Bool = false
  ) {
    self.init(name, of: operation, text, text, as: notation, unsafe: unsafe)
  }
}

@Suite struct FixTests {
  static let update = "opensearch.StartServiceSoftwareUpdate"
  static let instance = "proton.UpdateServiceInstance"
  static let package = "opensearch.CreatePackage"

  /// A Proton request that lacks only what a test gives.
  private static func minor(
    _ name: String, _ members: String, _ fixed: String, unsafe: Bool = false
  ) -> FixCase {
    let start = "name: a\nserviceName: b\n"
    return FixCase(name, of: instance, start + members, start + fixed, unsafe: unsafe)
  }

  static let quotes = [
    minor(
      "plain version", "deploymentType: MINOR_VERSION\ntemplateMinorVersion: 3 # three\n",
      "deploymentType: MINOR_VERSION\ntemplateMinorVersion: \"3\" # three\n"),
    FixCase(
      "CRLF, anchor, aligned", of: instance,
      "name:    7\r\nserviceName: &s  true\r\ndeploymentType: NONE\r\n",
      "name:    \"7\"\r\nserviceName: &s  \"true\"\r\ndeploymentType: NONE\r\n"),
    FixCase(
      "lone CR, byte order mark", of: instance, "\u{FEFF}name: 7\rserviceName: b\rdeploymentType: NONE\r",
      "\u{FEFF}name: \"7\"\rserviceName: b\rdeploymentType: NONE\r"),
    FixCase("flow", of: instance, "{name: 1.10,serviceName: b, deploymentType: NONE}\n", keepsPattern),
    FixCase(
      "flow with room", of: instance, "{ name: 7, serviceName: 8 , deploymentType: NONE }",
      "{ name: \"7\", serviceName: \"8\" , deploymentType: NONE }"),
    FixCase(
      "JSON", of: instance, "{\"name\":7,\"serviceName\":true,\"deploymentType\":\"NONE\"}",
      "{\"name\":\"7\",\"serviceName\":\"true\",\"deploymentType\":\"NONE\"}", as: .json),
    FixCase(
      "spelling kept", of: package,
      "PackageName: package-a\nPackageType: TXT-DICTIONARY\nPackageDescription: 1_0.50\n"
        + "PackageSource: {S3BucketName: bucket-a, S3Key: 010}\n",
      "PackageName: package-a\nPackageType: TXT-DICTIONARY\nPackageDescription: \"1_0.50\"\n"
        + "PackageSource: {S3BucketName: bucket-a, S3Key: \"010\"}\n"),
    FixCase("null", of: instance, keeps: "name: ~\nserviceName: b\ndeploymentType: NONE\n"),
    FixCase("tag", of: instance, keeps: "name: !!int 7\nserviceName: b\ndeploymentType: NONE\n"),
    FixCase(
      "alias", of: instance, keeps: "name: &n 7\nserviceName: *n\ndeploymentType: NONE\n"),
    FixCase(
      "merge",
      keeps:
        "<<: {DomainName: 123}\nScheduleAt: NOW\n"),
  ]

  /// A name with a dot would be refused once it is text.
  private static let keepsPattern = "{name: 1.10,serviceName: b, deploymentType: NONE}\n"

  static let other = "rds.CreateDBInstance"
  private static func database(_ name: String, _ members: String, _ fixed: String) -> FixCase {
    let start = "DBInstanceIdentifier: a\nDBInstanceClass: db.t3.micro\nEngine: mysql\n"
    return FixCase(name, of: other, start + members, start + fixed)
  }

  static let readings = [
    database("yes for a boolean", "MultiAZ: yes # both\n", "MultiAZ: true # both\n"),
    database("Off for a boolean", "MultiAZ: Off\n", "MultiAZ: false\n"),
    database("underscores for an integer", "AllocatedStorage: 1_000\n", "AllocatedStorage: 1000\n"),
    database("octal as in 1.2", "AllocatedStorage: 0o17\n", "AllocatedStorage: 15\n"),
    database("octal to one only", "AllocatedStorage: 017\n", "AllocatedStorage: 017\n"),
    database("base 60", "AllocatedStorage: 1:30\n", "AllocatedStorage: 1:30\n"),
    database("quoted integer", "AllocatedStorage: '20' # GiB\n", "AllocatedStorage: 20 # GiB\n"),
    database("quoted boolean", "MultiAZ: \"true\"\n", "MultiAZ: true\n"),
    database("quoted boolean of one reader", "MultiAZ: \"True\"\n", "MultiAZ: \"True\"\n"),
    database("quoted octal", "AllocatedStorage: '020'\n", "AllocatedStorage: '020'\n"),
    database("yes for a string", "DBName: yes\n", "DBName: \"yes\"\n"),
    FixCase(
      "quoted in JSON", of: other,
      #"{"DBInstanceIdentifier":"a","DBInstanceClass":"c","Engine":"mysql","MultiAZ":"false","Port":"3306"}"#,
      #"{"DBInstanceIdentifier":"a","DBInstanceClass":"c","Engine":"mysql","MultiAZ":false,"Port":3306}"#,
      as: .json),
  ]

  static let names = [
    FixCase(
      "casing of a member", "domainName: logs-prod # which\nscheduleat: NOW\n",
      "DomainName: logs-prod # which\nScheduleAt: NOW\n"),
    FixCase(
      "separators, quotes", "'domain-name': logs-prod\n\"schedule_at\": NOW\n",
      "'DomainName': logs-prod\n\"ScheduleAt\": NOW\n"),
    FixCase(
      "JSON with an escape", #"{"domain\u004Eame": "logs-prod", "scheduleAt": "now"}"#,
      #"{"DomainName": "logs-prod", "ScheduleAt": "NOW"}"#, as: .json),
    FixCase("twice", keeps: "domainName: a\ndomain-name: b\n"),
    FixCase("given already", keeps: "DomainName: logs-prod\ndomainName: logs-prod\n"),
    FixCase("mere likeness", keeps: "DomainNam: logs-prod\n"),
    FixCase(
      "value of an enumeration", "DomainName: logs-prod\nScheduleAt: off-peak-window\n",
      "DomainName: logs-prod\nScheduleAt: OFF_PEAK_WINDOW\n"),
    FixCase(
      "value in single quotes", "DomainName: logs-prod\nScheduleAt: 'Now' # at once\n",
      "DomainName: logs-prod\nScheduleAt: 'NOW' # at once\n"),
    FixCase("value that would need a time", keeps: "DomainName: logs-prod\nScheduleAt: timestamp\n"),
  ]

  static let times = [
    FixCase(
      "ISO time, zone",
      "DomainName: logs-prod\nScheduleAt: TIMESTAMP\n"
        + "DesiredStartTime: 2026-12-01T10:00:00+01:00 # ten\n",
      "DomainName: logs-prod\nScheduleAt: TIMESTAMP\nDesiredStartTime: 1796115600000 # ten\n", unsafe: true),
    FixCase(
      "ISO time in quotes",
      "DomainName: logs-prod\nScheduleAt: TIMESTAMP\n"
        + "DesiredStartTime: '2026-12-01T10:00:00.5Z'\n",
      "DomainName: logs-prod\nScheduleAt: TIMESTAMP\nDesiredStartTime: 1796119200500\n", unsafe: true),
    FixCase(
      "ISO time, JSON",
      #"{"DomainName":"logs-prod","ScheduleAt":"TIMESTAMP","DesiredStartTime":"2026-12-01T10:00:00Z"}"#,
      #"{"DomainName":"logs-prod","ScheduleAt":"TIMESTAMP","DesiredStartTime":1796119200000}"#, as: .json,
      unsafe: true),
    FixCase(
      "ISO time without a zone",
      keeps: "DomainName: logs-prod\nScheduleAt: TIMESTAMP\nDesiredStartTime: 2026-12-01T10:00:00\n",
      unsafe: true),
    FixCase(
      "ISO time that has passed",
      keeps: "DomainName: logs-prod\nScheduleAt: TIMESTAMP\nDesiredStartTime: 2025-12-01T10:00:00Z\n",
      unsafe: true),
    FixCase(
      "ISO time, safe fixes only",
      keeps: "DomainName: logs-prod\nScheduleAt: TIMESTAMP\nDesiredStartTime: 2026-12-01T10:00:00Z\n"),
    FixCase(
      "seconds", "DomainName: logs-prod\nScheduleAt: TIMESTAMP\nDesiredStartTime: 1796090400\n",
      "DomainName: logs-prod\nScheduleAt: TIMESTAMP\nDesiredStartTime: 1796090400000\n", unsafe: true),
  ]

  static let removals = [
    minor(
      "versions, block",
      "deploymentType: CURRENT_VERSION\n# the major one\ntemplateMajorVersion: '1' # one\n\n"
        + "templateMinorVersion: '0'\nspec: |\n  proton: ServiceSpec\n  instances: []\n",
      "deploymentType: CURRENT_VERSION\n# the major one\n# one\n\n"
        + "spec: |\n  proton: ServiceSpec\n  instances: []\n", unsafe: true),
    FixCase(
      "start under NOW, last line without a break",
      "DomainName: logs-prod\nScheduleAt: NOW\nDesiredStartTime: 1796090400000",
      "DomainName: logs-prod\nScheduleAt: NOW\n", unsafe: true),
    FixCase(
      "start under NOW, CRLF",
      "DomainName: logs-prod\r\nDesiredStartTime: 1796090400000\r\nScheduleAt: NOW\r\n",
      "DomainName: logs-prod\r\nScheduleAt: NOW\r\n", unsafe: true),
    FixCase(
      "start under OFF_PEAK_WINDOW",
      keeps: "DomainName: logs-prod\nScheduleAt: OFF_PEAK_WINDOW\nDesiredStartTime: 1796090400000\n",
      unsafe: true),
    FixCase(
      "flow, last", "{DomainName: logs-prod, ScheduleAt: NOW, DesiredStartTime: 1796090400000}\n",
      "{DomainName: logs-prod, ScheduleAt: NOW}\n", unsafe: true),
    FixCase(
      "flow, first", "{ DesiredStartTime: 1796090400000, DomainName: logs-prod, ScheduleAt: NOW }\n",
      "{ DomainName: logs-prod, ScheduleAt: NOW }\n", unsafe: true),
    FixCase(
      "flow, in the middle", "{DomainName: logs-prod,DesiredStartTime: 1796090400000,ScheduleAt: NOW}\n",
      "{DomainName: logs-prod,ScheduleAt: NOW}\n", unsafe: true),
    FixCase(
      "flow over lines",
      "{\n  DomainName: logs-prod, # which\n  DesiredStartTime: 1796090400000, # when\n  ScheduleAt: NOW # how\n}\n",
      "{\n  DomainName: logs-prod, # which\n  # when\n  ScheduleAt: NOW # how\n}\n", unsafe: true),
    FixCase(
      "flow over lines, last",
      "{\n  DomainName: logs-prod, # which\n  ScheduleAt: NOW, # how\n  DesiredStartTime: 1796090400000 # when\n}\n",
      "{\n  DomainName: logs-prod, # which\n  ScheduleAt: NOW # how\n  # when\n}\n", unsafe: true),
    FixCase(
      "flow, comma in front",
      "{ DomainName: logs-prod\n, DesiredStartTime: 1796090400000\n, ScheduleAt: NOW\n}\n",
      "{ DomainName: logs-prod\n, \n ScheduleAt: NOW\n}\n", unsafe: true),
    FixCase(
      "JSON over lines, last",
      "{\n  \"DomainName\": \"logs-prod\",\n  \"ScheduleAt\": \"NOW\",\n  \"DesiredStartTime\": 1796090400000\n}\n",
      "{\n  \"DomainName\": \"logs-prod\",\n  \"ScheduleAt\": \"NOW\"\n}\n", as: .json, unsafe: true),
    FixCase(
      "JSON over lines, first",
      "{\n  \"DesiredStartTime\": 1796090400000,\n  \"DomainName\": \"logs-prod\",\n  \"ScheduleAt\": \"NOW\"\n}\n",
      "{\n  \"DomainName\": \"logs-prod\",\n  \"ScheduleAt\": \"NOW\"\n}\n", as: .json, unsafe: true),
    FixCase(
      "anchor used elsewhere", of: instance,
      keeps: "name: a\nserviceName: b\ndeploymentType: CURRENT_VERSION\ntemplateMinorVersion: &v '0'\n"
        + "clientToken: *v\nspec: |\n  proton: ServiceSpec\n  instances: []\n", unsafe: true),
    FixCase(
      "alias as the value", of: instance,
      "name: &v '0'\nserviceName: b\ndeploymentType: CURRENT_VERSION\ntemplateMinorVersion: *v # old\n"
        + "spec: |\n  proton: ServiceSpec\n  instances: []\n",
      "name: &v '0'\nserviceName: b\ndeploymentType: CURRENT_VERSION\n# old\n"
        + "spec: |\n  proton: ServiceSpec\n  instances: []\n", unsafe: true),
    FixCase(
      "first entry, in a batch", of: "",
      "requests:\n- parameters:\n    DesiredStartTime: 1796090400000\n    DomainName: a-b\n    ScheduleAt: NOW\n"
        + "  service: opensearch\n  operation: StartServiceSoftwareUpdate\n",
      "requests:\n- parameters:\n    DomainName: a-b\n    ScheduleAt: NOW\n"
        + "  service: opensearch\n  operation: StartServiceSoftwareUpdate\n", unsafe: true),
  ]

  static let additions = [
    FixCase(
      "block", "DomainName: logs-prod\nDesiredStartTime: 1796090400000 # then\n# end\n",
      "DomainName: logs-prod\nDesiredStartTime: 1796090400000 # then\nScheduleAt: TIMESTAMP\n# end\n",
      unsafe: true),
    FixCase(
      "block, no last break, quoted keys, CRLF",
      "'DomainName': logs-prod\r\n'DesiredStartTime': 1796090400000",
      "'DomainName': logs-prod\r\n'DesiredStartTime': 1796090400000\r\n'ScheduleAt': 'TIMESTAMP'",
      unsafe: true),
    FixCase(
      "flow", "{DesiredStartTime: 1796090400000, DomainName: logs-prod}",
      "{DesiredStartTime: 1796090400000, ScheduleAt: TIMESTAMP, DomainName: logs-prod}", unsafe: true),
    FixCase(
      "flow, last of all", "{DomainName: logs-prod, DesiredStartTime: 1796090400000}",
      "{DomainName: logs-prod, DesiredStartTime: 1796090400000, ScheduleAt: TIMESTAMP}", unsafe: true),
    FixCase(
      "flow over lines, with a comment",
      "{\n  DomainName: logs-prod, # which\n  DesiredStartTime: 1796090400000 # when\n}\n",
      "{\n  DomainName: logs-prod, # which\n  DesiredStartTime: 1796090400000, # when\n  ScheduleAt: TIMESTAMP\n}\n",
      unsafe: true),
    FixCase(
      "flow over lines, comma at the end",
      "{\n  DomainName: logs-prod,\n  DesiredStartTime: 1796090400000, # when\n}\n",
      "{\n  DomainName: logs-prod,\n  DesiredStartTime: 1796090400000, # when\n  ScheduleAt: TIMESTAMP,\n}\n",
      unsafe: true),
    FixCase(
      "JSON, tight", #"{"DomainName":"logs-prod","DesiredStartTime":1796090400000}"#,
      #"{"DomainName":"logs-prod","DesiredStartTime":1796090400000,"ScheduleAt":"TIMESTAMP"}"#, as: .json,
      unsafe: true),
    FixCase(
      "JSON over lines",
      "{\n\t\"DesiredStartTime\": 1796090400000,\n\t\"DomainName\": \"logs-prod\"\n}\n",
      "{\n\t\"DesiredStartTime\": 1796090400000,\n\t\"ScheduleAt\": \"TIMESTAMP\",\n\t\"DomainName\": \"logs-prod\"\n}\n",
      as: .json, unsafe: true),
  ]

  static let chains = [
    FixCase(
      "casing of name and value, then a time",
      "domainName: logs-prod\nscheduleAt: timestamp\n"
        + "desired_start_time: 2026-12-01T10:00:00Z\n",
      "DomainName: logs-prod\nScheduleAt: TIMESTAMP\nDesiredStartTime: 1796119200000\n", unsafe: true),
    FixCase(
      "seconds without a schedule", "DomainName: logs-prod\nDesiredStartTime: 1796090400\n",
      "DomainName: logs-prod\nDesiredStartTime: 1796090400000\nScheduleAt: TIMESTAMP\n", unsafe: true),
    FixCase(
      "one fix that would make it worse beside a good one",
      "domainName: logs-prod\nscheduleAt: TIMESTAMP\n", "DomainName: logs-prod\nscheduleAt: TIMESTAMP\n"),
    FixCase("syntax error", keeps: "domainName: logs-prod\nScheduleAt: [\n"),
    FixCase(
      "broken document below", keeps: "domainName: logs-prod\n---\n{\n", unsafe: true),
  ]

  static let batch = FixCase(
    "batch", of: "",
    "defaults: {service: opensearch, operation: StartServiceSoftwareUpdate}\nrequests:\n"
      + "  - parameters:\n      DomainName: one\n      scheduleAt: now\n"
      + "  - id: two\n    parameters: {domainName: two, ScheduleAt: NOW, DesiredStartTime: 1796090400000}\n"
      + "  - parameters:\n    # third\n      DesiredStartTime: 1796090400000\n      DomainName: three\n",
    "defaults: {service: opensearch, operation: StartServiceSoftwareUpdate}\nrequests:\n"
      + "  - parameters:\n      DomainName: one\n      ScheduleAt: NOW\n"
      + "  - id: two\n    parameters: {DomainName: two, ScheduleAt: NOW}\n"
      + "  - parameters:\n    # third\n      DesiredStartTime: 1796090400000\n      ScheduleAt: TIMESTAMP\n"
      + "      DomainName: three\n", unsafe: true)

  @Test(arguments: quotes + readings + names + times + removals + additions + chains + [batch])
  func fixes(_ test: FixCase) throws {
    let operation = test.operation.isEmpty ? nil : test.operation
    let once = try FixedText(test.before, as: test.notation, operation: operation, unsafe: test.isUnsafe)
    #expect(once.text == test.after)
    #expect(once.repairs.isEmpty == (test.before == test.after))
    let again = try FixedText(once.text, as: test.notation, operation: operation, unsafe: test.isUnsafe)
    #expect(again.text == once.text)
    #expect(again.repairs.isEmpty)
  }
}

/// Fixes beside suppressions.
@Suite struct FixAndSuppressionTests {
  @Test(arguments: [
    // What is suppressed is left as it is.
    (
      "templateMinorVersion: 3 # reqlint-ignore: wrong-type -- x",
      "templateMinorVersion: 3 # reqlint-ignore: wrong-type -- x"
    ),
    // A comment of another rule keeps nothing from being repaired.
    (
      "templateMinorVersion: 3 # reqlint-ignore: too-long -- x",
      "templateMinorVersion: \"3\" # reqlint-ignore: too-long -- x"
    ),
    // The repair would leave a suppression without anything to suppress.
    (
      "TemplateMinorVersion: 3 # reqlint-ignore: unknown-parameter -- x",
      "TemplateMinorVersion: 3 # reqlint-ignore: unknown-parameter -- x"
    ),
    (
      "deploymentType: minor_version # reqlint-ignore: unknown-value -- x\ntemplateMinorVersion: 3",
      "deploymentType: minor_version # reqlint-ignore: unknown-value -- x\ntemplateMinorVersion: \"3\""
    ),
  ])
  func keepsWhatIsSuppressed(_ written: String, _ expected: String) throws {
    func text(_ line: String) -> String {
      "# reqlint: proton.UpdateServiceInstance\nname: a\nserviceName: b\n\(line)\n"
    }
    let fixer = Fixer(
      Workbench(.builtIn), rules: RuleBook.builtInFiles,
      options: LintOptions(now: try #require(Instant(rfc3339: "2026-11-20T12:00:00Z"))), takesUnsafe: true)
    let file = RequestFile(
      path: "a.yaml", parts: ["a.yaml"], text: SourceText(text(written)), notation: .yaml, isDiscovered: false
    )
    #expect(String(decoding: fixer.fix(file).text.bytes, as: UTF8.self) == text(expected))
  }
}
