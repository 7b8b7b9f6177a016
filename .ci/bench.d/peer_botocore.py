"""botocore's own validator over the files of a list, read by PyYAML on libyaml: what one would write in a script.

usage: peer_botocore.py LIST
"""
import sys

import botocore.loaders
import yaml
from botocore.model import ServiceModel
from botocore.validate import validate_parameters
from botocore.exceptions import ParamValidationError

source = botocore.loaders.create_loader()
services = {}
faulty = 0
with open(sys.argv[1]) as listing:
    for line in listing:
        with open(line.rstrip("\n"), "rb") as file:
            envelope = yaml.load(file, yaml.CSafeLoader)
        service = envelope["service"]
        if service not in services:
            services[service] = ServiceModel(source.load_service_model(service, "service-2"), service)
        operation = services[service].operation_model(envelope["operation"])
        try:
            validate_parameters(envelope["parameters"], operation.input_shape)
        except ParamValidationError:
            faulty += 1
print(faulty, "faulty")
