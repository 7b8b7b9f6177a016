"""Runs reqlint over requests and holds its answers beside botocore's."""

import collections
import json
import os
import pathlib
import re
import subprocess
import tempfile

RULES = pathlib.Path(__file__).parents[2] / "rules"
OWN_RULES = {file.stem for file in RULES.glob("*/*.yaml")}
# What botocore's validator never looks at: values, patterns, maxima, the width of integers, age, how a file is written,
# and what only its serializer and its endpoint rules refuse.
PASSED_OVER = {"unknown-value", "pattern-mismatch", "too-long", "too-large", "integer-overflow", "deprecated-operation",
               "deprecated-parameter", "unexpanded-file-uri", "skeleton-leftover", "ambiguous-blob", "ambiguous-scalar",
               "non-finite-number", "not-serializable", "no-endpoint", "evaluation-limit"} | OWN_RULES
# Findings that a file can have before its last; beyond, each request is judged alone.
REQUESTS_PER_FILE = 10


def lint(binary, requests):
    """Findings and things not evaluated of each request, in order."""
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, len(requests), REQUESTS_PER_FILE):
            batch = requests[start : start + REQUESTS_PER_FILE]
            with open(os.path.join(folder, f"{start:07}.json"), "w", encoding="utf-8") as file:
                json.dump({"requests": batch}, file)
        command = [binary, "lint", "--format", "json", "--min-severity", "info", "--now", "2026-11-20T12:00:00Z", "."]
        run = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if run.returncode not in (0, 1):
        raise RuntimeError(f"exit status {run.returncode}: {run.stderr.decode()}")
    report = json.loads(run.stdout)
    answers = {request["id"]: ([], []) for request in requests}
    cut = set()
    for finding in report["findings"]:
        if "request" in finding:
            answers[finding["request"]][0].append(finding)
        elif finding["rule"] == "document-limit":
            cut.add(finding["file"])
        else:
            raise RuntimeError(f"a finding of no request: {finding}")
    for item in report["notEvaluated"]:
        if "request" in item:
            answers[item["request"]][1].append(item)
    if cut:
        return answers | again(binary, requests, cut)
    return answers


def again(binary, requests, files):
    """The answers for the requests of files with too many findings, each alone."""
    found = {}
    for file in sorted(files):
        start = int(re.search(r"\d+", file).group())
        batch = requests[start : start + REQUESTS_PER_FILE]
        if len(requests) == 1:
            raise RuntimeError(f"too many findings for {requests[0]['operation']}")
        for request in batch:
            found |= lint(binary, [request])
    return found


