"""What is done to a value to make it wrong, or odd: a table for each type."""

import base64
import math

from generating import DOCUMENTS
from models import is_json_value

ODD_TIMES = ["", " ", "now", "tomorrow", "not a time", "2026-13-01", "2026-02-30", "2026-11-20T25:00:00Z",
             "2026-11-20T12:61:00Z", "1796090400000", 1796090400000, -99999999999999, 2**70, 1e300, "nan", "inf",
             "1e3", "-1", True, "true", "null", "10:11:12", "20/11/2026", "11/20/2026", "Friday", "Nov", "2026", "2026-11", "2026-W47",
             "2026-324", "12am", "x2026", "2026-11-20T12:00:00 Europe/Berlin", "2026-11-20T12:00:00 CET", "noon",
             "AAAA-BB-CC", "${TIME}", "<time>", "TODO"]
# How often a fault is one of the type's own, rather than a value of another type.
OWN = 0.6


def faults(generator, shape):
    """Pairs of a name and a function from the shape to the changed value."""
    if shape.get("eventstream"):
        return [("event stream", lambda shape: {})]
    if shape.get("document") or is_json_value(shape):
        return [("any JSON", lambda shape: generator.chance.choice(DOCUMENTS))]
    own = TABLES.get(shape["type"], _number)(generator, shape)
    if own and generator.chance.random() < OWN:
        return own
    same = {"list": [], "map": {}, "structure": {}, "string": "text", "boolean": True}
    others = [([], "list"), ({"a": "b"}, "mapping"), ("text", "string"), (True, "boolean"), (1, "integer"),
              (1.5, "fraction"), (2.0, "whole fraction"), (None, "null"), ([{}], "list of mappings"),
              ("1", "digits"), ("true", "word")]
    other = [(f"{name} for {shape['type']}", lambda shape, value=value: value)
             for value, name in others if type(value) is not type(same.get(shape["type"]))]
    return own + other


def _structure(generator, shape):
    members = shape.get("members", {})

    def with_unknown(shape, name="NoSuchMember"):
        return generator.minimal(shape) | {name: "x"}

    def without(shape, name):
        value = generator.rich(shape)
        value.pop(name, None)
        return value

    found = [("unknown member", with_unknown), ("empty name", lambda shape: with_unknown(shape, ""))]
    for name in generator.chance.sample(list(members), min(2, len(members))):
        wrong = name.swapcase()
        if wrong not in members:
            found.append((f"casing of {name}", lambda shape, wrong=wrong: with_unknown(shape, wrong)))
    for name in shape.get("required", []):
        found.append((f"missing {name}", lambda shape, name=name: without(shape, name)))
    if shape.get("required"):
        found.append(("empty structure", lambda shape: {}))
    if shape.get("union"):
        found += 3 * [("no member of a union", lambda shape: {})]
        found.append(("only an unknown member of a union", lambda shape: {"NoSuchMember": 1}))
        if len(members) > 1:
            found += 3 * [("two members of a union", lambda shape: _two(generator, members))]
    return found


def _two(generator, members):
    finite = [name for name in members if generator.service.height(members[name]["shape"]) < 99]
    names = generator.chance.sample(finite, min(2, len(finite)))
    return {name: generator.minimal(generator.service.shape(members[name])) for name in names}


def _list(generator, shape):
    def items(count):
        element = generator.service.shape(shape["member"])
        return [generator.minimal(element) for _ in range(count)]

    found = [("null in a list", lambda shape: [*generator.minimal(shape), None])]
    if generator.service.height(shape["member"]["shape"]) < 99:
        low, high = int(shape.get("min", 0)), int(shape.get("max", 99))
        if 0 < low < 60:
            found.append(("one item too few", lambda shape: items(low - 1)))
        if high < 60:
            found.append(("one item too many", lambda shape: items(high + 1)))
    return found


def _map(generator, shape):
    key, element = generator.service.shape(shape["key"]), generator.service.shape(shape["value"])
    found = [("null in a map", lambda shape: generator.minimal(shape) | {generator.texts.fitting(key): None})]
    if generator.service.height(element["shape"]) < 99:
        found.append(("empty key", lambda shape: {"": generator.minimal(element)}))
        found.append(("odd key", lambda shape: {"ö ~/\n": generator.minimal(element)}))
        if shape.get("min", 0) > 0:
            found.append(("empty map", lambda shape: {}))
        if shape.get("max", 99) < 60:
            low = 10**max(0, int(key.get("min", 0)))
            found.append(("one entry too many", lambda shape: {
                f"{low + number}": generator.minimal(element) for number in range(int(shape["max"]) + 1)}))
    return found


def _string(generator, shape):
    found = [("odd text", lambda shape: "ö\n\"\\\u2028 😀"), ("file", lambda shape: "file://x"),
             ("empty text", lambda shape: "")]
    if 1 < shape.get("min", 0) < 9000:
        found.append(("one character too few", lambda shape: "😀" * (int(shape["min"]) - 1)))
        found.append(("just enough characters", lambda shape: "😀" * int(shape["min"])))
    if shape.get("max", 9999) < 9000:
        found.append(("one character too many", lambda shape: "n" * (int(shape["max"]) + 1)))
    if shape.get("enum"):
        found.append(("unknown value", lambda shape: "NO_SUCH_VALUE"))
        found.append(("casing of a value", lambda shape: shape["enum"][0].swapcase()))
    return found


def _number(generator, shape):
    found = [("large number", lambda shape: 2**70), ("negative large number", lambda shape: -(2**70))]
    found.append(("33 bits", lambda shape: 2**32))
    step = 1 if shape["type"] in ("integer", "long") else 1e-9
    if "min" in shape:
        found.append(("below the minimum", lambda shape: math.ceil(shape["min"]) - 1))
        found.append(("just below the minimum", lambda shape: _rounded(shape, shape["min"] - step)))
    else:
        found.append(("negative", lambda shape: -1))
    if "max" in shape:
        found.append(("above the maximum", lambda shape: math.floor(shape["max"]) + 1))
    return found


def _rounded(shape, value):
    return math.floor(value) if shape["type"] in ("integer", "long") else value


def _boolean(generator, shape):
    return [("zero", lambda shape: 0), ("yes", lambda shape: "yes"), ("capitals", lambda shape: "True"),
            ("no text", lambda shape: "")]


def _blob(generator, shape):
    found = [("no base64", lambda shape: "ö not base64!"), ("no bytes", lambda shape: "")]
    if shape.get("max", 9999) < 9000:
        found.append(("one byte too many", lambda shape: base64.b64encode(b"b" * (int(shape["max"]) + 1)).decode()))
    return found


def _timestamp(generator, shape):
    return [(f"the time {value!r}", lambda shape, value=value: value) for value in ODD_TIMES]


TABLES = {"structure": _structure, "list": _list, "map": _map, "string": _string, "character": _string, "boolean": _boolean,
          "blob": _blob, "timestamp": _timestamp}
