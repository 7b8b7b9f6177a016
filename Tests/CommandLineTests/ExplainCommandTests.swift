import Foundation
import TestSupport
import Testing

/// `explain` for operations and members, `new`, and the completion of their words.
@Suite struct ExplainCommandTests {
  @Test func operation() throws {
    let run = try Invocation("explain kms.list-key-policies")
    #expect(run.status == 0 && run.errors == "")
    #expect(
      run.output == """
        kms.ListKeyPolicies
          sends          POST / (json)
          effect         reads only, by its name
          documentation  https://docs.aws.amazon.com/goto/WebAPI/kms-2014-11-01/ListKeyPolicies

        members (reqlint explain kms.ListKeyPolicies.MEMBER tells more)
          KeyId   required string, 1 to 2048 characters
          Limit   integer, 1 to 1000
          Marker  string, 1 to 1024 characters, pattern [\\u0020-\\u00FF]*

        """)
  }

  @Test(arguments: ["Item.M", "Item{}.M", "Item.someKey.M"])
  func memberInsideMap(_ path: String) throws {
    let run = try Invocation("explain dynamodb.PutItem.\(path)")
    #expect(run.status == 0)
    #expect(
      run.output == """
        dynamodb.PutItem.Item{}.M
          type           map of string to structure
          key length     at most 65535 characters
          documentation  https://docs.aws.amazon.com/goto/WebAPI/dynamodb-2012-08-10/PutItem

        members (reqlint explain dynamodb.PutItem.Item{}.M{}.MEMBER tells more)
          S     string
          N     string
          B     blob
          SS    list of strings
          NS    list of strings
          BS    list of blobs
          M     map of string to structure
          L     list of structures
          NULL  boolean
          BOOL  boolean

        """)
  }

  /// Rules about idempotency tokens stand only with operations that have one.
  @Test(arguments: [("kms.Encrypt", false), ("proton.UpdateServiceInstance", true)])
  func rulesAboutTokens(_ operation: String, _ areListed: Bool) throws {
    let output = try Invocation("explain \(operation)").output
    for rule in ["client-token-reused", "request-repeated-with-token"] {
      #expect(output.contains("\(rule): ") == areListed)
    }
  }

  /// What the client fills in is not required of a request.
  @Test func memberThatTheClientFillsIn() throws {
    let run = try Invocation("explain glacier.UploadArchive").output
    #expect(run.contains("\n  vaultName           required string, in the path as {vaultName}\n"))
    #expect(run.contains("\n  accountId           string, the client fills in \"-\", in the path as"))
  }

  /// On a member's own page a long pattern is whole, broken where the line ends; in lists it is only told of.
  @Test func longPattern() throws {
    let member = try Invocation("explain bedrock-agent.TagResource.resourceArn").output
    #expect(
      member.contains(
        #"""

          pattern        .*(^arn:aws:bedrock:[a-zA-Z0-9-]+:/d{12}:(agent|agent-alias|kno
                         wledge-base|flow|prompt)/[A-Z0-9]{10}(?:/[A-Z0-9]{10})?$|^arn:a
        """#))
    let list = try Invocation("explain bedrock-agent.TagResource").output
    #expect(
      list.contains("\n  resourceArn  required string, 20 to 1011 characters, a pattern, in the path as\n"))
  }

  @Test func valuesAndRulesOfAMember() throws {
    let run = try Invocation("explain opensearch.StartServiceSoftwareUpdate.ScheduleAt")
    #expect(run.status == 0)
    #expect(run.output.contains("\n  values         NOW, TIMESTAMP, OFF_PEAK_WINDOW\n"))
    #expect(run.output.contains("\n  error    desired-start-time-without-timestamp: "))
    #expect(!run.output.contains("domain-deleted"))
  }

  @Test func everyKnownValueIsListedAndThePatternWhole() throws {
    let types = try Invocation("explain ec2.RunInstances.InstanceType").output
    #expect(types.contains("a1.medium, ") && types.contains("z1d.metal") && !types.contains("…"))
    let pattern = try Invocation("explain lambda.CreateFunction.Role").output
    #expect(pattern.contains("\n  pattern        arn:"))
  }

  @Test func service() throws {
    let run = try Invocation("explain proton")
    #expect(run.status == 0)
    #expect(
      run.output.hasPrefix(
        """
        proton (Proton)
          version     2020-07-20
          protocol    json
          regions     ap-northeast-1, ap-northeast-2,
        """))
    #expect(run.output.contains("\n  UpdateServicePipeline\n"))
  }

  @Test(arguments: [
    ("code-deploy", "there is no rule, service or operation \"code-deploy\"; did you mean codedeploy?"),
    (
      "iam:CreateRole",
      "there is no rule, service or operation \"iam:CreateRole\"; did you mean iam.CreateRole?"
    ),
    (
      "configservice.put-config-rul",
      "operation \"configservice.put-config-rul\" is not in the catalog; did you mean config.PutConfigRule?"
    ),
    ("sfn", "there is no rule, service or operation \"sfn\"; did you mean stepfunctions?"),
    (
      "demo-bucket-nam",
      "there is no rule, service or operation \"demo-bucket-nam\"; did you mean demo-bucket-name?"
    ),
    (
      "es.StartServiceSoftwareUpdate",
      "operation \"es.StartServiceSoftwareUpdate\" is not in the catalog; "
        + "did you mean opensearch.StartServiceSoftwareUpdate?"
    ),
    (
      "sqss.SendMesage",
      "operation \"sqss.SendMesage\" is not in the catalog; did you mean sqs.SendMessage?"
    ),
    (
      "ec2.RunInstances.imageId",
      "ec2.RunInstances has no member \"imageId\"; did you mean ec2.RunInstances.ImageId?"
    ),
    ("sqs.ListQueues.MaxResults.X", "sqs.ListQueues.MaxResults has no member \"X\", and no other"),
  ])
  func unknownNames(_ topic: String, _ message: String) throws {
    let run = try Invocation("explain \(topic)")
    #expect(run.status == 2 && run.output == "")
    #expect(run.errors == "reqlint: \(message)\n")
  }

  @Test func newRequestIsLintedAsWritten() throws {
    try withScratch { scratch in
      let run = try Invocation("new opensearch.start-service-software-update")
      #expect(run.status == 0 && run.errors == "")
      let file = try scratch.write("request.yaml", run.output)
      let before = try Invocation("lint --format json \(file.path)")
      #expect(before.status == 1)
      #expect(try before.rules() == ["skeleton-leftover"])
      try scratch.write(
        "request.yaml", run.output.replacingOccurrences(of: "<DomainName>", with: "logs-prod"))
      let after = try Invocation("lint --format json \(file.path)")
      #expect(after.status == 0)
      #expect(try after.rules() == [])
    }
  }

  @Test func newForANameThatIsNone() throws {
    let run = try Invocation("new es.CreatePackge")
    #expect(run.status == 2)
    #expect(
      run.errors
        == "reqlint: operation \"es.CreatePackge\" is not in the catalog; did you mean es.CreatePackage?\n"
    )
  }

  // MARK: Completion

  @Test(arguments: [
    (["new"], "opensea", ["opensearch.", "opensearchmemory.", "opensearchserverless."]),
    (["new"], "proton.UpdateServiceP", ["proton.UpdateServicePipeline"]),
    (["new"], "proton.update-service-p", ["proton.update-service-pipeline"]),
    (["new"], "proton.update_service_p", ["proton.update_service_pipeline"]),
    (["new"], "zzzz", []),
    (["new"], "ec2.runi", ["ec2.RunInstances"]),
    (["new"], "EC2.runi", ["ec2.RunInstances"]),
    (["new"], "OPENSEA", ["opensearch.", "opensearchmemory.", "opensearchserverless."]),
    (["catalog", "show"], "proton.UpdateServiceP", ["proton.UpdateServicePipeline"]),
    (["catalog", "list"], "opensea", ["opensearch", "opensearchmemory", "opensearchserverless"]),
    (["explain"], "ec2.RunInstances.placement.T", []),
    (["explain"], "ec2.RunInstances.Placement.tena", ["ec2.RunInstances.Placement.Tenancy"]),
    (["explain"], "demo-b", ["demo-bucket-name"]),
    (
      ["explain"], "opensearch.StartServiceSoftwareUpdate.",
      ["DomainName", "ScheduleAt", "DesiredStartTime"].map { "opensearch.StartServiceSoftwareUpdate.\($0)" }
    ),
    (["explain"], "ec2.RunInstances.Placement.T", ["ec2.RunInstances.Placement.Tenancy"]),
  ])
  func completes(_ command: [String], _ word: String, _ expected: [String]) throws {
    let run = try Invocation(
      ["---completion"] + command + [
        "--", "positional@0", "\(command.count + 1)", "\(word.count)", "reqlint",
      ] + command + [
        word
      ],
      environment: ["SAP_SHELL": "bash", "SAP_SHELL_VERSION": "5.2"])
    #expect(run.output.split(separator: "\n").map { String($0) } == expected)
  }

  @Test(arguments: ["diff", "import"])
  func completesServices(_ command: String) throws {
    let run = try Invocation(
      ["---completion", "catalog", command, "--", "--service", "4", "4"]
        + ["reqlint", "catalog", command, "--service", "prot"],
      environment: ["SAP_SHELL": "bash", "SAP_SHELL_VERSION": "5.2"])
    #expect(run.output == "proton\n")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionScriptIsWritten(_ shell: String) throws {
    let run = try Invocation("--generate-completion-script \(shell)")
    #expect(run.status == 0)
    #expect(run.output.contains("---completion"))
  }
}
