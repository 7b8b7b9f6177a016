import Foundation
import TestSupport
import Testing

/// A sensitive value must not be printed, wherever it stands and whatever is wrong with the file.
@Suite struct SecrecyTests {
  struct Leak: CustomTestStringConvertible {
    let name: String
    var file = "a.yaml"
    let text: String

    var testDescription: String { name }
  }

  private static let instance =
    "# reqlint: proton.UpdateServiceInstance\nname: i\nserviceName: s\ndeploymentType: NONE\n"

  private static let domain = "# reqlint: opensearch.CreateDomain\nDomainName: x\nAdvancedSecurityOptions:\n"

  private static let service =
    "# reqlint: apprunner.CreateService\nServiceName: shop\nSourceConfiguration: {ImageRepository: "

  private static let secret = "# reqlint: secretsmanager.CreateSecret\n"

  private static let function =
    "# reqlint: lambda.UpdateFunctionConfiguration region=us-east-1\nFunctionName: a\n"

  private static let parameter = "# reqlint: ssm.PutParameter region=us-east-1\nName: a\n"

  private static let password = "# reqlint: iam.CreateLoginProfile\nUserName: bob\nPassword: "

  static let leaks = [
    Leak(
      name: "wrong indentation", text: instance + "spec: |\n    proton: ServiceSpec\n  password: hunter2\n"),
    Leak(name: "missing quotes", text: instance + "spec: password: hunter2\n"),
    Leak(name: "unknown escape", text: instance + "spec: \"password: hunter2 \\q\"\n"),
    Leak(name: "tab", text: instance + "spec:\n\tpassword: hunter2\n"),
    Leak(
      name: "trailing comma", file: "a.json",
      text:
        #"{"service":"proton","operation":"UpdateServiceInstance","parameters":{"spec":"password: hunter2"},}"#
    ),
    Leak(
      name: "unknown service on one line", file: "a.json",
      text:
        #"{"service":"protn","operation":"UpdateServiceInstance","parameters":{"spec":"password: hunter2"}}"#),
    Leak(
      name: "unknown operation on one line", file: "a.json",
      text: #"{"service":"proton","operation":"Update","parameters":{"spec":"password: hunter2"}}"#),
    Leak(name: "unbound on one line", file: "a.json", text: #"{"name":"i","spec":"password: hunter2"}"#),
    Leak(name: "misspelt member", text: instance + "Spec: hunter2\n"),
    Leak(
      name: "outside the parameters",
      text: "service: proton\noperation: UpdateServiceInstance\nspec: hunter2\nparameters: {name: i}\n"),
    Leak(name: "key given twice inside", text: instance + "spec:\n  hunter2: a\n  hunter2: b\n"),
    Leak(name: "member given twice", text: instance + "spec: hunter2\nspec: hunter2\n"),
    Leak(name: "mapping in place of text", text: instance + "spec: {password: hunter2}\n"),
    Leak(name: "credential", text: instance + "spec: |\n  proton: ServiceSpec\n  password: hunter2\n"),
    Leak(name: "broken YAML inside", text: instance + "spec: |\n  password: hunter2: [\n"),
    Leak(
      name: "brought elsewhere by an alias",
      text:
        "# reqlint: proton.UpdateServiceInstance\nspec: &a hunter2\nname: *a\nserviceName: s\ndeploymentType: *a\n"
    ),
    Leak(
      name: "misspelt beside the right one",
      text: Self.instance + "spec: x\nsepc: hunter2\n\"spec \": hunter2\n"),
    Leak(
      name: "text in place of the parameters",
      text: "service: proton\noperation: UpdateServiceInstance\nparameters: |\n  password: hunter2\n"),
    Leak(name: "tag", text: password + "!hunter2\n"),
    Leak(name: "tag and text", text: password + "!!hunter2 x\n"),
    Leak(name: "alias", text: password + "*hunter2\n"),
    Leak(name: "anchor", text: password + "&hunter2\n"),
    Leak(name: "anchor and number", text: password + "&hunter2 5\n"),
    Leak(name: "comment", text: password + "#hunter2\n"),
    Leak(
      name: "key of a map",
      text: "# reqlint: lambda.CreateFunction\nEnvironment: {Variables: {hunter2-1: 5, hunter2/2: x}}\n"),
    Leak(name: "path", text: instance + "spec: hunter2.yaml\n"),
    Leak(name: "file address", text: instance + "spec: file://hunter2\n"),
    Leak(
      name: "list for a map",
      text: Self.service
        + "{ImageConfiguration: {RuntimeEnvironmentVariables: [{Name: A, Value: hunter2}]}}}\n"
    ),
    Leak(
      name: "text for a map",
      text: Self.service + "{ImageConfiguration: {RuntimeEnvironmentVariables: A=hunter2}}}\n"),
    Leak(
      name: "map one level too deep",
      text: Self.service + "{ImageConfiguration: {RuntimeEnvironmentVariables: {A: {hunter2: hunter2-b}}}}}\n"
    ),
    Leak(
      name: "key of a sensitive map twice",
      text: Self.service + "{ImageConfiguration: {RuntimeEnvironmentVariables: {hunter2: x, hunter2: y}}}}\n"),
    Leak(name: "list for a structure", text: domain + "  MasterUserOptions: [hunter2]\n"),
    Leak(name: "null and a comment", text: domain + "  MasterUserOptions: # hunter2\n"),
    Leak(
      name: "text for a structure",
      text: domain + "  MasterUserOptions: '{\"MasterUserPassword\": \"hunter2\"}'\n"),
    Leak(
      name: "text two levels above",
      text:
        "# reqlint: opensearch.CreateDomain\nAdvancedSecurityOptions: |\n  {\"a\": {\"b\": \"hunter2\"}}\n"),
    Leak(name: "misspelt parent", text: domain + "  MasterUsrOptions: {MasterUserPassword: hunter2}\n"),
    Leak(
      name: "misspelt at the top",
      text: domain + "  Enabled: x\nAdvancedSecurityOption: {A: [{B: hunter2}]}\n"),
    Leak(name: "other casing", text: domain + "  masterUserOptions: {master_user_password: hunter2}\n"),
    Leak(
      name: "comment with the word", text: domain + "  MasterUserOptions: [hunter2] # once hunter2, too\n"),
    Leak(
      name: "text for a list",
      text: "# reqlint: chime-sdk-voice.DeleteVoiceConnectorTerminationCredentials\nUsernames: hunter2\n"),
    Leak(
      name: "alias in another request of a batch",
      text:
        "requests:\n  - {service: iam, operation: CreateLoginProfile, parameters: {Password: &a hunter2}}\n"
        + "  - {service: sqs, operation: CreateQueue, parameters: {QueueName: *a, Attributes: *a}}\n"),
    Leak(
      name: "parameters in parameters",
      text: "service: iam\noperation: CreateLoginProfile\nparameters: {parameters: {Password: hunter2}}\n"),
    Leak(
      name: "broken beside a folder that is named like a service", file: "logs/users.yaml",
      text: "DBInstanceIdentifier: a\nMasterUserPassword: hunter2 : \"x\n"),
    Leak(
      name: "broken beside a request of another service",
      text:
        "requests:\n- {service: sqs, operation: CreateQueue, parameters: {QueueName: a}}\n- service: &s secretsmanager\n"
        + "  operation: CreateSecret\n  parameters:\n    SecretString: hunter2 : \"x\n"),
    Leak(
      name: "broken in other casing", text: "master_user_password: hunter2 : \"x\n"),
    Leak(name: "no blank behind the colon", text: Self.secret + "{Name: a, SecretString:hunter2}\n"),
    Leak(name: "an equals sign for the colon", text: Self.secret + "{Name: a, SecretString=hunter2: x}\n"),
    Leak(name: "commas for colons", text: Self.secret + "{Name: a, SecretString, hunter2}\n"),
    Leak(name: "a key inside of another member", text: Self.secret + "Tags: [{SecretString=hunter2: 1}]\n"),
    Leak(name: "a mapping as key", text: Self.secret + "? {SecretString: hunter2}\n: 1\n"),
    Leak(
      name: "a merge that is overridden",
      text: Self.secret + "<<: {SecretString: hunter2, Foo: 1}\nName: a\nSecretString: ab\n"),
    Leak(
      name: "misspelt in a misspelt operation",
      text: "# reqlint: secretsmanager.CreateSecrt\nName: a\nSecretStrng: hunter2\n"),
    Leak(
      name: "other separators in a misspelt operation",
      text: "# reqlint: secretsmanager.CreateSecrt\nName: a\nsecret-string: hunter2\n"),
    Leak(name: "a comment that assigns it", text: Self.secret + "Name: a\nFoo: 1 # SecretString: hunter2\n"),
    Leak(
      name: "a comment that repeats its escapes",
      text: Self.secret + "Name: a\nFoo: 1 # \\x68unter2\nSecretString: \"\\x68unter2\"\n"),
    Leak(
      name: "a directive with an option",
      text: "# reqlint: secretsmanager.CreateSecret --secret-string hunter2\nName: a\n"),
    Leak(
      name: "a command for the operation",
      text:
        "service: secretsmanager\noperation: aws secretsmanager create-secret --secret-string hunter2\n"
        + "parameters: {Name: a}\n"),
    Leak(
      name: "misspelt parameters", file: "a.json",
      text: #"{"service":"iam","operation":"CreateLoginProfile","parametrs":{"Secret":"hunter2"}}"#),
    Leak(
      name: "parameters of a misspelt operation",
      text:
        "service: chime-sdk-voice\noperation: PutTerminationCredentials\nparameters: {Usernames: hunter2}\n"),
    Leak(
      name: "parameters that are not taken", file: "a.json",
      text: #"{"service":"iam","operation":"GetAccountSummary","parameters":"password is hunter2"}"#),
    Leak(
      name: "text in place of a request",
      text: "requests:\n  - {service: sqs, operation: ListQueues}\n  - Password=hunter2\n"),
    Leak(
      name: "text in place of another structure",
      text: domain + "  Enabled: true\nEncryptionAtRestOptions: MasterUserPassword=hunter2\n"),
    Leak(
      name: "owner in a misspelt operation", file: "a.json",
      text:
        #"{"service":"lambda","operation":"UpdateFunctionConfigurationZ","parameters":{"Environment":"A=hunter2"}}"#
    ),
    Leak(
      name: "misspelt in a misspelt operation, short", file: "a.json",
      text: #"{"service":"ssm","operation":"PutParamter","parameters":{"Name":"db","Val":"hunter2"}}"#),
    Leak(
      name: "owner without an operation", file: "a.json",
      text: #"{"service":"lambda","parameters":{"Environment":{"A":"hunter2"}}}"#),
    Leak(
      name: "plain name, unbound", file: "a.json",
      text: #"{"Name":"f","Type":"SecureString","Value":"hunter2"}"#),
    Leak(
      name: "misspelt beyond a limit",
      text:
        "requests:\n- {service: secretmanager, operation: CreateSecret, parameters: {SecretStri: hunter2, Foo: "
        + String(repeating: "[", count: 600) + String(repeating: "]", count: 600) + "}}\n"),
    Leak(
      name: "key of a number that is not finite",
      text: function + "Environment: {Variables: {hunter2: .inf}}\nTimeout: x\n"),
    Leak(
      name: "unknown key of a number that is not finite", text: function + "Envir: {hunter2: .inf, a: .nan}\n"
    ),
    Leak(
      name: "reason of a suppression",
      text: parameter
        + "Value: hunter2\nType: x # reqlint-ignore: unknown-value -- not for hunter2\nTier: y\n"),
    Leak(
      name: "reason of a suppression that assigns",
      text: parameter + "Value: a\nType: x # reqlint-ignore: unknown-value -- was --value hunter2\nTier: y\n"),
    Leak(
      name: "behind the name of an operation", file: "a.json",
      text: #"{"service":"secretsmanager","operation":"create-secret SecretString=hunter2","parameters":{}}"#),
    Leak(
      name: "JSON for an operation",
      text: "service: secretsmanager\noperation: '{\"SecretString\":\"hunter2\"}'\n"),
    Leak(
      name: "behind a tab in a command",
      text: "operation: \"aws lambda update-function-configuration\\t--environment A=hunter2\"\n"),
    Leak(
      name: "assigned in a directive",
      text: "# reqlint: secretsmanager.CreateSecret SecretString: hunter2\nName: a\n"),
    Leak(
      name: "assigned in a directive, blanks around",
      text: "# reqlint: lambda.UpdateFunctionConfiguration Variables = hunter2\nFunctionName: a\n"),
    Leak(
      name: "JSON in a directive",
      text: "# reqlint: lambda.UpdateFunctionConfiguration {\"Variables\":\"hunter2\"}\nFunctionName: a\n"),
    Leak(
      name: "setting of a directive",
      text: "# reqlint: lambda.UpdateFunctionConfiguration Environment=A=hunter2\nFunctionName: a\n"),
    Leak(
      name: "option behind a tab in a directive",
      text: "# reqlint: aws lambda update-function-configuration\t--environment=hunter2\nFunctionName: a\n"),
    Leak(
      name: "behind a region", file: "a.json",
      text:
        #"{"service":"ssm","operation":"PutParameter","region":"us-east-1 Value=hunter2","parameters":{}}"#),
    Leak(
      name: "option for an account", file: "a.json",
      text: #"{"service":"ssm","operation":"PutParameter","account":"--value hunter2","parameters":{}}"#),
    Leak(
      name: "option for an id", file: "a.json",
      text: #"{"service":"ssm","operation":"PutParameter","id":"--value hunter2","parameters":{}}"#),
    Leak(
      name: "assigned in a misspelt description", file: "a.json",
      text: #"{"service":"ssm","operation":"PutParameter","descripton":"Value=hunter2","parameters":{}}"#),
    Leak(
      name: "broken beside another operation",
      text: "# reqlint: kms.encrypt\n# see ListKeys\n{KeyId: a, Plaintex: hunter2 ]}\n"),
    Leak(
      name: "broken under an operation in another spelling",
      text: "# reqlint: ssm.put_parameter\n# see GetParameter\n{Name: a, Val: hunter2 ]}\n"),
    Leak(
      name: "broken second document",
      text:
        "# reqlint: secretsmanager.ListSecrets\n{}\n---\n# reqlint: secretsmanager.create-secret\n{SecretStri: hunter2 ]}\n"
    ),
    Leak(
      name: "broken under a misspelt operation",
      text: "# reqlint: kms.Encryp\n# see ListKeys\n{KeyId: hunter2 ]}\n"),
    Leak(
      name: "alias in a map",
      text: function + "Role: &k hunter2\nTimeout: x\nEnvironment: {Variables: {A: *k}}\n"),
    Leak(
      name: "alias for a key",
      text: function + "Role: &k hunter2\nTimeout: x\nEnvironment: {Variables: {*k : a}}\n"),
    Leak(
      name: "merged keys",
      text: function + "Environment: {Variables: &v {hunter2: y}}\nTracingConfig: {<<: *v}\n"),
    Leak(
      name: "comment that begins far away",
      text: parameter + "Value: hunter2\nType: x # reqlint-ignore: unknown-value, "
        + String(repeating: "unknown-value, ", count: 12) + "nonexisting -- pw hunter2\n"),
    Leak(
      name: "comment that assigns far away",
      text: parameter + "Value: a\nType: x # reqlint-ignore: unknown-value, "
        + String(repeating: "unknown-value, ", count: 12) + "nonexisting, Value=hunter2\n"),
    Leak(name: "comment that assigns an owner", text: function + "Timeout: x # Environment: {DB: hunter2}\n"),
    Leak(name: "comment with an owner's option", text: function + "Timeout: x # --environment DB=hunter2\n"),
    Leak(name: "comment that assigns it misspelt", text: parameter + "Type: x # Valu: hunter2\n"),
    Leak(name: "anchor for a value", text: secret + "SecretString: &hunter2\nName: *hunter2\nKmsKeyId: 1\n"),
    Leak(name: "parent in a file that does not parse", text: domain + "  MasterUserOptions: [hunter2\n"),
  ]

  /// The same text in a member that may be shown: a plan shows that member, messages and source lines do not repeat it.
  static let repeated = [
    Leak(name: "tab in the same text", text: parameter + "Value: \"my\\thunter2\"\nType: \"my\\thunter2\"\n"),
    Leak(
      name: "line break behind the same text",
      text: parameter + "Value: |\n  my hunter2 x\nType: my hunter2 x\n"),
    Leak(
      name: "the same text, cut",
      text: parameter + "Value: &v correct horse hunter2 "
        + String(repeating: "y ", count: 200) + "z\nType: correct horse hunter2 "
        + String(repeating: "y ", count: 200) + "z\n"),
    Leak(name: "the same word with a sign", text: parameter + "Value: hunter2!\nType: hunter2\n"),
  ]

  @Test(arguments: leaks + repeated) func noFormatShowsIt(_ leak: Leak) throws {
    try withScratch { scratch in
      try scratch.write(leak.file, leak.text)
      let run = try Invocation(
        "lint --report json=r.js --report junit=r.xml --report junit-strict=s.xml --min-severity info \(leak.file)",
        in: scratch.folder)
      #expect(run.status == 1 || run.status == 0)
      let reports =
        try run.output + run.errors + scratch.read("r.js") + scratch.read("r.xml") + scratch.read("s.xml")
      #expect(!reports.contains("hunter2"), "\(reports)")
      #expect(try !scratch.read("r.js").contains("\"findings\": []"))
    }
  }

  /// Neither a diff nor a baseline, nor what has changed since a plan.
  @Test(arguments: leaks) func noOtherOutputShowsIt(_ leak: Leak) throws {
    try withScratch { scratch in
      try scratch.write(leak.file, leak.text)
      var shown = ""
      for words in [
        "lint --diff --unsafe-fixes", "lint --write-baseline b.json", "lint --baseline b.json --statistics",
        "plan --report json=p.js",
      ] {
        let run = try Invocation("\(words) \(leak.file)", in: scratch.folder)
        shown += run.output + run.errors
      }
      try scratch.write(leak.file, leak.text.replacing("hunter2", with: "hunter3"))
      let run = try Invocation("verify p.js", in: scratch.folder)
      shown += try run.output + run.errors + scratch.read("b.json")
      #expect(!shown.contains("hunter2") && !shown.contains("hunter3"), "\(shown)")
    }
  }

  /// Messages and source lines do not show the same text at another place either.
  @Test func theSameTextElsewhere() throws {
    let text = Self.password + "hunter2\nPasswordResetRequired: hunter2 # hunter2\nUserNam: 1\n"
    let run = try Invocation("lint -", input: text)
    #expect(
      run.output.contains("PasswordResetRequired must be true or false, but is the string \"(sensitive)\""))
    #expect(
      run.output.contains("  4 | PasswordResetRequired: ******* #********\n")
        || run.output.contains("# *******"))
    #expect(!run.output.contains("hunter2"))
  }

  /// What is around a secret stays readable.
  @Test func neighboursAreShown() throws {
    let text = Self.domain + "  MasterUserOptions: [hunter2]\n  Enabled: maybe # hunter2\n  Foo: 1\n"
    let run = try Invocation("lint -", input: text)
    #expect(
      run.output.contains("  5 |   Enabled: maybe #********\n")
        || run.output.contains("Enabled: maybe # *******"))
    #expect(
      run.output.contains(
        "AdvancedSecurityOptions.Enabled must be true or false, but is the string \"maybe\""))
    #expect(run.output.contains("AdvancedSecurityOptions has no parameter \"Foo\""))
  }

  /// A model that cannot be used says nothing of what is sensitive; the built-in one does.
  @Test func unusableModel() throws {
    try withScratch { scratch in
      try scratch.write("m/iam/2010-05-08/service-2.json", "{")
      try scratch.write("a.yaml", Self.password + "hunter2\n")
      try scratch.write("b.yaml", Self.password + "[hunter2\n")
      for command in ["lint", "plan --format text", "plan --format json"] {
        let run = try Invocation("\(command) --models m a.yaml b.yaml", in: scratch.folder)
        #expect(run.status == 2)
        #expect(run.output.contains("unusable-model"))
        #expect(!(run.output + run.errors).contains("hunter2"), "\(run.output)")
      }
    }
  }

  /// Members of one request's service leave the frame of the batch and the other requests readable.
  @Test func nothingElseIsMasked() throws {
    try withScratch { scratch in
      try scratch.write(
        "a.yaml",
        """
        requests:
          - {service: ssm, operation: PutParameter, parameters: {Name: a, Value: hunter2, Type: X}}
          - {service: ec2, operation: DescribeVpcs, parameters: {DryRun: often}}
        """)
      let run = try Invocation("lint a.yaml", in: scratch.folder)
      #expect(run.output.contains("parameters: {DryRun: often}}"), "\(run.output)")
      #expect(run.output.contains("parameters: {Name: a, Value: *******, Type: X}}"), "\(run.output)")
    }
  }

  /// A plan shows sensitive values in the script alone.
  @Test(arguments: leaks) func noPlanShowsIt(_ leak: Leak) throws {
    try withScratch { scratch in
      try scratch.write(leak.file, leak.text)
      let run = try Invocation(
        "plan --report json=p.js --report markdown=p.md --report html=p.html \(leak.file)", in: scratch.folder
      )
      #expect(run.status == 1 || run.status == 0)
      let reports =
        try run.output + run.errors + scratch.read("p.js") + scratch.read("p.md") + scratch.read("p.html")
      #expect(!reports.contains("hunter2"), "\(reports)")
      #expect(reports.contains("reqlint-plan/1"))
    }
  }

  @Test func invalidBytesShowNothingEither() throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", Data((Self.instance + "spec: \"hunter2").utf8) + [0xFF] + Data("\"\n".utf8))
      let run = try Invocation("lint a.yaml", in: scratch.folder)
      #expect(run.output.contains("[invalid-encoding]"))
      #expect(!run.output.contains("hunter2"))
    }
  }

  @Test func unboundDocumentMetOnAWalkShowsNothingEither() throws {
    try withScratch { scratch in
      try scratch.write("a.yaml", "# reqlint: es.ListDomainNames\nx: 1\n---\n{name: i, spec: hunter2}\n")
      let run = try Invocation("lint .", in: scratch.folder)
      #expect(run.output.contains("[unbound-request]"))
      #expect(run.output.contains("[unknown-parameter]"))
      #expect(!run.output.contains("hunter2"))
    }
  }

  @Test func otherTextIsShown() throws {
    let run = try Invocation("lint -", input: "# reqlint: es.DeleteElasticsearchDomain\nDomainName: ab: c\n")
    #expect(run.output.contains("  2 | DomainName: ab: c\n"))
  }
}
