#!/usr/bin/env python3
"""Checks what Winnow writes against `Schemas/`, with PyPI's jsonschema.

Usage: check_schemas.py FOLDER [BUNDLE…]. FOLDER holds `export/SEQ.envelope.json` for each event and
`answers/NAME.json`, or `NAME~2.json` and so on, for each `--json` answer: one document or one a line,
checked against `answer-NAME.schema.json`. Every member of a statement, taken away, renamed or given another type,
must be refused.
"""

import base64
import copy
import json
import pathlib
import sys

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from report import Report

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "Schemas"


class Schemas:
    def __init__(self):
        documents = {p.name: json.loads(p.read_bytes()) for p in FOLDER.glob("*.schema.json")}
        self.registry = Registry().with_resources(
            (d["$id"], Resource.from_contents(d)) for d in documents.values()
        )
        for document in documents.values():
            Draft202012Validator.check_schema(document)
        self.validators = {
            name: Draft202012Validator(
                d, registry=self.registry,
                format_checker=Draft202012Validator.FORMAT_CHECKER,
            )
            for name, d in documents.items()
        }  # fmt: skip

    def error(self, value, name):
        """The first error of `value` under the schema `name`, or `None`."""
        if name not in self.validators:
            return f"there is no schema {name}"
        error = next(self.validators[name].iter_errors(value), None)
        return error and f"{error.json_path}: {error.message}"


def spoiled(value, path=""):
    """The value with one member renamed or of another type, at every place in turn."""
    if isinstance(value, dict):
        for name in value:
            twin = copy.copy(value)
            twin[name + "x"] = twin.pop(name)
            yield f"{path}.{name} renamed", twin
            twin = copy.copy(value)
            twin[name] = None
            yield f"{path}.{name} null", twin
        yield f"{path} with a member more", {**value, "more": 1}
        for name, part in value.items():
            for what, twin in spoiled(part, f"{path}.{name}"):
                yield what, {**value, name: twin}
    elif isinstance(value, list):
        yield f"{path} as an object", {}
        if value:
            for what, twin in spoiled(value[0], f"{path}[0]"):
                yield what, [twin, *value[1:]]
    elif isinstance(value, bool):
        yield f"{path} as a number", int(value)
    elif isinstance(value, int):
        yield f"{path} with a fraction", value + 0.5
        yield f"{path} past 2^53", 2**53
        yield f"{path} as text", str(value)
    elif isinstance(value, str):
        yield f"{path} as a list", [value]
        yield f"{path} with a line feed inside", value + "\nx"


def main(folder, bundles):
    report, schemas = Report(), Schemas()

    def check(value, name, what):
        error = schemas.error(value, name)
        return report.check(error is None, f"{what}: {error}")

    kinds = set()
    for path in sorted(pathlib.Path(folder).glob("export/*.envelope.json")):
        envelope = json.loads(path.read_bytes())
        check(envelope, "envelope.schema.json", path.name)
        statement = json.loads(base64.b64decode(envelope["payload"]))
        kind = statement["predicateType"].split("/")[-2]
        name = f"statement-{kind}.schema.json"
        if not check(statement, name, path.name) or kind in kinds:
            continue
        kinds.add(kind)
        for what, twin in spoiled(statement):
            report.check(schemas.error(twin, name) is not None, f"{kind}{what} was taken")
    for path in sorted(pathlib.Path(folder).glob("answers/*.json")):
        for line in path.read_text().splitlines():
            check(json.loads(line), f"answer-{path.stem.split('~')[0]}.schema.json", path.name)
    for bundle in bundles:
        for number, line in enumerate(pathlib.Path(bundle).read_text().splitlines(), 1):
            value = json.loads(line)
            check(value, "bundle.schema.json", f"{bundle}, line {number}")
            if "entry" in value:
                entry = json.loads(base64.b64decode(value["entry"]["bytes"]))
                check(entry, "entry.schema.json", f"{bundle}, line {number}")
    print(f"kinds seen: {', '.join(sorted(kinds))}")
    report.finish()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
