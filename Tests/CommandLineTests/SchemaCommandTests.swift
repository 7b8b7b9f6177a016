import Foundation
import TestSupport
import Testing

@Suite struct SchemaCommandTests {
  private func withScratch(_ body: (Scratch) throws -> Void) throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try body(scratch)
  }

  @Test func operationWithoutInputTakesNothing() throws {
    // In the spelling of the AWS CLI.
    let run = try Invocation("schema sts.get-caller-identity")
    #expect(run.status == 0)
    let schema = try run.json()
    #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    #expect(schema["additionalProperties"] as? Bool == false)
  }

  @Test func ruleStandsInTheSchemaWithItsIDAndWhatIsLeftOutIsNamed() throws {
    let schema = try Invocation("schema opensearch.CreatePackage").json()
    let rules = (schema["allOf"] as? [[String: Any]] ?? []).compactMap { $0["x-reqlint-rule"] as? String }
    #expect(
      rules == [
        "demo-bucket-name", "encryption-key-with-encryption-off", "encryption-options-without-zip-plugin",
        "engine-version-without-zip-plugin", "invalid-bucket-name", "license-filepath-without-license",
        "license-key-extension", "object-key-not-relative", "package-source-incomplete",
        "zip-plugin-key-extension", "zip-plugin-without-engine-version",
      ])
    let missing = (schema["x-reqlint-not-expressed"] as? [[String: String]] ?? []).map { $0["rule"] ?? "" }
    #expect(missing == ["engine-version-too-old"])
  }

  @Test func shapesThatHoldThemselvesEnd() throws {
    for operation in ["amplifyuibuilder.CreateTheme", "dynamodb.PutItem", "wafv2.CreateWebACL"] {
      let run = try Invocation("schema \(operation)")
      #expect(run.status == 0)
      #expect(run.output.contains("\"$ref\": \"#/$defs/"))
    }
  }

  struct Refusal: CustomTestStringConvertible, Sendable {
    let line: String
    let message: String
    var testDescription: String { line }
  }

  static let refusals = [
    Refusal(
      line: "schema opensearch.CreatePackge",
      message:
        "reqlint: operation \"opensearch.CreatePackge\" is not in the catalog; did you mean opensearch.CreatePackage?"
    ),
    Refusal(line: "schema", message: "Error: name an operation, or give --settings"),
    Refusal(
      line: "schema es.CreatePackage es.AddTags",
      message: "Error: bare parameters have one schema for each operation: add --output DIR"),
    Refusal(
      line: "schema es.CreatePackage --output /dev/null/schemas",
      message: "reqlint: /dev/null: cannot be written: File exists"),
    Refusal(
      line: "schema --settings nosuch", message: "reqlint: nosuch: cannot be read: No such file or directory"),
  ]

  @Test(arguments: refusals) func whatCannotBeDoneEndsWithTwo(_ refusal: Refusal) throws {
    let run = try Invocation(refusal.line)
    #expect(run.status == 2)
    #expect(run.errors.hasPrefix(refusal.message), "\(run.errors)")
  }

  @Test func settingsNameEveryFileBesideItsSchema() throws {
    try withScratch { scratch in
      let parameters = "{\"PackageName\": \"abc\"}"
      try scratch.write("es/CreatePackage/bare.json", Data(parameters.utf8))
      try scratch.write("es/CreatePackage/bare.yaml", Data(parameters.utf8))
      try scratch.write("es/CreatePackage/outside.yaml", Data("parameters: \(parameters)\n".utf8))
      try scratch.write(
        "batch.yaml",
        Data("defaults: {service: es}\nrequests:\n- {operation: create-package, parameters: {}}\n".utf8))
      try scratch.write("es/CreatePackage/broken.yaml", Data("a: [\n".utf8))
      try scratch.write("other.yaml", Data("a: 1\n".utf8))
      let run = try Invocation("schema --settings --output schemas .", in: scratch.folder)
      #expect(run.status == 0)
      #expect(
        run.errors == "reqlint: es/CreatePackage/broken.yaml: passed over, since it cannot be parsed\n")
      #expect(
        run.output == """
          {
            "json.schemas": [
              {
                "fileMatch": [
                  "/es/CreatePackage/bare.json"
                ],
                "url": "./schemas/es.CreatePackage.json"
              }
            ],
            "yaml.schemas": {
              "./schemas/es.CreatePackage.envelope.json": [
                "/es/CreatePackage/outside.yaml"
              ],
              "./schemas/es.CreatePackage.json": [
                "/es/CreatePackage/bare.yaml"
              ],
              "./schemas/requests.json": [
                "/batch.yaml"
              ]
            }
          }

          """)
      let written = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path + "/schemas")
      #expect(
        written.sorted() == ["es.CreatePackage.envelope.json", "es.CreatePackage.json", "requests.json"])
    }
  }

  /// What `lint` leaves out by the configuration, an editor is not told either.
  @Test func goesBySeverities() throws {
    try withScratch { scratch in
      try scratch.write(
        ".reqlint.yaml",
        """
        severity:
          too-short: off
          pattern-mismatch: info
          unknown-value: off
          missing-parameter: off
          unknown-parameter: off
          desired-start-time-without-timestamp: off

        """)
      let schema = try Invocation("schema opensearch.StartServiceSoftwareUpdate", in: scratch.folder).json()
      let name = (schema["properties"] as? [String: [String: Any]])?["DomainName"]
      let mode = (schema["properties"] as? [String: [String: Any]])?["ScheduleAt"]
      #expect(Set(name?.keys ?? [:].keys) == ["title", "description", "type", "maxLength"])
      #expect(mode?["enum"] == nil)
      #expect(schema["required"] == nil)
      #expect(schema["additionalProperties"] == nil)
      let rules = (schema["allOf"] as? [[String: Any]] ?? []).compactMap { $0["$comment"] as? String }
      #expect(rules.contains("timestamp-without-desired-start-time"))
      #expect(!rules.contains("desired-start-time-without-timestamp"))
    }
  }
}
