"""Request files to measure with: five kinds of small requests, in turn, of which a share may be faulty."""
import json
import random
import os
import shutil
from pathlib import Path

PER_FOLDER = 1000
SEED = 20261120


def update_at(number):
    return "opensearch.StartServiceSoftwareUpdate", {
        "DomainName": f"search-{number}",
        "ScheduleAt": "TIMESTAMP",
        "DesiredStartTime": 4_070_908_800_000 + number * 900_000,
    }


def plugin(number):
    return "opensearch.CreatePackage", {
        "PackageName": f"analysis-{number}",
        "PackageType": "ZIP-PLUGIN",
        "EngineVersion": "OpenSearch_2.17",
        "PackageDescription": f"Analysis plugin, build {number}, for all shops",
        "PackageSource": {"S3BucketName": "shop-plugins", "S3Key": f"analysis/{number}/plugin.zip"},
    }


def dictionary(number):
    return "es.CreatePackage", {
        "PackageName": f"words-{number}",
        "PackageType": "TXT-DICTIONARY",
        "PackageDescription": f"Dictionary of shop {number}",
        "PackageSource": {"S3BucketName": "shop-dictionaries", "S3Key": f"words/{number}.txt"},
    }


def update_now(number):
    return "es.StartElasticsearchServiceSoftwareUpdate", {"DomainName": f"archive-{number}"}


def update_off_peak(number):
    return "opensearch.StartServiceSoftwareUpdate", {
        "DomainName": f"reports-{number}", "ScheduleAt": "OFF_PEAK_WINDOW"}


KINDS = [update_at, plugin, dictionary, update_now, update_off_peak]


def spoil(parameters, choice):
    """A required member is gone, a name is misspelt, a value is none of the enum or not under the pattern."""
    if choice == 0:
        del parameters[next(iter(parameters))]
    elif choice == 1:
        parameters["Domain_name"] = "x"
    elif choice == 2:
        parameters["ScheduleAt"] = "TOMORROW"
    elif choice == 3:
        parameters["PackageType"] = "TAR"
    else:
        parameters["DomainName"] = "Upper_Case"


def requests(count, faulty=0.0):
    """Envelopes, `faulty` of which have a fault; the same ones every time."""
    chance = random.Random(SEED)
    for number in range(count):
        operation, parameters = KINDS[number % len(KINDS)](number)
        if chance.random() < faulty:
            spoil(parameters, chance.randrange(5))
        service, name = operation.split(".")
        yield {"service": service, "operation": name, "region": "eu-west-1", "parameters": parameters}


def yaml_lines(mapping, indent):
    for key, value in mapping.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:\n"
            yield from yaml_lines(value, indent + "  ")
        else:
            yield f"{indent}{key}: {value}\n"


def yaml_text(envelope, indent=""):
    return "".join(yaml_lines(envelope, indent))


def as_resource(envelope):
    """The same request for a tool that takes Kubernetes resources."""
    return {"apiVersion": "v1", "kind": envelope["service"] + envelope["operation"], "spec": envelope["parameters"]}


def write_files(folder, count, notation="yaml", faulty=0.0, shape=lambda envelope: envelope):
    """One request to a file, 1,000 files to a folder."""
    for number, envelope in enumerate(map(shape, requests(count, faulty))):
        part = folder / f"{number // PER_FOLDER:04}"
        if number % PER_FOLDER == 0:
            part.mkdir(parents=True)
        text = (json.dumps(envelope, indent=2) + "\n" if notation == "json"
                else f"# request {number}\n" + yaml_text(envelope))
        (part / f"request-{number:06}.{notation}").write_text(text)


def write_list(path, size, notation="yaml"):
    """One batch document of at least `size` bytes."""
    with open(path, "w") as out:
        written = out.write("requests:\n" if notation == "yaml" else '{"requests": [')
        separator = ""
        for envelope in requests(1 << 62):
            if written >= size:
                break
            if notation == "yaml":
                first, *rest = yaml_lines(envelope, "    ")
                written += out.write(f"  - {first.lstrip()}{''.join(rest)}")
            else:
                written += out.write(separator + json.dumps(envelope, indent=2))
                separator = ",\n"
        if notation == "json":
            out.write("]}\n")


def write_stream(path, count):
    """As many YAML documents, one after another."""
    with open(path, "w") as out:
        for envelope in requests(count):
            out.write("---\n" + yaml_text(envelope))


def once(target, make):
    """`target`, made by `make` unless it is there whole from an earlier run."""
    if not target.exists():
        part = target.with_name(target.name + ".part")
        shutil.rmtree(part, ignore_errors=True)
        part.unlink(missing_ok=True)
        part.parent.mkdir(parents=True, exist_ok=True)
        make(part)
        part.rename(target)
        # What is still to be written to the disk would be written while others are timed.
        os.sync()
    return target


def listing(folder, notation="yaml"):
    """A file that names all files of a corpus, one to a line."""
    paths = sorted(Path(folder).rglob(f"*.{notation}"))
    target = folder.with_name(folder.name + ".list")
    target.write_text("".join(f"{path}\n" for path in paths))
    return target
