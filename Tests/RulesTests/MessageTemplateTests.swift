import Models
import Syntax
import Testing

@testable import Rules

struct MessageTemplateTests {
  struct Case: CustomTestStringConvertible {
    let template: String
    let expected: String

    var testDescription: String { template }

    init(_ template: String, _ expected: String) {
      self.template = template
      self.expected = expected
    }
  }

  private static let parameters = """
    Name: logs-prod
    Text: 'has blanks: ü'
    Empty: ''
    Long: \(String(repeating: "x", count: 61))
    Control: "a\\e[31m\\n"
    Source: {Key: a/b, List: [p, {Deep: q}]}
    value: mine
    "a/b": slash
    At: 1796090400000
    Seconds: 1796090400
    Negative: -1000
    Huge: 99999999999999999999
    Far: 253402300800000
    Last: 253402300799999
    Flag: true
    """

  static let members = [
    Case("plain text", "plain text"), Case("", ""), Case("{Name}", "logs-prod"),
    Case("is {Name}, not {Flag}", "is logs-prod, not true"),
    Case("{Text}", #""has blanks: ü""#), Case("{Empty}", #""""#),
    Case("{Long}", "\"\(String(repeating: "x", count: 60))…\""),
    Case("{Control}", #""a\u{1B}[31m\u{A}""#), Case("{Source/Key}", "a/b"), Case("{Source/List/1/Deep}", "q"),
    Case("{Source}", "a value"), Case("{Missing}", "absent"), Case("{Source/List/7}", "absent"),
    Case("{a~1b}", "slash"),
    Case("{{Name}}", "{Name}"), Case("{{{Name}}}", "{logs-prod}"), Case("a }} b {{", "a } b {"),
    Case("ü{Name}🎉", "ülogs-prod🎉"),
    // A combining mark behind a brace makes one character of both, and is still no part of it.
    Case("{Name}\u{301}", "logs-prod\u{301}"), Case("{{\u{301}Name}}", "{\u{301}Name}"),
    Case("{member}", "Deep"), Case("it {problem}", "it p"), Case("{value}", "q"),
    Case("{now}", "2026-11-20T12:00:00Z"),
    Case("{request.region}", "eu-west-1"),
    Case("{request.service}.{request.operation}", "proton.UpdateServiceInstance"),
    Case("{request.account}", "undeclared"),
    Case("{request.file}", #""my files/x.yaml""#),
  ]

  static let filters = [
    Case("{At|milliseconds}", "2026-12-01T02:00:00Z"), Case("{Seconds|seconds}", "2026-12-01T02:00:00Z"),
    Case("{At|by-digits} {Seconds|by-digits}", "2026-12-01T02:00:00Z 2026-12-01T02:00:00Z"),
    Case("{Seconds|milliseconds}", "1970-01-21T18:54:50.400Z"),
    Case("{Negative|milliseconds}", "1969-12-31T23:59:59Z"),
    Case("{At|seconds}", "1796090400000"), Case("{Huge|milliseconds}", "99999999999999999999"),
    Case("{Far|milliseconds}", "253402300800000"),
    Case("{Last|milliseconds}", "9999-12-31T23:59:59.999Z"), Case("{Name|milliseconds}", "logs-prod"),
    Case("{Missing|seconds}", "absent"),
    Case("{now|days until 2026-11-20}", "0 days"), Case("{now|days since 2026-11-20}", "0 days"),
    Case("{now|days until 2026-11-21}", "1 day"),
    Case("{now|days since 2026-11-19}", "1 day"), Case("{now|days until 2026-11-22}", "2 days"),
    Case("{now|days since 2026-10-07}", "44 days"),
    Case("{now|days until 2027-10-07}", "321 days"), Case("{now|days until 2026-11-19}", "-1 days"),
    Case("{now|days until 2026-11-18}", "-2 days"),
    Case("{now|days since 2026-11-21}", "-1 days"), Case("{now|days since 2026-11-22}", "-2 days"),
    Case("{now|days until 2026-11-21T12:00:00Z}", "1 day"),
    Case("{now|days since 2026-11-19T12:00:01Z}", "0 days"),
    Case("{At|days since 2026-11-30}", "1 day"),
  ]

  @Test(arguments: members + filters)
  func renders(_ item: Case) throws {
    let document = try document(Self.parameters)
    let facts = RequestFacts([
      ("service", "proton", nil), ("operation", "UpdateServiceInstance", nil),
      ("file", "my files/x.yaml", nil),
      ("region", "eu-west-1", nil),
    ])
    let renderer = MessageRenderer(context: EvaluationContext(document, facts: facts), operation: nil)
    let deep = document.follow(JSONPointer(["Source", "List", "1", "Deep"]), from: document.root)
    let failure = SchemaFailure(span: ByteSpan(0, 0), path: deep.path, value: "q", problem: "p")
    #expect(renderer.render(try MessageTemplate(parsing: item.template), at: failure) == item.expected)
  }

  @Test func speaksOfTheRequestWithoutAPlace() throws {
    let renderer = MessageRenderer(context: EvaluationContext(try document("a: 1\n")), operation: nil)
    let template = try MessageTemplate(parsing: "{member}: {value} {request.region}")
    #expect(renderer.render(template, at: nil) == "the request: the value undeclared")
  }

  @Test func hidesSensitiveMembers() throws {
    let models = LoadedModels(.builtIn)
    let found = try models.operation(OperationID(service: "proton", operation: "UpdateServiceInstance"))
    let operation = try #require(found)
    let document = try document("name: a\nspec: secret\n")
    let renderer = MessageRenderer(context: EvaluationContext(document), operation: operation)
    let spec = document.follow(JSONPointer(["spec"]), from: document.root)
    let failure = SchemaFailure(span: ByteSpan(0, 0), path: spec.path, value: "secret", problem: "p")
    let template = try MessageTemplate(parsing: "{name} {spec} {spec/x} {value} {value|seconds} {member}")
    #expect(
      renderer.render(template, at: failure) == "a (sensitive) (sensitive) (sensitive) (sensitive) spec")
  }

  static let faults = [
    Case("{", "message has an open brace"), Case("a {Name", "message has an open brace"),
    Case("}", "message has a stray brace; write }} for a literal one"),
    Case("{a}}", "message has a stray brace; write }} for a literal one"),
    Case("{}", "message has an empty place"),
    Case("{|seconds}", "message has an empty place"),
    Case(
      "{request.color}",
      "{request.color} is unknown; a request has service, operation, region, account, id, file"),
    Case("{a~2}", "{a~2} is no member"),
    Case(
      "{At|hours}",
      #"filter "hours" is not milliseconds, seconds, by-digits, days until DATE or days since DATE"#),
    Case("{At|}", #"filter "" is not milliseconds, seconds, by-digits, days until DATE or days since DATE"#),
    Case(
      "{now|days until soon}",
      #"filter "days until soon" is not milliseconds, seconds, by-digits, days until DATE or days since DATE"#
    ),
    Case(
      "{now|days until 2026-02-30}",
      #"filter "days until 2026-02-30" is not milliseconds, seconds, by-digits, days until DATE or days since DATE"#
    ),
  ]

  @Test(arguments: faults)
  func refuses(_ item: Case) {
    let fault = #expect(throws: MessageTemplate.Fault.self) { try MessageTemplate(parsing: item.template) }
    #expect(fault?.message == item.expected)
  }

  @Test func namesItsMembers() throws {
    let template = try MessageTemplate(parsing: "{value} {A} {B/c|seconds} {now} {request.id} {{D}}")
    #expect(template.parameters.map(\.description) == ["/A", "/B/c"])
  }
}
