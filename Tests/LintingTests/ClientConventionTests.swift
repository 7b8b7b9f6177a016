import Linting
import Testing
import Verdicts

/// What AWS clients take although the model alone would not.
@Suite struct ClientConventionTests {
  private static let export = "logGroupName: logs\nto: 2\ndestination: bucket"

  private static let copy = "SourceDBClusterSnapshotIdentifier: a\nTargetDBClusterSnapshotIdentifier: b"

  static let cases = [
    LintCase("Glacier's account may be left out", of: "glacier.DescribeVault", "vaultName: photos"),
    LintCase(
      "of the envelope's parameters", file: "service: glacier\noperation: ListVaults\n"),
    LintCase(
      "nothing else may be", of: "glacier.DescribeVault", "accountId: '-'",
      ["error missing-parameter 2:1-2:10"]),
    LintCase(
      "another name", of: "ec2.DescribeNatGateways", "Filters: [{Name: state, Values: [available]}]"),
    LintCase(
      "the model's name", of: "ec2.DescribeNatGateways", "Filter: [{Name: state, Values: [available]}]"),
    LintCase(
      "both", of: "ec2.DescribeNatGateways", "Filter: []\nFilters: []",
      ["error unknown-parameter 3:1-3:8 /Filters"]),
    LintCase(
      "under the other name the model holds too", of: "ec2.DescribeNatGateways", "Filters: {}",
      ["error wrong-type 2:10-2:11 /Filters"]),
    LintCase(
      "where the model has that name itself, the shorter one is unknown", of: "ec2.DescribeVpcs",
      "Filter: []",
      ["error unknown-parameter 2:1-2:7 /Filter"]),
    LintCase("a required member", of: "logs.CreateExportTask", "\(export)\nfromTime: 1"),
    LintCase(
      "neither", of: "logs.CreateExportTask", export, ["error missing-parameter 2:1-2:13"]),
    LintCase(
      "in another operation", of: "logs.DescribeExportTasks", "fromTime: 1",
      ["error unknown-parameter 2:1-2:9 /fromTime"]),
    LintCase("a parser's key word", of: "cloudsearchdomain.Search", "query: a\nreturnFields: title"),
    LintCase(
      "a region for the client alone", of: "neptune.CopyDBClusterSnapshot", "\(copy)\nSourceRegion: eu-west-1"
    ),
    LintCase(
      "which is text", of: "rds.CopyDBSnapshot",
      "SourceDBSnapshotIdentifier: a\nTargetDBSnapshotIdentifier: b\nSourceRegion: 1",
      ["error wrong-type 4:15-4:16 /SourceRegion"]),
    LintCase(
      "not in other operations", of: "rds.DeleteDBCluster", "DBClusterIdentifier: a\nSourceRegion: eu-west-1",
      ["error unknown-parameter 3:1-3:13 /SourceRegion"]),
    LintCase("a date for S3", of: "s3.PutObject", "Bucket: abc\nKey: d\nExpires: 1795176000"),
    LintCase(
      "no date for S3", of: "s3.PutObject", "Bucket: abc\nKey: d\nExpires: soon",
      ["error wrong-type 4:10-4:14 /Expires"]),
    LintCase(
      "JSON in a header is of any type", of: "lex-runtime.PostContent",
      "botName: a\nbotAlias: b\nuserId: cd\ncontentType: text/plain; charset=utf-8\nsessionAttributes: {a: [1]}\n"
        + "inputStream: QUI="),
    LintCase(
      "JSON elsewhere is text", of: "networkmanager.PutResourcePolicy",
      "ResourceArn: a\nPolicyDocument: {a: 1}",
      ["error wrong-type 3:17-3:18 /PolicyDocument"]),
  ]

  @Test(arguments: cases)
  func findings(_ test: LintCase) throws {
    #expect(try Linted(test).lines(of: .error) == test.expected)
  }
}
