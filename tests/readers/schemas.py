#!/usr/bin/env python3
"""Whether content without mistakes fits the schemas of `convene schema`, as jsonschema reads them.

    schemas.py CONVENE CONTENT...
"""

import datetime
import json
import pathlib
import re
import subprocess
import sys
import tomllib

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML in which nothing but what is meant so is other than text."""


Loader.yaml_implicit_resolvers = {}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))
Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^[0-9]+$"), list("0123456789"))


def plain(value):
    """As JSON has it: moments are texts."""
    match value:
        case dict():
            return {key: plain(one) for key, one in value.items()}
        case list():
            return [plain(one) for one in value]
        case datetime.date() | datetime.time():
            return value.isoformat()
        case _:
            return value


def kind(path):
    match path.parts:
        case ["site.toml"]:
            return "site"
        case ["holidays", name] if name.endswith(".toml"):
            return "holidays"
        case ["meetings", _, "series.md"]:
            return "series"
        case ["meetings", _, "records.toml"]:
            return "records"
        case ["meetings", _, name] if re.match(r"\d{4}-\d\d-\d\d(T\d{4})?\.md", name):
            return "date"
        case [name] if name.endswith(".md"):
            return "page"
    return None


def read(path):
    text = path.read_text().removeprefix("\ufeff")
    if path.suffix == ".toml":
        return tomllib.loads(text)
    fence, rest = text.split("\n", 1)
    front = rest.split(f"\n{fence.strip()}", 1)[0] if not rest.startswith(fence) else ""
    return tomllib.loads(front) if fence.strip() == "+++" else yaml.load(front, Loader) or {}


def main(program, *contents):
    validators, files = {}, 0
    for name in ["site", "series", "date", "records", "holidays", "page"]:
        told = subprocess.run([program, "schema", name], check=True, capture_output=True).stdout
        schema = json.loads(told)
        jsonschema.Draft7Validator.check_schema(schema)
        validators[name] = jsonschema.Draft7Validator(schema)
    for content in map(pathlib.Path, contents):
        for path in sorted(content.rglob("*.*")):
            if name := kind(path.relative_to(content)):
                wrong = list(validators[name].iter_errors(plain(read(path))))
                assert not wrong, f"{path}: {wrong[0].json_path}: {wrong[0].message[:200]}"
                files += 1
    assert files > 200, files
    print(f"{files} files fit their schemas")


main(*sys.argv[1:])
