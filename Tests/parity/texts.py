"""Texts that fit a pattern, as far as that is easy: enough to make most requests valid."""

import re
import string
from re import _constants as code
from re import _parser as parser

WORDS = ["my-name", "abc", "Abc1", "a", "1", "0", "123456789012", "us-east-1", "2026-11-20", "2026-11-20T12:00:00Z", "1.0",
         "me@example.com", "https://example.com", "s3://my-bucket/key", "10.0.0.0/16", "10.0.0.1", "/path",
         "12345678-1234-1234-1234-123456789012", "arn:aws:iam::123456789012:role/name",
         "arn:aws:s3:::my-bucket", "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012",
         "arn:aws:lambda:us-east-1:123456789012:function:name", "ABCDEFGHIJ", "i-1234567890abcdef0"]
CLASSES = {code.CATEGORY_DIGIT: "0123456789", code.CATEGORY_SPACE: " ", code.CATEGORY_WORD: "abcXYZ019_",
           code.CATEGORY_NOT_DIGIT: "abc", code.CATEGORY_NOT_SPACE: "abc1", code.CATEGORY_NOT_WORD: "-. "}
PLAIN = "abcdefxyz0123456789ABC-_./:@ "


class Texts:
    """Makes texts and keeps those that it found for a pattern."""

    def __init__(self, chance):
        self._chance = chance
        self._known = {}

    def fitting(self, shape):
        """A text that keeps its shape's bounds and, where one is found, its pattern."""
        if shape.get("enum"):
            return self._chance.choice(shape["enum"])
        low, high = int(shape.get("min", 0)), int(shape.get("max", 10**6))
        key = (shape.get("pattern"), low, high)
        if key not in self._known:
            self._known[key] = self._found(*key)
        return self._chance.choice(self._known[key])

    def _found(self, pattern, low, high):
        plain = ("name-" * (low // 5 + 1))[: max(low, min(high, 6))] or "a"[:high]
        if pattern is None:
            return [plain]
        # Java's classes of Unicode hold letters, or digits; and its end of input is written otherwise.
        source = re.sub(r"\\p\{(?:Nd?|IsDigit|Digit)\}", "1", pattern)
        source = re.sub(r"\\[pP]\{[^}]*\}", "a", source).replace("\\z", "\\Z")
        try:
            compiled, tree = re.compile(source, re.ASCII), parser.parse(source, re.ASCII)
        except (re.error, OverflowError):
            return [plain]
        tried = [plain, *WORDS]
        for extra in (0, 1, 2, 4, low, low // 2, 8, 16):
            tried += [self._sample(tree, extra) for _ in range(3)]
        fitting = [text for text in tried if low <= len(text) <= high and compiled.fullmatch(text)]
        return list(dict.fromkeys(fitting))[:4] or [plain]

    def _sample(self, tree, extra):
        return "".join(self._part(kind, value, extra) for kind, value in tree)

    def _part(self, kind, value, extra):
        if kind == code.LITERAL:
            return chr(value)
        if kind == code.NOT_LITERAL:
            return "a" if value != ord("a") else "b"
        if kind == code.ANY:
            return "a"
        if kind == code.IN:
            return self._one_of(value)
        if kind == code.BRANCH:
            return self._sample(self._chance.choice(value[1]), extra)
        if kind == code.SUBPATTERN:
            return self._sample(value[3], extra)
        if kind == code.ATOMIC_GROUP:
            return self._sample(value, extra)
        if kind in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
            low, high, inner = value
            return "".join(self._sample(inner, extra) for _ in range(min(low + extra, int(high), 4096)))
        return ""

    def _one_of(self, parts):
        allowed = []
        for kind, value in parts:
            if kind == code.NEGATE:
                taken = {letter for letter in PLAIN if self._is_in(letter, parts[1:])}
                return next((letter for letter in PLAIN + string.printable if letter not in taken), "a")
            if kind == code.LITERAL:
                allowed.append(chr(value))
            elif kind == code.RANGE:
                allowed += [chr(value[0]), chr(value[1])]
            elif kind == code.CATEGORY:
                allowed += CLASSES.get(value, "a")
        plain = [letter for letter in allowed if letter.isalnum() and letter.isascii()]
        return self._chance.choice(plain or allowed)

    @staticmethod
    def _is_in(letter, parts):
        for kind, value in parts:
            if kind == code.LITERAL and ord(letter) == value:
                return True
            if kind == code.RANGE and value[0] <= ord(letter) <= value[1]:
                return True
            if kind == code.CATEGORY and letter in CLASSES.get(value, ""):
                return True
        return False
