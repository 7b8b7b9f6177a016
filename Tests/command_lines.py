"""Command lines for checks of the whole binary: every subcommand, every format, everything that writes."""
import functools
import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field

NOW = "2026-11-20T12:00:00Z"
HEAD = "# reqlint: opensearch.StartServiceSoftwareUpdate\n"
BAD = HEAD + "DomainName: LOGS\nScheduleAt: now\n"
GOOD = HEAD + "DomainName: logs\n"


@dataclass
class Line:
    """One call of the binary, in a folder that `make_folder` has filled."""
    name: str
    arguments: list
    status: int
    # Files and folders, from that folder, in which something may be made, changed or removed.
    writes: list = field(default_factory=list)
    stdin: bytes = b""
    environment: dict = field(default_factory=dict)


def clean_environment():
    """Without what a job on GitHub says of itself."""
    return {key: value for key, value in os.environ.items() if not key.startswith("GITHUB_")}


def run(binary, arguments, folder, stdin=b"", environment={}, prefix=(), **more):
    return subprocess.run([*prefix, binary, *arguments], cwd=folder, input=stdin, capture_output=True,
                          env=clean_environment() | environment, **more)


@functools.cache
def formats(binary, command):
    """What the binary says that --format of a command takes."""
    help_of_all = json.loads(run(binary, ["--experimental-dump-help"], None).stdout)
    (found,) = [one for one in help_of_all["command"]["subcommands"] if one["commandName"] == command]
    (values,) = [one["allValues"] for one in found["arguments"] if one.get("valueName") == "format"]
    return values


def make_folder(project, folder, binary):
    """Samples, request files with faults, a model, two plans and a baseline."""
    shutil.copytree(project / "samples", folder / "samples")
    (folder / "fixable").mkdir()
    (folder / "out").mkdir()
    for number in range(12):
        (folder / f"fixable/{number}.yaml").write_text(BAD)
    (folder / "bad.yaml").write_text(BAD)
    (folder / "good.yaml").write_text(GOOD)
    (folder / "models/account/2021-02-01").mkdir(parents=True)
    shutil.copy(project / "Sources/CCatalog/files/account.json", folder / "models/account/2021-02-01/service-2.json")
    for name, region in [("plan.json", "eu-west-1"), ("other-plan.json", "eu-west-2")]:
        made = run(binary, ["plan", "--now", NOW, "--format", "json", "--region", region, "good.yaml"], folder)
        (folder / name).write_bytes(made.stdout)
    run(binary, ["lint", "--now", NOW, "--write-baseline", "baseline.json", "bad.yaml"], folder)


def printing(binary):
    """Those that write to standard output and nowhere else."""
    lines = [Line(f"lint as {name}", ["lint", "--now", NOW, "--format", name, "samples"], 1) for name in formats(binary, "lint")]
    lines += [Line(f"plan as {name}", ["plan", "--now", NOW, "--format", name, "samples"], 1) for name in formats(binary, "plan")]
    lines += [Line(f"diff as {name}", ["diff", "--format", name, "plan.json", "other-plan.json"], 1)
              for name in formats(binary, "diff")]
    return lines + [
        Line("lint of standard input", ["lint", "--now", NOW, "-"], 1, stdin=BAD.encode()),
        Line("lint with a pack", ["lint", "--now", NOW, "--rules", "samples/policies/rules", "good.yaml"], 1),
        Line("lint with models", ["lint", "--now", NOW, "--models", "models", "good.yaml"], 0),
        Line("lint with statistics", ["lint", "--now", NOW, "--statistics", "bad.yaml"], 1),
        Line("lint with a baseline", ["lint", "--now", NOW, "--baseline", "baseline.json", "bad.yaml"], 0),
        Line("lint --diff", ["lint", "--now", NOW, "--diff", "fixable"], 1),
        Line("plan with a state", ["plan", "--now", NOW, "--state", "samples/plan/state", "samples/plan/requests"], 1),
        Line("verify", ["verify", "plan.json"], 0),
        Line("new", ["new", "ec2.RunInstances"], 0),
        Line("explain a rule", ["explain", "pattern-mismatch"], 0),
        Line("explain an operation", ["explain", "ec2.RunInstances"], 0),
        Line("schema", ["schema", "opensearch.CreatePackage"], 0),
        Line("schema settings", ["schema", "--settings", "good.yaml"], 0),
        Line("rules list", ["rules", "list"], 0),
        Line("rules test", ["rules", "test", "samples/policies/rules"], 0),
        Line("config print", ["config", "print", "good.yaml"], 0),
        Line("config schema", ["config", "schema"], 0),
        Line("catalog list", ["catalog", "list"], 0),
        Line("catalog list of a service", ["catalog", "list", "ec2"], 0),
        Line("catalog show", ["catalog", "show", "ec2.RunInstances"], 0),
        Line("catalog diff", ["catalog", "diff", "models"], 0),
        Line("catalog diff against requests", ["catalog", "diff", "models", "--against", "good.yaml"], 0),
        Line("help", ["--help"], 0),
        Line("version", ["--version"], 0),
        Line("completion", ["---completion", "new", "--", "positional@0", "2", "7", "reqlint", "new", "opensea"], 0,
             environment={"SAP_SHELL": "bash", "SAP_SHELL_VERSION": "5.2"}),
        Line("completion script", ["--generate-completion-script", "bash"], 0),
    ]


def writing(binary):
    """Those that write files; what they print is no matter."""
    lines = [Line(f"report {name}", ["lint", "--now", NOW, "--report", f"{name}=out/r", "bad.yaml"], 1, ["out/r"])
             for name in formats(binary, "lint")]
    lines += [Line(f"plan report {name}", ["plan", "--now", NOW, "--report", f"{name}=out/r", "good.yaml"], 0,
                   ["out/r"]) for name in formats(binary, "plan")]
    return lines + [
        Line("write-baseline", ["lint", "--now", NOW, "--write-baseline", "out/b.json", "bad.yaml"], 0, ["out/b.json"]),
        Line("fix", ["lint", "--now", NOW, "--fix", "fixable"], 1, ["fixable"]),
        Line("step summary", ["lint", "--now", NOW, "--format", "github", "bad.yaml"], 1, ["out/s.md"],
             environment={"GITHUB_STEP_SUMMARY": "out/s.md"}),
        Line("schema files", ["schema", "--settings", "--output", "out/schemas", "good.yaml"], 0, ["out/schemas"]),
        Line("schema file", ["schema", "--output", "out/schemas", "opensearch.CreatePackage"], 0, ["out/schemas"]),
        Line("catalog import", ["catalog", "import", "models", "--into", "out/catalog"], 0, ["out/catalog"]),
    ]


def reset(folder):
    """Makes what a line has written as it was."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    (folder / "out").mkdir()
    for file in (folder / "fixable").iterdir():
        file.write_text(BAD)
