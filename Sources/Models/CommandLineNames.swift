/// Services that the AWS CLI names otherwise than botocore does.
///
/// - Source: the command table of AWS CLI 1.45.11.
public enum CommandLineNames {
  private static let renamed: [(service: String, command: String)] = [
    ("codedeploy", "deploy"), ("config", "configservice"), ("s3", "s3api"),
  ]

  /// The CLI's command for a service.
  public static func command(for service: String) -> String {
    renamed.first { $0.service == service }?.command ?? service
  }

  /// The service that a command of another name stands for; `nil` for every other name.
  ///
  /// - Parameter command: without case and separators.
  static func service(named command: [UInt32]) -> String? {
    renamed.first { foldedName($0.command) == command }?.service
  }
}
