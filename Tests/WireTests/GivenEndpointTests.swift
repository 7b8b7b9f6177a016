import Models
import Syntax
import Testing

@testable import Wire

/// Addresses below an endpoint that the user gives, as botocore 1.44.8 builds them.
struct GivenEndpointTests {
  struct Case: CustomTestStringConvertible {
    let endpoint: String
    /// In the order of `calls`.
    let addresses: [String]

    init(_ endpoint: String, _ addresses: [String]) {
      self.endpoint = endpoint
      self.addresses = addresses
    }

    var testDescription: String { endpoint }
  }

  /// A path of one slash, a label, a query that the operation always has, a bucket in the path, an access point in the
  /// host, and a prefix before the host.
  static let calls = [
    ("sqs.ListQueues", "{}"),
    ("lambda.GetFunction", #"{"FunctionName": "f/x"}"#),
    ("s3.ListObjectsV2", #"{"Bucket": "my-bucket", "Prefix": "p q"}"#),
    ("s3.GetObject", #"{"Bucket": "my-bucket", "Key": "/a//b c"}"#),
    ("s3.GetObject", #"{"Bucket": "arn:aws:s3:eu-central-1:123456789012:accesspoint/my-point", "Key": "k"}"#),
    ("servicediscovery.DiscoverInstances", #"{"NamespaceName": "n", "ServiceName": "s"}"#),
  ]

  @Test(arguments: cases)
  func addresses(_ test: Case) throws {
    let options = EndpointOptions(endpointURL: test.endpoint)
    let resolver = EndpointResolver(.builtIn)
    let addresses = try Self.calls.map { name, parameters in
      let id = try #require(OperationID(parsing: name))
      let service = try #require(try Catalog.builtIn.service(id.service))
      let operation = try #require(try service.operation(id.operation))
      guard case .document(let document) = readJSON(SourceText(parameters), limits: Limits()) else {
        preconditionFailure("\(parameters) is not JSON")
      }
      let call = try ClientCall(
        Call(
          operation: operation, service: service.metadata, document: document, parameters: document.root),
        options: WireOptions(region: "eu-central-1"))
      let endpoint = try resolver.endpoint(
        for: service, call.endpointContext, region: "eu-central-1", options)
      return try call.request().url(at: endpoint.url)
    }
    #expect(addresses == test.addresses)
  }

  static let cases = [
    Case(
      "https://h.example",
      [
        "https://h.example/",
        "https://h.example/2015-03-31/functions/f%2Fx",
        "https://h.example/my-bucket?list-type=2&prefix=p%20q&encoding-type=url",
        "https://h.example/my-bucket//a//b%20c",
        "https://my-point-123456789012.h.example/k",
        "https://data-h.example/",
      ]),
    Case(
      "https://h.example/",
      [
        "https://h.example/",
        "https://h.example/2015-03-31/functions/f%2Fx",
        "https://h.example/my-bucket?list-type=2&prefix=p%20q&encoding-type=url",
        "https://h.example/my-bucket//a//b%20c",
        "https://my-point-123456789012.h.example/k",
        "https://data-h.example/",
      ]),
    Case(
      "https://h.example//",
      [
        "https://h.example//",
        "https://h.example//2015-03-31/functions/f%2Fx",
        "https://h.example/my-bucket?list-type=2&prefix=p%20q&encoding-type=url",
        "https://h.example/my-bucket//a//b%20c",
        "https://my-point-123456789012.h.example//k",
        "https://data-h.example//",
      ]),
    Case(
      "https://h.example/base",
      [
        "https://h.example/base",
        "https://h.example/base/2015-03-31/functions/f%2Fx",
        "https://h.example/base/my-bucket?list-type=2&prefix=p%20q&encoding-type=url",
        "https://h.example/base/my-bucket//a//b%20c",
        "https://my-point-123456789012.h.example/base/k",
        "https://data-h.example/base",
      ]),
    Case(
      "https://h.example/base/",
      [
        "https://h.example/base/",
        "https://h.example/base/2015-03-31/functions/f%2Fx",
        "https://h.example/base/my-bucket?list-type=2&prefix=p%20q&encoding-type=url",
        "https://h.example/base/my-bucket//a//b%20c",
        "https://my-point-123456789012.h.example/base/k",
        "https://data-h.example/base/",
      ]),
    Case(
      "https://h.example/base//",
      [
        "https://h.example/base//",
        "https://h.example/base//2015-03-31/functions/f%2Fx",
        "https://h.example/base/my-bucket?list-type=2&prefix=p%20q&encoding-type=url",
        "https://h.example/base/my-bucket//a//b%20c",
        "https://my-point-123456789012.h.example/base//k",
        "https://data-h.example/base//",
      ]),
    Case(
      "https://h.example//base",
      [
        "https://h.example//base",
        "https://h.example//base/2015-03-31/functions/f%2Fx",
        "https://h.example/base/my-bucket?list-type=2&prefix=p%20q&encoding-type=url",
        "https://h.example/base/my-bucket//a//b%20c",
        "https://my-point-123456789012.h.example//base/k",
        "https://data-h.example//base",
      ]),
    Case(
      "https://h.example/a//b/",
      [
        "https://h.example/a//b/",
        "https://h.example/a//b/2015-03-31/functions/f%2Fx",
        "https://h.example/a/b/my-bucket?list-type=2&prefix=p%20q&encoding-type=url",
        "https://h.example/a/b/my-bucket//a//b%20c",
        "https://my-point-123456789012.h.example/a//b/k",
        "https://data-h.example/a//b/",
      ]),
    Case(
      "https://h.example:8443/",
      [
        "https://h.example:8443/",
        "https://h.example:8443/2015-03-31/functions/f%2Fx",
        "https://h.example:8443/my-bucket?list-type=2&prefix=p%20q&encoding-type=url",
        "https://h.example:8443/my-bucket//a//b%20c",
        "https://my-point-123456789012.h.example:8443/k",
        "https://data-h.example:8443/",
      ]),
    Case(
      "https://H.Example/Base/",
      [
        "https://H.Example/Base/",
        "https://H.Example/Base/2015-03-31/functions/f%2Fx",
        "https://H.Example/Base/my-bucket?list-type=2&prefix=p%20q&encoding-type=url",
        "https://H.Example/Base/my-bucket//a//b%20c",
        "https://my-point-123456789012.H.Example/Base/k",
        "https://data-H.Example/Base/",
      ]),
    Case(
      "HTTPS://h.example/",
      [
        "https://h.example/",
        "https://h.example/2015-03-31/functions/f%2Fx",
        "https://h.example/my-bucket?list-type=2&prefix=p%20q&encoding-type=url",
        "https://h.example/my-bucket//a//b%20c",
        "https://my-point-123456789012.h.example/k",
        "https://data-h.example/",
      ]),
    Case(
      "https://127.0.0.1:4566/",
      [
        "https://127.0.0.1:4566/",
        "https://127.0.0.1:4566/2015-03-31/functions/f%2Fx",
        "https://127.0.0.1:4566/my-bucket?list-type=2&prefix=p%20q&encoding-type=url",
        "https://127.0.0.1:4566/my-bucket//a//b%20c",
        "https://my-point-123456789012.127.0.0.1:4566/k",
        "https://data-127.0.0.1:4566/",
      ]),
    Case(
      "http://localhost:4566/",
      [
        "http://localhost:4566/",
        "http://localhost:4566/2015-03-31/functions/f%2Fx",
        "http://localhost:4566/my-bucket?list-type=2&prefix=p%20q&encoding-type=url",
        "http://localhost:4566/my-bucket//a//b%20c",
        "http://my-point-123456789012.localhost:4566/k",
        "http://data-localhost:4566/",
      ]),
    Case(
      "https://h.example/a%20b/",
      [
        "https://h.example/a%20b/",
        "https://h.example/a%20b/2015-03-31/functions/f%2Fx",
        "https://h.example/a%2520b/my-bucket?list-type=2&prefix=p%20q&encoding-type=url",
        "https://h.example/a%2520b/my-bucket//a//b%20c",
        "https://my-point-123456789012.h.example/a%20b/k",
        "https://data-h.example/a%20b/",
      ]),
    Case(
      "https://h.example/./a/../b/",
      [
        "https://h.example/./a/../b/",
        "https://h.example/./a/../b/2015-03-31/functions/f%2Fx",
        "https://h.example/b/my-bucket?list-type=2&prefix=p%20q&encoding-type=url",
        "https://h.example/b/my-bucket//a//b%20c",
        "https://my-point-123456789012.h.example/./a/../b/k",
        "https://data-h.example/./a/../b/",
      ]),
    Case(
      "https://h.example./",
      [
        "https://h.example./",
        "https://h.example./2015-03-31/functions/f%2Fx",
        "https://h.example./my-bucket?list-type=2&prefix=p%20q&encoding-type=url",
        "https://h.example./my-bucket//a//b%20c",
        "https://my-point-123456789012.h.example./k",
        "https://data-h.example./",
      ]),
    Case(
      "https://h.example/*~'()!$&,;=:@/",
      [
        "https://h.example/*~'()!$&,;=:@/",
        "https://h.example/*~'()!$&,;=:@/2015-03-31/functions/f%2Fx",
        "https://h.example/%2A~%27%28%29%21%24%26%2C%3B%3D%3A%40/my-bucket?list-type=2&prefix=p%20q&encoding-type=url",
        "https://h.example/%2A~%27%28%29%21%24%26%2C%3B%3D%3A%40/my-bucket//a//b%20c",
        "https://my-point-123456789012.h.example/*~'()!$&,;=:@/k",
        "https://data-h.example/*~'()!$&,;=:@/",
      ]),
  ]
}
