/// Rows about AWS Proton.
extension SnapshotRowTests {
  private static let file = "service-instance.json"
  private static let instance = "instance orders-prod of service orders"
  private static let deployment = "/serviceInstance/deploymentStatus is"
  private static let major = "/serviceInstance/templateMajorVersion is"
  private static let minor = "/serviceInstance/templateMinorVersion is"

  static let instanceRows = [
    Row("instance-deployment-in-progress", "minor", file, [], "met \(file): \(deployment) SUCCEEDED"),
    Row(
      "instance-deployment-in-progress", "minor", file, [("deploymentStatus", "\"IN_PROGRESS\"")],
      "unmet \(file): \(instance) is being deployed; \(deployment) IN_PROGRESS"),
    Row(
      "instance-deployment-in-progress", "minor", file, [("deploymentStatus", "\"ROLLING_BACK\"")],
      "unknown \(file): \(deployment) ROLLING_BACK, a value that is not known here"),
    Row("instance-cancelling", "minor", file, [], "met \(file): \(deployment) SUCCEEDED"),
    Row(
      "instance-cancelling", "minor", file, [("deploymentStatus", "\"CANCELLING\"")],
      "unmet \(file): the deployment of \(instance) is being cancelled; \(deployment) CANCELLING"),
    Row("instance-deleted", "minor", file, [], "met \(file): \(deployment) SUCCEEDED"),
    Row(
      "instance-deleted", "minor", file, [("deploymentStatus", "\"DELETE_COMPLETE\"")],
      "unmet \(file): \(instance) is deleted or being deleted; \(deployment) DELETE_COMPLETE"),
    Row("instance-delete-failed", "minor", file, [], "met \(file): \(deployment) SUCCEEDED"),
    Row(
      "instance-delete-failed", "minor", file, [("deploymentStatus", "\"DELETE_FAILED\"")],
      "unmet \(file): \(instance) could not be deleted; \(deployment) DELETE_FAILED"),
    Row(
      "instance-last-deployment-failed", "minor", file, [("deploymentStatus", "\"CANCELLED\"")],
      "met \(file): \(deployment) CANCELLED"),
    Row(
      "instance-last-deployment-failed", "minor", file, [("deploymentStatus", "\"FAILED\"")],
      "unmet \(file): the last deployment of \(instance) failed; \(deployment) FAILED"),
    Row("instance-minor-update-of-another-major", "minor", file, [], "met \(file): \(major) 2"),
    Row(
      "instance-minor-update-of-another-major", "minor", file, [("templateMajorVersion", "\"1\"")],
      "unmet \(file): \(instance) runs major version 1, but the request names 2; \(major) 1"),
    Row(
      "instance-minor-update-of-another-major", "minor", file, [("templateMajorVersion", "\"two\"")],
      "unknown \(file): one of two values to compare is no number"),
    Row("instance-minor-version-in-use", "minor", file, [], "met \(file): \(minor) 9"),
    Row(
      "instance-minor-version-in-use", "minor", file, [("templateMinorVersion", "\"10\"")],
      "unmet \(file): \(instance) runs minor version 10 already; \(minor) 10"),
    Row("instance-minor-version-downgrade", "minor", file, [], "met \(file): \(minor) 9"),
    Row(
      "instance-minor-version-downgrade", "minor", file, [("templateMinorVersion", "\"11\"")],
      "unmet \(file): \(instance) goes back from minor version 11 to 10; \(minor) 11"),
    Row("instance-major-version-not-higher", "major", file, [], "met \(file): \(major) 2"),
    Row(
      "instance-major-version-not-higher", "major", file, [("templateMajorVersion", "\"10\"")],
      "unmet \(file): \(instance) runs major version 10, which 10 is not above; \(major) 10"),
    Row("instance-keeps-absent-value", "spec", file, [], "met \(file): /serviceInstance/spec is (sensitive)"),
    Row(
      "instance-keeps-absent-value", "spec", file,
      [
        (
          "spec",
          #""instances: [{name: orders-dev, spec: {image: x}}, {name: orders-prod, spec: {port: 1}}]""#
        )
      ],
      "unmet \(file): the spec keeps a current value that the stored spec of \(instance) does not have; /serviceInstance/spec is (sensitive)"
    ),
    Row(
      "instance-keeps-absent-value", "spec", file, [("spec", #""[""#)],
      "unknown \(file): one of two texts to compare is no YAML"),
    Row("instance-spec-unchanged", "spec", file, [], "met \(file): /serviceInstance/spec is (sensitive)"),
    Row(
      "instance-spec-unchanged", "spec", file,
      [
        (
          "spec",
          #""proton: ServiceSpec\n\npipeline: {}\ninstances:\n  - name: orders-prod\n    environment: prod\n    spec:\n      port: 80\n      image: ${Proton::CURRENT_VAL}\n""#
        )
      ],
      "unmet \(file): the spec is the one that \(instance) has already, so the same is deployed again; /serviceInstance/spec is (sensitive)"
    ),
    Row(
      "client-token-replayed", "minor", file, [],
      "met \(file): /serviceInstance/lastClientRequestToken is 7b1f6a0e-0001"),
    Row(
      "client-token-replayed", "minor", file, [("lastClientRequestToken", "\"7b1f6a0e-0002\"")],
      "unmet \(file): the last request for \(instance) had this clientToken, so this one may do nothing; /serviceInstance/lastClientRequestToken is 7b1f6a0e-0002"
    ),
    Row(
      "component-deployment-in-progress", "minor", "components.json", [],
      "met components.json: /components/0/deploymentStatus is SUCCEEDED"),
    Row(
      "component-deployment-in-progress", "minor", "components.json",
      [("deploymentStatus", "\"IN_PROGRESS\"")],
      "unmet components.json: component cache of instance orders-prod is being deployed; /components/0/deploymentStatus is IN_PROGRESS"
    ),
    Row(
      "component-deployment-in-progress", "minor", "component.json", [],
      "unmet component.json: component cache of instance orders-prod is being deployed; /component/deploymentStatus is IN_PROGRESS"
    ),
    Row(
      "component-deployment-in-progress", "minor", "component.json", [("deploymentStatus", "\"SUCCEEDED\"")],
      "unknown component.json: no list of every component"),
    Row(
      "component-deployment-in-progress", "minor", "component.json",
      [("serviceInstanceName", "\"orders-dev\"")],
      "unknown component.json: no list of every component"),
    Row(
      "component-deployment-in-progress", "minor", "component.json components.json",
      [("deploymentStatus", "\"SUCCEEDED\"")],
      "met components.json: /components/0/deploymentStatus is SUCCEEDED"),
  ]

  private static let pipe = "the pipeline of service orders"
  private static let pipeStatus = "/service/pipeline/deploymentStatus is"
  private static let pipeMajor = "/service/pipeline/templateMajorVersion is"
  private static let pipeMinor = "/service/pipeline/templateMinorVersion is"

  static let pipelineRows = [
    Row(
      "pipeline-deployment-in-progress", "pipeline minor", "service.json", [],
      "met service.json: \(pipeStatus) SUCCEEDED"),
    Row(
      "pipeline-deployment-in-progress", "pipeline minor", "service.json",
      [("deploymentStatus", "\"IN_PROGRESS\"")],
      "unmet service.json: \(pipe) is being deployed; \(pipeStatus) IN_PROGRESS"),
    Row(
      "pipeline-cancelling", "pipeline minor", "service.json", [], "met service.json: \(pipeStatus) SUCCEEDED"
    ),
    Row(
      "pipeline-cancelling", "pipeline minor", "service.json", [("deploymentStatus", "\"CANCELLING\"")],
      "unmet service.json: the deployment of \(pipe) is being cancelled; \(pipeStatus) CANCELLING"),
    Row(
      "pipeline-deleted", "pipeline minor", "service.json", [], "met service.json: \(pipeStatus) SUCCEEDED"),
    Row(
      "pipeline-deleted", "pipeline minor", "service.json", [("deploymentStatus", "\"DELETE_IN_PROGRESS\"")],
      "unmet service.json: \(pipe) is deleted or being deleted; \(pipeStatus) DELETE_IN_PROGRESS"),
    Row(
      "pipeline-delete-failed", "pipeline minor", "service.json", [],
      "met service.json: \(pipeStatus) SUCCEEDED"),
    Row(
      "pipeline-delete-failed", "pipeline minor", "service.json", [("deploymentStatus", "\"DELETE_FAILED\"")],
      "unmet service.json: \(pipe) could not be deleted; \(pipeStatus) DELETE_FAILED"),
    Row(
      "pipeline-last-deployment-failed", "pipeline minor", "service.json", [],
      "met service.json: \(pipeStatus) SUCCEEDED"),
    Row(
      "pipeline-last-deployment-failed", "pipeline minor", "service.json",
      [("deploymentStatus", "\"FAILED\"")],
      "unmet service.json: the last deployment of \(pipe) failed; \(pipeStatus) FAILED"),
    Row(
      "pipeline-minor-update-of-another-major", "pipeline minor", "service.json", [],
      "met service.json: \(pipeMajor) 2"),
    Row(
      "pipeline-minor-update-of-another-major", "pipeline minor", "service.json",
      [("templateMajorVersion", "\"3\"")],
      "unmet service.json: \(pipe) runs major version 3, but the request names 2; \(pipeMajor) 3"),
    Row(
      "pipeline-minor-version-in-use", "pipeline minor", "service.json", [],
      "met service.json: \(pipeMinor) 9"),
    Row(
      "pipeline-minor-version-in-use", "pipeline minor", "service.json", [("templateMinorVersion", "\"10\"")],
      "unmet service.json: \(pipe) runs minor version 10 already; \(pipeMinor) 10"),
    Row(
      "pipeline-minor-version-downgrade", "pipeline minor", "service.json", [],
      "met service.json: \(pipeMinor) 9"),
    Row(
      "pipeline-minor-version-downgrade", "pipeline minor", "service.json",
      [("templateMinorVersion", "\"11\"")],
      "unmet service.json: \(pipe) goes back from minor version 11 to 10; \(pipeMinor) 11"),
    Row(
      "pipeline-major-version-not-higher", "pipeline major", "service.json", [],
      "met service.json: \(pipeMajor) 2"),
    Row(
      "pipeline-major-version-not-higher", "pipeline major", "service.json",
      [("templateMajorVersion", "\"11\"")],
      "unmet service.json: \(pipe) runs major version 11, which 10 is not above; \(pipeMajor) 11"),
    Row(
      "pipeline-keeps-absent-value", "pipeline spec", "service.json",
      [
        ("spec", #""instances: [{name: orders-prod, spec: {image: x}}]""#),
        ("repositoryId/spec", #""instances: [{name: orders-prod, spec: {image: x}}]""#),
      ],
      "met service.json: /service/spec is (sensitive)"),
    Row(
      "pipeline-keeps-absent-value", "pipeline spec", "service.json", [],
      "unmet service.json: the spec keeps a current value that the stored spec of \(pipe) does not have; /service/spec is (sensitive)"
    ),
    Row(
      "pipeline-spec-unchanged", "pipeline spec", "service.json", [],
      "met service.json: /service/spec is (sensitive)"),
    Row(
      "pipeline-spec-unchanged", "pipeline spec", "service.json",
      [
        ("repositoryId/spec", #""instances: [{name: orders-prod, spec: {image: '${Proton::CURRENT_VAL}'}}]""#)
      ],
      "unmet service.json: the spec is the one that \(pipe) has already, so the same is deployed again; /service/spec is (sensitive)"
    ),
  ]

  static let serviceRows = [
    Row("service-busy", "minor", "service.json", [], "met service.json: /service/status is ACTIVE"),
    Row(
      "service-busy", "pipeline minor", "service.json", [("status", "\"UPDATE_FAILED_CLEANUP_IN_PROGRESS\"")],
      "unmet service.json: service orders is UPDATE_FAILED_CLEANUP_IN_PROGRESS; /service/status is UPDATE_FAILED_CLEANUP_IN_PROGRESS"
    ),
    Row(
      "service-busy", "minor", "service.json", [("status", "\"SLEEPING\"")],
      "unknown service.json: /service/status is SLEEPING, a value that is not known here"),
    Row("service-deleted", "minor", "service.json", [], "met service.json: /service/status is ACTIVE"),
    Row(
      "service-deleted", "minor", "service.json", [("status", "\"DELETE_FAILED\"")],
      "unmet service.json: service orders is DELETE_FAILED; /service/status is DELETE_FAILED"),
    Row(
      "service-failed", "pipeline minor", "service.json", [], "met service.json: /service/status is ACTIVE"),
    Row(
      "service-failed", "minor", "service.json", [("status", "\"UPDATE_COMPLETE_CLEANUP_FAILED\"")],
      "unmet service.json: service orders is UPDATE_COMPLETE_CLEANUP_FAILED; /service/status is UPDATE_COMPLETE_CLEANUP_FAILED"
    ),
    Row(
      "service-without-pipeline", "pipeline minor", "service.json", [],
      "met service.json: /service/name is orders"),
    Row(
      "service-without-pipeline", "pipeline minor", "service.json", [("pipeline", #"{}, "unused": {"#)],
      "met service.json: /service/name is orders"),
    Row(
      "service-without-pipeline", "pipeline minor", "service.json", [("pipeline", nil), ("unused", #"{"#)],
      "unmet service.json: service orders has no pipeline to update; /service/name is orders"),
    Row(
      "service-without-pipeline", "pipeline minor", "service.json",
      [("pipeline", #"null, "unused": {"#)],
      "unmet service.json: service orders has no pipeline to update; /service/name is orders"),
  ]

  private static let version = "/serviceTemplateVersion/status is"

  static let templateRows = [
    Row(
      "instance-template-version-not-published", "minor", "template-version.json service-instance.json", [],
      "met template-version.json: \(version) PUBLISHED"),
    Row(
      "instance-template-version-not-published", "minor", "template-version.json service.json",
      [("status", "\"DRAFT\"")],
      "unmet template-version.json: version 2.10 of template fargate-web is DRAFT; \(version) DRAFT"),
    Row(
      "instance-template-version-not-published", "minor", "template-version.json", [],
      "unknown template-version.json: \(version) PUBLISHED; template-version.json does not say whose it is [assumed orders-prod/orders/2/10]"
    ),
    Row(
      "instance-template-version-not-published", "minor", "template-version.json", [("status", "\"DRAFT\"")],
      "unmet template-version.json: version 2.10 of template fargate-web is DRAFT; \(version) DRAFT; template-version.json does not say whose it is [assumed orders-prod/orders/2/10]"
    ),
    Row(
      "instance-template-version-not-published", "minor", "template-version.json service.json",
      [("minorVersion", "\"9\"")],
      "unknown template-version.json: of another service template version, region or account"),
    Row(
      "pipeline-template-version-not-published", "pipeline minor", "template-version.json service.json", [],
      "met template-version.json: \(version) PUBLISHED"),
    Row(
      "pipeline-template-version-not-published", "pipeline minor", "template-version.json service.json",
      [("status", "\"REGISTRATION_FAILED\"")],
      "unmet template-version.json: version 2.10 of template fargate-web is REGISTRATION_FAILED; \(version) REGISTRATION_FAILED"
    ),
    Row(
      "pipeline-of-customer-updated", "pipeline minor", "template.json service.json",
      [("pipelineProvisioning", nil)],
      "met template.json: /serviceTemplate/name is fargate-web"),
    Row(
      "pipeline-of-customer-updated", "pipeline minor", "template.json service.json", [],
      "unmet template.json: template fargate-web leaves pipelines to the customer, so Proton has none for service orders; /serviceTemplate/name is fargate-web, /serviceTemplate/pipelineProvisioning is CUSTOMER_MANAGED"
    ),
    Row(
      "pipeline-of-customer-updated", "pipeline minor", "template.json service.json",
      [("pipelineProvisioning", "true")],
      "unknown template.json: /serviceTemplate/pipelineProvisioning is a boolean, not a string"),
    Row(
      "spec-with-customer-pipeline", "spec", "template.json service-instance.json",
      [("pipelineProvisioning", nil)],
      "met template.json: /serviceTemplate/name is fargate-web"),
    Row(
      "spec-with-customer-pipeline", "spec", "template.json service-instance.json", [],
      "unmet template.json: template fargate-web leaves pipelines to the customer, but the spec has a pipeline section; /serviceTemplate/name is fargate-web, /serviceTemplate/pipelineProvisioning is CUSTOMER_MANAGED"
    ),
  ]
}
