"""Requests for an operation: valid ones, and ones with a fault at each level of nesting."""

import base64
import math

from models import ENDLESS, is_json_value
from texts import Texts

TIMES = ["2026-11-20T12:00:00Z", "2026-11-20T12:00:00+02:00", "2026-11-20", "2026-11-20T12:00:00.123Z", 1795176000,
         1795176000.5, "1795176000", "Fri, 20 Nov 2026 12:00:00 GMT", "20261120T120000Z", "2026-11-20 12:00:00", 0, -1,
         "20 November 2026", "12:30", "Nov 2026"]
DOCUMENTS = [{}, [], "text", 1, 1.5, True, None, {"a": [1, {"b": None}]}, [[], {}]]
# Levels that a value is filled in beyond what it must have, and how often a shape may stand inside itself.
DEPTH = 6
RECURSION = 3
NODES = 250
SITES = 1500


class Generator:
    """Makes the requests of one service."""

    def __init__(self, service, chance):
        self.service = service
        self.chance = chance
        self.texts = Texts(chance)
        self._room = 0

    # Valid values

    def minimal(self, shape):
        """The value with nothing that may be left out."""
        return self._value(shape, DEPTH, ())

    def rich(self, shape):
        """The value with as many optional members as there is room for."""
        self._room = NODES
        return self._value(shape, 0, ())

    def _value(self, shape, depth, around):
        self._room -= 1
        if shape.get("document") or is_json_value(shape):
            return self.chance.choice(DOCUMENTS)
        if shape.get("eventstream"):
            return {}
        make = {"structure": self._structure, "list": self._list, "map": self._map}.get(shape["type"])
        return make(shape, depth, around) if make else self._scalar(shape)

    def _structure(self, shape, depth, around):
        members, required = shape.get("members", {}), shape.get("required", [])
        name = shape["shape"]
        is_rich = depth < DEPTH and self._room > 0 and around.count(name) < RECURSION
        around += (name,)
        if shape.get("union"):
            return self._choice(members, depth, around, is_rich)
        if is_rich:
            names = [*required, *(member for member in members if member not in required)]
        else:
            # The client fills in a token that is left out.
            names = [member for member in required if not members[member].get("idempotencyToken")]
        value = {}
        for member in names:
            if member not in required and (self._room <= 0 or not self._is_near(members[member])):
                continue
            value[member] = self._value(self.service.shape(members[member]), depth + 1, around)
        return value

    def _is_near(self, reference):
        return self.service.height(reference["shape"]) < ENDLESS

    def _choice(self, members, depth, around, is_rich):
        heights = {name: self.service.height(reference["shape"]) for name, reference in members.items()}
        names = [name for name in members if heights[name] < ENDLESS]
        if not is_rich:
            names = [name for name in names if heights[name] == min(heights.values())]
        name = self.chance.choice(names)
        return {name: self._value(self.service.shape(members[name]), depth + 1, around)}

    def _list(self, shape, depth, around):
        element = self.service.shape(shape["member"])
        return [self._value(element, depth + 1, around) for _ in range(self._count(shape, element, depth, around))]

    def _map(self, shape, depth, around):
        key, element = self.service.shape(shape["key"]), self.service.shape(shape["value"])
        count = self._count(shape, element, depth, around)
        value = {}
        for _ in range(4 * count):
            if len(value) < count:
                value[self.texts.fitting(key)] = self._value(element, depth + 1, around)
        # Where the pattern gives too few, more keys that at least are long enough.
        number = 10**max(0, int(key.get("min", 0)) - 1)
        while len(value) < count:
            value[f"{number}"] = self._value(element, depth + 1, around)
            number += 1
        return value

    def _count(self, shape, element, depth, around):
        low = int(shape.get("min", 0))
        is_full = depth >= DEPTH or self._room <= 0 or around.count(element["shape"]) >= RECURSION
        if is_full or self.service.height(element["shape"]) >= ENDLESS:
            return low
        return max(low, min(int(shape.get("max", 2)), self.chance.choice([1, 1, 2])))

    def _scalar(self, shape):
        kind = shape["type"]
        if kind in ("string", "character"):
            return self.texts.fitting(shape)
        if kind in ("integer", "long"):
            low = math.ceil(shape.get("min", 0))
            return self.chance.choice([low, int(min(shape.get("max", low + 5), low + 5))])
        if kind in ("float", "double"):
            low, high = shape.get("min", 0), shape.get("max", shape.get("min", 0) + 2)
            return self.chance.choice([low, high, (low + high) / 2])
        if kind == "boolean":
            return self.chance.choice([True, False])
        if kind == "timestamp":
            return self.chance.choice(TIMES)
        return base64.b64encode(b"reqlint!"[: int(shape.get("max", 8))].ljust(int(shape.get("min", 0)), b"!")).decode()

    # Places in an input

    def sites(self, operation):
        """For each level of nesting the places there: a path from the input, and the shape at its end.

        Each shape is met at most twice, so that one inside itself is met on its second level too.
        """
        levels = [[((), self.service.input(operation))]]
        met, count = {}, 0
        while levels[-1]:
            below = []
            for path, shape in levels[-1]:
                for step, reference in self._inner(shape):
                    name = reference["shape"]
                    if met.get(name, 0) < 2 and self._is_near(reference) and count < SITES:
                        met[name] = met.get(name, 0) + 1
                        count += 1
                        below.append(((*path, step), self.service.shape(reference)))
            levels.append(below)
        return levels[:-1]

    @staticmethod
    def _inner(shape):
        if shape.get("document") or shape.get("eventstream"):
            return []
        if shape["type"] == "structure":
            return list(shape.get("members", {}).items())
        if shape["type"] == "list":
            return [(0, shape["member"])]
        if shape["type"] == "map":
            return [("", shape["value"])]
        return []

    def placed(self, shape, path, change):
        """The smallest value in which a place exists, with what `change` makes of the value there."""
        if not path:
            return change(shape)
        step, rest = path[0], path[1:]
        if shape["type"] == "structure":
            value = {} if shape.get("union") else self.minimal(shape)
            value[step] = self.placed(self.service.shape(shape["members"][step]), rest, change)
        elif shape["type"] == "list":
            value = self.minimal(shape)
            value[:1] = [self.placed(self.service.shape(shape["member"]), rest, change)]
        else:
            value = self.minimal(shape)
            key = next(iter(value), None) or self.texts.fitting(self.service.shape(shape["key"]))
            value[key] = self.placed(self.service.shape(shape["value"]), rest, change)
        return value
