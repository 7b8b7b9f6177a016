internal import Linting
internal import Models
internal import Rules
internal import Syntax

/// The rules where a command is run: built in, of `--rules`, and of the configuration nearest to the working directory.
struct OwnRules {
  let files: [RuleFile]
  /// What keeps rules from being used.
  let faults: [String]

  /// - Parameter configuration: the file of `--config`.
  init(packs: [String] = [], configuration: String? = nil, _ catalog: Catalog = .builtIn) {
    let discovery = discoverFiles(
      [], configurations: ConfigurationSearch(named: configuration, seeksOwn: true))
    let setup = RunSetup(
      RunSetup.Overrides(packs: packs, options: LintOptions(now: Instant(milliseconds: 0))), discovery,
      catalog)
    files = (setup.settings(for: discovery.ownConfiguration) ?? setup.plainSettings).rules
    faults = setup.faults
  }
}
