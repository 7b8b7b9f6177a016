import Linting
import Syntax
import Testing
import Verdicts

/// Where findings stand, for every way to write a request.
@Suite struct PositionTests {
  private static let es = "es.StartElasticsearchServiceSoftwareUpdate"
  private static let os = "opensearch.StartServiceSoftwareUpdate"
  private static let package = "opensearch.CreatePackage"

  static let carriers: [LintCase] = [
    LintCase(
      "envelope",
      file: """
        service: opensearch
        operation: StartServiceSoftwareUpdate
        region: mars
        account: 12
        parameters:
          DomainName: ab
          ScheduleAt: LATER
        """,
      [
        "warning unknown-region 3:9-3:13 /region", "error pattern-mismatch 4:10-4:12 /account",
        "error too-short 6:15-6:17 /DomainName", "error unknown-value 7:15-7:20 /ScheduleAt",
      ]),
    LintCase(
      "envelope, JSON",
      file: """
        {"service": "opensearch", "operation": "StartServiceSoftwareUpdate",
         "region": "mars",
         "account": "12",
         "parameters": {
           "DomainName": "ab", "ScheduleAt": "LATER"}}
        """, as: .json,
      [
        "warning unknown-region 2:12-2:18 /region", "error pattern-mismatch 3:13-3:17 /account",
        "error too-short 5:18-5:22 /DomainName", "error unknown-value 5:38-5:45 /ScheduleAt",
      ]),
    LintCase(
      "batch",
      file: """
        defaults: {service: opensearch, region: mars}
        requests:
          - operation: StartServiceSoftwareUpdate
            parameters: {DomainName: ab}
          - operation: CreatePackage
            region: eu-west-1
            parameters:
              PackageName: abc
              PackageType: JAR
              PackageSource: {S3BucketName: abc, S3Key: k}
        """,
      [
        "warning unknown-region 1:41-1:45 /defaults/region", "error too-short 4:30-4:32 /DomainName",
        "error unknown-value 9:20-9:23 /PackageType",
      ]),
    LintCase(
      "batch, JSON",
      file: """
        {"requests": [
          {"service": "es", "operation": "StartElasticsearchServiceSoftwareUpdate", "parameters": {}},
          {"service": "es", "operation": "StartElasticsearchServiceSoftwareUpdate",
           "parameters": {"DomainName": "Ä"}}]}
        """, as: .json,
      [
        "error missing-parameter 2:77-2:89", "error pattern-mismatch 4:33-4:36 /DomainName",
        "error too-short 4:33-4:36 /DomainName",
      ]),
    LintCase(
      "stream",
      file: """
        # reqlint: \(es)
        DomainName: ab
        ---
        # reqlint: \(os)
        DomainName: cd
        ---
        service: es
        operation: StartElasticsearchServiceSoftwareUpdate
        parameters: {DomainName: ef}
        ...
        # reqlint: \(es)
        ---
        {DomainName: gh}
        """,
      [
        "error too-short 2:13-2:15 /DomainName", "error too-short 5:13-5:15 /DomainName",
        "error too-short 9:26-9:28 /DomainName", "error too-short 13:14-13:16 /DomainName",
      ]),
    LintCase(
      "quoted, non-ASCII keys and values", of: os,
      "\"DomainN\\u00e4me\": x\nä💥: 'y'\n'DomainName': \"L\\xf6gs 💥\"\n? ScheduleAt\n: LÄTER",
      [
        "error unknown-parameter 2:1-2:18 /DomainNäme", "error unknown-parameter 3:1-3:3 /ä💥",
        "error pattern-mismatch 4:15-4:26 /DomainName", "error unknown-value 6:3-6:8 /ScheduleAt",
      ]),
    LintCase(
      "non-ASCII, JSON", json: #"{"💥": 1, "DomainName": "Lögs\ud83d\udca5", "ScheduleAt": "LÄTER"}"#, of: os,
      [
        "error unknown-parameter 1:2-1:5 /💥", "error pattern-mismatch 1:24-1:42 /DomainName",
        "error unknown-value 1:58-1:65 /ScheduleAt",
      ]),
    LintCase(
      "flow over lines", of: package,
      """
      {
        PackageName: abc, PackageType:
          JAR,
        PackageSource: {
          S3BucketName: ab, S3Key: "k
            l" }
      }
      """,
      [
        "error unknown-value 4:5-4:8 /PackageType", "error too-short 6:19-6:21 /PackageSource/S3BucketName",
      ]),
    LintCase(
      "block scalars", of: package,
      "PackageName: >-\n  Ab\n\n  c\nPackageType: |-\n  JAR\nPackageSource: {S3BucketName: abc, S3Key: k}",
      [
        "error pattern-mismatch 2:14-5:4 /PackageName", "error unknown-value 6:14-7:6 /PackageType",
      ]),
  ]

