import Linting
import Syntax
import Testing
import Verdicts

/// Creating packages, with the older API and the newer one.
@Suite struct CreatePackageTests {
  private static let older = "es.CreatePackage"
  private static let newer = "opensearch.CreatePackage"
  private static let both = [older, newer]

  /// A dictionary in lines 2 to 4, with parts of it replaced or more members below.
  private static func package(
    _ name: String, of operation: String = newer, called packageName: String = "synonyms-de",
    type: String = "TXT-DICTIONARY", source: String = "{S3BucketName: my-bucket, S3Key: dict/syn.txt}",
    _ members: String = "", _ expected: [String] = []
  ) -> LintCase {
    LintCase(
      name, of: operation,
      "PackageName: \(packageName)\nPackageType: \(type)\nPackageSource: \(source)\n\(members)", expected)
  }

  /// A custom plugin, with more members in line 5 and below.
  private static func plugin(_ name: String, _ members: String, _ expected: [String] = []) -> LintCase {
    package(name, type: "ZIP-PLUGIN", source: "{S3BucketName: my-bucket, S3Key: p.zip}", members, expected)
  }

  private static func name(_ length: Int) -> String { String(repeating: "p", count: length) }

  static let names: [LintCase] = [
    package("es, three", of: older, called: "abc"),
    package("es, two", of: older, called: "ab", "", ["error too-short 2:14-2:16 /PackageName"]),
    package("es, 28", of: older, called: name(28)),
    package("es, 29", of: older, called: name(29), "", ["error too-long 2:14-2:43 /PackageName"]),
    package("29", called: name(29)),
    package("256", called: name(256)),
    package("257", called: name(257), "", ["error too-long 2:14-2:271 /PackageName"]),
    package("capital", called: "Synonyms", "", ["error pattern-mismatch 2:14-2:22 /PackageName"]),
    package(
      "es, capital", of: older, called: "Synonyms", "", ["error pattern-mismatch 2:14-2:22 /PackageName"]),
    package("path", called: "a/b/c", "", ["error pattern-mismatch 2:14-2:19 /PackageName"]),
  ]

  static let types: [LintCase] = [
    package("es, plugin", of: older, type: "ZIP-PLUGIN", "", ["error unknown-value 3:14-3:24 /PackageType"]),
    package(
      "es, license", of: older, type: "PACKAGE-LICENSE", "", ["error unknown-value 3:14-3:29 /PackageType"]),
    package(
      "es, casing", of: older, type: "txt-dictionary", "", ["error unknown-value 3:14-3:28 /PackageType"]),
    package("license", type: "PACKAGE-LICENSE", source: "{S3BucketName: my-bucket, S3Key: l.json}"),
    package("configuration", type: "PACKAGE-CONFIG", source: "{S3BucketName: my-bucket, S3Key: c.zip}"),
    package("jar", type: "JAR", "", ["error unknown-value 3:14-3:17 /PackageType"]),
  ]

  static let descriptions: [LintCase] = both.flatMap { operation in
    [
      package("1024", of: operation, "PackageDescription: \(name(1024))"),
      package(
        "1025", of: operation, "PackageDescription: \(name(1025))",
        ["error too-long 5:21-5:1046 /PackageDescription"]),
    ]
  }

  static let sources: [LintCase] = both.flatMap { operation in
    [
      package(
        "empty", of: operation, source: "{}", "",
        ["warning package-source-incomplete 4:1-4:14 /PackageSource"]),
      package(
        "no key", of: operation, source: "{S3BucketName: my-bucket}", "",
        ["warning package-source-incomplete 4:1-4:14 /PackageSource"]),
      package(
        "no bucket", of: operation, source: "{S3Key: dict/syn.txt}", "",
        ["warning package-source-incomplete 4:1-4:14 /PackageSource"]),
      package(
        "path for a key", of: operation, source: "{S3BucketName: my-bucket, S3Key: /dict.txt}", "",
        ["warning object-key-not-relative 4:49-4:58 /PackageSource/S3Key"]),
      package(
        "address for a key", of: operation, source: "{S3BucketName: my-bucket, S3Key: 's3://b/k'}", "",
        ["warning object-key-not-relative 4:49-4:59 /PackageSource/S3Key"]),
    ]
  }

