"""Collects the command lines that a rule, a plan or a script of reqlint can print."""

import html
import json
import random
import re
import shlex
import subprocess
from pathlib import Path

from ruamel.yaml import YAML

NOW = "2026-09-20T12:00:00Z"
# Keeps the words of each call; a file that a word names is kept in its place, since the script removes it.
FAKE = """#!/bin/sh
printf '%s\\0' "$#" >>"$REQLINT_CALLS"
for word; do
  case $word in
  file://*) cat "${word#file://}" >>"$REQLINT_CALLS" && printf '\\0' >>"$REQLINT_CALLS" ;;
  *) printf '%s\\0' "$word" >>"$REQLINT_CALLS" ;;
  esac
done
"""
MENTION = re.compile(r"\baws ([a-z0-9-]+) ([a-z0-9-]+)((?: --[a-z-]+(?: (?!-)\S+)?)*)")
SPEC = "proton: ServiceSpec\npipeline: {a: 1}\ninstances:\n  - {name: n1, environment: e, spec: {x: y}}\n"
# Values that a name in a follow-up command may have.
NAMES = [
    "shop",
    "a b",
    "it's",
    "$(touch x)",
    "`x`",
    "*",
    "~",
    "é",
    "a,b=c",
    "[a]",
    "{a}",
    "x\ny",
    "",
    "-x",
    "--help",
    "--",
    "help",
    "http://h",
    "https://h",
    "HTTP://h",
    "file:///etc/passwd",
    "fileb://x",
    " file://x",
    "@file",
    "a\x00b",
    "a;b",
    '"',
    "\\",
    "\u202e",
    "s3://b",
    "ssm://x",
    "%s",
    "=x",
    "#x",
]


class Source:
    """Command lines with where they came from; words as the AWS CLI gets them, without `aws`."""

    def __init__(self):
        self.commands = []
        self.faults = []

    def add(self, argv, where, **more):
        self.commands.append({"argv": argv, "where": where, **more})


