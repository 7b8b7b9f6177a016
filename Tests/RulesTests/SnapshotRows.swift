/// The rows themselves: rule, request, file, what is changed in it, `STATE EVIDENCE`.
extension SnapshotRowTests {
  private static let status = "/DomainStatus/ServiceSoftwareOptions/UpdateStatus"
  private static let options = "/DomainStatus/ServiceSoftwareOptions"

  static let domainRows = [
    Row("domain-processing", "now", "domain.json", [], "met domain.json: /DomainStatus/Processing is false"),
    Row(
      "domain-processing", "es", "elasticsearch-domain.json", [("Processing", "true")],
      "unmet elasticsearch-domain.json: domain logs-prod is processing a change; /DomainStatus/Processing is true"
    ),
    Row("domain-not-created", "now", "domain.json", [], "met domain.json: /DomainStatus/Created is true"),
    Row(
      "domain-not-created", "now", "domain.json", [("Created", "false")],
      "unmet domain.json: domain logs-prod is not created yet; /DomainStatus/Created is false"),
    Row("domain-deleted", "es", "domain.json", [], "met domain.json: /DomainStatus/Deleted is false"),
    Row(
      "domain-deleted", "now", "domain.json", [("Deleted", "true")],
      "unmet domain.json: domain logs-prod is deleted or being deleted; /DomainStatus/Deleted is true"),
    Row(
      "domain-upgrading", "now", "domain.json", [],
      "met domain.json: /DomainStatus/UpgradeProcessing is false"),
    Row(
      "domain-upgrading", "now", "domain.json", [("UpgradeProcessing", "true")],
      "unmet domain.json: domain logs-prod is being upgraded to another engine version; /DomainStatus/UpgradeProcessing is true"
    ),
    Row(
      "domain-not-active", "now", "domain.json", [],
      "met domain.json: /DomainStatus/DomainProcessingStatus is Active"),
    Row(
      "domain-not-active", "now", "domain.json", [("DomainProcessingStatus", "\"Isolated\"")],
      "met domain.json: /DomainStatus/DomainProcessingStatus is Isolated"),
    Row(
      "domain-not-active", "es", "elasticsearch-domain.json", [("DomainProcessingStatus", "\"Deleting\"")],
      "unmet elasticsearch-domain.json: domain logs-prod is Deleting; /DomainStatus/DomainProcessingStatus is Deleting"
    ),
    Row(
      "domain-not-active", "now", "domain.json", [("DomainProcessingStatus", "\"Resting\"")],
      "unknown domain.json: /DomainStatus/DomainProcessingStatus is Resting, a value that is not known here"),
    Row(
      "domain-isolated", "now", "domain.json", [],
      "met domain.json: /DomainStatus/DomainProcessingStatus is Active"),
    Row(
      "domain-isolated", "now", "domain.json", [("DomainProcessingStatus", "\"Isolated\"")],
      "unmet domain.json: domain logs-prod is isolated; this update is the way out; /DomainStatus/DomainProcessingStatus is Isolated"
    ),
    Row(
      "configuration-change-in-progress", "now", "domain.json", [],
      "met domain.json: /DomainStatus/ChangeProgressDetails/ConfigChangeStatus is Completed"),
    Row(
      "configuration-change-in-progress", "now", "domain.json",
      [("ConfigChangeStatus", "\"PendingUserInput\"")],
      "unmet domain.json: domain logs-prod has a configuration change that is PendingUserInput; /DomainStatus/ChangeProgressDetails/ConfigChangeStatus is PendingUserInput"
    ),
    Row(
      "configuration-change-failed", "now", "domain.json", [],
      "met domain.json: /DomainStatus/ChangeProgressDetails/ConfigChangeStatus is Completed"),
    Row(
      "configuration-change-failed", "es", "elasticsearch-domain.json",
      [("ConfigChangeStatus", "\"ValidationFailed\"")],
      "unmet elasticsearch-domain.json: the last configuration change of domain logs-prod failed its validation; /DomainStatus/ChangeProgressDetails/ConfigChangeStatus is ValidationFailed"
    ),
    Row(
      "properties-being-modified", "now", "domain.json", [],
      "met domain.json: /DomainStatus/ModifyingProperties is a list"),
    Row(
      "properties-being-modified", "now", "domain.json",
      [("ModifyingProperties", #"[{"Name": "EBSOptions"}]"#)],
      "unmet domain.json: domain logs-prod has properties whose change is not through; /DomainStatus/ModifyingProperties is a list"
    ),
  ]

  static let updateRows = [
    Row("update-already-scheduled", "now", "domain.json", [], "met domain.json: \(status) is ELIGIBLE"),
    Row(
      "update-already-scheduled", "es", "domain.json", [("UpdateStatus", "\"PENDING_UPDATE\"")],
      "unmet domain.json: domain logs-prod has an update waiting (PENDING_UPDATE); \(status) is PENDING_UPDATE"
    ),
    Row(
      "update-already-scheduled", "now", "domain.json", [("UpdateStatus", "\"eligible\"")],
      "unknown domain.json: \(status) is eligible, a value that is not known here"),
    Row("update-in-progress", "now", "domain.json", [], "met domain.json: \(status) is ELIGIBLE"),
    Row(
      "update-in-progress", "now", "domain.json", [("UpdateStatus", "\"IN_PROGRESS\"")],
      "unmet domain.json: domain logs-prod is being updated (IN_PROGRESS); \(status) is IN_PROGRESS"),
    Row("domain-not-eligible", "now", "domain.json", [], "met domain.json: \(status) is ELIGIBLE"),
    Row(
      "domain-not-eligible", "now", "domain.json",
      [("UpdateStatus", "\"NOT_ELIGIBLE\""), ("UpdateStatus/Description", "\"Rotes Cluster: größer.\"")],
      "unmet domain.json: domain logs-prod is not eligible for an update: \"Rotes Cluster: größer.\"; \(status) is NOT_ELIGIBLE"
    ),
    Row(
      "update-already-completed", "now", "domain.json", [("UpdateStatus", "\"COMPLETED\"")],
      "met domain.json: \(status) is COMPLETED"),
    Row(
      "update-already-completed", "now", "domain.json",
      [("UpdateStatus", "\"COMPLETED\""), ("UpdateAvailable", "false")],
      "unmet domain.json: domain logs-prod has completed its last update, and no other one is available; \(status) is COMPLETED"
    ),
    Row(
      "no-update-available", "now", "domain.json", [], "met domain.json: \(options)/UpdateAvailable is true"),
    Row(
      "no-update-available", "es", "elasticsearch-domain.json", [("UpdateAvailable", "false")],
      "unmet elasticsearch-domain.json: domain logs-prod has no update available; \(options)/UpdateAvailable is false"
    ),
    Row(
      "new-version-not-named", "now", "domain.json", [],
      "met domain.json: \(options)/NewVersion is OpenSearch_2_11_R20240502"),
    Row(
      "new-version-not-named", "now", "domain.json", [("NewVersion", "\"\"")],
      "unmet domain.json: the snapshot names no software version that domain logs-prod would get; \(options)/NewVersion is \"\""
    ),
    Row(
      "software-version-unchanged", "es", "elasticsearch-domain.json", [],
      "met elasticsearch-domain.json: \(options)/CurrentVersion is R20220928, \(options)/NewVersion is R20220928-P1"
    ),
    Row(
      "software-version-unchanged", "es", "elasticsearch-domain.json", [("NewVersion", "\"R20220928\"")],
      "unmet elasticsearch-domain.json: domain logs-prod runs R20220928 already; \(options)/CurrentVersion is R20220928, \(options)/NewVersion is R20220928"
    ),
    Row(
      "software-version-change", "es", "elasticsearch-domain.json", [("NewVersion", "\"R20220928\"")],
      "met elasticsearch-domain.json: \(options)/CurrentVersion is R20220928, \(options)/NewVersion is R20220928"
    ),
    Row(
      "software-version-change", "es", "elasticsearch-domain.json", [],
      "unmet elasticsearch-domain.json: domain logs-prod goes from R20220928 to R20220928-P1; \(options)/CurrentVersion is R20220928, \(options)/NewVersion is R20220928-P1"
    ),
    Row(
      "patch-release", "now", "domain.json", [],
      "met domain.json: \(options)/NewVersion is OpenSearch_2_11_R20240502"),
    Row(
      "patch-release", "es", "elasticsearch-domain.json", [],
      "unmet elasticsearch-domain.json: R20220928-P1 is a patch release; \(options)/NewVersion is R20220928-P1"
    ),
    Row(
      "waiting-update-cancellable", "es", "elasticsearch-domain.json", [],
      "met elasticsearch-domain.json: \(options)/Cancellable is true, \(status) is ELIGIBLE"),
    Row(
      "waiting-update-cancellable", "es", "elasticsearch-domain.json",
      [("UpdateStatus", "\"PENDING_UPDATE\"")],
      "unmet elasticsearch-domain.json: the update that domain logs-prod waits for can be cancelled until it starts; \(options)/Cancellable is true, \(status) is PENDING_UPDATE"
    ),
  ]

  private static let optional = "\(options)/OptionalDeployment is"
  private static let date = "\(options)/AutomatedUpdateDate is"
  private static let enabled = "/DomainStatus/OffPeakWindowOptions/Enabled is"

  static let windowRows = [
    Row(
      "required-update-comes-earlier", "time", "domain.json", [],
      "met domain.json: \(optional) true, \(date) 1970-01-01T00:00:00Z"),
    Row(
      "required-update-comes-earlier", "time", "domain.json", [("OptionalDeployment", "false")],
      "met domain.json: \(optional) false, \(date) 1970-01-01T00:00:00Z"),
    Row(
      "required-update-comes-earlier", "time", "elasticsearch-domain.json", [("OptionalDeployment", "false")],
      "met elasticsearch-domain.json: \(optional) false, \(date) 1970-01-01T00:00:00Z"),
    Row(
      "required-update-comes-earlier", "time", "domain.json",
      [("OptionalDeployment", "false"), ("AutomatedUpdateDate", "\"2026-12-01T03:00:01+01:00\"")],
      "met domain.json: \(optional) false, \(date) 2026-12-01T02:00:01Z"),
    Row(
      "required-update-comes-earlier", "time", "domain.json",
      [("OptionalDeployment", "false"), ("AutomatedUpdateDate", "\"2026-12-01T03:00:00.000000+01:00\"")],
      "unmet domain.json: the update of domain logs-prod is required, and the service may run it from 2026-12-01T03:00:00.000000+01:00 on, before the time asked for; \(optional) false, \(date) 2026-12-01T02:00:00Z"
    ),
    Row(
      "required-update-comes-earlier", "time", "domain.json",
      [("OptionalDeployment", "false"), ("AutomatedUpdateDate", "1795564800.0")],
      "unmet domain.json: the update of domain logs-prod is required, and the service may run it from 2026-11-25T00:00:00Z on, before the time asked for; \(optional) false, \(date) 2026-11-25T00:00:00Z"
    ),
    Row(
      "required-update-comes-earlier", "time", "domain.json", [("AutomatedUpdateDate", "\"soon\"")],
      "unknown domain.json: \(options)/AutomatedUpdateDate is no time that can be read"),
    Row(
      "required-update-comes-earlier", "time", "domain.json", [("AutomatedUpdateDate", "null")],
      "unknown domain.json: \(options)/AutomatedUpdateDate is null, not a time"),
    Row("off-peak-window-disabled", "window", "domain.json", [], "met domain.json: \(enabled) true"),
    Row(
      "off-peak-window-disabled", "window", "domain.json", [("OffPeakWindowOptions/Enabled", "false")],
      "unmet domain.json: domain logs-prod has its off-peak window disabled; \(enabled) false"),
    Row(
      "off-peak-window-disabled", "window", "elasticsearch-domain.json", [],
      "unknown elasticsearch-domain.json: /DomainStatus/OffPeakWindowOptions/Enabled is absent"),
    Row("start-outside-off-peak-window", "time", "domain.json", [], "met domain.json: \(enabled) true"),
    Row(
      "start-outside-off-peak-window", "time", "domain.json", [("Hours", "3")],
      "unmet domain.json: 2026-12-01T02:00:00Z lies outside the off-peak window of domain logs-prod; \(enabled) true"
    ),
    Row(
      "start-outside-off-peak-window", "time", "domain.json",
      [("Hours", "3"), ("OffPeakWindowOptions/Enabled", "false")], "met domain.json: \(enabled) false"),
    Row(
      "start-outside-off-peak-window", "time", "domain.json", [("Hours", "24")],
      "unknown domain.json: a time in the snapshot cannot be read"),
    Row(
      "start-outside-off-peak-window", "time", "domain.json", [("Minutes", nil)],
      "unknown domain.json: a time in the snapshot cannot be read"),
    Row(
      "now-outside-off-peak-window", "now", "domain.json", [("Hours", "2"), ("Minutes", "1")],
      "met domain.json: \(enabled) true"),
    Row(
      "now-outside-off-peak-window", "now", "domain.json", [("Hours", "2")],
      "unmet domain.json: 2026-11-20T12:00:00Z lies outside the off-peak window of domain logs-prod; \(enabled) true"
    ),
    Row(
      "automatic-updates-enabled", "now", "domain.json", [],
      "met domain.json: /DomainStatus/SoftwareUpdateOptions/AutoSoftwareUpdateEnabled is false"),
    Row(
      "automatic-updates-enabled", "now", "domain.json", [("AutoSoftwareUpdateEnabled", "true")],
      "unmet domain.json: domain logs-prod has automatic software updates enabled; /DomainStatus/SoftwareUpdateOptions/AutoSoftwareUpdateEnabled is true"
    ),
    Row(
      "software-updated-by-other-changes", "now", "domain.json", [],
      "met domain.json: /DomainStatus/SoftwareUpdateOptions/UseLatestServiceSoftwareForBlueGreen is false"),
    Row(
      "software-updated-by-other-changes", "now", "domain.json",
      [("UseLatestServiceSoftwareForBlueGreen", "true")],
      "unmet domain.json: domain logs-prod gets the newest service software with every blue/green deployment; /DomainStatus/SoftwareUpdateOptions/UseLatestServiceSoftwareForBlueGreen is true"
    ),
  ]

  static let actionRows = [
    Row(
      "update-among-scheduled-actions", "now", "logs-prod/scheduled-actions.json",
      [("Status", "\"COMPLETED\"")],
      "met logs-prod/scheduled-actions.json: /ScheduledActions/0/Type is SERVICE_SOFTWARE_UPDATE, /ScheduledActions/0/Status is COMPLETED"
    ),
    Row(
      "update-among-scheduled-actions", "es", "logs-prod/scheduled-actions.json", [],
      "unmet logs-prod/scheduled-actions.json: action R20240502 is a software update of domain logs-prod that waits for 2026-12-01T02:00:01Z; /ScheduledActions/0/Type is SERVICE_SOFTWARE_UPDATE, /ScheduledActions/0/Status is PENDING_UPDATE"
    ),
    Row(
      "update-among-scheduled-actions", "now", "scheduled-actions.json", [],
      "unmet scheduled-actions.json: action R20240502 is a software update of domain logs-prod that waits for 2026-12-01T02:00:01Z; /ScheduledActions/0/Type is SERVICE_SOFTWARE_UPDATE, /ScheduledActions/0/Status is PENDING_UPDATE; scheduled-actions.json does not say whose it is [assumed logs-prod]"
    ),
    Row(
      "update-among-scheduled-actions", "now", "scheduled-actions.json", [("Status", "\"COMPLETED\"")],
      "unknown scheduled-actions.json: does not say whose it is"),
    Row(
      "update-among-scheduled-actions", "now", "logs-prod/scheduled-actions.json",
      [("Status", "\"WAITING\"")],
      "unknown logs-prod/scheduled-actions.json: /ScheduledActions/0/Status is WAITING, a value that is not known here"
    ),
    Row(
      "update-among-scheduled-actions", "now", "us-east-1/logs-prod/scheduled-actions.json", [],
      "unknown us-east-1/logs-prod/scheduled-actions.json: of another scheduled action, region or account"),
    Row(
      "scheduled-update-mandatory", "now", "logs-prod/scheduled-actions.json", [("Mandatory", "false")],
      "met logs-prod/scheduled-actions.json: /ScheduledActions/0/Type is SERVICE_SOFTWARE_UPDATE, /ScheduledActions/0/Mandatory is false"
    ),
    Row(
      "scheduled-update-mandatory", "now", "logs-prod/scheduled-actions.json", [],
      "unmet logs-prod/scheduled-actions.json: the software update R20240502 of domain logs-prod is mandatory: it can be moved, but not cancelled; /ScheduledActions/0/Type is SERVICE_SOFTWARE_UPDATE, /ScheduledActions/0/Mandatory is true"
    ),
    Row(
      "scheduled-time-in-seconds", "now", "logs-prod/scheduled-actions.json",
      [("ScheduledTime", "1796090401000")],
      "met logs-prod/scheduled-actions.json: /ScheduledActions/0/ScheduledTime is 1796090401000"),
    Row(
      "scheduled-time-in-seconds", "now", "logs-prod/scheduled-actions.json", [],
      "unmet logs-prod/scheduled-actions.json: ScheduledTime 1.796090401E9 counts seconds, while DesiredStartTime counts milliseconds; /ScheduledActions/0/ScheduledTime is 1.796090401E9"
    ),
  ]

  static let packageRows = [
    Row(
      "package-exists", "dictionary", "packages.json", [("PackageName", "\"synonyms-fr\"")],
      "met packages.json: lists no such package"),
    Row(
      "package-exists", "dictionary", "packages.json", [("PackageStatus", "\"DELETED\"")],
      "met packages.json: /PackageDetailsList/0/PackageStatus is DELETED"),
    Row(
      "package-exists", "dictionary", "packages.json", [],
      "unmet packages.json: package synonyms-de exists already (F11111111, AVAILABLE); /PackageDetailsList/0/PackageStatus is AVAILABLE"
    ),
    Row(
      "package-exists", "plugin", "packages.json", [],
      "unmet packages.json: package querqy exists already (pkg-4f0a9e3b7c, AVAILABLE); /PackageDetailsList/1/PackageStatus is AVAILABLE"
    ),
    Row(
      "package-exists", "plugin", "packages.json", [("EngineVersion", "\"OpenSearch_2.17\"")],
      "met packages.json: lists no such package"),
    Row(
      "package-exists", "dictionary", "eu-west-1/packages.json", [],
      "unmet eu-west-1/packages.json: package synonyms-de exists already (F11111111, AVAILABLE); /PackageDetailsList/0/PackageStatus is AVAILABLE"
    ),
    Row(
      "package-exists", "dictionary", "210987654321/packages.json", [],
      "unknown 210987654321/packages.json: of another package, region or account"),
    Row(
      "package-being-deleted", "dictionary", "packages.json", [],
      "met packages.json: /PackageDetailsList/0/PackageStatus is AVAILABLE"),
    Row(
      "package-being-deleted", "dictionary", "packages.json", [("PackageStatus", "\"DELETING\"")],
      "unmet packages.json: package synonyms-de is still being deleted; /PackageDetailsList/0/PackageStatus is DELETING"
    ),
    Row(
      "failed-package-in-the-way", "dictionary", "packages.json", [],
      "met packages.json: /PackageDetailsList/0/PackageStatus is AVAILABLE"),
    Row(
      "failed-package-in-the-way", "dictionary", "packages.json", [("PackageStatus", "\"COPY_FAILED\"")],
      "unmet packages.json: package synonyms-de exists in state COPY_FAILED; /PackageDetailsList/0/PackageStatus is COPY_FAILED"
    ),
    Row("package-quota-reached", "dictionary", "packages.json", [], "met packages.json: 2 of 25"),
    Row(
      "package-quota-reached", "dictionary", "packages.json", [("PackageOwner", "\"210987654321\"")],
      "met packages.json: 1 of 25"),
    Row(
      "package-quota-reached", "dictionary", "packages.json",
      [
        (
          "PackageDetailsList",
          "[" + (0..<25).map { #"{"PackageID": "F\#($0)", "PackageStatus": "AVAILABLE"}, "# }.joined()
        )
      ],
      "unmet packages.json: 27 of 25"),
  ]
}
