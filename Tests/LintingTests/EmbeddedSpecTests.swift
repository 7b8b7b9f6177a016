import Linting
import Syntax
import Testing

/// Faults inside a spec, which is YAML inside a scalar: their places are those of the file.
@Suite struct EmbeddedSpecTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    /// The file's lines from line 5 on.
    let spec: String
    let expected: [String]

    var testDescription: String { name }
  }

  private static let malformed = "warning spec-instances-malformed"

  /// In each, what `instances` holds is wrong.
  static let faults: [Case] = [
    Case(
      name: "literal", spec: "spec: |\n  proton: ServiceSpec\n  instances: 1",
      expected: ["\(malformed) 7:14-7:15 /spec"]),
    Case(
      name: "literal with comments and non-ASCII text",
      spec:
        "spec: |  # the spec\n\n  # Käse 💥\n  proton: ServiceSpec\n\n  ä💥: {instances: {}}\n  instances: {}",
      expected: ["\(malformed) 11:14-11:15 /spec"]),
    Case(
      name: "literal with an indentation indicator", spec: "spec: |1-\n  proton: ServiceSpec\n  instances: 1",
      expected: ["\(malformed) 7:14-7:15 /spec"]),
    Case(
      name: "literal, kept", spec: "spec: |+\n    proton: ServiceSpec\n    instances: 1\n\n\n",
      expected: ["\(malformed) 7:16-7:17 /spec"]),
    Case(
      name: "folded", spec: "spec: >\n  proton: ServiceSpec\n\n  instances: 1",
      expected: ["\(malformed) 8:14-8:15 /spec"]),
    Case(
      name: "folded flow", spec: "spec: >-\n  {proton: ServiceSpec,\n  instances:\n  [{name: i}]}",
      expected: ["\(malformed) 8:4-8:5 /spec"]),
    Case(
      name: "single-quoted", spec: "spec: '{proton: ''ServiceSpec'', instances: 1}'",
      expected: ["\(malformed) 5:45-5:46 /spec"]),
    Case(
      name: "single-quoted over lines", spec: "spec: 'proton: ServiceSpec\n\n\n  instances: 1'",
      expected: ["\(malformed) 8:14-8:15 /spec"]),
    Case(
      name: "double-quoted", spec: #"spec: "proton: ServiceSpec\n\u00e4: \"\\t💥\"\ninstances: \x31\n""#,
      expected: ["\(malformed) 5:58-5:62 /spec"]),
    Case(
      name: "double-quoted over lines",
      spec: "spec: \"proton: ServiceSpec\\n\\\n  instances: \\\n    1\"",
      expected: ["\(malformed) 7:5-7:6 /spec"]),
    Case(
      name: "plain", spec: "spec: proton:ServiceSpec",
      expected: ["error spec-not-mapping 5:7-5:25 /spec"]),
    Case(
      name: "literal that does not parse",
      spec: "spec: |\n  proton: ServiceSpec\n  instances:\n    - name: i\n     environment: e",
      expected: ["error spec-not-mapping 9:6-9:7 /spec"]),
    Case(
      name: "double-quoted that does not parse", spec: #"spec: "proton: ServiceSpec\n\ta: b""#,
      expected: ["error spec-not-mapping 5:29-5:31 /spec"]),
  ]

  private static func request(_ spec: String) -> String {
    "# reqlint: proton.UpdateServiceInstance\nserviceName: s\nname: i\ndeploymentType: CURRENT_VERSION\n\(spec)\n"
  }

  @Test(arguments: faults, ["\n", "\r\n", "\r"])
  func places(_ test: Case, _ lineBreak: String) throws {
    let linted = try Linted(Self.request(test.spec).replacing("\n", with: lineBreak))
    // Whether i is listed does not matter here.
    #expect(linted.lines(without: Linted.background + ["instance-not-in-spec"]) == test.expected)
  }

  @Test func placesInJSON() throws {
    let linted = try Linted(
      #"""
      {"serviceName": "s", "name": "i", "deploymentType": "CURRENT_VERSION",
       "spec": "proton: ServiceSpec\n\u00e4\ud83d\ude00: x\ninstances: 1\n"}
      """#, as: .json, operation: "proton.UpdateServiceInstance")
    #expect(linted.lines(without: Linted.background) == ["\(Self.malformed) 2:66-2:67 /spec"])
  }

  @Test func insideABatch() throws {
    let linted = try Linted(
      """
      requests:
        - service: proton
          operation: update-service-pipeline
          parameters:
            serviceName: s
            deploymentType: MINOR_VERSION
            spec: |
              proton: ServiceSpec
              pipeline:
                apiToken: Zm9vYmFyMTIzNDU2
      """)
    #expect(
      linted.lines(without: Linted.background) == ["warning secret-in-spec 10:21-10:37 /spec"])
  }
}
