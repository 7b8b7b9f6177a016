internal import Linting
internal import Rules
internal import Syntax
internal import SystemPackage
internal import Verdicts

/// Reviews configurations once their files have been checked.
struct ConfigurationReview {
  private let setup: RunSetup
  private let discovery: Discovery
  private let use: PatternUse
  private let today: String

  init(_ setup: RunSetup, _ discovery: Discovery, _ use: PatternUse, today: String) {
    self.setup = setup
    self.discovery = discovery
    self.use = use
    self.today = today
  }

  /// Patterns that fit no file although the run has looked everywhere that they can mean, one on a line.
  ///
  /// - Parameter suppressions: whether to include the patterns of suppressions.
  func notes(ofSuppressions suppressions: Bool) -> [String] {
    guard discovery.failures.isEmpty else { return [] }
    var notes: [String] = []
    for (number, configuration) in discovery.configurations.enumerated()
    where setup.settings(for: number) != nil {
      var idle: [Configuration.Placed<Glob>] = []
      // Comparing every pair takes quadratic time; nobody writes more patterns than this.
      let exclusions = configuration.exclude.count <= 1000 ? configuration.exclude : []
      for (index, pattern) in exclusions.enumerated() {
        let exclusion = ConfigurationSearch.Exclusion(configuration: number, pattern: index)
        // A walk never reaches the contents of an excluded folder.
        let place = pattern.value.literalParts.joined(separator: "/")
        let isHidden =
          !discovery.usedExclusions.contains(exclusion)
          && configuration.exclude.indices.contains {
            $0 != index && configuration.exclude[$0].value.covers(place, isFolder: true)
          }
        if !discovery.usedExclusions.contains(exclusion), !isHidden { idle.append(pattern) }
      }
      for (index, binding) in configuration.bindings.enumerated()
      where !use.fitsAny(binding: index, of: number) {
        idle.append(binding.files)
      }
      if suppressions {
        for (index, entry) in configuration.suppress.enumerated()
        where !use.fitsAny(suppression: index, of: number) {
          if let entry { idle.append(entry.files) }
        }
      }
      notes += idle.filter { hasWalked($0.value, configuration) }.sorted { $0.position < $1.position }.map {
        "\(configuration.place($0.position)): no file matches \(quote($0.value.text))"
      }
    }
    return notes
  }

  /// Suppressions in configurations that are unused, expired or lack a reason.
  func remarks(on outcomes: [LintOutcome], of files: [FoundFile]) -> [(
    file: ReportedFile, failLevel: Severity
  )] {
    guard !discovery.configurations.isEmpty else { return [] }
    var used: [Int: Set<Int>] = [:]
    var isWhole = discovery.failures.isEmpty
    for (file, outcome) in zip(files, outcomes) {
      if outcome.file?.unreadable != nil { isWhole = false }
      guard let number = file.configuration else { continue }
      used[number, default: []].formUnion(outcome.usedSuppressions)
    }
    return discovery.configurations.enumerated().compactMap { number, configuration in
      guard !configuration.suppress.isEmpty, let settings = setup.settings(for: number) else { return nil }
      let book = RuleBook(files: settings.rules, levels: settings.options.levels)
      var remarks: [SuppressionRemark] = []
      for (index, entry) in configuration.suppress.enumerated() {
        guard let entry else { continue }
        remarks += formalRemarks(on: entry, settings)
        let isJudged = isWhole && !entry.isExpired(on: today) && isJudged(entry.rule.value, book, settings)
        if isJudged, !used[number, default: []].contains(index), hasSeen(entry.files.value, number) {
          let fits = use.fitsAny(suppression: index, of: number)
          let problem =
            fits
            ? "no file that matches \(quote(entry.files.value.text)) breaks \(entry.rule.value)"
              + (entry.pointer.map { " at \($0.value)" } ?? " here")
            : "no file matches \(quote(entry.files.value.text))"
          remarks.append(.unused(problem, hint: "remove it", at: fits ? entry.rule.span : entry.files.span))
        }
      }
      guard !remarks.isEmpty else { return nil }
      let file = ReportedFile(
        path: configuration.shown, remarks: remarks, text: configuration.text,
        levels: settings.options.levels,
        minimumSeverity: settings.options.minimumSeverity)
      return file.findings.isEmpty ? nil : (file, settings.failLevel)
    }
  }

  private func formalRemarks(
    on entry: Configuration.Exemption, _ settings: RunSetup.EffectiveSettings
  ) -> [SuppressionRemark] {
    var remarks: [SuppressionRemark] = []
    if let until = entry.until, entry.isExpired(on: today) {
      remarks.append(.expired(until.value, at: until.span))
    }
    if settings.options.requiresReasons, entry.reason == nil {
      remarks.append(.withoutReason(hint: "write it behind reason:", at: entry.rule.span))
    }
    return remarks
  }

  /// Whether this run would have found violations of a rule.
  private func isJudged(_ rule: String, _ book: RuleBook, _ settings: RunSetup.EffectiveSettings) -> Bool {
    guard settings.options.minimumSeverity <= .warning else { return false }
    if BuiltInCheck.all.contains(where: { $0.id == rule }) {
      // A lower level may lie below what is looked for.
      let level = settings.options.levels.severity(of: rule, .error) ?? .info
      return !BuiltInCheck.traits(of: rule).contains(.ofPlan) && level >= settings.options.minimumSeverity
    }
    return book.judgedSeverity(of: rule).map { $0 >= settings.options.minimumSeverity } ?? false
  }

  // MARK: Reach

  /// Whether the run has checked every file that a pattern can mean.
  private func hasSeen(_ glob: Glob, _ number: Int) -> Bool {
    use.hasChecked(glob, of: number) || hasWalked(glob, discovery.configurations[number])
  }

  /// Whether the run has walked everything that a pattern can mean.
  private func hasWalked(_ glob: Glob, _ configuration: Configuration) -> Bool {
    // Hidden folders are not walked, at whatever depth a pattern may mean them.
    guard !glob.text.split(separator: "/").contains(where: { $0.hasPrefix(".") && $0 != "." }) else {
      return false
    }
    var place = configuration.folder
    for part in glob.literalParts {
      guard let component = FilePath.Component(part) else { return false }
      place.append(component)
    }
    return discovery.walkedFolders.contains { folder in
      place.starts(with: folder)
        && !place.components.dropFirst(folder.components.count).contains { $0.string.hasPrefix(".") }
    }
  }
}
