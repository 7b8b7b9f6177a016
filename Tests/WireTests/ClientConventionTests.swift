import Models
import Syntax
import Testing
import Wire

/// What clients put on the wire for members that are left out or have another name.
@Suite struct ClientConventionTests {
  static let cases = [
    ("glacier", "DescribeVault", "{vaultName: photos}", "/-/vaults/photos"),
    (
      "glacier", "DescribeVault", "{accountId: '123456789012', vaultName: photos}",
      "/123456789012/vaults/photos"
    ),
    (
      "cloudsearchdomain", "Search", "{query: a, returnFields: title}",
      "/2013-01-01/search?format=sdk&pretty=true&q=a&return=title"
    ),
  ]

  @Test(arguments: cases)
  func targets(_ service: String, _ operation: String, _ parameters: String, _ expected: String) throws {
    #expect(try Self.request(service, operation, parameters).target == expected)
  }

  private static func request(_ service: String, _ operation: String, _ parameters: String) throws
    -> HTTPRequest
  {
    let model = try #require(try Catalog.builtIn.service(service))
    let document = try TestedService.document(parameters, as: .yaml)
    let call = Call(
      operation: try #require(try model.operation(operation)), service: model.metadata, document: document,
      parameters: document.root)
    return try httpRequest(for: call, options: WireOptions())
  }

  @Test func regionOfTheClient() throws {
    let copy = "SourceDBClusterSnapshotIdentifier: a, TargetDBClusterSnapshotIdentifier: b"
    #expect(
      try Self.request("neptune", "CopyDBClusterSnapshot", "{\(copy), SourceRegion: eu-west-1}").body
        == Self.request("neptune", "CopyDBClusterSnapshot", "{\(copy)}").body)
  }

  @Test func dateOfS3() throws {
    let headers = try Self.request("s3", "PutObject", "{Bucket: abc, Key: d, Expires: 1795176000}").headers
    #expect(headers.filter { $0.name == "Expires" }.map(\.value) == ["Fri, 20 Nov 2026 12:00:00 GMT"])
  }
}