def of_rules(folder, found):
    """The commands in operations' files, values filled in, and those that texts mention."""
    for path in sorted(Path(folder).rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        for service, operation, options in MENTION.findall(text):
            found.add(
                [service, operation, *options.split()],
                f"{path} (mentioned)",
                isMention=True,
            )
        for item in (
            YAML(typ="safe").load(text).get("follow-up", [])
            if path.parent.name == "operations"
            else []
        ):
            words = item["command"] if isinstance(item, dict) else item
            if words[0] != "aws":
                found.faults.append(
                    f"{path}: a command that does not begin with aws: {words}"
                )
            found.add(
                [re.sub(r"\{[^}]*\}", "value-1", word) for word in words[1:]],
                f"{path}: {' '.join(words)}",
            )


def plan(binary, name, arguments, reports=()):
    """A plan in one format; reports are pairs of a format and a file."""
    command = [binary, "plan", "--now", NOW, "--format", name]
    for other, file in reports:
        command += ["--report", f"{other}={file}"]
    run = subprocess.run(
        [*command, *map(str, arguments)], capture_output=True, check=False
    )
    if run.returncode not in (0, 1):
        said = run.stderr.decode()[:500]
        raise SystemExit(f"plan as {name}: exit status {run.returncode}: {said}")
    return run.stdout.decode()


def run_shell(text, folder, shell):
    """The words of each `aws` that a script runs."""
    fake = folder / "fake"
    fake.mkdir(exist_ok=True)
    (fake / "aws").write_text(FAKE)
    (fake / "aws").chmod(0o755)
    calls = folder / "calls"
    calls.write_bytes(b"")
    (folder / "script").write_text(text, encoding="utf-8")
    environment = {
        "PATH": f"{fake}:/usr/bin:/bin",
        "REQLINT_CALLS": str(calls),
        "LC_ALL": "C.UTF-8",
    }
    run = subprocess.run(
        [shell, folder / "script"], env=environment, capture_output=True, check=False
    )
    words = calls.read_bytes().decode().split("\0")[:-1]
    found = []
    while words:
        count = int(words[0])
        found.append(words[1 : count + 1])
        words = words[count + 1 :]
    return run, found


def is_plain(line):
    """Whether every format shows a line as it is."""
    return line.isascii() and line.isprintable() and "`" not in line


def squeezed(text):
    return re.sub(r"\s+", "", text)


def of_plan(binary, arguments, where, folder, found):
    """Everything that the plan of some files prints, in each format."""
    reports = [
        (name, folder / f"report.{name}") for name in ("text", "markdown", "html")
    ]
    planned = json.loads(plan(binary, "json", arguments, reports))
    pages = {name: file.read_text(encoding="utf-8") for name, file in reports}
    for number, request in enumerate(planned["requests"], 1):
        name = f"{where}: {request['id']}"
        # Of what is masked the script has the command.
        if request["command"] and "(sensitive)" not in " ".join(request["command"]):
            found.add(request["command"][1:], name)
            shown = re.search(
                rf'<pre id="command-{number}"[^>]*>\n(.*?)</pre>',
                pages["html"],
                re.DOTALL,
            )
            _, calls = (
                run_shell(html.unescape(shown[1]), folder, "bash")
                if shown
                else (None, None)
            )
            if calls != [request["command"][1:]]:
                found.faults.append(
                    f"{name}: the page has another command than JSON: {calls}"
                )
        names = [
            value for value in request["parameters"].values() if isinstance(value, str)
        ]
        for index, line in enumerate(request["followUp"], 1):
            run, calls = run_shell(line, folder, "sh")
            if len(calls) != 1 or run.returncode:
                found.faults.append(
                    f"{name}: no command: {line!r}: {run.stderr.decode()[:200]}"
                )
                continue
            found.add(calls[0], f"{name}: afterwards", names=names)
            page = re.search(
                rf'<pre id="follow-up-{number}-{index}">\n(.*?)</pre>',
                pages["html"],
                re.DOTALL,
            )
            if not page or html.unescape(page[1]) != line:
                found.faults.append(f"{name}: the page has another line than {line!r}")
            if is_plain(line) and squeezed(line) not in squeezed(pages["text"]):
                found.faults.append(f"{name}: the text has not {line!r}")
    lines = {line for request in planned["requests"] for line in request["followUp"]}
    # Of long lists a comment shows the first.
    for line in re.findall(r"^- afterwards: `(.*)`$", pages["markdown"], re.MULTILINE):
        if is_plain(line) and line not in lines:
            found.faults.append(f"{where}: only Markdown has {line!r}")
    return planned


def of_script(binary, arguments, planned, where, folder, found):
    """What the script runs: each request's command, and what waits between two layers."""
    run, calls = run_shell(plan(binary, "sh", arguments), folder, "sh")
    if run.returncode:
        found.faults.append(
            f"{where}: the script ends with {run.returncode}: {run.stderr.decode()[:300]}"
        )
    lines = {
        tuple(shlex.split(line)[1:])
        for request in planned["requests"]
        for line in request["followUp"]
    }
    masked = [
        request
        for request in planned["requests"]
        if "(sensitive)" in json.dumps(request["command"])
    ]
    expected = [plainly(request["command"][1:]) for request in planned["requests"]]
    sent = [call for call in calls if "--cli-input-json" in call]
    for call in calls:
        if call not in sent and tuple(call) not in lines:
            found.faults.append(f"{where}: the script runs {call}, which no plan shows")
        found.add(
            call, f"{where}: script", isGenerated=where == "generated" and call in sent
        )
    if len(sent) != len(expected):
        found.faults.append(
            f"{where}: the script sends {len(sent)} requests of {len(expected)}"
        )
    if not masked and sorted(map(plainly, sent), key=str) != sorted(expected, key=str):
        found.faults.append(f"{where}: the script sends other commands than JSON shows")
    return len(calls)


def plainly(words):
    """The words with the JSON among them read."""
    return [
        json.loads(word) if before == "--cli-input-json" else word
        for before, word in zip(["", *words], words, strict=False)
    ]


def request(operation, parameters, settings="region=eu-west-1"):
    service, name = operation.split(".")
    region = dict(item.split("=") for item in settings.split()) if settings else {}
    return {"service": service, "operation": name, "parameters": parameters, **region}


def special():
    """Requests by hand: waits between two layers, blobs, names that no command can carry."""
    update = {"serviceName": "shop", "deploymentType": "CURRENT_VERSION", "spec": SPEC}
    yield (
        "two layers",
        [
            request("proton.UpdateServicePipeline", update),
            request("proton.UpdateServiceInstance", update | {"name": "n1"}),
        ],
    )
    blobs = [
        ("kms.Encrypt", {"KeyId": "k", "Plaintext": "aGVsbG8="}),
        ("kinesis.PutRecord", {"StreamName": "s", "PartitionKey": "p", "Data": "aGk="}),
        ("s3.PutObject", {"Bucket": "bucket", "Key": "k", "Body": "aGk="}),
        (
            "lambda.CreateFunction",
            {
                "FunctionName": "f",
                "Role": "arn:aws:iam::123456789012:role/r",
                "Code": {"ZipFile": "aGk="},
            },
        ),
        (
            "dynamodb.PutItem",
            {
                "TableName": "tab",
                "Item": {"a": {"B": "aGk="}, "b": {"BS": ["aGk=", "aGVsbG8="]}},
            },
        ),
        ("ssm.PutParameter", {"Name": "n", "Value": "v" * 150_000, "Type": "String"}),
    ]
    for operation, parameters in blobs:
        yield operation, [request(operation, parameters)]
    for name in NAMES:
        requests = [
            request("proton.UpdateServicePipeline", update | {"serviceName": name}),
            request(
                "proton.UpdateServiceInstance",
                update | {"serviceName": name, "name": name},
            ),
            request(
                "opensearch.CreatePackage",
                {
                    "PackageName": name,
                    "PackageType": "TXT-DICTIONARY",
                    "PackageSource": {"S3BucketName": "b-1", "S3Key": "k"},
                },
            ),
            request(
                "opensearch.StartServiceSoftwareUpdate",
                {"DomainName": name, "ScheduleAt": "OFF_PEAK_WINDOW"},
            ),
            request("es.StartElasticsearchServiceSoftwareUpdate", {"DomainName": name}),
            request(
                "es.CreatePackage",
                {
                    "PackageName": name,
                    "PackageType": "TXT-DICTIONARY",
                    "PackageSource": {"S3BucketName": "b-1", "S3Key": "k"},
                },
            ),
        ]
        yield f"name {name!r}", requests


def write(folder, name, requests):
    path = folder / name
    path.write_text(json.dumps({"requests": requests}), encoding="utf-8")
    return path


def of_generated(binary, work, seed, generator, folder, found):
    """Commands for operations of all services; those that may be sent by the script too."""
    source = folder / "generated"
    source.mkdir()
    for service, operations in work.items():
        made = generator(service, random.Random(f"{seed}/{service}"))
        requests = []
        for operation in operations:
            shape = made.service.input(operation)
            values = [{}] if shape is None else [made.minimal(shape), made.rich(shape)]
            requests += [request(f"{service}.{operation}", value) for value in values]
        write(source, f"{service}.json", requests)
    planned = json.loads(plan(binary, "json", [source]))
    notes, sendable = {}, []
    for item in planned["requests"]:
        name = f"{item.get('service')}.{item.get('operation')}"
        if not item["command"]:
            notes[name] = item.get("commandNote", "unknown to the catalog")
            continue
        if "(sensitive)" in json.dumps(item["parameters"]):
            continue
        found.add(item["command"][1:], f"generated: {name}", isGenerated=True)
        if item["verdict"] != "blocked":
            sendable.append(request(name, item["parameters"]))
    for number in range(0, len(sendable), 200):
        write(folder, f"sendable-{number}.json", sendable[number : number + 200])
    files = sorted(folder.glob("sendable-*.json"))
    calls = of_script(
        binary,
        files,
        json.loads(plan(binary, "json", files)),
        "generated",
        folder,
        found,
    )
    return notes, calls
