import Models
import Testing

/// The AWS CLI's and boto3's names of operations.
@Suite struct SpellingTests {
  /// Names whose words are not plain to see, as botocore 1.44.8 splits them.
  static let names: [(name: String, command: String)] = [
    ("StartElasticsearchServiceSoftwareUpdate", "start-elasticsearch-service-software-update"),
    ("StartServiceSoftwareUpdate", "start-service-software-update"), ("CreatePackage", "create-package"),
    ("UpdateServiceInstance", "update-service-instance"), ("Search", "search"),
    // Acronyms.
    ("DescribeDBInstances", "describe-db-instances"), ("GetSAMLProvider", "get-saml-provider"),
    ("CreateVPCAssociationAuthorization", "create-vpc-association-authorization"),
    ("PutBucketCORS", "put-bucket-cors"),
    ("CreateHTTPNamespace", "create-http-namespace"), ("UpdateXSSMatchSet", "update-xss-match-set"),
    ("AddLFTagsToResource", "add-lf-tags-to-resource"), ("UpdateLFTag", "update-lf-tag"),
    // Plurals of acronyms at the end.
    ("ListHITs", "list-hits"), ("ListACLs", "list-acls"), ("DescribeAPIs", "describe-apis"),
    ("ListARNs", "list-arns"),
    // Digits.
    ("AssociateIpv6CidrBlock", "associate-ipv6-cidr-block"),
    ("ListV2LoggingLevels", "list-v2-logging-levels"),
    ("GetEC2InstanceRecommendations", "get-ec2-instance-recommendations"),
    ("StartS3Upload", "start-s3-upload"),
    // Brands that botocore lists one by one.
    ("CreateCachediSCSIVolume", "create-cached-iscsi-volume"),
    ("DescribeStorediSCSIVolumes", "describe-stored-iscsi-volumes"),
    ("ListHITsForQualificationType", "list-hits-for-qualification-type"),
    ("GetLinkedWhatsAppBusinessAccountPhoneNumber", "get-linked-whatsapp-business-account-phone-number"),
    ("SendWhatsAppMessage", "send-whatsapp-message"), ("GetOTelEnrichment", "get-otel-enrichment"),
    ("ExecutePartiQLStatement", "execute-partiql-statement"),
    ("CreateOAuth2Token", "create-oauth2-token"),
    ("CreateOAuthClientApplication", "create-o-auth-client-application"),
  ]

  @Test(arguments: names)
  func words(_ test: (name: String, command: String)) {
    #expect(OperationSpelling.split(test.name, by: "-") == test.command)
    #expect(
      OperationSpelling.split(test.name, by: "_")
        == test.command.map { $0 == "-" ? "_" : String($0) }.joined())
  }

  @Test func edges() {
    #expect(OperationSpelling.split("", by: "-") == "")
    #expect(OperationSpelling.split("A", by: "-") == "a")
    #expect(OperationSpelling.split("AB", by: "-") == "ab")
    #expect(OperationSpelling.split("s", by: "-") == "s")
  }

  /// Every operation of the catalog is found under its three spellings, and under no other operation's.
  @Test(arguments: Catalog.builtIn.serviceNames)
  func everyOperation(_ service: String) throws {
    let model = try #require(try Catalog.builtIn.service(service))
    for name in model.operationNames {
      #expect(model.canonicalOperationName(name) == name)
      for separator: Unicode.Scalar in ["-", "_"] {
        let written = OperationSpelling.split(name, by: separator)
        #expect(model.canonicalOperationName(written) == name)
        #expect(!written.contains { $0.isUppercase })
      }
    }
  }

  @Test(arguments: [
    "", "createPackage", "Create-Package", "create package", "create--package", "create-package-",
    "CREATEPACKAGE",
    "createpackage", "es.CreatePackage", "create-Package",
  ])
  func noOtherSpelling(_ written: String) throws {
    let model = try #require(try Catalog.builtIn.service("es"))
    #expect(model.canonicalOperationName(written) == nil)
  }
}
