internal import Linting
internal import Models
internal import Planning
internal import Reports
internal import Requests
internal import Rules
internal import Syntax
internal import SystemPackage
internal import Verdicts

/// The setup of a run: rules and options for each configuration, and for files without one.
///
/// A class, since every worker asks it about every file.
final class RunSetup: Sendable {
  /// The settings that apply to a file: the command line's overrides, then its configuration, then the defaults.
  struct EffectiveSettings: Sendable {
    let rules: [RuleFile]
    let options: LintOptions
    let failLevel: Severity
  }

  /// Settings of the command line, which take precedence over every configuration.
  struct Overrides {
    /// Packs in addition to the built-in rules.
    var packs: [String] = []
    var options: LintOptions
    /// Severity from which findings are reported.
    var minimumSeverity = Severity.warning
    /// Severity from which a run fails; `nil` to leave it to the configuration.
    var failLevel: Severity?
    var limits: [Limits.Name: Int] = [:]
    /// Whether to keep every finding, whatever the limits.
    var keepsAllFindings = false
  }

  let configurations: [Configuration]
  /// For files without a configuration.
  let plainSettings: EffectiveSettings
  /// By configuration; `nil` for one that is faulty or applies to no file.
  private let configured: [Configured?]
  /// Why the run is incomplete, for standard error.
  let faults: [String]

  /// The rules of all configurations, each id once.
  var rules: [RuleFile] {
    var known: Set<String> = []
    return (plainSettings.rules + configured.flatMap { $0?.settings.rules ?? [] }).filter {
      known.insert($0.id).inserted
    }
  }

  /// A configuration, resolved.
  private struct Configured {
    let settings: EffectiveSettings
    /// Of each of its bindings.
    let operations: [OperationID?]
  }

  init(_ overrides: Overrides, _ discovery: Discovery, _ catalog: Catalog) {
    let builtIn = RuleBook.builtInFiles
    let packs = loadPacks(overrides.packs, reserved: builtIn, catalog)
    let plainSettings = EffectiveSettings(overrides, rules: builtIn + packs.files)
    self.plainSettings = plainSettings
    configurations = discovery.configurations
    // A run without any configuration pays nothing for it.
    guard !configurations.isEmpty else {
      (configured, faults) = ([], packs.faults)
      return
    }
    var check = ConfigurationCheck(catalog, packs: packs.files)
    var faults = packs.faults
    configured = configurations.enumerated().map { number, configuration in
      guard discovery.appliedConfigurations.contains(number) else { return nil }
      let outcome = check.check(configuration)
      var judged = configuration
      judged.faults += outcome.faults
      guard judged.faults.isEmpty else {
        let count = discovery.files.count { $0.configuration == number }
        faults += judged.faultLines
        if count > 0 {
          faults.append("\(counted(count, "file")) not checked, since \(configuration.shown) is faulty")
        }
        return nil
      }
      var rules = plainSettings.rules
      let packs = outcome.packs.filter { !overrides.packs.contains($0) }
      if !packs.isEmpty {
        let own = loadPacks(overrides.packs + packs, reserved: builtIn, catalog)
        faults += own.faults.filter { !faults.contains($0) }
        rules = builtIn + own.files
      }
      return Configured(
        settings: EffectiveSettings(overrides, configuration, rules: rules), operations: outcome.operations)
    }
    self.faults = faults
  }

  /// `nil` for a faulty configuration, whose files cannot be judged.
  func settings(for configuration: Int?) -> EffectiveSettings? {
    guard let configuration else { return plainSettings }
    return configured[configuration]?.settings
  }

  /// How much of a file is read.
  func limits(for found: FoundFile) -> Limits {
    guard let number = found.configuration, let configured = configured[number] else {
      return plainSettings.options.limits
    }
    return configured.settings.options.limits
  }

  /// A linter for a file with a usable configuration, and for all other files of that configuration.
  func linter(
    for found: FoundFile, _ workbench: Workbench, _ addressJudge: @escaping AddressJudge
  ) -> Linter {
    guard let settings = settings(for: found.configuration) else {
      preconditionFailure("\(found.shown) has a faulty configuration")
    }
    return Linter(
      workbench, rules: settings.rules, options: settings.options,
      addressJudge: addressJudge)
  }

