import Foundation
import Models
import Syntax
import TestSupport
import Testing

@testable import Wire

/// Endpoints as the planner asks for them.
@Suite struct EndpointTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let service: String
    let region: String?
    let options: EndpointOptions
    let url: String

    init(_ service: String, _ region: String?, _ url: String) {
      self.init(service, region, EndpointOptions(), url)
    }

    init(_ service: String, _ region: String?, _ options: EndpointOptions, _ url: String) {
      self.service = service
      self.region = region
      self.options = options
      self.url = url
    }

    var testDescription: String { "\(service) in \(region ?? "no region") \(options)" }
  }

  private static let fips = EndpointOptions(usesFIPS: true)
  private static let dual = EndpointOptions(usesDualStack: true)
  private static let both = EndpointOptions(usesFIPS: true, usesDualStack: true)
  private static func at(_ url: String) -> EndpointOptions { EndpointOptions(endpointURL: url) }

  static let cases: [Case] = [
    Case("es", "eu-west-1", "https://es.eu-west-1.amazonaws.com"),
    Case("opensearch", "eu-west-1", "https://es.eu-west-1.amazonaws.com"),
    Case("proton", "eu-west-1", "https://proton.eu-west-1.amazonaws.com"),
    Case("es", "eu-west-1", fips, "https://es-fips.eu-west-1.amazonaws.com"),
    Case("es", "eu-west-1", dual, "https://aos.eu-west-1.api.aws"),
    Case("es", "eu-west-1", both, "https://es-fips.eu-west-1.api.aws"),
    // Other partitions.
    Case("es", "cn-north-1", "https://es.cn-north-1.amazonaws.com.cn"),
    Case("es", "cn-north-1", dual, "https://aos.cn-north-1.api.amazonwebservices.com.cn"),
    Case("proton", "cn-north-1", "https://proton.cn-north-1.amazonaws.com.cn"),
    Case("es", "us-gov-west-1", fips, "https://es-fips.us-gov-west-1.amazonaws.com"),
    Case("es", "us-iso-east-1", "https://es.us-iso-east-1.c2s.ic.gov"),
    Case("es", "us-isob-east-1", "https://es.us-isob-east-1.sc2s.sgov.gov"),
    Case("es", "eusc-de-east-1", "https://es.eusc-de-east-1.amazonaws.eu"),
    Case("es", "aws-cn-global", "https://es.aws-cn-global.amazonaws.com.cn"),
    // Well-formed, but in no table.
    Case("es", "eu-central-9", "https://es.eu-central-9.amazonaws.com"),
    Case("es", "cn-east-7", "https://es.cn-east-7.amazonaws.com.cn"),
    Case("es", "mars", "https://es.mars.amazonaws.com"),
    // None declared.
    Case("es", nil, "https://es.{region}.amazonaws.com"),
    Case("es", nil, dual, "https://aos.{region}.api.aws"),
    Case("proton", nil, fips, "https://proton-fips.{region}.amazonaws.com"),
    // Given by the user.
    Case("es", nil, at("https://localhost:9200/"), "https://localhost:9200/"),
    Case("es", "eu-west-1", at("HTTP://127.0.0.1:9200/base//"), "http://127.0.0.1:9200/base//"),
    Case("es", "eu-west-1", at("https://[::1]:9200"), "https://[::1]:9200"),
    Case("es", "eu-west-1", at("https://example.com."), "https://example.com."),
    // The old spelling of FIPS endpoints.
    Case("es", "fips-us-east-1", "https://es-fips.us-east-1.amazonaws.com"),
    Case("es", "us-east-1-fips", "https://es-fips.us-east-1.amazonaws.com"),
  ]

  @Test(arguments: cases)
  func endpoint(_ test: Case) throws {
    let resolver = EndpointResolver(.builtIn)
    let model = try #require(try Catalog.builtIn.service(test.service))
    let endpoint = try resolver.endpoint(for: model, region: test.region, test.options)
    #expect(endpoint.url == test.url)
    #expect(endpoint.headers == [])
    #expect(endpoint.notes.isEmpty == !(test.region?.contains("fips") ?? false))
    // Asked again, and asked of another, the answer is the same.
    #expect(try resolver.endpoint(for: model, region: test.region, test.options) == endpoint)
    let other = EndpointResolver(.builtIn)
    #expect(try other.endpoint(for: model, region: test.region, test.options) == endpoint)
  }

  static let hostileRegions = [
    "", " ", "x.evil.com/", "evil.com#", "evil.com?", "a@evil.com", "eu-west-1 ", "eu-west-1\n", "-a", "a-",
    "a.b", "a/b",
    "a\\b", "a:80", "{region}", "{Region}", "%2e", "ä", "e\u{301}u", "\u{0}", "127", "fips-", "-fips",
    String(repeating: "a", count: 64), "xn--\u{2025}",
  ]

  @Test(arguments: hostileRegions, ["es", "plain"])
  func hostileRegion(_ region: String, _ service: String) throws {
    let resolver = EndpointResolver(.builtIn)
    let model = try EndpointFixture.model(service, metadata: #"{"endpointPrefix": "plain"}"#)
    for _ in 1...2 {
      for options in [EndpointOptions(), Self.both, Self.at("https://example.com")] {
        #expect(throws: EndpointFault.invalidRegion(region)) {
          try resolver.endpoint(for: model, region: region, options)
        }
      }
    }
  }

  static let hostileURLs = [
    "", "example.com", "//example.com", "ftp://example.com", "https:example.com", "https://", "https:///path",
    "https://u@example.com", "https://u:p@example.com", "https://@example.com", "https://example.com?x",
    "https://example.com/#f",
    "https://example.com:port", "https://example.com:", "https://example.com:65536", "https://exa mple.com",
    "https://example.com\n", "https://-a.com", "https://a..b", "https://a_b.com", "https://[::1",
    "https://[x]",
    "https://exämple.com", "https://example.com/a\\b", "https://{region}.example.com", " https://example.com",
    "https://example.com/\u{202E}",
  ]

  @Test(arguments: hostileURLs)
  func hostileURL(_ url: String) throws {
    let resolver = EndpointResolver(.builtIn)
    for service in ["es", "plain"] {
      let model = try EndpointFixture.model(service, metadata: #"{"endpointPrefix": "plain"}"#)
      #expect(throws: EndpointFault.invalidEndpointURL(url)) {
        try resolver.endpoint(for: model, region: "eu-west-1", Self.at(url))
      }
    }
  }

  // MARK: Without rules

  private static let missing = "the service's own endpoint rules are not in the catalog"
  private static let standard = "\(missing); this is the partition's standard host"

  static let standardHosts: [Case] = [
    Case("plain", "eu-west-1", "https://plain.eu-west-1.amazonaws.com"),
    Case("plain", nil, "https://plain.{region}.amazonaws.com"),
    Case("plain", nil, both, "https://plain-fips.{region}.api.aws"),
    Case("plain", "cn-north-1", fips, "https://plain-fips.cn-north-1.amazonaws.com.cn"),
    Case("plain", "cn-north-1", dual, "https://plain.cn-north-1.api.amazonwebservices.com.cn"),
    Case("plain", "us-isof-south-1", "https://plain.us-isof-south-1.csp.hci.ic.gov"),
  ]

  @Test(arguments: standardHosts)
  func standardHost(_ test: Case) throws {
    let resolver = EndpointResolver(.builtIn)
    let model = try EndpointFixture.model("plain", metadata: #"{"endpointPrefix": "plain"}"#)
    #expect(
      try resolver.endpoint(for: model, region: test.region, test.options)
        == Endpoint(url: test.url, notes: [Self.standard]))
  }

  @Test func globalEndpoint() throws {
    let resolver = EndpointResolver(.builtIn)
    let model = try EndpointFixture.model(
      "plain", metadata: #"{"endpointPrefix": "iam", "globalEndpoint": "iam.amazonaws.com"}"#)
    let global = Endpoint(
      url: "https://iam.amazonaws.com", notes: ["\(Self.missing); this is its global endpoint"])
    #expect(try resolver.endpoint(for: model, region: nil) == global)
    #expect(try resolver.endpoint(for: model, region: "eu-west-1") == global)
    #expect(
      try resolver.endpoint(for: model, region: "cn-north-1")
        == Endpoint(url: "https://iam.cn-north-1.amazonaws.com.cn", notes: [Self.standard]))
    #expect(
      try resolver.endpoint(for: model, region: nil, Self.at("https://localhost"))
        == Endpoint(url: "https://localhost"))
  }

  private static func small(rules: String? = nil, partitions: String? = nil) -> Catalog {
    var files: [(name: String, endpointPrefix: String, json: [UInt8])] = []
    if let rules { files.append(("plain.endpoints", "", Array(rules.utf8))) }
    if let partitions { files.append(("partitions", "", Array(partitions.utf8))) }
    return Catalog(source: "tests", files: files)
  }

  private static let bare =
    #"{"partitions": [{"id": "aws", "outputs": {"dnsSuffix": "a.com", "supportsFIPS": false}}]}"#

  private static func rules(_ url: String, parameters: String = "") -> String {
    #"{"version": "1.0", "parameters": {"R": {"type": "String", "builtIn": "AWS::Region"}\#(parameters)}, "#
      + #""rules": [{"type": "endpoint", "conditions": [{"fn": "isSet", "argv": [{"ref": "B"}]}], "#
      + #""endpoint": {"url": "https://{B}.com"}}, {"type": "endpoint", "conditions": [], "#
      + #""endpoint": {"url": "\#(url)", "headers": {"X-Region": ["{R}", "all"]}}}]}"#
  }

  private static let bucket = #", "B": {"type": "String"}, "C": {"type": "String"}"#

  @Test func headersAndNotes() throws {
    let resolver = EndpointResolver(
      Self.small(rules: Self.rules("https://{R}.com/", parameters: Self.bucket), partitions: Self.bare))
    let model = try EndpointFixture.model("plain")
    #expect(
      try resolver.endpoint(for: model, region: nil, Self.both)
        == Endpoint(
          url: "https://{region}.com/",
          headers: [HTTPRequest.Header("X-Region", "{region}"), HTTPRequest.Header("X-Region", "all")],
          notes: [
            "the service's endpoint rules know no FIPS endpoints",
            "the service's endpoint rules know no dual-stack endpoints",
          ]))
  }

  static let faults: [(rules: String?, partitions: String?, options: EndpointOptions, fault: EndpointFault)] =
    [
      (nil, nil, EndpointOptions(), .noPartitions),
      (
        nil, "{}", EndpointOptions(),
        .faultyPartitions(.malformed(pointer: "", expected: "an object with partitions"))
      ),
      (nil, bare, fips, .unsupported(.fips, partition: "aws")),
      (nil, bare, dual, .unsupported(.dualStack, partition: "aws")),
      (
        nil, bare, EndpointOptions(usesFIPS: true, endpointURL: "https://example.com"),
        .variantOfGivenEndpoint(.fips)
      ),
      (
        "{}", bare, EndpointOptions(),
        .faultyRules(service: "plain", .malformed(pointer: "", expected: "an object with parameters"))
      ),
      (rules("ftp://{R}", parameters: bucket), bare, EndpointOptions(), .invalidResult("ftp://us-east-1")),
      (
        rules("https://{R}@evil.com", parameters: bucket), bare, EndpointOptions(),
        .invalidResult("https://us-east-1@evil.com")
      ),
      (
        rules("https://{R}", parameters: bucket + #", "D": {"type": "String", "required": true}"#), bare,
        EndpointOptions(),
        .missingParameter(service: "plain", name: "D")
      ),
    ]

  @Test(arguments: faults)
  func fault(_ test: (rules: String?, partitions: String?, options: EndpointOptions, fault: EndpointFault))
    throws
  {
    let resolver = EndpointResolver(Self.small(rules: test.rules, partitions: test.partitions))
    let model = try EndpointFixture.model("plain", metadata: #"{"endpointPrefix": "plain"}"#)
    for _ in 1...2 {
      #expect(throws: test.fault) { try resolver.endpoint(for: model, region: "us-east-1", test.options) }
    }
  }

  static let messages: [(fault: EndpointFault, message: String)] = [
    (.refused("Invalid\nConfiguration"), "Invalid\\u{A}Configuration"),
    (
      .invalidRegion("x.evil.com/"),
      #"region "x.evil.com/" is not made of letters, digits and inner hyphens, 63 at most"#
    ),
    (
      .missingParameter(service: "s3", name: "Bucket"),
      #"the endpoint rules of s3 need "Bucket", which is not known here"#
    ),
    (.unsupported(.dualStack, partition: "aws-iso"), "partition aws-iso has no dual-stack endpoints"),
    (
      .faultyRules(service: "es", .unknownFunction(pointer: "/rules/0", name: "launch")),
      #"the endpoint rules of es are faulty: unknown function "launch" at "/rules/0""#
    ),
  ]

  @Test(arguments: messages)
  func message(_ test: (fault: EndpointFault, message: String)) {
    #expect(test.fault.message == test.message)
  }
}