  static let emptyKeys: [LintCase] = [
    package(
      "es", of: older, source: "{S3BucketName: my-bucket, S3Key: ''}", "",
      ["warning empty-object-key 4:49-4:51 /PackageSource/S3Key"]),
    package(
      "opensearch", source: "{S3BucketName: my-bucket, S3Key: ''}", "",
      ["error too-short 4:49-4:51 /PackageSource/S3Key"]),
    package("1024", source: "{S3BucketName: my-bucket, S3Key: \(name(1024))}"),
    package(
      "1025", source: "{S3BucketName: my-bucket, S3Key: \(name(1025))}", "",
      ["error too-long 4:49-4:1074 /PackageSource/S3Key"]),
    package("es, 1025", of: older, source: "{S3BucketName: my-bucket, S3Key: \(name(1025))}"),
  ]

  /// Buckets, each with what is found from column 31 of line 4 on; nothing for `nil`.
  static let buckets: [(name: String, finding: String?)] = [
    ("abc", nil), ("a.b-c", nil), ("1-2", nil), (name(63), nil),
    ("my-bucket.s3alias", nil), ("10.0.0.1.example", nil), ("amzn-s3-demonstration", nil),
    ("ab", "error too-short"), (name(64), "error too-long"),
    ("My_Bucket", "warning invalid-bucket-name"), ("10.0.0.1", "warning invalid-bucket-name"),
    ("xn--a", "warning invalid-bucket-name"), ("sthree-a", "warning invalid-bucket-name"),
    ("a..b", "warning invalid-bucket-name"), ("-ab", "warning invalid-bucket-name"),
    ("ab-", "warning invalid-bucket-name"), (".ab", "warning invalid-bucket-name"),
    ("a_b", "warning invalid-bucket-name"), ("bücket", "warning invalid-bucket-name"),
    ("arn:aws:s3:::my-bucket", "warning invalid-bucket-name"),
    ("s3://my-bucket", "warning invalid-bucket-name"),
    ("b-s3alias", "warning invalid-bucket-name"), ("b--ol-s3", "warning invalid-bucket-name"),
    ("b.mrap", "warning invalid-bucket-name"), ("b--x-s3", "warning invalid-bucket-name"),
    ("b--table-s3", "warning invalid-bucket-name"),
    ("amzn-s3-demo-bucket", "warning demo-bucket-name"),
  ]

  static let onlyNewer: [LintCase] = [
    package(
      "EngineVersion", of: older, "EngineVersion: OpenSearch_2.17",
      ["error unknown-parameter 5:1-5:14 /EngineVersion"]),
    package(
      "PackageConfiguration", of: older, "PackageConfiguration: {}",
      ["error unknown-parameter 5:1-5:21 /PackageConfiguration"]),
    package(
      "PackageVendingOptions", of: older, "PackageVendingOptions: {VendingEnabled: true}",
      ["error unknown-parameter 5:1-5:22 /PackageVendingOptions"]),
    package(
      "PackageEncryptionOptions", of: older, "PackageEncryptionOptions: {EncryptionEnabled: false}",
      ["error unknown-parameter 5:1-5:25 /PackageEncryptionOptions"]),
  ]

