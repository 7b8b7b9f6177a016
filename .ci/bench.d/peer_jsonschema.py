"""jsonschema-rs over the files of a list, read by PyYAML on libyaml, under one schema.

usage: peer_jsonschema.py SCHEMA LIST
"""
import json
import sys

import jsonschema_rs
import yaml

with open(sys.argv[1]) as file:
    validator = jsonschema_rs.validator_for(json.load(file))
faulty = 0
with open(sys.argv[2]) as listing:
    for line in listing:
        with open(line.rstrip("\n"), "rb") as file:
            faulty += not validator.is_valid(yaml.load(file, yaml.CSafeLoader))
print(faulty, "faulty")
