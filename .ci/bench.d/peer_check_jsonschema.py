"""check-jsonschema over the files of a list, which may be too many for a command line.

usage: peer_check_jsonschema.py SCHEMA LIST
"""
import sys

from check_jsonschema import main

with open(sys.argv[2]) as listing:
    main(["--schemafile", sys.argv[1], *listing.read().splitlines()])