class Comparison:
    """The requests of one service, and what both make of them."""

    def __init__(self, service, binary):
        self.counts = collections.Counter()
        self.disagreements = []
        self._service = service
        self._binary = binary
        self._requests = []
        self._what = []

    def add(self, operation, what, parameters):
        """Takes one request; `what` says how it came about."""
        identity = f"{self._service.name}.{operation}#{len(self._requests)}"
        self._requests.append({
            "id": identity, "service": self._service.name, "operation": operation, "parameters": parameters})
        self._what.append(what)

    def run(self):
        """Compares all that was added."""
        if not self._requests:
            return
        answers = lint(self._binary, self._requests)
        for request, what in zip(self._requests, self._what):
            self._judge(request, what, *answers[request["id"]])

    def _judge(self, request, what, findings, skipped):
        operation, parameters = request["operation"], request["parameters"]
        expected = self._service.faults(operation, parameters)
        found = {named(finding["rule"], place(finding, parameters), expected): finding for finding in findings}
        errors = {key for key, finding in found.items() if finding["severity"] == "error"}
        self.counts["requests"] += 1
        self.counts["refused by botocore" if expected else "accepted by botocore"] += 1
        if not expected and not findings:
            self.counts["accepted without any finding"] += 1
        for rule, _ in expected & errors:
            self.counts[f"same fault: {rule}"] += 1
        if what.startswith("valid"):
            self.counts["made to be valid"] += 1
            self.counts["made to be valid, with an error"] += bool(errors)
        doubts = []
        if what.startswith("valid") and expected:
            doubts.append("the request made to be valid is not")
        for fault in sorted(expected - errors):
            reason = self._missed(fault, errors, expected, request, skipped)
            self.counts[f"decided: {reason}" if reason else "missed"] += 1
            if not reason:
                doubts.append(f"only botocore finds {fault[0]} at {fault[1] or 'the parameters'}")
        for key in sorted(found.keys() - expected):
            if key[0] in PASSED_OVER:
                self.counts[f"only reqlint: {key[0] if key[0] not in OWN_RULES else 'rules of its own'}"] += 1
                continue
            reason = self._added(key, found[key], expected, request)
            self.counts[f"decided: {reason}" if reason else "added"] += 1
            if not reason:
                doubts.append(f"only reqlint finds {key[0]} at {key[1] or 'the parameters'}: {found[key]['message']}")
        for item in skipped:
            self.counts[f"not evaluated: {item['rule']}"] += 1
        if doubts:
            text = json.dumps(parameters, ensure_ascii=False)
            lines = [f"{self._service.name}.{operation}: {what}", text[:600], *doubts[:6]]
            self.disagreements.append("\n  ".join(lines))

    # Decided differences: a reason, or nothing where a difference is a fault.

    def _missed(self, fault, errors, expected, request, skipped):
        rule, where = fault
        if rule == "too-small" and ("integer-overflow", where) in errors:
            return "a number that no 64 or 32 bits hold is called that, not too small as well"
        if rule == "union-members" and any(
            other == "unknown-parameter" and inside.startswith(f"{where}.") for other, inside in errors & expected):
            return "an unknown member beside a known one is called unknown, not a second member of the union"
        if rule == "wrong-type" and ("skeleton-leftover", where) in errors:
            return "a placeholder is called that, not a value of the wrong type"
        value, path = places(request["parameters"]).get(where, (None, ()))
        if rule == "too-small" and isinstance(value, bool) and ("wrong-type", where) in errors:
            return "a boolean for a number is of the wrong type, not too small as the number that Python takes it for"
        shape = self._service.at(request["operation"], path)
        if shape and shape["type"] == "timestamp" and isinstance(value, str) and any(map(str.isnumeric, value)):
            return "a text made of what times are made of may be a time to some client"
        return None

    def _added(self, key, finding, expected, request):
        rule, where = key
        shape = self._service.at(request["operation"], tokens(finding["pointer"]))
        value = at(request["parameters"], finding["pointer"])
        if self._service.input(request["operation"]) is None:
            return "botocore looks at no parameter of an operation without input"
        if self._service.name == "glacier" and key == ("wrong-type", ".accountId") and value is None:
            return "botocore takes Glacier's accountId for left out where it is null"
        if rule == "wrong-type" and isinstance(value, bool):
            return "to Python true is the number 1; to the services it is none"
        if rule == "too-short" and shape and shape["type"] in ("blob", "map"):
            return "botocore does not count the bytes of a blob or the entries of a map"
        if rule == "too-short" and shape and shape.get("location") == "uri" and (value == "" or str(value).endswith("/")):
            return "botocore lets an empty text leave a gap in the path"
        if rule == "union-members" and any(
            other == "unknown-parameter" and inside.startswith(f"{where}.") for other, inside in expected):
            return "an unknown member alone leaves the union without one"
        return None


# What reqlint shows in place of a map's key that the model calls sensitive.
MASK = "(sensitive)"


def unmasked(token, value):
    """The key that a step of a pointer stands for, as far as that can be told."""
    if token == MASK and isinstance(value, dict) and len(value) == 1:
        return next(iter(value))
    return token


def place(finding, parameters):
    """Where a finding stands, as botocore writes it."""
    name, value = "", parameters
    for token in tokens(finding["pointer"]):
        token = unmasked(token, value)
        if isinstance(value, list):
            name += f"[{token}]"
            value = value[int(token)]
        else:
            name += f".{token}"
            value = value.get(token) if isinstance(value, dict) else None
    if finding["rule"] == "missing-parameter":
        name += ": " + finding["message"].removeprefix("required parameter ").split(" is missing")[0]
    return name


def named(rule, where, expected):
    """A finding's rule and place, masked keys by the names that botocore has for them."""
    if MASK not in where:
        return rule, where
    pattern = re.escape(where).replace(re.escape(MASK), ".*")
    fitting = sorted(key for key in expected if key[0] == rule and re.fullmatch(pattern, key[1]))
    return fitting[0] if fitting else (rule, where)


def places(value, name="", path=()):
    """Every value by its place as botocore writes it, with the path to it."""
    found = {name: (value, path)}
    if isinstance(value, dict):
        for key, inner in value.items():
            found |= places(inner, f"{name}.{key}", (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            found |= places(inner, f"{name}[{index}]", (*path, str(index)))
    return found


def at(value, pointer):
    """The value at the end of a pointer; None where there is none."""
    for token in tokens(pointer):
        token = unmasked(token, value)
        if isinstance(value, list):
            value = value[int(token)]
        else:
            value = value.get(token) if isinstance(value, dict) else None
    return value


def tokens(pointer):
    """The steps of a JSON pointer."""
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]
