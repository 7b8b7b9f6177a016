"""Texts that look more or less like times: what reqlint refuses, botocore's parser must refuse too."""

import collections
import random

from comparing import lint
from models import Service

PARTS = ["2026", "26", "11", "20", "5", "13", "31", "30", "02", "2", "00", "12", "24", "25", "59", "60", "61", "0",
         "20261120", "120000", "202611201200", "20261120120000", "1796090400000", "1.5", "12:30", "12:30:45", "23:59:60",
         "-", "-", "-", "/", ".", ",", ":", ":", "T", " ", " ", "  ", "Z", "z", "+", "+02:00", "-0800", "+2", "Mon",
         "friday", "Nov", "November", "sept", "may", "of", "at", "and", "st", "th", "am", "PM", "h", "hours", "m", "s",
         "UTC", "GMT", "CET", "EST", "(CET)", "W", "w", "e", "x", "now", "today", "ö", "年", "_", "\t", "\n", "'",
         ";", "#",
         "{", "²", "٣", "e5", "inf", "nan", "INF"]
WHOLE = ["2026-11-20", "2026-11-20T12:00:00", "20 Nov 2026", "Fri, 20 Nov 2026 12:00:00", "20261120T120000", "12:30"]


def texts(seed, count):
    """Time-like texts, each once."""
    chance = random.Random(seed)
    found = {}
    for number in range(count):
        parts = chance.choices(PARTS, k=chance.randint(1, 7))
        if number % 3 == 0:
            parts = [chance.choice(WHOLE), *parts[: chance.randint(0, 3)]]
        elif number % 3 == 1:
            bounds = [(1998, 2030), (0, 14), (0, 33), (0, 26), (0, 62), (0, 62)]
            digits = [f"{chance.randint(low, high):02}" for low, high in bounds]
            parts = ["-".join(digits[:3]), chance.choice(["T", " ", "t", "", "x"]), ":".join(digits[3:])[: chance.choice([0, 5, 8])],
                     chance.choice(["", "Z", "+02:00", ".5Z", ",25", " UTC", "-08", "Q"])]
        found["".join(parts)] = None
    return list(found)


def compare(seed, binary, count=6000):
    """Counts and disagreements, over a member that is a time."""
    service, operation, member = Service("backup"), "ListBackupJobs", "ByCreatedAfter"
    requests = [{"id": f"time {number}", "service": "backup", "operation": operation, "parameters": {member: text}}
                for number, text in enumerate(texts(seed, count))]
    counts, disagreements = collections.Counter(), []
    for request, (findings, _) in zip(requests, lint(binary, requests).values()):
        refused = any(finding["rule"] == "wrong-type" for finding in findings)
        expected = bool(service.faults(operation, request["parameters"]))
        words = {True: "refused", False: "taken"}
        counts[f"time-like texts {words[refused]}, by botocore {words[expected]}"] += 1
        if refused and not expected:
            disagreements.append(f"only reqlint refuses the time {request['parameters'][member]!r}")
    return counts, disagreements