  static let aliases: [LintCase] = [
    LintCase(
      "alias points at the anchor", of: os, "DomainName: &name LO\nScheduleAt: *name",
      [
        "error pattern-mismatch 2:19-2:21 /DomainName", "error too-short 2:19-2:21 /DomainName",
        "error unknown-value 2:19-2:21 /ScheduleAt",
      ]),
    LintCase(
      "merge keys",
      file: """
        requests:
          - &first
            service: opensearch
            operation: CreatePackage
            parameters: &dictionary
              PackageName: abc
              PackageType: JAR
              PackageSource: &source {S3BucketName: ab, S3Key: k}
          - <<: *first
            parameters:
              <<: [*dictionary]
              PackageType: TXT-DICTIONARY
              PackageSource:
                <<: *source
                S3Key: ''
        """,
      [
        "error unknown-value 7:20-7:23 /PackageType",
        // Once for each of the two requests.
        "error too-short 8:45-8:47 /PackageSource/S3BucketName",
        "error too-short 8:45-8:47 /PackageSource/S3BucketName",
        "error too-short 15:16-15:18 /PackageSource/S3Key",
      ]),
    LintCase(
      "what a merge overrides is not judged", of: os,
      "<<: {DomainName: LO, ScheduleAt: LATER}\nDomainName: logs",
      ["error unknown-value 2:34-2:39 /ScheduleAt"]),
    LintCase(
      "required by merge", of: os, "<<: &base {DomainName: logs}\nScheduleAt: NOW"),
    LintCase(
      "JSON has no merge keys", json: #"{"<<": {"DomainName": "logs"}}"#, of: os,
      ["error missing-parameter 1:1-1:2", "error unknown-parameter 1:2-1:6 /<<"]),
    LintCase(
      "a quoted merge key is none", of: os, "\"<<\": {DomainName: logs}",
      ["error missing-parameter 2:1-2:5", "error unknown-parameter 2:1-2:5 /<<"]),
  ]

  /// Each beside a list and a map's shape stays what it is; the place never changes with line breaks or a mark.
  @Test(
    arguments: carriers + aliases,
    [
      (name: "LF", mark: "", lineBreak: "\n"), ("CRLF", "", "\r\n"), ("CR", "", "\r"),
      ("BOM", "\u{FEFF}", "\n"),
      ("BOM, CRLF", "\u{FEFF}", "\r\n"),
    ])
  func places(_ test: LintCase, _ variant: (name: String, mark: String, lineBreak: String)) throws {
    let text = variant.mark + test.text.replacing("\n", with: variant.lineBreak)
    let linted = try Linted(text, as: test.notation, operation: test.operation)
    let refused = test.notation == .json && !variant.mark.isEmpty ? ["error invalid-encoding 1:1-1:1"] : []
    #expect(linted.lines() == refused + test.expected, "\(variant.name)")
  }

