/// The keys of a configuration.
enum ConfigurationKey: String, CaseIterable {
  case rules
  case severity
  case failLevel = "fail-level"
  case bindings
  case exclude
  case region
  case account
  case suppress
  case requireReason = "require-reason"
  case limits
}
