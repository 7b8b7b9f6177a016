#!/usr/bin/env python3
"""Compares the verdicts of reqlint with botocore's own, over generated requests and over botocore's examples.

usage: python Tests/parity REQLINT [--sample N | --full] [--seed S] [--service NAME ...] [--show N]
       (run by a Python that has botocore of the catalog's version)

Prints each disagreement with both answers, then the counts. Exit 0: none, 1: some, 2: could not compare.
"""

import argparse
import collections
import concurrent.futures
import os
import random
import re
import sys
import time

import examples
import times
from botocore.loaders import Loader
from comparing import Comparison
from faults import faults
from generating import Generator
from models import ALIASES, Service


def requests(generator, operation, chance):
    """Names and parameters: two valid requests, then faulty ones, two for each level and ten at least."""
    shape = generator.service.input(operation)
    if shape is None:
        return [("valid: nothing", {}), ("any member", {"NoSuchMember": 1})]
    found = [("valid: minimal", generator.minimal(shape)), ("valid: rich", generator.rich(shape))]
    levels = generator.sites(operation)
    sites = [chance.choice(level) for level in levels for _ in range(2)]
    flat = [site for level in levels for site in level]
    done = set()
    for attempt in range(60):
        if attempt >= len(sites) and len(done) >= 10:
            break
        path, target = sites[attempt] if attempt < len(sites) else chance.choice(flat)
        name, change = chance.choice(faults(generator, target))
        if (path, name) not in done:
            done.add((path, name))
            place = ".".join("*" if step in (0, "") else step for step in path) or "the parameters"
            found.append((f"{name} at {place}", generator.placed(shape, path, change)))
    return found


def aliased(generator, operation):
    """Valid requests that give a member by its other name."""
    name = f"{generator.service.name}.{operation}"
    shape = generator.service.input(operation)
    for owner, original, other in ALIASES:
        if shape and original in shape.get("members", {}) and re.fullmatch(owner, name):
            value = generator.placed(shape, (original,), generator.minimal)
            yield "valid: another name", {other if key == original else key: inner for key, inner in value.items()}


def compare(task):
    """Everything of one service."""
    name, operations, seed, binary = task
    service, chance = Service(name), random.Random(f"{seed}/{name}")
    generator, comparison = Generator(service, chance), Comparison(service, binary)
    for operation in operations:
        for what, parameters in requests(generator, operation, chance):
            comparison.add(operation, what, parameters)
        for what, parameters in aliased(generator, operation):
            comparison.add(operation, what, parameters)
    comparison.run()
    return comparison.counts, comparison.disagreements


def chosen(names, sample, seed):
    """For each service the operations to compare: one of each at least, unless all are wanted."""
    operations = {name: Loader().load_service_model(name, "service-2")["operations"] for name in names}
    if sample is None:
        return {name: sorted(own) for name, own in operations.items()}
    chance = random.Random(seed)
    found = {name: {chance.choice(sorted(own))} for name, own in operations.items()}
    every = [(name, operation) for name in names for operation in sorted(operations[name])]
    for name, operation in chance.sample(every, min(len(every), max(0, sample - len(names)))):
        found[name].add(operation)
    return {name: sorted(own) for name, own in found.items()}


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("binary")
    options.add_argument("--sample", type=int, default=1500, metavar="N", help="how many operations")
    options.add_argument("--full", action="store_true", help="every operation")
    options.add_argument("--seed", default="1")
    options.add_argument("--service", action="append", help="only this one")
    options.add_argument("--show", type=int, default=20, metavar="N", help="how many disagreements to print")
    options = options.parse_args()
    began = time.monotonic()
    binary = os.path.abspath(options.binary)
    names = options.service or Loader().list_available_services("service-2")
    work = chosen(names, None if options.full else options.sample, options.seed)
    counts, disagreements = collections.Counter(operations=sum(map(len, work.values()))), []
    with concurrent.futures.ProcessPoolExecutor() as pool:
        # The longest first, so that none is left alone at the end.
        tasks = sorted(work.items(), key=lambda item: -len(item[1]))
        for counted, found in pool.map(compare, [(*task, options.seed, binary) for task in tasks]):
            counts += counted
            disagreements += found
        for counted, found in pool.map(examples.compare, [(name, binary) for name in names], chunksize=8):
            counts += counted
            disagreements += found
    counted, found = times.compare(options.seed, binary)
    counts += counted
    disagreements += found
    for line in disagreements[: options.show]:
        print(line)
    if len(disagreements) > options.show:
        print(f"… and {len(disagreements) - options.show} more")
    for what, count in sorted(counts.items()):
        print(f"{count:8} {what}")
    print(f"{len(disagreements)} disagreements, {len(work)} services, {time.monotonic() - began:.0f} s")
    sys.exit(1 if disagreements else 0)


if __name__ == "__main__":
    main()
