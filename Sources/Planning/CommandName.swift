/// Names that the AWS CLI has for services.
enum CommandName {
  /// The command of a service; the CLI renames a few of botocore's.
  ///
  /// - Source: the AWS CLI's own list of renamed services.
  static func service(_ name: String) -> String {
    switch name {
    case "s3": "s3api"
    case "codedeploy": "deploy"
    case "config": "configservice"
    default: name
    }
  }
}
