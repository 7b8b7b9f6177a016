import Foundation
import TestSupport
import Testing

/// The catalog's own model of a small service, changed.
func smallModel(_ change: (String) -> String) throws -> String {
  let file = Project.root.appending(path: "Sources/CCatalog/files/account.json")
  return change(try String(contentsOf: file, encoding: .utf8))
}

/// `catalog diff`, on folders made from the catalog's own files.
@Suite struct CatalogDiffCommandTests {
  private static func changed(_ text: String) -> String {
    let changes = [
      (#""enum":["BILLING","OPERATIONS","SECURITY"]"#, #""enum":["BILLING","SECURITY","LEGAL"]"#),
      (
        #""AccountId":{"type":"string","pattern":"\\d{12}"}"#,
        #""AccountId":{"type":"string","pattern":"\\d{11}"}"#
      ),
      (#""Title":{"type":"string","max":50"#, #""Title":{"type":"string","max":60"#),
      (
        #""GetPrimaryEmailRequest":{"type":"structure","required":["AccountId"],"#,
        #""GetPrimaryEmailRequest":{"type":"structure","#
      ),
      (
        #""GetRegionOptStatusRequest":{"type":"structure","required":["RegionName"],"members":{"#,
        #""GetRegionOptStatusRequest":{"type":"structure","required":["RegionName","Why"],"members":{"Why":{"shape":"Otp"},"#
      ),
      (#""StandardAccountId":{"shape":"AccountId"}"#, ""),
      (
        #""requestUri":"/listRegions","responseCode":200},"#,
        #""requestUri":"/v2/listRegions"},"deprecated":true,"#
      ),
      (#""EnableRegion":{"#, #""EnableRegions":{"#),
    ]
    return changes.reduce(text) { text, change in
      precondition(text.contains(change.0), "\(change.0)")
      return text.replacing(change.0, with: change.1, maxReplacements: 1)
    }
  }

  private func withModels(_ model: String, _ body: (Scratch) throws -> Void) throws {
    try withScratch { scratch in
      try scratch.write("models/account/2021-02-01/service-2.json", model)
      try body(scratch)
    }
  }

  @Test func sameModels() throws {
    try withModels(smallModel { $0 }) { scratch in
      let run = try Invocation("catalog diff models", in: scratch.folder)
      #expect(run.status == 0)
      #expect(
        run.output == """
            old         botocore 1.44.8
            new         models from models

          1 service compared: no difference

          """)
      #expect(run.errors == "")
    }
  }

  @Test func differenceAsText() throws {
    try withModels(smallModel(Self.changed)) { scratch in
      let run = try Invocation("catalog diff models", in: scratch.folder)
      #expect(run.status == 1)
      #expect(
        run.output == #"""
            old         botocore 1.44.8
            new         models from models

          can break requests: 5 changes

          account
            operation removed: EnableRegion
            GetGovCloudAccountInformationRequest in GetGovCloudAccountInformation
              member removed: StandardAccountId
            GetRegionOptStatusRequest in GetRegionOptStatus
              member added: Why (string, required)
            AccountId in AcceptPrimaryEmailUpdate.AccountId, DeleteAlternateContact,
                DisableRegion and 13 more operations
              pattern: \d{12} → \d{11}
            AlternateContactType in DeleteAlternateContact.AlternateContactType,
                GetAlternateContact, PutAlternateContact
              values removed: OPERATIONS

          harmless: 7 changes

          account
            operation added: EnableRegions
            operation deprecated: ListRegions
            operation ListRegions
              http.requestUri: /listRegions → /v2/listRegions
              http.responseCode removed, was: 200
            GetPrimaryEmailRequest in GetPrimaryEmail
              member AccountId is no longer required
            AlternateContactType in DeleteAlternateContact.AlternateContactType,
                GetAlternateContact, PutAlternateContact
              values added: LEGAL
            Title in PutAlternateContact.Title
              max: 50 → 60

          1 service compared: 0 added, 0 removed, 1 changed
          12 changes, 5 can break requests

          """#)
      #expect(run.errors == "")
    }
  }

  @Test func differenceAsJSON() throws {
    try withModels(smallModel { $0.replacing(#""OPERATIONS","#, with: "") }) { scratch in
      try scratch.write("models/torn/2021-02-01/service-2.json", "{")
      let run = try Invocation("catalog diff models --format json", in: scratch.folder)
      #expect(run.status == 2)
      #expect(
        run.output == """
          {
            "format": "reqlint-catalog-diff/1",
            "catalogs": {
              "old": "botocore 1.44.8",
              "new": "models from models"
            },
            "summary": {
              "services": 1,
              "uncomparedServices": 1,
              "changes": 1,
              "breaking": 1,
              "faults": 1
            },
            "changes": [
              {
                "service": "account",
                "subject": "shape",
                "shape": "AlternateContactType",
                "key": "enum",
                "change": "values-removed",
                "breaking": true,
                "old": ["OPERATIONS"],
                "at": "DeleteAlternateContact.AlternateContactType",
                "operations": [
                  "DeleteAlternateContact",
                  "GetAlternateContact",
                  "PutAlternateContact"
                ]
              }
            ],
            "faults": [
              {
                "path": "models/torn/2021-02-01/service-2.json",
                "problem": "byte 1: text ends inside the JSON value"
              }
            ]
          }

          """)
      #expect(
        run.errors
          == "reqlint: models/torn/2021-02-01/service-2.json: byte 1: text ends inside the JSON value\n")
      let one = try Invocation("catalog diff models --service account", in: scratch.folder)
      #expect(one.status == 1)
      #expect(one.errors == "")
    }
  }

  /// What could not be compared is no service without a difference.
  @Test(
    arguments: [
      (["account": "{"], "0 services compared\n1 service could not be compared"),
      (["account": nil, "torn": "{"], "1 service compared: no difference\n1 service could not be compared"),
      (
        ["account": nil, "new-one": nil, "torn": "{", "torn2": "{"],
        "2 services compared: 1 added, 0 removed, 0 changed\n2 services could not be compared"
      ),
    ] as [([String: String?], String)])
  func headlineWithFaults(_ models: [String: String?], _ headline: String) throws {
    try withScratch { scratch in
      for (service, model) in models {
        try scratch.write("models/\(service)/2021-02-01/service-2.json", model ?? smallModel { $0 })
      }
      let run = try Invocation("catalog diff models", in: scratch.folder)
      #expect(run.status == 2)
      #expect(run.output.contains("\n\(headline)\n"))
    }
  }

  static let badArguments: [(arguments: String, errors: String)] = [
    ("models --service es", "reqlint: models: has no model of \"es\"\n"),
    ("models --service s3api", "reqlint: service \"s3api\" is not in the catalog; did you mean s3?\n"),
    ("models --service acount", "reqlint: service \"acount\" is not in the catalog; did you mean account?\n"),
    (
      "models --service ../account",
      "reqlint: service \"../account\" is not in the catalog; did you mean account?\n"
    ),
    (".", "reqlint: .: holds no model of a service (SERVICE/VERSION/service-2.json)\n"),
    ("gone", "reqlint: gone: cannot be read: No such file or directory\n"),
    (
      "models --now today", "reqlint: --now \"today\" is no RFC 3339 date-time such as 2026-11-20T12:00:00Z\n"
    ),
  ]

  @Test(arguments: badArguments)
  func refused(_ test: (arguments: String, errors: String)) throws {
    try withModels(smallModel { $0 }) { scratch in
      let run = try Invocation("catalog diff \(test.arguments)", in: scratch.folder)
      #expect(run.status == 2)
      #expect(run.errors == test.errors)
      #expect(run.output == "")
    }
  }

  // MARK: diff --against

  private static func request(_ operation: String, _ parameters: String) -> String {
    "service: account\noperation: \(operation)\nparameters: \(parameters)\n"
  }

  @Test func requestsThatComeOutOtherwise() throws {
    try withModels(smallModel(Self.changed)) { scratch in
      try scratch.write("r/a.yaml", Self.request("GetAlternateContact", "{AlternateContactType: OPERATIONS}"))
      try scratch.write("r/b.yaml", Self.request("GetAlternateContact", "{AlternateContactType: BILLING}"))
      try scratch.write("r/c.yaml", Self.request("GetPrimaryEmail", "{}"))
      try scratch.write("r/d.yaml", Self.request("ListRegions", "{}"))
      let run = try Invocation(
        "catalog diff models --now \(referenceTime) --against r", in: scratch.folder)
      #expect(run.status == 1)
      #expect(
        run.output == #"""
            old         botocore 1.44.8
            new         models from models

          can break requests: 2 changes

          account
            AccountId in AcceptPrimaryEmailUpdate.AccountId, DeleteAlternateContact,
                DisableRegion and 13 more operations
              pattern: \d{12} → \d{11}
            AlternateContactType in DeleteAlternateContact.AlternateContactType,
                GetAlternateContact, PutAlternateContact
              values removed: OPERATIONS

          harmless: 5 changes

          account
            operation deprecated: ListRegions
            operation ListRegions
              http.requestUri: /listRegions → /v2/listRegions
              http.responseCode removed, was: 200
            GetPrimaryEmailRequest in GetPrimaryEmail
              member AccountId is no longer required
            AlternateContactType in DeleteAlternateContact.AlternateContactType,
                GetAlternateContact, PutAlternateContact
              values added: LEGAL

          5 changes not shown, of what these requests do not call

          pass → fail  r/a.yaml#1
            file        r/a.yaml:1
            operation   account.GetAlternateContact
            new         3:36: error: AlternateContactType must be one of BILLING,
                        SECURITY, LEGAL, not "OPERATIONS" [unknown-value]

          fail → pass  r/c.yaml#1
            file        r/c.yaml:1
            operation   account.GetPrimaryEmail
            gone        3:1: error: required parameter AccountId is missing
                        [missing-parameter]

          pass → warn  r/d.yaml#1
            file        r/d.yaml:1
            operation   account.ListRegions
            new         2:12: warning: operation account.ListRegions is deprecated
                        [deprecated-operation]

          1 service compared: 0 added, 0 removed, 1 changed
          12 changes, 5 can break requests
          4 requests checked against both: 3 come out otherwise

          """#)
      #expect(run.errors == "")
    }
  }

  /// The catalogs differ, but no request comes out otherwise.
  @Test func requestsThatAllComeOutAsBefore() throws {
    try withModels(smallModel(Self.changed)) { scratch in
      let good = Self.request("GetAlternateContact", "{AlternateContactType: BILLING}")
      try scratch.write("r/b.yaml", good)
      let run = try Invocation("catalog diff models --against r", in: scratch.folder)
      #expect(run.status == 0)
      #expect(run.output.hasSuffix("\n1 request checked against both: 0 come out otherwise\n"))
      let input = try Invocation("catalog diff models --against -", in: scratch.folder, input: good)
      #expect(input.status == 0)
      #expect(input.output.hasSuffix("\n1 request checked against both: 0 come out otherwise\n"))
    }
  }

  @Test func changedRequestsAsJSON() throws {
    try withModels(smallModel { $0.replacing(#""OPERATIONS","#, with: "") }) { scratch in
      let bad = Self.request("GetAlternateContact", "{AlternateContactType: OPERATIONS}")
      try scratch.write("r/a.yaml", bad + "---\n" + bad)
      let run = try Invocation("catalog diff models --format json --against r", in: scratch.folder)
      #expect(run.status == 1)
      let json = try run.json()
      let summary = json["summary"] as? [String: Int]
      #expect(
        summary == [
          "services": 1, "uncomparedServices": 0, "changes": 1, "breaking": 1, "faults": 0, "requests": 2,
          "changedRequests": 2,
        ])
      let requests = try #require(json["requests"] as? [[String: Any]])
      #expect(requests.map { $0["id"] as? String } == ["r/a.yaml#1", "r/a.yaml#2"])
      #expect(requests[0]["verdict"] as? [String: String] == ["old": "pass", "new": "fail"])
      let appeared = try #require(requests[1]["appeared"] as? [[String: Any]])
      #expect(appeared.map { $0["rule"] as? String } == ["unknown-value"])
      #expect(appeared.map { $0["line"] as? Int } == [7])
      #expect((requests[1]["disappeared"] as? [Any])?.isEmpty == true)
    }
  }

  /// `--service` leaves out the requests of other services, and faults of their models.
  @Test func requestsOfOneService() throws {
    try withModels(smallModel(Self.changed)) { scratch in
      try scratch.write("models/sqs/2012-11-05/service-2.json", "{")
      try scratch.write("models/other/2021-02-01/service-2.json", smallModel { $0 })
      let body = "{AlternateContactType: OPERATIONS}"
      try scratch.write("r/a.yaml", Self.request("GetAlternateContact", body))
      try scratch.write("r/b.yaml", "service: sqs\noperation: ListQueues\nparameters: {}\n")
      try scratch.write(
        "r/c.yaml",
        "service: other\noperation: GetAlternateContact\nparameters: {AlternateContactType: BILLING}\n")
      for (service, file, others) in [
        ("account", "pass → fail  r/a.yaml#1", ["r/b", "r/c", "sqs"]),
        ("other", "fail → pass  r/c.yaml#1", ["r/a", "r/b", "sqs"]),
      ] {
        let run = try Invocation(
          "catalog diff models --service \(service) --against r", in: scratch.folder)
        #expect(run.errors == "")
        #expect(run.status == 1)
        #expect(run.output.contains("\n\(file)\n"))
        #expect(run.output.hasSuffix("\n1 request checked against both: 1 comes out otherwise\n"))
        #expect(others.filter { run.output.contains($0) } == [])
      }
    }
  }

  @Test func nothingToCheckAgainstIsNoSuccess() throws {
    try withModels(smallModel { $0 }) { scratch in
      try scratch.write("r/other.yaml", "kind: Deployment\n")
      let none = try Invocation("catalog diff models --against r", in: scratch.folder)
      #expect(none.status == 2)
      #expect(none.errors == "reqlint: no request found; 1 file passed over\n")
      let gone = try Invocation("catalog diff models --against gone", in: scratch.folder)
      #expect(gone.status == 2)
      #expect(gone.errors == "reqlint: gone: cannot be read: No such file or directory\n")
    }
  }

  @Test func faultyModelOfARequest() throws {
    try withModels("{") { scratch in
      try scratch.write("r/a.yaml", Self.request("GetAlternateContact", "{AlternateContactType: BILLING}"))
      let run = try Invocation("catalog diff models --against r", in: scratch.folder)
      #expect(run.status == 2)
      let fault = "models/account/2021-02-01/service-2.json: byte 1: text ends inside the JSON value"
      #expect(
        run.errors == """
          reqlint: \(fault)
          reqlint: r/a.yaml:2: the model of account.GetAlternateContact cannot be used: \(fault)

          """)
    }
  }
}