  static let engines: [LintCase] = [
    plugin("plugin with version", "EngineVersion: OpenSearch_2.17"),
    plugin("plugin without", "", ["error zip-plugin-without-engine-version 3:14-3:24 /PackageType"]),
    package(
      "dictionary with version", "EngineVersion: OpenSearch_2.17",
      ["error engine-version-without-zip-plugin 5:16-5:31 /EngineVersion"]),
    plugin("bare number", "EngineVersion: '2.17'", ["error pattern-mismatch 5:16-5:22 /EngineVersion"]),
    plugin(
      "patch level", "EngineVersion: OpenSearch_2.17.0", ["error pattern-mismatch 5:16-5:33 /EngineVersion"]),
    plugin(
      "line break", #"EngineVersion: "OpenSearch_2.17\n""#,
      ["error pattern-mismatch 5:16-5:35 /EngineVersion"]),
    plugin("least", "EngineVersion: OpenSearch_2.15"),
    plugin(
      "before it", "EngineVersion: OpenSearch_2.14",
      ["warning engine-version-too-old 5:16-5:31 /EngineVersion"]),
    plugin(
      "2.3 is older than 2.15", "EngineVersion: OpenSearch_2.3",
      ["warning engine-version-too-old 5:16-5:30 /EngineVersion"]),
    plugin("3.0", "EngineVersion: OpenSearch_3.0"),
    plugin(
      "Elasticsearch", "EngineVersion: Elasticsearch_7.10",
      ["warning engine-version-too-old 5:16-5:34 /EngineVersion"]),
    plugin(
      "software version", "EngineVersion: OpenSearch_2_11_R20240115",
      ["error pattern-mismatch 5:16-5:41 /EngineVersion"]),
  ]

  static let extensions: [LintCase] = [
    package(
      "plugin as jar", type: "ZIP-PLUGIN", source: "{S3BucketName: my-bucket, S3Key: p.jar}",
      "EngineVersion: OpenSearch_2.17", ["warning zip-plugin-key-extension 4:49-4:54 /PackageSource/S3Key"]),
    package(
      "plugin in capitals", type: "ZIP-PLUGIN", source: "{S3BucketName: my-bucket, S3Key: P.ZIP}",
      "EngineVersion: OpenSearch_2.17"),
    package("license as json", type: "PACKAGE-LICENSE", source: "{S3BucketName: my-bucket, S3Key: l.json}"),
    package("license as xml", type: "PACKAGE-LICENSE", source: "{S3BucketName: my-bucket, S3Key: l.xml}"),
    package(
      "license as text", type: "PACKAGE-LICENSE", source: "{S3BucketName: my-bucket, S3Key: l.txt}", "",
      ["warning license-key-extension 4:49-4:54 /PackageSource/S3Key"]),
  ]

  static let configurations: [LintCase] = [
    package("both", "PackageConfiguration: {LicenseRequirement: NONE, ConfigurationRequirement: NONE}"),
    package(
      "one", "PackageConfiguration: {LicenseRequirement: NONE}",
      ["error missing-parameter 5:1-5:21 /PackageConfiguration"]),
    package(
      "unknown", "PackageConfiguration: {LicenseRequirement: NO, ConfigurationRequirement: NONE}",
      [
        "warning ambiguous-scalar 5:44-5:46 /PackageConfiguration/LicenseRequirement",
        "error unknown-value 5:44-5:46 /PackageConfiguration/LicenseRequirement",
      ]),
    path("relative path", "lic/a.json"),
    path("256 characters", "l/" + name(254)),
    path(
      "257 characters", "l/" + name(255), "error too-long 6:20-6:277 /PackageConfiguration/LicenseFilepath"),
    path("parent", "../a", "error pattern-mismatch 6:20-6:24 /PackageConfiguration/LicenseFilepath"),
    path("parent inside", "a/../b", "error pattern-mismatch 6:20-6:26 /PackageConfiguration/LicenseFilepath"),
    path("absolute", "/a", "error pattern-mismatch 6:20-6:22 /PackageConfiguration/LicenseFilepath"),
    package(
      "path without license",
      "PackageConfiguration: {LicenseRequirement: NONE, ConfigurationRequirement: NONE,\n  LicenseFilepath: l.json}",
      ["warning license-filepath-without-license 6:20-6:26 /PackageConfiguration/LicenseFilepath"]),
  ]

  private static func path(_ name: String, _ path: String, _ finding: String...) -> LintCase {
    package(
      name,
      "PackageConfiguration: {LicenseRequirement: REQUIRED, ConfigurationRequirement: NONE,\n  LicenseFilepath: \(path)}",
      finding)
  }

