"""Has the AWS CLI parse every command that a rule, a plan or a script of reqlint can print; nothing is sent.

usage: python Tests/cli-commands REQLINT --v1 PYTHON [--v2 PYTHON] [--sample N | --full] [--seed S] [--service NAME ...]
       (run by a Python that has botocore of the catalog's version and ruamel.yaml; PYTHON has awscli of that version)

Version 1 parses everything, blobs without the option that only version 2 has; version 2 what carries a blob or is written
by hand. Commands of services and operations that a version does not know are listed, not counted, and so are differences
between its models and the catalog's. Exit 0: all are accepted, 1: some are not, 2: could not ask.
"""

import argparse
import base64
import collections
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "Tests/parity"))

import collecting
from botocore import xform_name
from botocore.loaders import Loader
from generating import Generator
from models import Service

BINARY_FORMAT = ["--cli-binary-format", "base64"]


def chosen(names, sample, seed):
    """Operations of each service: one at least, and of those with a blob one in two more."""
    chance = random.Random(seed)
    operations = {
        name: Loader().load_service_model(name, "service-2") for name in names
    }
    every = {name: sorted(model["operations"]) for name, model in operations.items()}
    if sample is None:
        return every
    share = sample / sum(map(len, every.values()))
    found = {}
    for name, own in every.items():
        shapes = operations[name]["shapes"]
        picked = set(chance.sample(own, max(1, round(share * len(own)))))
        with_blob = [
            item
            for item in own
            if holds_blob(operations[name]["operations"][item], shapes)
        ]
        picked.update(chance.sample(with_blob, (len(with_blob) + 3) // 4))
        found[name] = sorted(picked)
    return found


def holds_blob(operation, shapes):
    """Whether a member of the input, or of a structure in it, is a blob."""
    if "input" not in operation:
        return False
    members = list(shapes[operation["input"]["shape"]].get("members", {}).values())
    members += [
        inner
        for member in members
        for inner in shapes[member["shape"]].get("members", {}).values()
    ]
    return any(shapes[member["shape"]]["type"] == "blob" for member in members)


def parse(python, commands, home):
    """The answers of one version of the AWS CLI."""
    environment = {"PATH": os.environ["PATH"], "HOME": home, "LC_ALL": "C.UTF-8"}
    asked = json.dumps(
        [
            {
                key: command[key]
                for key in ("argv", "isMention", "needsJSON")
                if key in command
            }
            for command in commands
        ]
    )
    run = subprocess.run(
        [python, Path(__file__).with_name("parsing.py")],
        input=asked,
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    if run.returncode:
        sys.stderr.write(f"{python}: {run.stderr[-2000:]}\n")
        sys.exit(2)
    answer = json.loads(run.stdout)
    return answer["version"], answer["answers"]


def without_format(argv):
    """The words as version 1 would have to get them."""
    place = argv.index(BINARY_FORMAT[0]) if BINARY_FORMAT[0] in argv else None
    return argv if place is None else argv[:place] + argv[place + 2 :]


def same(written, sent):
    """Whether what botocore gets is what was written; bytes are those of the base64."""
    if isinstance(sent, dict) and list(sent) == ["$bytes"]:
        return isinstance(written, str) and base64.b64decode(
            written
        ) == base64.b64decode(sent["$bytes"])
    if isinstance(sent, dict):
        return (
            isinstance(written, dict)
            and written.keys() == sent.keys()
            and all(same(written[key], sent[key]) for key in sent)
        )
    if isinstance(sent, list):
        return (
            isinstance(written, list)
            and len(written) == len(sent)
            and all(map(same, written, sent))
        )
    return written == sent and type(written) is type(sent)


def texts(value):
    if isinstance(value, dict):
        return [text for inner in value.values() for text in texts(inner)]
    return (
        [text for inner in value for text in texts(inner)]
        if isinstance(value, list)
        else [value]
    )


class Tally:
    """What one version made of the commands."""

    def __init__(self, version):
        self.version = version
        self.counts = collections.Counter()
        self.unknown, self.models, self.faults = (
            collections.Counter(),
            collections.Counter(),
            [],
        )

    def add(self, command, answer):
        argv = command["argv"]
        if answer["outcome"] == "unknown":
            self.unknown[answer["what"]] += 1
            return
        self.counts["parsed"] += 1
        if answer["outcome"] == "refused":
            return self.fault(command, answer["reason"])
        if command.get("isMention"):
            return
        if BINARY_FORMAT[0] in argv:
            self.counts["with blobs"] += 1
        if "wait" in argv[1:2]:
            self.counts["waits"] += 1
        if answer["faults"]:
            if "--cli-input-json" not in argv and not command.get("isAny"):
                return self.fault(command, answer["faults"])
            self.models[
                f"{answer['operation']}: {answer['faults'].splitlines()[0]}"
            ] += 1
        if "--cli-input-json" in argv:
            written = json.loads(argv[argv.index("--cli-input-json") + 1])
            if not same(written, answer["given"]):
                self.fault(command, f"botocore gets {str(answer['given'])[:300]}")
            elif not answer["faults"] and not same(written, answer["sent"]):
                self.fault(command, f"botocore sends {str(answer['sent'])[:300]}")
        elif command.get("names") is not None and not set(texts(answer["given"])) & set(
            command["names"]
        ):
            self.fault(
                command, f"names {texts(answer['given'])}, not what the request names"
            )

    def fault(self, command, reason):
        self.counts["refused"] += 1
        self.faults.append(
            f"{command['where']}: {' '.join(map(repr, command['argv']))[:300]}\n    {reason}"
        )

    def report(self, show):
        print(
            f"AWS CLI {self.version}: "
            + ", ".join(
                f"{count} {name}" for name, count in sorted(self.counts.items())
            )
        )
        for title, listed in (
            ("unknown to it", self.unknown),
            ("other models than the catalog's", self.models),
        ):
            if listed:
                names = ", ".join(sorted(listed)[:show])
                print(
                    f"  not counted, {title}: {sum(listed.values())} commands, {len(listed)} kinds: {names}"
                    + (" …" if len(listed) > show else "")
                )
        for fault in self.faults[:show]:
            print(f"  refused: {fault}")


def collect(options, folder):
    """All commands, and for operations without one the reason that the plan gives."""
    found = collecting.Source()
    collecting.of_rules(PROJECT / "rules", found)
    samples = [
        ("samples/good", []),
        ("samples/broken", []),
        ("samples/plan/requests", ["--state", PROJECT / "samples/plan/state"]),
        ("samples/policies/requests", []),
    ]
    for path, arguments in samples:
        collecting.of_plan(
            options.binary, [PROJECT / path, *arguments], path, folder, found
        )
    variants = [
        [],
        ["--endpoint-url", "https://h.example:8443/b/"],
        ["--use-fips-endpoint"],
    ]
    for number, (name, requests) in enumerate(collecting.special()):
        path = collecting.write(folder, f"special-{number}.json", requests)
        for arguments in variants if number < 4 else variants[:1]:
            planned = collecting.of_plan(
                options.binary, [path, *arguments], name, folder, found
            )
            if number < 7:
                collecting.of_script(
                    options.binary, [path, *arguments], planned, name, folder, found
                )
    for command in found.commands:
        # Values of samples and hostile names need not fit the models.
        command["isAny"] = "samples/broken" in command["where"] or command[
            "where"
        ].startswith("name ")
    work = chosen(
        options.service or Loader().list_available_services("service-2"),
        None if options.full else options.sample,
        options.seed,
    )
    notes, calls = collecting.of_generated(
        options.binary,
        work,
        options.seed,
        lambda name, chance: Generator(Service(name), chance),
        folder,
        found,
    )
    print(
        f"{len(found.commands)} commands, {calls} of them run by scripts of generated requests; "
        f"{sum(map(len, work.values()))} operations of {len(work)} services"
    )
    return found, notes


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("binary")
    options.add_argument("--v1", metavar="PYTHON", help="has version 1 of awscli")
    options.add_argument("--v2", metavar="PYTHON", help="has version 2 of awscli")
    options.add_argument(
        "--sample", type=int, default=500, metavar="N", help="how many operations"
    )
    options.add_argument("--full", action="store_true", help="every operation")
    options.add_argument("--seed", default="1")
    options.add_argument("--service", action="append", help="only this one")
    options.add_argument(
        "--show",
        type=int,
        default=15,
        metavar="N",
        help="how many of each list to print",
    )
    options = options.parse_args()
    began = time.monotonic()
    options.binary = os.path.abspath(options.binary)
    with tempfile.TemporaryDirectory() as name:
        found, notes = collect(options, Path(name))
        # What several formats and samples have in common is asked once.
        found.commands = list(
            {
                (tuple(command["argv"]), command.get("isGenerated")): command
                for command in found.commands
            }.values()
        )
        found.commands.sort(key=lambda command: command["argv"][:2])
        without = [
            {"argv": command_of(name), "needsJSON": True, "where": note}
            for name, note in sorted(notes.items())
            if note.startswith(("the AWS CLI", "its answer"))
        ]
        refused = [
            command for command in found.commands if BINARY_FORMAT[0] in command["argv"]
        ][:20]
        plain = [
            command | {"argv": without_format(command["argv"])}
            for command in found.commands
        ]
        for_two = [
            command
            for command in found.commands
            if not command.get("isGenerated") or BINARY_FORMAT[0] in command["argv"]
        ]
        with ThreadPoolExecutor(2) as pool:
            one = options.v1 and pool.submit(
                parse, options.v1, plain + refused + without, name
            )
            two = options.v2 and pool.submit(parse, options.v2, for_two, name)
            tallies = []
            if one:
                version, answers = one.result()
                tallies.append(judge_one(version, answers, plain, refused, without))
            if two:
                version, answers = two.result()
                tallies.append(Tally(version))
                for command, answer in zip(for_two, answers, strict=True):
                    tallies[-1].add(command, answer)
    for tally in tallies:
        tally.report(options.show)
    for fault in found.faults[: options.show]:
        print(f"  fault: {fault}")
    refusals = len(found.faults) + sum(len(tally.faults) for tally in tallies)
    print(f"{refusals} faults, {time.monotonic() - began:.0f} s")
    sys.exit(1 if refusals or not tallies else 0)


def command_of(operation):
    """The words of a command that the plan says there is none of, or none that takes JSON."""
    service, name = operation.split(".")
    renamed = {"codedeploy": "deploy", "config": "configservice", "s3": "s3api"}
    return [renamed.get(service, service), xform_name(name, "-")]


def judge_one(version, answers, plain, refused, without):
    tally = Tally(version)
    for command, answer in zip(plain, answers, strict=False):
        tally.add(command, answer)
    rest = answers[len(plain) :]
    for command, answer in zip(refused, rest, strict=False):
        # Loudly, and for this reason alone.
        if answer[
            "outcome"
        ] != "unknown" and "Unknown options: --cli-binary-format" not in answer.get(
            "reason", ""
        ):
            tally.fault(command, f"not refused for its blobs: {answer}")
    for command, answer in zip(without, rest[len(refused) :], strict=True):
        tally.counts["without a command"] += 1
        if answer.get("hasJSON"):
            tally.counts["without a command, but version 1 has one"] += 1
    return tally


if __name__ == "__main__":
    main()
