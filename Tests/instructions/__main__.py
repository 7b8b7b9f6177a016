#!/usr/bin/env python3
"""Counts the instructions that the binary takes for a file of each kind, and compares them with the budget.

usage: instructions REQLINT [--record]

--record writes what was counted to budget.json. Counts come from valgrind's callgrind: unlike times they hardly change,
by less than a hundredth, however busy the machine is. Start-up is apart: what 2N files take beyond N files is divided
by N.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import which

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / ".ci/bench.d"))
import corpus  # noqa: E402

BUDGET = Path(__file__).with_name("budget.json")
NOW = ["--now", "2026-11-20T12:00:00Z"]
FILES = 200
# A share of the budget, for other versions of the C library, libyaml and ICU.
MARGIN = 0.10

# Per kind: how it is written, the share of faulty files, the command, and its exit status.
KINDS = {
    "lint, YAML": ("yaml", 0, ["lint"], 0),
    "lint, JSON": ("json", 0, ["lint"], 0),
    "lint, 10 % faulty, JUnit": ("yaml", 0.1, ["lint", "--report", "junit=junit.xml"], 1),
    # So many packages are more than an account may have.
    "plan, JSON": ("yaml", 0, ["plan", "--format", "json"], 1),
}
COLD = "lint, one file with start-up"


def fixed_addresses():
    """What keeps addresses, by which the runtime hashes types, the same; nothing where a container forbids it."""
    call = ["setarch", "-R"]
    return call if which("setarch") and not subprocess.run([*call, "true"], capture_output=True).returncode else []


FIXED_ADDRESSES = fixed_addresses()


def count(binary, folder, command, status):
    """Instructions of one run over a folder's files."""
    # Without a fixed seed for hashing the order in dictionaries, and with it the count, differs from run to run.
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "SWIFT_DETERMINISTIC_HASHING": "1"}
    call = [*FIXED_ADDRESSES, "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    call += [binary, *command, "--jobs", "1", *NOW, "requests"]
    done = subprocess.run(call, cwd=folder, env=environment, text=True, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE)
    if done.returncode != status:
        sys.exit(f"{' '.join(command)}: exit status {done.returncode} in place of {status}\n{done.stderr[-2000:]}")
    return int(re.search(r"I\s+refs:\s+([\d,]+)", done.stderr)[1].replace(",", ""))


def measure(binary):
    """Instructions by kind, for one file each."""
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(os.cpu_count()) as pool:
        def start(name, files, notation, faulty, command, status):
            folder = Path(scratch) / name / str(files)
            corpus.write_files(folder / "requests", files, notation, faulty)
            return pool.submit(count, binary, folder, command, status)

        runs = {name: [start(name, files, *kind) for files in (2 * FILES, FILES)] for name, kind in KINDS.items()}
        cold = start(COLD, 1, *KINDS["lint, YAML"])
        counts = {name: (twice.result() - once.result()) // FILES for name, (twice, once) in runs.items()}
        return counts | {COLD: cold.result()}


def judge(counts, budget):
    """Prints the table, and answers which kinds are over the budget."""
    over = []
    print(f"{'instructions per file':32} {'counted':>12} {'budget':>12}")
    for name in sorted(counts.keys() | budget.keys()):
        counted, allowed = counts.get(name), budget.get(name)
        if counted is None or allowed is None:
            over.append(f"{name}: {'not counted' if counted is None else 'has no budget, run with --record'}")
            continue
        change = counted / allowed - 1
        print(f"{name:32} {counted:12,} {allowed:12,} {change:+7.1%}")
        if change > MARGIN:
            over.append(f"{name}: {change:.1%} over the budget, of which {MARGIN:.0%} are granted")
        elif change < -MARGIN:
            print(f"{name}: far below the budget; lower it with --record")
    return over


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary", type=Path)
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    if not which("valgrind"):
        print("instructions SKIPPED, valgrind is missing")
        return 0
    counts = measure(options.binary.resolve())
    if options.record:
        BUDGET.write_text(json.dumps(counts, indent=2) + "\n")
    over = judge(counts, json.loads(BUDGET.read_text()))
    for fault in over:
        print("FAULT", fault)
    return 1 if over else 0


sys.exit(main())