  static let ambiguous: [LintCase] = [
    LintCase(
      "NO", of: os, "DomainName: NO",
      ["warning ambiguous-scalar 2:13-2:15 /DomainName"] + notAName("2:13-2:15", isShort: true)),
    LintCase("off", of: os, "DomainName: off", ["warning ambiguous-scalar 2:13-2:16 /DomainName"]),
    LintCase("quoted", of: os, "DomainName: 'off'"),
    LintCase("tagged", of: os, "DomainName: !!str off"),
    LintCase("JSON", json: #"{"DomainName":"off"}"#, of: os),
    LintCase(
      "n is none to PyYAML", of: os, "DomainName: n",
      ["error pattern-mismatch 2:13-2:14 /DomainName", "error too-short 2:13-2:14 /DomainName"]),
    LintCase(
      "date", of: os, "DomainName: 2026-12-01",
      ["warning ambiguous-scalar 2:13-2:23 /DomainName"] + notAName("2:13-2:23")),
    LintCase(
      "octal", of: os, "DomainName: 010", ["error wrong-type 2:13-2:16 /DomainName"]),
    LintCase(
      "octal for a long", of: os, "DomainName: logs\nDesiredStartTime: 0o10",
      [
        "warning ambiguous-scalar 3:19-3:23 /DesiredStartTime",
        "error desired-start-time-not-epoch 3:19-3:23 /DesiredStartTime",
      ]),
    LintCase(
      "underscores for a long", of: os, "DomainName: logs\nDesiredStartTime: 1_796_000_400_000",
      ["warning ambiguous-scalar 3:19-3:36 /DesiredStartTime"]),
    LintCase(
      "base 60 for a long", of: os, "DomainName: logs\nDesiredStartTime: 12:30:45",
      [
        "warning ambiguous-scalar 3:19-3:27 /DesiredStartTime",
        "error desired-start-time-not-epoch 3:19-3:27 /DesiredStartTime",
      ]),
    LintCase(
      "date for a long", of: os, "DomainName: logs\nDesiredStartTime: 2026-12-01",
      ["error wrong-type 3:19-3:29 /DesiredStartTime"]),
    LintCase(
      "hexadecimal is clear", of: os, "DomainName: logs\nDesiredStartTime: 0x1A2B3C4D5E6"),
  ]

  private static func notAName(_ place: String, isShort: Bool = false) -> [String] {
    ["error pattern-mismatch \(place) /DomainName"]
      + (isShort ? ["error too-short \(place) /DomainName"] : [])
  }

  static let leftovers: [LintCase] = [
    LintCase(
      "generated skeleton",
      json: """
        {
            "PackageName": "",
            "PackageType": "TXT-DICTIONARY",
            "PackageDescription": "",
            "PackageSource": {
                "S3BucketName": "my-bucket",
                "S3Key": "k"
            }
        }
        """, of: "es.CreatePackage",
      [
        "error pattern-mismatch 2:20-2:22 /PackageName", "warning skeleton-leftover 2:20-2:22 /PackageName",
        "error too-short 2:20-2:22 /PackageName", "warning skeleton-leftover 4:27-4:29 /PackageDescription",
      ]),
    LintCase("one empty string may be meant", of: package, dictionary("PackageDescription: ''")),
    LintCase(
      "boto3's page", json: #"{"DomainName": "string"}"#, of: es,
      ["warning skeleton-leftover 1:16-1:24 /DomainName"]),
    LintCase(
      "brackets", of: package, dictionary("PackageDescription: <describe it>"),
      ["warning skeleton-leftover 5:21-5:34 /PackageDescription"]),
    LintCase("XML is no placeholder", of: package, dictionary("PackageDescription: <a>b</a>")),
    LintCase("nor is an empty element", of: package, dictionary("PackageDescription: <a/>")),
    LintCase(
      "mark", of: package, dictionary("PackageDescription: CHANGEME"),
      ["warning skeleton-leftover 5:21-5:29 /PackageDescription"]),
    LintCase("the word inside a text", of: package, dictionary("PackageDescription: a string TODO")),
    LintCase(
      "file", of: package, dictionary("PackageDescription: file://notes.txt"),
      ["error unexpanded-file-uri 5:21-5:37 /PackageDescription"]),
    LintCase(
      "binary file", of: package, dictionary("PackageDescription: fileb://notes.txt"),
      ["error unexpanded-file-uri 5:21-5:38 /PackageDescription"]),
    LintCase(
      "file where no rules are known", of: "opensearch.DescribeDomain", "DomainName: file://x",
      ["warning pattern-mismatch 2:13-2:21 /DomainName", "warning unexpanded-file-uri 2:13-2:21 /DomainName"]),
    LintCase(
      "file for a structure", of: package,
      "PackageName: abc\nPackageType: TXT-DICTIONARY\nPackageSource: file://s.json",
      ["error wrong-type 4:16-4:29 /PackageSource"]),
  ]

  private static func dictionary(_ more: String) -> String {
    "PackageName: abc\nPackageType: TXT-DICTIONARY\nPackageSource: {S3BucketName: abc, S3Key: k}\n\(more)"
  }

  @Test(arguments: ambiguous + leftovers)
  func findings(_ test: LintCase) throws {
    let linted = try Linted(test)
    #expect(linted.lines() == test.expected)
  }

  @Test func readingsOfAnAmbiguousScalar() throws {
    let linted = try Linted("# reqlint: \(Self.os)\nDomainName: off\nDesiredStartTime: 1_796_000_400_000\n")
    #expect(
      linted.words(of: "ambiguous-scalar") == [
        "DomainName is the string \"off\" to a YAML 1.2 reader, the boolean false to a YAML 1.1 reader such as PyYAML"
          + " | quote it",
        "DesiredStartTime is the string \"1_796_000_400_000\" to a YAML 1.2 reader, "
          + "the integer 1796000400000 to a YAML 1.1 reader such as PyYAML | write it so that both agree",
      ])
  }
}
