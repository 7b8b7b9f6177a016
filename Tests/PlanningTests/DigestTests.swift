import Linting
import Testing

@testable import Planning

/// Digests are over what is declared and nothing else.
struct DigestTests {
  /// SHA-256 test values of FIPS 180-4's standard messages.
  @Test func hashesAsEverybodyDoes() {
    #expect(
      Digest.hexadecimal(of: "".utf8) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      Digest.hexadecimal(of: "abc".utf8) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
  }

  @Test func isOverCanonicalJSONOfWhatIsDeclared() throws {
    let full = try Planned(start("logs-prod", settings: "region=eu-west-1 account=123456789012")).only
    let text =
      #"{"account":"123456789012","operation":"StartServiceSoftwareUpdate","parameters":{"DomainName":"logs-prod"},"#
      + #""region":"eu-west-1","service":"opensearch"}"#
    #expect(full.digest == Digest.named(of: text.utf8))
    let bare = try Planned(start("logs-prod", settings: "")).only
    let shorter =
      #"{"operation":"StartServiceSoftwareUpdate","parameters":{"DomainName":"logs-prod"},"service":"opensearch"}"#
    #expect(bare.digest == Digest.named(of: shorter.utf8))
  }

  @Test func planIsOverSortedDigests() throws {
    let plan = try Planned([start("logs-b"), start("logs-a")]).plan
    let sorted = plan.requests.map(\.digest).sorted()
    #expect(plan.digest == Digest.named(of: "[\"\(sorted[0])\",\"\(sorted[1])\"]".utf8))
    #expect(try Planned([start("logs-a"), start("logs-b")]).plan.digest == plan.digest)
    #expect(try Planned([start("logs-a") + "---\n" + start("logs-b")]).plan.digest == plan.digest)
  }

  struct Case: CustomTestStringConvertible {
    let name: String
    let one: String
    let other: String
    let isSame: Bool

    var testDescription: String { name }

    init(_ name: String, _ one: String, _ other: String, same: Bool) {
      self.name = name
      self.one = one
      self.other = other
      isSame = same
    }
  }

  static let cases = [
    Case("comment", start("logs-a"), start("logs-a", "# a word about it"), same: true),
    Case(
      "order of members", start("logs-a", "ScheduleAt: NOW"),
      request(
        "opensearch.StartServiceSoftwareUpdate", "region=eu-west-1", "ScheduleAt: NOW\nDomainName: logs-a"),
      same: true),
    Case(
      "spelling of a number", start("logs-a", "DesiredStartTime: 1796090400000"),
      start("logs-a", "DesiredStartTime: 0x1a22f548d00"), same: true),
    Case(
      "carrier", start("logs-a", settings: ""),
      "service: opensearch\noperation: start-service-software-update\nparameters: {DomainName: logs-a}\n",
      same: true),
    Case("one byte of a value", start("logs-a"), start("logs-b"), same: false),
    Case("region", start("logs-a"), start("logs-a", settings: "region=eu-west-2"), same: false),
    Case("region left out", start("logs-a"), start("logs-a", settings: ""), same: false),
    Case("a member more", start("logs-a"), start("logs-a", "ScheduleAt: NOW"), same: false),
    Case(
      "operation", request("es.DescribeElasticsearchDomain", "", "DomainName: logs-a"),
      request("es.DeleteElasticsearchDomain", "", "DomainName: logs-a"), same: false),
    Case(
      "a sensitive value",
      request("proton.UpdateServiceInstance", "", "{name: a, serviceName: b, deploymentType: NONE, spec: x}"),
      request("proton.UpdateServiceInstance", "", "{name: a, serviceName: b, deploymentType: NONE, spec: y}"),
      same: false),
  ]

  @Test(arguments: cases) func tells(_ item: Case) throws {
    let (one, other) = (try Planned(item.one).plan, try Planned(item.other).plan)
    #expect((one.digest == other.digest) == item.isSame, "\(one.requests) \(other.requests)")
  }

  @Test func dayRegionFlagAndSnapshotsDoNotMatterButTheRegionDoes() throws {
    let texts = [start("logs-a", settings: "")]
    let plain = try Planned(texts).plan
    #expect(try Planned(texts, now: "2031-01-01T00:00:00Z").plan.digest == plain.digest)
    let state = [(file: "d.json", text: #"{"DomainStatus": {"DomainName": "logs-a", "Processing": true}}"#)]
    #expect(try Planned(texts, snapshots: state).plan.digest == plain.digest)
    let flagged = try Planned(texts, region: "eu-west-1").plan
    #expect(flagged.digest == (try Planned([start("logs-a")]).plan.digest))
    #expect(flagged.digest != plain.digest)
  }
}