  static let encryption: [LintCase] = [
    plugin(
      "with a key",
      "EngineVersion: OpenSearch_2.17\nPackageEncryptionOptions: {EncryptionEnabled: true, KmsKeyIdentifier: alias/x}"
    ),
    plugin(
      "names of a page that errs",
      "EngineVersion: OpenSearch_2.17\nPackageEncryptionOptions: {Enabled: true, KmsKeyId: x}",
      [
        "error missing-parameter 6:1-6:25 /PackageEncryptionOptions",
        "error unknown-parameter 6:28-6:35 /PackageEncryptionOptions/Enabled",
        "error unknown-parameter 6:43-6:51 /PackageEncryptionOptions/KmsKeyId",
      ]),
    plugin(
      "key while off",
      "EngineVersion: OpenSearch_2.17\nPackageEncryptionOptions: {EncryptionEnabled: false, KmsKeyIdentifier: x}",
      ["warning encryption-key-with-encryption-off 6:72-6:73 /PackageEncryptionOptions/KmsKeyIdentifier"]),
    plugin("off", "EngineVersion: OpenSearch_2.17\nPackageEncryptionOptions: {EncryptionEnabled: false}"),
    package(
      "dictionary", "PackageEncryptionOptions: {EncryptionEnabled: true, KmsKeyIdentifier: x}",
      ["warning encryption-options-without-zip-plugin 5:1-5:25 /PackageEncryptionOptions"]),
    package(
      "empty key", "PackageEncryptionOptions: {EncryptionEnabled: true, KmsKeyIdentifier: ''}",
      [
        "warning encryption-options-without-zip-plugin 5:1-5:25 /PackageEncryptionOptions",
        "error too-short 5:71-5:73 /PackageEncryptionOptions/KmsKeyIdentifier",
      ]),
    package("dictionary, off", "PackageEncryptionOptions: {EncryptionEnabled: false}"),
  ]

  @Test(arguments: names + types + descriptions + sources + emptyKeys)
  func everyPackage(_ test: LintCase) throws {
    let linted = try Linted(test)
    #expect(linted.lines() == test.expected)
  }

  @Test(arguments: onlyNewer + engines + extensions + configurations + encryption)
  func newerMembers(_ test: LintCase) throws {
    let linted = try Linted(test)
    #expect(linted.lines() == test.expected)
  }

  @Test(arguments: both)
  func bucketNames(_ operation: String) throws {
    for bucket in Self.buckets {
      let source = "{S3BucketName: '\(bucket.name)', S3Key: k}"
      let linted = try Linted(Self.package(bucket.name, of: operation, source: source))
      let end = 33 + bucket.name.unicodeScalars.count
      let place = "4:31-4:\(end) /PackageSource/S3BucketName"
      #expect(linted.lines() == (bucket.finding.map { ["\($0) \(place)"] } ?? []), "\(bucket.name)")
    }
  }

  @Test(arguments: both)
  func infos(_ operation: String) throws {
    let linted = try Linted(Self.package("dictionary", of: operation), severity: .info)
    #expect(linted.lines() == ["info package-object-constraints 4:1-4:14 /PackageSource"])
  }

  /// The older API's limits say so where the newer one's are wider.
  @Test func siblingHints() throws {
    let type = try Linted(Self.package("", of: Self.older, type: "ZIP-PLUGIN"))
    #expect(
      type.words(of: "unknown-value") == [
        "PackageType must be TXT-DICTIONARY, not \"ZIP-PLUGIN\" | opensearch.CreatePackage takes it; change the service"
      ])
    let name = try Linted(Self.package("", of: Self.older, called: Self.name(29)))
    #expect(
      name.words(of: "too-long") == [
        "PackageName \"\(Self.name(29))\" has 29 characters, more than 28 | opensearch.CreatePackage takes it; change the service"
      ])
    let tooLongForBoth = try Linted(Self.package("", of: Self.older, called: Self.name(257)))
    #expect(
      tooLongForBoth.words(of: "too-long") == [
        "PackageName \"\(Self.name(60))…\" has 257 characters, more than 28 | shorten it to 28 characters"
      ])
  }
}
