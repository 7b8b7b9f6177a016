internal import Models
internal import Syntax

/// What the directives of a document say of it.
extension BindingRun {
  mutating func readDirective(models: LoadedModels) {
    let comments = document.leadingComments
    let directives = comments.compactMap { Directive($0, in: document) }
    directive = directives.first
    isClaimed = flag != nil || directive?.operation != nil
    claimedOperation = flag
    if directives.count < comments.count { readMisspeltDirectives(comments, models: models) }
    for extra in directives.dropFirst() {
      report(.duplicateKey, "a second reqlint directive for one document", at: extra.span)
    }
    guard let directive else { return }
    if let first = directive.strays.first {
      report(
        .unknownKey, "directive holds text that is no KEY=VALUE", at: first.span)
      binding.strays.append(ByteSpan(start: first.span.start, end: directive.span.end))
    }
    checkSettings(of: directive)
    guard let written = directive.operation else {
      if directive.settings.isEmpty {
        report(
          .unboundRequest, "directive names no operation", hint: "write `# reqlint: SERVICE.OPERATION`",
          at: directive.span)
      }
      return
    }
    guard let id = OperationID(written: written.text) else {
      report(
        .unknownOperation,
        "directive says \(shown(written.text)), which is not of the form SERVICE.OPERATION",
        hint: directive.strays.first.flatMap {
          models.canonicalName(OperationID(service: written.text, operation: $0.text))
        }.map { "write `# reqlint: \($0)`" }, at: written.span)
      return
    }
    if flag == nil {
      claimedOperation = resolve(id, service: written.span, operation: written.span, models: models)
    }
  }

  private mutating func checkSettings(of directive: Directive) {
    var given: Set<String> = []
    for (key, _) in directive.settings {
      if key.text != "region", key.text != "account" {
        report(
          .unknownKey, "directive knows region and account, not \(shown(key.text))",
          hint: didYouMean(key.text, ["region", "account"]), at: key.span)
        binding.strays.append(ByteSpan(start: key.span.end, end: directive.span.end))
      } else if !given.insert(key.text).inserted {
        report(
          .duplicateKey, "directive gives \(key.text) twice; the first value counts",
          hint: "remove one of the two", at: key.span)
      }
    }
  }

  /// Reports comments that were surely meant to be directives, and takes the first one for what it means.
  private mutating func readMisspeltDirectives(_ comments: [ByteSpan], models: LoadedModels) {
    for comment in comments {
      guard let misspelt = MisspeltDirective(comment, in: document.source.bytes, models: models) else {
        continue
      }
      report(
        .malformedDirective,
        "directive begins with \(quote(misspelt.mark)), not with \(quote(Directive.mark))",
        hint: "write `# \(Directive.mark) \(misspelt.meaning)`", at: misspelt.span)
      if !isClaimed, misspelt.namesOperation {
        isClaimed = true
        claimedOperation = misspelt.operation
      }
    }
  }

  /// Takes a directive below the beginning of a document for what it means; answers whether there is one.
  mutating func readLateDirective(models: LoadedModels) -> Bool {
    guard document.source.bytes.contains(sequence: Array(Directive.mark.utf8), in: document.span.range) else {
      return false
    }
    for comment in document.comments {
      guard let late = Directive(comment.span, in: document), let written = late.operation,
        let id = OperationID(written: written.text), models.catalog.serviceName(id.service) != nil
      else { continue }
      let first = binding.issues.count
      report(
        .malformedDirective, "directive is below the beginning of its document",
        hint: "move it above the first line", at: late.span)
      directive = late
      isClaimed = true
      claimedOperation = resolve(id, service: written.span, operation: written.span, models: models)
      for index in binding.issues.indices[first...] { binding.issues[index].request = 0 }
      return true
    }
    return false
  }
}
