"""The example inputs that come with botocore: an error in one must be a true fault of the example."""

import collections

from botocore.exceptions import DataNotFoundError
from botocore.loaders import Loader
from comparing import lint

# The examples show bytes as text, or describe them; version 2 of the AWS CLI takes base64 alone.
BYTES_AS_TEXT = {"ambiguous-blob", "skeleton-leftover"}

# By service, operation and id of the example: the finding that it rightly has, and why it is right.
TRUE_FAULTS = {
    ("lambda", "UpdateEventSourceMapping", "to-update-a-lambda-function-event-source-mapping-1481650907413"):
        ("too-short", "UUID has 13 characters, and a UUID has 36"),
    ("cloud9", "CreateEnvironmentEC2", "createenvironmentec2-1516821730547"):
        ("missing-parameter", "imageId has become required since the example was written"),
    ("ec2", "CreateImage", "to-create-an-ami-from-an-amazon-ebs-backed-instance-1529023150636"):
        ("wrong-type", "VolumeSize is an integer, the example has it in quotes"),
    ("ec2", "ModifyNetworkInterfaceAttribute", "ec2-modify-network-interface-attribute-2"):
        ("wrong-type", "in an old version Description stands alone, without the structure around its value"),
    ("ec2", "ModifyNetworkInterfaceAttribute", "ec2-modify-network-interface-attribute-4"):
        ("wrong-type", "in an old version SourceDestCheck stands alone, without the structure around its value"),
    ("ec2", "ModifySpotFleetRequest", "ec2-modify-spot-fleet-request-2"):
        ("unknown-value", "the value is noTermination; the example has a capital and a blank at the end"),
    ("ec2", "ModifySubnetAttribute", "ec2-modify-subnet-attribute-1"):
        ("wrong-type", "in an old version MapPublicIpOnLaunch stands alone, without the structure around its value"),
    ("kms", "CreateCustomKeyStore", "to-create-an-aws-cloudhsm-custom-key-store-1628627769469"):
        ("pattern-mismatch", "cluster ids have no digit 1, the made-up one has"),
    ("kms", "UpdateCustomKeyStore",
     "to-associate-the-custom-key-store-with-a-different-but-related-aws-cloudhsm-cluster-1630451842438"):
        ("pattern-mismatch", "cluster ids have no digit 1, the made-up one has"),
    ("polly", "GetLexicon", "to-retrieve-a-lexicon-1481912870836"):
        ("too-short", "Name is empty, but is part of the path"),
    ("pricing", "GetProducts", "to-retrieve-available products"):
        ("missing-parameter", "ServiceCode has become required since the example was written"),
    ("s3", "CompleteMultipartUpload", "to-complete-multipart-upload-1481851590483"):
        ("wrong-type", "PartNumber is an integer, the example has it in quotes"),
    ("s3", "ListMultipartUploads", "list-next-set-of-multipart-uploads-when-previous-result-is-truncated-1482428106748"):
        ("wrong-type", "MaxUploads is an integer, the example has it in quotes"),
    ("s3", "ListObjects", "to-list-objects-in-a-bucket-1473447646507"):
        ("wrong-type", "MaxKeys is an integer, the example has it in quotes"),
    ("s3", "ListObjectsV2", "to-get-object-list"): ("wrong-type", "MaxKeys is an integer, the example has it in quotes"),
    ("s3", "PutBucketCors", "to-set-cors-configuration-on-a-bucket-1483037818805"):
        ("too-short", "Bucket is empty, but is part of the path"),
    ("s3", "UploadPart", "to-upload-a-part-1481847914943"):
        ("wrong-type", "PartNumber is an integer, the example has it in quotes"),
    ("s3", "UploadPartCopy", "to-upload-a-part-by-copying-data-from-an-existing-object-as-data-source-1483046746348"):
        ("wrong-type", "PartNumber is an integer, the example has it in quotes"),
    ("s3", "UploadPartCopy", "to-upload-a-part-by-copying-byte-range-from-an-existing-object-as-data-source-1483048068594"):
        ("wrong-type", "PartNumber is an integer, the example has it in quotes"),
}


def inputs(name):
    """Requests of a service by their keys in the table above; those of older versions too."""
    try:
        versions = Loader().list_api_versions(name, "examples-1")
    except DataNotFoundError:
        return []
    found = []
    for version in versions:
        examples = Loader().load_service_model(name, "examples-1", version)["examples"]
        for operation, own in sorted(examples.items()):
            for example in own:
                request = {"id": f"{len(found)}", "service": name, "operation": operation,
                           "parameters": example.get("input", {})}
                found.append(((name, operation, example["id"]), request))
    return found


def compare(task):
    """Everything of one service; an exception that no example needs any longer is a disagreement too."""
    name, binary = task
    found = inputs(name)
    counts, disagreements = collections.Counter(), []
    unused = {key for key in TRUE_FAULTS if key[0] == name}
    answers = lint(binary, [request for _, request in found]) if found else {}
    for (key, request), (findings, _) in zip(found, answers.values()):
        errors = {finding["rule"]: finding for finding in findings
                  if finding["severity"] == "error" and finding["rule"] not in BYTES_AS_TEXT}
        counts["examples with a true fault" if errors else "examples without an error"] += 1
        if errors:
            unused.discard(key)
        for rule, finding in errors.items():
            if rule != TRUE_FAULTS.get(key, ("",))[0]:
                disagreements.append(f"the example {' '.join(key)}: {rule} at {finding['pointer']}: {finding['message']}")
    disagreements += [f"the example {' '.join(key)} has no fault" for key in sorted(unused)]
    return counts, disagreements
