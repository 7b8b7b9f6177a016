internal import Models
internal import Requests
internal import Syntax

/// What the text and the path of a file say of its requests even if it cannot be parsed; looked up when asked for.
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

  /// Misspelt names of services that are searched for in a file; more than a few are noise.
  private static let searchedNames = 16

  /// Whether a file that cannot be parsed may be a request file.
  private(set) lazy var mayHoldRequests: Bool =
    !file.isAmongMany || file.binding != nil
    || binder.looksLikeRequests(file.text, path: file.parts, models: models)

  /// The services that the file is likely for, including misspelt ones.
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

  /// Names of members that must not be shown, for text whose operation is unknown.
  private(set) lazy var sensitiveNames: SensitiveNames = {
    var names = models.sensitiveNames()
    names.formUnion(models.sensitiveNames(of: likelyServices))
    return names
  }()

  /// Whether text that cannot be parsed may hold something that must not be shown.
  private(set) lazy var hidesUnparsedText: Bool = {
    // Names in another encoding could not be found.
    let isForeign = file.text.fault.map { if case .notUTF8 = $0 { false } else { true } } ?? false
    return isForeign || sensitiveNames.isNamed(in: file.text.bytes) || mayCallSensitive
  }()

  /// Words of values that have been compared with sensitive names.
  private var comparedWords = 0
  private static let mostCompared = 20_000
  /// Longer texts count as secrets.
  private static let mostComparedAtOnce = 256

  /// Whether no word of a text looks like a secret, so that a baseline may know its digest.
  func areHarmless(_ text: ArraySlice<UInt8>) -> Bool {
    guard comparedWords < Self.mostCompared else { return false }
    let words = text.split { !isWordByte($0) && $0 != UInt8(ascii: "-") }
    comparedWords += words.count
    return words.count <= Self.mostComparedAtOnce
      && !words.contains { sensitiveNames.isValue(String(decoding: $0, as: UTF8.self)) }
  }

  /// Whether the text names an operation that takes something sensitive or that is unknown, or names no operation.
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

  /// The operation that a text claims to be for; if several services have one of that name, one that takes something
  /// sensitive comes first.
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
