import Foundation
import TestSupport
import Testing

/// `catalog list` and `show`.
@Suite struct CatalogCommandTests {
  // MARK: list

  @Test func listOfAllServices() throws {
    let run = try Invocation("catalog list")
    #expect(run.status == 0)
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == "service                              API version  protocol            operations")
    #expect(
      lines.contains("account                              2021-02-01   rest-json                   18"))
    #expect(
      lines.contains("ec2                                  2016-11-15   ec2                        830"))
    #expect(run.output.hasSuffix("\n\n445 services, 20027 operations, botocore 1.44.8 of 2026-11-28\n"))
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(lines.count == 445 + 4)
  }

  @Test func listOfOneService() throws {
    let run = try Invocation("catalog list proton")
    #expect(run.status == 0)
    #expect(
      run.output.hasPrefix("AcceptEnvironmentAccountConnection (deprecated)\nCancelComponentDeployment"))
    #expect(run.output.hasSuffix("\n\nproton: 87 operations, 87 deprecated, botocore 1.44.8 of 2026-11-28\n"))
  }

  @Test func listOfAFolder() throws {
    try withScratch { scratch in
      try scratch.write("models/new-one/2026-01-01/service-2.json", smallModel { $0 })
      try scratch.write("models/torn/2026-01-01/service-2.json", "{")
      let all = try Invocation("catalog list --models models", in: scratch.folder)
      #expect(all.status == 2)
      #expect(
        all.errors
          == "reqlint: models/torn/2026-01-01/service-2.json: byte 1: text ends inside the JSON value\n")
      #expect(
        all.output.contains(
          "\nnew-one                              2021-02-01   rest-json                   18\n"))
      #expect(
        all.output.hasSuffix("\n\n446 services, 20045 operations, models from models, botocore 1.44.8\n"))
      let one = try Invocation("catalog list new-one --models models", in: scratch.folder)
      #expect(one.status == 0)
      #expect(
        one.output.hasSuffix("\nnew-one: 18 operations, 0 deprecated, models from models, botocore 1.44.8\n")
      )
    }
  }

  // MARK: show

  @Test(arguments: ["GetPrimaryEmail", "get-primary-email", "get_primary_email"])
  func shownOperation(_ spelling: String) throws {
    let run = try Invocation("catalog show account.\(spelling)")
    #expect(run.status == 0)
    #expect(
      run.output == """
        {
        "metadata":{"apiVersion":"2021-02-01","auth":["aws.auth#sigv4"],"endpointPrefix":"account","protocol":"rest-json","protocols":["rest-json"],"serviceId":"Account","signatureVersion":"v4","signingName":"account","uid":"account-2021-02-01"},
        "operations":{
        "GetPrimaryEmail":{"http":{"method":"POST","requestUri":"/getPrimaryEmail","responseCode":200},"input":{"shape":"GetPrimaryEmailRequest"}}
        },
        "shapes":{
        "AccountId":{"type":"string","pattern":"\\\\d{12}"},
        "GetPrimaryEmailRequest":{"type":"structure","required":["AccountId"],"members":{
        "AccountId":{"shape":"AccountId"}
        }}
        }
        }

        """)
  }

  @Test func shownService() throws {
    let run = try Invocation("catalog show es")
    #expect(run.status == 0)
    let json = try run.json()
    #expect(Set(json.keys) == ["metadata", "regions"])
    #expect((json["metadata"] as? [String: Any])?["endpointPrefix"] as? String == "es")
    #expect((json["regions"] as? [String])?.contains("eu-west-1") == true)
  }

  /// An operation without input, and one whose shapes refer to themselves.
  @Test(arguments: ["sts.GetCallerIdentity", "dynamodb.PutItem", "ec2.RunInstances"])
  func shownJSONIsWellFormed(_ operation: String) throws {
    let run = try Invocation("catalog show \(operation)")
    #expect(run.status == 0)
    let json = try run.json()
    #expect(Set(json.keys) == ["metadata", "operations", "shapes"])
    #expect((json["operations"] as? [String: Any])?.count == 1)
  }

  static let unknownNames: [(arguments: [String], errors: String)] = [
    (
      ["show", "account.get-primary-emial"],
      "operation \"account.get-primary-emial\" is not in the catalog; did you mean account.GetPrimaryEmail?"
    ),
    (
      ["show", "acount.GetPrimaryEmail"],
      "operation \"acount.GetPrimaryEmail\" is not in the catalog; did you mean "
        + "account.GetPrimaryEmail?"
    ),
    (["list", "code-deploy"], "service \"code-deploy\" is not in the catalog; did you mean codedeploy?"),
    (
      ["show", "iam:CreateRole"],
      "operation \"iam:CreateRole\" is not in the catalog, write SERVICE.OPERATION; did you mean iam.CreateRole?"
    ),
    (["show", "Account"], "service \"Account\" is not in the catalog; did you mean account?"),
    (["show", "a.b.c"], "operation \"a.b.c\" is not in the catalog, write SERVICE.OPERATION"),
    (["show", ""], "service \"\" is not in the catalog"),
    (["show", "../x"], "operation \"../x\" is not in the catalog, write SERVICE.OPERATION"),
    (["show", "partitions"], "service \"partitions\" is not in the catalog"),
    (
      ["show", "es.endpoints"],
      "operation \"es.endpoints\" is not in the catalog; did you mean es.DescribeVpcEndpoints?"
    ),
    (["list", "ec2@"], "service \"ec2@\" is not in the catalog; did you mean ec2?"),
    (["list", "sensitive-members"], "service \"sensitive-members\" is not in the catalog"),
  ]

  @Test(arguments: unknownNames)
  func unknownName(_ test: (arguments: [String], errors: String)) throws {
    let run = try Invocation(["catalog"] + test.arguments)
    #expect(run.status == 2)
    #expect(run.errors == "reqlint: \(test.errors)\n")
    #expect(run.output == "")
  }
}
