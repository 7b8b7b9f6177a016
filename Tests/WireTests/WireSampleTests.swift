import Foundation
import Models
import Syntax
import TestSupport
import Testing
import Wire

/// Requests that were recorded from botocore, compared byte by byte; hosts are not the subject here.
@Suite(.enabled(if: Suites.folder != nil, "REQLINT_SUITES is unset"))
struct WireSampleTests {
  struct Recording: Decodable {
    struct HTTP: Decodable {
      let method: String
      let url: URL
      let body: Data

      enum CodingKeys: String, CodingKey {
        case method, url
        case body = "body_b64"
      }
    }

    let note: String
    let service: String
    let operation: String?
    /// `nil` where botocore's type check, which is the linter's job here, let nothing through.
    let http: HTTP?
  }

  struct Recordings: Decodable {
    let token: String
    let samples: [Recording]

    enum CodingKeys: String, CodingKey {
      case samples
      case token = "fixed_uuid4"
    }
  }

  @Test func requestsAreEqual() throws {
    let file = try #require(Suites.folder).appending(path: "../domain/wire-samples.json").standardizedFileURL
    let bytes = try Data(contentsOf: file)
    let recordings = try JSONDecoder().decode(Recordings.self, from: bytes)
    let document = try ProtocolSuite.read(Array(bytes))
    let samples = try #require(document.value(of: "samples", in: document.root))
    var refused: [String] = []
    for (recording, node) in zip(recordings.samples, document.items(of: samples)) {
      guard let expected = recording.http else {
        refused.append(recording.note)
        continue
      }
      let service = try #require(try Catalog.builtIn.service(recording.service))
      let operation = try #require(try service.operation(recording.operation ?? ""))
      let call = Call(
        operation: operation, service: service.metadata, document: document,
        parameters: document.value(of: "params", in: node))
      let request = try httpRequest(for: call, options: WireOptions(idempotencyToken: recordings.token))
      let headers = document.follow(JSONPointer(["http", "headers"]), from: node).value
      #expect(request.method == expected.method, "\(recording.note)")
      #expect(request.target == expected.url.path(), "\(recording.note)")
      #expect(request.hostPrefix.isEmpty, "\(recording.note)")
      #expect(
        request.headers
          == headers.map { headers in
            document.entries(of: headers).map {
              HTTPRequest.Header(document.string(of: $0.key), document.string(of: $0.value))
            }
          }, "\(recording.note)")
      #expect(request.body == Array(expected.body), "\(recording.note)")
    }
    #expect(recordings.samples.count == 14)
    #expect(refused == ["datetime for a long member: client-side error, nothing sent"])
  }
}
