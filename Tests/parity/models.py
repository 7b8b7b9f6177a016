"""botocore's models: their shapes as the validator sees them, and its verdict on a request."""

import re
import warnings

from botocore.handlers import ParameterAlias, generate_idempotent_uuid, inject_account_id
from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.validate import ParamValidator

ENDLESS = 10**6
# Operations, a member and its other name.
ALIASES = [(r"ec2\..*", "Filter", "Filters"), (r"logs\.CreateExportTask", "from", "fromTime"),
           (r"cloudsearchdomain\.Search", "return", "returnFields")]
# dateutil warns of time zones that it passes over.
warnings.simplefilter("ignore")
# What botocore calls a fault, and the finding that says the same.
RULES = {
    "missing required field": "missing-parameter", "unknown field": "unknown-parameter", "invalid type": "wrong-type",
    "invalid length": "too-short", "invalid range": "too-small", "empty input": "union-members",
    "more than one input": "union-members",
}


class Validator(ParamValidator):
    """botocore's validator, where its client would break off: a time outside the calendar."""

    def _type_check_datetime(self, value):
        try:
            return super()._type_check_datetime(value)
        except (OverflowError, RuntimeError):
            return False


class Service:
    """One service: its operations' inputs as references to shapes, and botocore's own reading of them."""

    def __init__(self, name):
        # A loader keeps all that it reads, so each service has its own.
        description = Loader().load_service_model(name, "service-2")
        self.name = name
        self.operations = sorted(description["operations"])
        self._inputs = {key: value.get("input") for key, value in description["operations"].items()}
        self._shapes = description["shapes"]
        self._model = ServiceModel(description, name)
        self._heights = {}
        self._validator = Validator()

    def input(self, operation):
        """The input as a shape; None for an operation that takes nothing."""
        reference = self._inputs[operation]
        return reference and self.shape(reference)

    def shape(self, reference):
        """A shape with what the reference to it adds."""
        return self._shapes[reference["shape"]] | reference

    def height(self, name):
        """How many shapes its smallest value nests."""
        if not self._heights:
            self._measure()
        return self._heights[name]

    def _measure(self):
        self._heights = dict.fromkeys(self._shapes, ENDLESS)
        changed = True
        while changed:
            changed = False
            for name, shape in self._shapes.items():
                height = self._smallest(shape)
                if height < self._heights[name]:
                    self._heights[name] = height
                    changed = True

    def _smallest(self, shape):
        kind, members = shape["type"], shape.get("members", {})
        if kind == "structure":
            inner = members if shape.get("union") else shape.get("required", [])
            heights = [self._heights[members[name]["shape"]] for name in inner]
            if not heights:
                return 1
            return 1 + (min(heights) if shape.get("union") else max(heights))
        if kind == "list" and shape.get("min", 0) > 0:
            return 1 + self._heights[shape["member"]["shape"]]
        if kind == "map" and shape.get("min", 0) > 0:
            return 1 + self._heights[shape["value"]["shape"]]
        return 1

    def faults(self, operation, parameters):
        """Pairs of a rule and a place, for all that botocore's client finds before it sends."""
        model = self._model.operation_model(operation)
        if model.input_shape is None:
            return set()
        if isinstance(parameters, dict):
            # Of what the client does to parameters beforehand, these decide what is missing or unknown.
            parameters = dict(parameters)
            for owner, original, other in ALIASES:
                if re.fullmatch(owner, f"{self.name}.{operation}"):
                    ParameterAlias(original, other).alias_parameter_in_call(parameters, model)
            generate_idempotent_uuid(parameters, model)
            if self.name == "glacier":
                inject_account_id(parameters)
        errors = self._validator.validate(parameters, model.input_shape)._errors
        return {fault(*error) for error in errors}

    def at(self, operation, tokens):
        """The shape at the end of a JSON pointer; None where there is none."""
        shape = self.input(operation)
        for token in tokens:
            if shape is None:
                return None
            kind = shape["type"]
            if kind == "structure":
                reference = shape.get("members", {}).get(token)
            else:
                reference = shape.get("member") or shape.get("value")
            shape = reference and self.shape(reference)
        return shape


def fault(reason, place, details):
    """A rule and a place, from an entry of botocore's report."""
    # A map's key stands at the same place as its value.
    place = re.sub(r" \(key: (.*)\)$", r".\1", place, flags=re.DOTALL)
    if reason == "unknown field":
        place += f".{details['unknown_param']}"
    if reason == "missing required field":
        place += f": {details['required_name']}"
    return RULES[reason], place


def is_json_value(shape):
    """Whether botocore takes a value of any type, because it becomes JSON in a header."""
    return shape["type"] == "string" and shape.get("jsonvalue", False) and shape.get("location") == "header"
