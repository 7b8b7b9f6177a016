import Requests
import Syntax
import Testing

/// Envelopes, batches and directives, and what can be wrong with them.
@Suite struct CarrierTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    var notation = Document.Notation.yaml
    let requests: [String]
    let issues: [String]

    init(
      _ name: String, _ text: String, as notation: Document.Notation = .yaml, _ requests: [String],
      _ issues: [String] = []
    ) {
      self.name = name
      self.text = text
      self.notation = notation
      self.requests = requests
      self.issues = issues
    }

    var testDescription: String { name }
  }

  private static func envelope(_ more: String) -> String {
    "service: es\noperation: CreatePackage\nparameters: {}\n\(more)\n"
  }

  static let envelopes: [Case] = [
    Case(
      "everything", envelope("id: a\ndescription: d\nregion: eu-west-1\naccount: '123456789012'"),
      ["es.CreatePackage id=a region=eu-west-1 account=123456789012"]),
    Case(
      "everything, JSON",
      #"{"service":"es","operation":"CreatePackage","id":"a","region":"x","account":123456789012,"parameters":{}}"#,
      as: .json, ["es.CreatePackage id=a region=x account=123456789012"]),
    Case(
      "digits without quotes", envelope("account: 123456789012"), ["es.CreatePackage account=123456789012"]),
    Case("leading zero", envelope("account: 012345678901"), ["es.CreatePackage account=012345678901"]),
    Case(
      "eleven digits", envelope("account: 12345678901"), ["es.CreatePackage account=12345678901"],
      ["pattern-mismatch 4:10-4:21 /account #0"]),
    Case(
      "thirteen digits", envelope("account: '1234567890123'"), ["es.CreatePackage account=1234567890123"],
      ["pattern-mismatch 4:10-4:25 /account #0"]),
    Case(
      "digits of another script", envelope("account: '12345678901\u{662}'"),
      ["es.CreatePackage account=12345678901\u{662}"], ["pattern-mismatch 4:10-4:24 /account #0"]),
    Case(
      "account as a fraction", envelope("account: 1.5"), ["es.CreatePackage"],
      ["wrong-type 4:10-4:13 /account #0"]),
    Case("number for an id", envelope("id: 5"), ["es.CreatePackage"], ["wrong-type 4:5-4:6 /id #0"]),
    Case("empty id", envelope("id: ''"), ["es.CreatePackage"], ["too-short 4:5-4:7 /id #0"]),
    Case(
      "nothing for a region", envelope("region:"), ["es.CreatePackage"], ["wrong-type 4:1-4:7 /region #0"]),
    Case(
      "list for a description", envelope("description:\n  - a"), ["es.CreatePackage"],
      ["wrong-type 5:3-5:4 /description #0"]),
    Case(
      "unknown keys", envelope("paramters: {}\nfoo: bar"), ["es.CreatePackage"],
      ["unknown-key 4:1-4:10 /paramters #0", "unknown-key 5:1-5:4 /foo #0"]),
    Case(
      "no operation", "service: es\nparameters: {}\n", ["?"], ["unbound-request 1:1-1:8 #0"]),
    Case(
      "no service", "operation: CreatePackage\nparameters: {}\n", ["?"], ["unbound-request 1:1-1:10 #0"]),
    Case(
      "number for an operation", "service: es\noperation: 5\nparameters: {}\n", ["?"],
      ["wrong-type 2:12-2:13 /operation #0"]),
    Case(
      "both in one", "service: es\noperation: es.CreatePackage\nparameters: {}\n", ["?"],
      ["unknown-operation 2:12-2:28 /operation #0"]),
    Case("no parameters", "service: es\noperation: CreatePackage\n", ["es.CreatePackage"]),
    Case(
      "by merge", "<<: {service: es, operation: CreatePackage, region: eu-west-1}\nparameters: {}\n",
      ["es.CreatePackage region=eu-west-1"]),
    Case(
      "directive above",
      "# reqlint: es.AddTags region=eu-west-1 account=123456789012\n" + envelope("region: us-east-1"),
      ["es.CreatePackage region=us-east-1 account=123456789012"]),
  ]

  static let batches: [Case] = [
    Case(
      "defaults",
      """
      defaults: {service: es, operation: CreatePackage, region: eu-west-1, account: 123456789012}
      requests:
        - parameters: {}
        - {id: b, operation: AddTags, region: us-east-1, parameters: {}}
        - {service: opensearch, account: '000000000000', parameters: {}}
        - {}
      """,
      [
        "es.CreatePackage region=eu-west-1 account=123456789012",
        "es.AddTags id=b region=us-east-1 account=123456789012",
        "opensearch.CreatePackage region=eu-west-1 account=000000000000",
        "es.CreatePackage region=eu-west-1 account=123456789012",
      ]),
    Case(
      "JSON", #"{"requests": [{"service": "es", "operation": "add-tags"}], "defaults": {"region": "x"}}"#,
      as: .json,
      ["es.AddTags region=x"]),
    Case("empty", "requests: []\n", [], ["empty-document 1:1-1:9 /requests"]),
    Case(
      "empty, with defaults", "defaults: {service: es}\nrequests: []\n", [],
      ["empty-document 2:1-2:9 /requests"]),
    Case("nothing", "requests:\n", [], ["empty-document 1:1-1:9 /requests"]),
    Case(
      "mapping for the list", "defaults: {service: es}\nrequests: {a: b}\n", [],
      ["wrong-type 2:11-2:12 /requests"]),
    Case("text for the list", "requests: all\n", [], ["wrong-type 1:11-1:14 /requests"]),
    Case(
      "list for the defaults", "defaults:\n  - es\nrequests:\n- {service: es, operation: AddTags}\n",
      ["es.AddTags"],
      ["wrong-type 2:3-2:4 /defaults"]),
    Case(
      "nothing for the defaults", "defaults:\nrequests:\n- {service: es, operation: AddTags}\n",
      ["es.AddTags"],
      ["wrong-type 1:1-1:9 /defaults"]),
    Case(
      "unknown keys",
      "defaults: {reigon: x, parameters: {}}\nrequests:\n- {service: es, operation: AddTags, id: a, foo: 1}\nbar: 1\n",
      ["es.AddTags id=a"],
      [
        "unknown-key 4:1-4:4 /bar", "unknown-key 1:12-1:18 /defaults/reigon",
        "unknown-key 1:23-1:33 /defaults/parameters", "unknown-key 3:44-3:47 /requests/0/foo #0",
      ]),
    Case(
      "no mappings", "requests: [5, null, [a], {service: es, operation: AddTags}]\n", ["es.AddTags"],
      [
        "wrong-type 1:12-1:13 /requests/0", "wrong-type 1:15-1:19 /requests/1",
        "wrong-type 1:21-1:24 /requests/2",
      ]),
    Case(
      "wrong defaults count for each request",
      "defaults: {service: es, operation: AddTags, region: 5, account: 12}\nrequests: [{id: a}, {id: b}]\n",
      ["es.AddTags id=a account=12", "es.AddTags id=b account=12"],
      [
        "wrong-type 1:53-1:54 /defaults/region #0", "pattern-mismatch 1:65-1:67 /defaults/account #0",
        "wrong-type 1:53-1:54 /defaults/region #1", "pattern-mismatch 1:65-1:67 /defaults/account #1",
      ]),
    Case(
      "unknown operation in one",
      "requests:\n- {service: es, operation: AddTag}\n- {service: es, operation: AddTags}\n",
      ["?", "es.AddTags"], ["unknown-operation 2:28-2:34 /requests/0/operation #0"]),
    Case(
      "directive for those without names",
      "# reqlint: es.AddTags region=eu-west-1\nrequests:\n- {parameters: {}}\n- {service: es, operation: ListTags}\n",
      ["es.AddTags region=eu-west-1", "es.ListTags region=eu-west-1"]),
    Case(
      "half a name", "# reqlint: es.AddTags\nrequests:\n- {operation: ListTags, parameters: {}}\n", ["?"],
      ["unbound-request 3:3-3:4 /requests/0 #0"]),
  ]

  static let directives: [Case] = [
    Case("plain", "# reqlint: es.AddTags\n{}", ["es.AddTags"]),
    Case("no blank before", "#reqlint: es.AddTags\n{}", ["es.AddTags"]),
    Case("no blank behind", "# reqlint:es.AddTags\n{}", ["es.AddTags"]),
    Case(
      "blanks, tabs, CRLF", "##  reqlint: \t es.AddTags \t region=eu-west-1  \r\n{}",
      ["es.AddTags region=eu-west-1"]),
    Case("among others", "# The tags.\n#\n# reqlint: es.AddTags\n# More.\n\n{}", ["es.AddTags"]),
    Case("before the marker", "# reqlint: es.AddTags\n---\n{}", ["es.AddTags"]),
    Case("behind the marker", "--- # reqlint: es.AddTags\n{}", ["es.AddTags"]),
    Case("before a YAML directive", "# reqlint: es.AddTags\n%YAML 1.2\n---\n{}", ["es.AddTags"]),
    Case("behind a mark", "\u{FEFF}# reqlint: es.AddTags\n{}", ["es.AddTags"]),
    Case("other spelling", "# reqlint: es.add-tags\n{}", ["es.AddTags"]),
    Case(
      "second", "# reqlint: es.AddTags\n# reqlint: es.ListTags\n{}", ["es.AddTags"],
      ["duplicate-key 2:3-2:23 #0"]),
    Case("unknown service", "# reqlint: ess.AddTags\n{}", ["?"], ["unknown-service 1:12-1:23 #0"]),
    Case("unknown operation", "# reqlint: es.AddTag\n{}", ["?"], ["unknown-operation 1:12-1:21 #0"]),
    Case("no dot", "# reqlint: es\n{}", ["?"], ["unknown-operation 1:12-1:14 #0"]),
    Case("two dots", "# reqlint: aws.es.AddTags\n{}", ["?"], ["unknown-operation 1:12-1:26 #0"]),
    Case(
      "settings", "# reqlint: es.AddTags region=x account=12 reigon=y =z w=\n{}",
      ["es.AddTags region=x account=12"],
      [
        "unknown-key 1:43-1:49 #0", "unknown-key 1:52-1:52 #0", "unknown-key 1:55-1:56 #0",
        "pattern-mismatch 1:40-1:42 #0",
      ]),
    Case("stray word", "# reqlint: es.AddTags now\n{}", ["es.AddTags"], ["unknown-key 1:23-1:26 #0"]),
    Case(
      "operation behind a setting", "# reqlint: region=x es.AddTags\n{a: b}", [],
      ["unknown-key 1:21-1:31", "unbound-request 2:1-2:2"]),
    Case("nothing", "# reqlint:\n{}", [], ["unbound-request 1:3-1:11", "unbound-request 2:1-2:2"]),
    Case("below", "a: b\n# reqlint: es.AddTags\n", ["es.AddTags"], ["malformed-directive 2:3-2:22 #0"]),
    Case("capitals", "# Reqlint: es.AddTags\na: b\n", ["es.AddTags"], ["malformed-directive 1:3-1:22 #0"]),
    Case(
      "a comment that only speaks of it", "# see reqlint: es.AddTags\na: b\n", [], ["unbound-request 2:1-2:2"]
    ),
    Case(
      "JSON has no comments", "{\"#\": \"reqlint: es.AddTags\"}", as: .json, [], ["unbound-request 1:1-1:2"]),
  ]

  @Test(arguments: envelopes + batches + directives)
  func binding(_ test: Case) throws {
    let bound = try Bound(test.text, as: test.notation)
    #expect(bound.requests == test.requests)
    #expect(bound.issues == test.issues)
  }

  @Test func words() throws {
    let keys = try Bound(Self.envelope("paramters: {}"))
    #expect(
      keys.words == [
        "a request has no key \"paramters\", only service, operation, parameters, region, account, id, description"
          + " | did you mean parameters?"
      ])
    let directive = try Bound("# reqlint: es.AddTags reigon=x\n{}")
    #expect(
      directive.words == ["directive knows region and account, not \"reigon\" | did you mean region?"])
    let account = try Bound(Self.envelope("account: '12'"))
    #expect(account.words == ["account \"12\" is not twelve digits"])
    let batch = try Bound("requests: []\n")
    #expect(batch.words == ["batch holds no request | remove it, or write a request"])
  }

  /// A bare input may have members that a carrier has too.
  @Test func bareInputsThatLookLikeCarriers() throws {
    let batchLike = try Bound("requests: [{a: b}]\n", operation: "es.AddTags")
    #expect(batchLike.requests == ["es.AddTags"])
    #expect(batchLike.issues == [])
    let envelopeLike = try Bound("# reqlint: es.AddTags\nservice: x\nname: y\n")
    #expect(envelopeLike.requests == ["es.AddTags"])
    #expect(envelopeLike.issues == [])
  }
}
