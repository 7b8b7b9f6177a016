internal import Models
internal import Requests
internal import Syntax

/// What the text and path of a file reveal about its requests even if it cannot be parsed; computed on demand.
///
/// Not Sendable: the worker that lints the file owns it.
final class FileClues {
  private let file: RequestFile
  private let binder: Binder
  private let models: LoadedModels

  init(_ file: RequestFile, _ binder: Binder, _ models: LoadedModels) {
    self.file = file
    self.binder = binder
    self.models = models
  }

  /// How many misspelt service names are searched for in a file; more are noise.
  private static let searchedNames = 16

  /// Whether a file that cannot be parsed may be a request file.
  private(set) lazy var mayHoldRequests: Bool =
    !file.isAmongMany || file.binding != nil
    || binder.looksLikeRequests(file.text, path: file.parts, models: models)

  /// The likely services of the file, including misspelt ones.
  private(set) lazy var likelyServices: Set<String> = {
    let words = binder.serviceWords(file.text, path: file.parts)
    var services = Set(words.compactMap { models.serviceName($0) })
    let unknown = words.filter { models.serviceName($0) == nil }
    for word in unknown.sorted().prefix(Self.searchedNames) {
      if let near = models.nearService(word) { services.insert(near) }
    }
    if let binding = file.binding { services.insert(binding.service) }
    return services
  }()

  /// Names of members that must not be shown, for text with an unknown operation.
  private(set) lazy var sensitiveNames: SensitiveNames = {
    var names = models.sensitiveNames()
    names.formUnion(models.sensitiveNames(of: likelyServices))
    return names
  }()

  /// Whether text that cannot be parsed may contain secrets.
  private(set) lazy var hidesUnparsedText: Bool = {
    // Names in another encoding would not be found.
    let isForeign = file.text.fault.map { if case .notUTF8 = $0 { false } else { true } } ?? false
    return isForeign || sensitiveNames.isNamed(in: file.text.bytes) || mayCallSensitive
  }()

  /// How many words of values have been compared with sensitive names.
  private var comparedWords = 0
  private static let mostCompared = 20_000
  /// Longer texts count as secrets.
  private static let mostComparedAtOnce = 256

  /// Whether no word of a text looks like a secret, so that a baseline may store its digest.
  func areHarmless(_ text: ArraySlice<UInt8>) -> Bool {
    guard comparedWords < Self.mostCompared else { return false }
    let words = text.split { !isWordByte($0) && $0 != UInt8(ascii: "-") }
    comparedWords += words.count
    return words.count <= Self.mostComparedAtOnce
      && !words.contains { sensitiveNames.isValue(String(decoding: $0, as: UTF8.self)) }
  }

  /// Whether the text names no operation, an unknown one, or one with sensitive parameters.
  private var mayCallSensitive: Bool {
    var isNamed = false
    for claim in binder.claims(in: file.text, path: file.parts, configured: file.binding, models: models) {
      guard let operation = operation(of: claim), !operation.hasSensitive else { return true }
      isNamed = true
    }
    let words = Set(file.text.bytes.split { !isWordByte($0) })
    for service in likelyServices {
      for name in models.service(service)?.operationNames ?? [] where words.contains(ArraySlice(name.utf8)) {
        guard let operation = try? models.operation(OperationID(service: service, operation: name)),
          !operation.hasSensitive
        else { return true }
      }
    }
    return !isNamed
  }

  /// The operation that a text claims to be for.
  ///
  /// If several services have one of that name, an operation with sensitive parameters is preferred.
  private func operation(of claim: OperationClaim) -> Operation? {
    var found: Operation?
    for service in claim.service.map({ [$0] }) ?? likelyServices.sorted() {
      guard let id = models.canonicalName(OperationID(service: service, operation: claim.operation)),
        let operation = try? models.operation(id)
      else { continue }
      if operation.hasSensitive { return operation }
      found = operation
    }
    return found
  }
}
