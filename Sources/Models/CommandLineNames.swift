/// Names of services and operations that the AWS CLI does not derive from botocore's names.
///
/// This is the only such table: it serves for reading request files and options, and for writing commands.
///
/// - Source: `customizations/` of AWS CLI 1.46.3 and the command table of 2.9.19.
package enum CommandLineNames {
  /// A service and its CLI command.
  typealias ServiceName = (command: String, service: String)
  /// A service, one of its commands, and the operation that the command calls.
  typealias OperationName = (service: String, command: String, operation: String)

  /// Services whose command has a different name.
  private static let renamedServices: [ServiceName] = [
    ("configservice", "config"),
    ("deploy", "codedeploy"),
    ("s3api", "s3"),
  ]

  /// Hidden second names of services.
  private static let serviceAliases: [ServiceName] = [
    ("runtime.sagemaker", "sagemaker-runtime")
  ]

  /// Second names of operations.
  private static let operationAliases: [OperationName] = [
    ("cloudwatch", "get-o-tel-enrichment", "GetOTelEnrichment"),
    ("cloudwatch", "start-o-tel-enrichment", "StartOTelEnrichment"),
    ("cloudwatch", "stop-o-tel-enrichment", "StopOTelEnrichment"),
    ("mturk", "list-hi-ts-for-qualification-type", "ListHITsForQualificationType"),
    ("rds", "add-option-to-option-group", "ModifyOptionGroup"),
    ("rds", "remove-option-from-option-group", "ModifyOptionGroup"),
    ("signin", "create-o-auth2-token", "CreateOAuth2Token"),
    ("socialmessaging", "delete-whatsapp-media-message", "DeleteWhatsAppMessageMedia"),
  ]

  /// The CLI's command for a service.
  package static func command(for service: String) -> String {
    renamedServices.first { $0.service == service }?.command ?? service
  }

  /// The CLI's other names for a service.
  package static func names(of service: String) -> [String] {
    (renamedServices + serviceAliases).filter { $0.service == service }.map(\.command)
  }

  /// Every service name that only the CLI uses.
  package static var services: [String] { (renamedServices + serviceAliases).map(\.command) }

  /// The service of a command in the CLI's exact spelling; `nil` for other names.
  static func service(ofCommand command: String) -> String? {
    switch command.utf8.first {
    case UInt8(ascii: "c"), UInt8(ascii: "d"), UInt8(ascii: "r"), UInt8(ascii: "s"):
      (renamedServices + serviceAliases).first { $0.command == command }?.service
    default: nil
    }
  }

  /// The service of a command that has a different name; `nil` for other names.
  ///
  /// - Parameter command: without case and separators.
  static func service(named command: [UInt32]) -> String? {
    (renamedServices + serviceAliases).first { foldedName($0.command) == command }?.service
  }

  /// The operation for a second name in the CLI.
  static func operation(ofCommand command: String, in service: String) -> String? {
    operationAliases.first { $0.command == command && $0.service == service }?.operation
  }

  /// The CLI's second names for an operation.
  package static func names(of operation: OperationID) -> [String] {
    operationAliases.filter { $0.service == operation.service && $0.operation == operation.operation }
      .map(\.command)
  }
}

extension Catalog {
  /// The model's name for a service named as in botocore or the AWS CLI.
  package func serviceName(_ written: String) -> String? {
    if hasService(written) { return written }
    return CommandLineNames.service(ofCommand: written).flatMap { hasService($0) ? $0 : nil }
  }
}

extension OperationID {
  /// Parses `aws SERVICE OPERATION`, with blanks between the words; `nil` for anything else.
  package init?(command text: String) {
    guard text.utf8.starts(with: "aws".utf8) else { return nil }
    let words = text.split { $0 == " " || $0 == "\t" }
    guard words.count == 3, words[0] == "aws", !words[1].hasPrefix("-"), !words[2].hasPrefix("-") else {
      return nil
    }
    self.init(service: String(words[1]), operation: String(words[2]))
  }

  /// Parses `SERVICE.OPERATION`, or `aws SERVICE OPERATION` as for the AWS CLI.
  ///
  /// - Shape: accepts a service with a dot in its name, such as the CLI's `runtime.sagemaker`.
  package init?(written text: String) {
    if let id = OperationID(command: text) ?? OperationID(parsing: text) {
      self = id
      return
    }
    let service = CommandLineNames.services.first { text.hasPrefix($0 + ".") && $0.contains(".") }
    guard let service else { return nil }
    let operation = text.dropFirst(service.count + 1)
    guard !operation.isEmpty, !operation.contains(".") else { return nil }
    self.init(service: service, operation: String(operation))
  }
}
