"""Times, processor time and peak memory of commands, taken in turn."""
import json
import shlex
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from shutil import which


@dataclass(frozen=True)
class Sample:
    """Medians over the runs, in seconds and bytes; the peak is the highest."""
    wall: float
    cpu: float
    peak: int


@dataclass(frozen=True)
class Command:
    arguments: tuple
    #: Exit status of a run that did what it was asked.
    status: int = 0
    input: Path = Path("/dev/null")

    @property
    def text(self):
        return shlex.join(self.arguments)


def command(*arguments, status=0, input=Path("/dev/null")):
    return Command(tuple(map(str, arguments)), status, input)


class Meter:
    def __init__(self, timed, folder, rounds):
        self.timed = timed
        self.log = folder / "timed.log"
        self.export = folder / "hyperfine.json"
        self.rounds = rounds
        self.hyperfine = which("hyperfine")

    def measure(self, *commands, rounds=None):
        """One sample for each command; A B A B …, so that a busy moment falls on all of them."""
        rounds = rounds or self.rounds
        # Also warms the caches, and shows whether the command does its work at all.
        peaks = [[self.once(each)[2]] for each in commands]
        walls, cpus = [[] for _ in commands], [[] for _ in commands]
        uses_hyperfine = self.hyperfine and len({each.input for each in commands}) == 1
        for _ in range(rounds):
            taken = self.round_of_hyperfine(commands) if uses_hyperfine else [self.once(each) for each in commands]
            for index, (wall, cpu, peak) in enumerate(taken):
                walls[index].append(wall)
                cpus[index].append(cpu)
                peaks[index].append(peak)
        return [Sample(statistics.median(wall), statistics.median(cpu), max(peak))
                for wall, cpu, peak in zip(walls, cpus, peaks)]

    def once(self, each):
        """Wall time, processor time and peak memory of one run."""
        self.log.unlink(missing_ok=True)
        with open(each.input, "rb") as source:
            done = subprocess.run([self.timed, self.log, *each.arguments], stdin=source, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.PIPE, text=True)
        wall, cpu, peak, status = self.log.read_text().split() if done.returncode == 0 else (0, 0, 0, -1)
        if int(status) != each.status:
            sys.exit(f"{each.text}\nexit status {status} in place of {each.status}\n{done.stderr[-2000:]}")
        return float(wall), float(cpu), int(peak)

    def round_of_hyperfine(self, commands):
        call = [self.hyperfine, "--shell=none", "--runs", "2", "--ignore-failure", "--style", "none",
                "--export-json", self.export]
        if commands[0].input != Path("/dev/null"):
            call += ["--input", commands[0].input]
        subprocess.run([*call, *(each.text for each in commands)], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        results = json.loads(self.export.read_text())["results"]
        return [(each["median"], each["user"] + each["system"], 0) for each in results]


class Table:
    """What was measured, beside what was to be reached, in Markdown."""

    def __init__(self):
        self.missed = []
        print("| what | ours | beside it | ratio | target | |")
        print("| --- | ---: | ---: | ---: | ---: | --- |", flush=True)

    def row(self, what, ours, beside="", ratio="", target="", is_met=None):
        if is_met is False:
            self.missed.append(what)
        mark = {None: "", True: "met", False: "**missed**"}[is_met]
        print(f"| {what} | {ours} | {beside} | {ratio} | {target} | {mark} |", flush=True)

    def at_most(self, what, ours, beside, limit, show, name=""):
        """A ratio of two values that may not be above a limit; one for the record where there is no limit."""
        ratio = ours / beside
        self.row(what, show(ours), f"{show(beside)} {name}".strip(), f"{ratio:.2f}×",
                 f"≤ {limit:g}×" if limit else "", ratio <= limit if limit else None)

    def at_least(self, what, ours, beside, limit, show, name=""):
        """How many times as long another tool takes; one for the record where there is no limit."""
        ratio = beside / ours
        self.row(what, show(ours), f"{show(beside)} {name}".strip(), f"{ratio:.1f}×",
                 f"≥ {limit:g}×" if limit else "", ratio >= limit if limit else None)

    def below(self, what, value, limit, show):
        self.row(what, show(value), "", "", f"≤ {show(limit)}", value <= limit)


def seconds(value):
    return f"{value:.3f} s" if value < 10 else f"{value:.1f} s"


def milliseconds(value):
    return f"{value * 1000:.1f} ms"


def megabytes(value):
    return f"{value / 1e6:.1f} MB"