  /// A fixer for the same files.
  func fixer(
    for found: FoundFile, _ workbench: Workbench, _ addressJudge: @escaping AddressJudge, takesUnsafe: Bool
  ) -> Fixer {
    guard let settings = settings(for: found.configuration) else {
      preconditionFailure("\(found.shown) has a faulty configuration")
    }
    return Fixer(
      workbench, rules: settings.rules, options: settings.options, takesUnsafe: takesUnsafe,
      addressJudge: addressJudge)
  }

  /// Severities from which files fail the run, by their paths, where a configuration says so.
  func failLevels(
    of files: [FoundFile], _ remarks: [(file: ReportedFile, failLevel: Severity)]
  ) -> [String: Severity] {
    guard !configurations.isEmpty else { return [:] }
    var levels = Dictionary(remarks.map { ($0.file.path, $0.failLevel) }) { first, _ in first }
    for file in files where file.configuration != nil {
      levels[file.shown] = settings(for: file.configuration)?.failLevel
    }
    return levels
  }

  // MARK: Files

  /// The files that can be checked, each with what its configuration says of it; and the patterns that fit any of them.
  func prepare(_ files: [FoundFile], today: String) -> (files: [FoundFile], used: PatternUse) {
    var used = PatternUse(configurations)
    guard !configurations.isEmpty else { return (files, used) }
    let paths = ConfigurationSearch()
    let prepared = files.compactMap { found -> FoundFile? in
      guard let number = found.configuration else { return found }
      guard configured[number] != nil else { return nil }
      guard let path = found.path, configurations[number].hasPatterns,
        let relative = configurations[number].relative(paths.absolute(path))
      else { return found }
      var file = found
      used.note(relative, in: number, configurations[number])
      file.binding = binding(of: relative, in: number)
      file.suppressions = configurations[number].suppressions(for: relative, today: today)
      return file
    }
    return (prepared, used)
  }

  private func binding(of path: String, in number: Int) -> OperationID? {
    let index = configurations[number].bindings.firstIndex { $0.files.value.covers(path) }
    return index.flatMap { configured[number]?.operations[$0] }
  }
}

extension RunSetup.EffectiveSettings {
  fileprivate init(
    _ overrides: RunSetup.Overrides, _ configuration: Configuration? = nil, rules: [RuleFile]
  ) {
    self.rules = rules
    failLevel = overrides.failLevel ?? configuration?.failLevel?.value ?? .error
    var options = overrides.options
    options.minimumSeverity = min(overrides.minimumSeverity, failLevel)
    if let configuration {
      options.levels = configuration.levels
      options.region = options.region ?? configuration.region?.value
      options.account = options.account ?? configuration.account?.value
      options.requiresReasons = configuration.requireReason?.value ?? true
      for limit in configuration.limits { options.limits[limit.name] = limit.value.value }
    }
    for (name, value) in overrides.limits { options.limits[name] = value }
    if overrides.keepsAllFindings { options.limits = options.limits.keepingAllFindings }
    self.options = options
  }
}

extension Configuration {
  fileprivate var hasPatterns: Bool { !bindings.isEmpty || !suppress.isEmpty }

  /// What is suppressed in a file on a day.
  ///
  /// - Parameters:
  ///   - path: relative to the folder.
  ///   - today: `2027-01-31`.
  func suppressions(for path: String, today: String) -> [ConfiguredSuppression] {
    suppress.enumerated().compactMap { number, entry in
      guard let entry, !entry.isExpired(on: today), entry.files.value.covers(path) else { return nil }
      return ConfiguredSuppression(
        number: number, rule: entry.rule.value, pointer: entry.pointer?.value,
        suppression: Suppression(
          origin: .configuration, reason: entry.reason?.value, until: entry.until?.value))
    }
  }
}

extension Configuration.Exemption {
  /// - Parameter today: `2027-01-31`.
  func isExpired(on today: String) -> Bool { until.map { $0.value < today } ?? false }
}

extension Instant {
  /// The day in UTC, `2027-01-31`.
  var day: String { String(rfc3339.prefix(10)) }
}
