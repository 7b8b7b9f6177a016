internal import Models
internal import Syntax
package import Verdicts

extension BuiltInCheck {
  package static let malformedDirective = BuiltInCheck(
    "malformed-directive", "Misspelt or misplaced directive comment",
    why:
      "The comment names an operation, but does not begin with `reqlint:` or is below the beginning of its document, so it would bind nothing and the file would be skipped."
  )
}

/// Applies the directives of a document.
extension BindingRun {
  func readDirective() {
    let comments = document.leadingComments
    let directives = comments.compactMap { Directive($0, in: document) }
    collector.outer.directive = directives.first
    collector.outer.isClaimed = collector.outer.flag != nil || collector.outer.directive?.operation != nil
    collector.outer.claimedOperation = collector.outer.flag
    if directives.count < comments.count { readMisspeltDirectives(comments) }
    for extra in directives.dropFirst() {
      collector.report(.duplicateKey, "a second reqlint directive for one document", at: extra.span)
    }
    guard let directive = collector.outer.directive else { return }
    if let first = directive.strays.first {
      collector.report(
        .unknownKey, "directive holds text that is no KEY=VALUE", at: first.span)
      collector.binding.strays.append(ByteSpan(start: first.span.start, end: directive.span.end))
    }
    checkSettings(of: directive)
    guard let written = directive.operation else {
      if directive.settings.isEmpty {
        collector.report(
          .unboundRequest, "directive names no operation", hint: "write `# reqlint: SERVICE.OPERATION`",
          at: directive.span)
      }
      return
    }
    guard let id = OperationID(written: written.text) else {
      collector.report(
        .unknownOperation,
        "directive says \(shownName(written.text)), which is not of the form SERVICE.OPERATION",
        hint: directive.strays.first.flatMap {
          models.canonicalName(OperationID(service: written.text, operation: $0.text))
        }.map { "write `# reqlint: \($0)`" }, at: written.span)
      return
    }
    if collector.outer.flag == nil {
      collector.outer.claimedOperation = collector.binding.resolve(
        id, service: written.span, operation: written.span, models)
    }
  }

  private func checkSettings(of directive: Directive) {
    var given: Set<String> = []
    for (key, _) in directive.settings {
      if key.text != "region", key.text != "account" {
        collector.report(
          .unknownKey, "directive knows region and account, not \(shownName(key.text))",
          hint: didYouMean(key.text, ["region", "account"]), at: key.span)
        collector.binding.strays.append(ByteSpan(start: key.span.end, end: directive.span.end))
      } else if !given.insert(key.text).inserted {
        collector.report(
          .duplicateKey, "directive gives \(key.text) twice; the first value counts",
          hint: "remove one of the two", at: key.span)
      }
    }
  }

  /// Reports comments that were surely meant as directives, and applies the first one as meant.
  private func readMisspeltDirectives(_ comments: [ByteSpan]) {
    for comment in comments {
      guard let misspelt = MisspeltDirective(comment, in: document.source.bytes, models: models) else {
        continue
      }
      collector.report(
        .malformedDirective,
        "directive begins with \(quote(misspelt.mark)), not with \(quote(Directive.mark))",
        hint: "write `# \(Directive.mark) \(misspelt.meaning)`", at: misspelt.span)
      if !collector.outer.isClaimed, misspelt.namesOperation {
        collector.outer.isClaimed = true
        collector.outer.claimedOperation = misspelt.operation
      }
    }
  }

  /// Applies a directive below the beginning of a document, and returns whether there is one.
  func readLateDirective() -> Bool {
    guard document.source.bytes.contains(sequence: Array(Directive.mark.utf8), in: document.span.range) else {
      return false
    }
    for comment in document.comments {
      guard let late = Directive(comment.span, in: document), let written = late.operation,
        let id = OperationID(written: written.text), models.catalog.serviceName(id.service) != nil
      else { continue }
      let first = collector.binding.issues.count
      collector.report(
        .malformedDirective, "directive is below the beginning of its document",
        hint: "move it above the first line", at: late.span)
      collector.outer.directive = late
      collector.outer.isClaimed = true
      collector.outer.claimedOperation = collector.binding.resolve(
        id, service: written.span, operation: written.span, models)
      for index in collector.binding.issues.indices[first...] { collector.binding.issues[index].request = 0 }
      return true
    }
    return false
  }
}
