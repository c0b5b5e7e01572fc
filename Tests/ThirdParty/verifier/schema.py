"""JSON Schema 2020-12, as far as the schemas in `Schemas/` use it."""

import json
import pathlib
import re
from functools import lru_cache

from .verdict import Failed

FOLDER = pathlib.Path(__file__).resolve().parents[3] / "Schemas"
ANNOTATIONS = {"$schema", "$id", "$defs", "title", "description"}
TYPES = {
    "object": lambda v: isinstance(v, dict),
    "array": lambda v: isinstance(v, list),
    "string": lambda v: isinstance(v, str),
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "boolean": lambda v: isinstance(v, bool),
}


@lru_cache(None)
def document(name):
    return json.loads((FOLDER / name).read_text())


@lru_cache(None)
def pattern(text):
    # In Python `$` also matches before a last line feed; in a schema it does not.
    return re.compile(text.replace("$", r"\Z"))


def resolve(reference, base):
    name, _, pointer = reference.partition("#")
    base = name or base
    schema = document(base)
    for part in pointer.split("/")[1:]:
        schema = schema[part]
    return schema, base


def same(a, b):
    return type(a) is type(b) and a == b


def holds(value, schema, base):
    try:
        check(value, schema, base, "")
    except Failed:
        return False
    return True


def check(value, schema, base, path):
    """Raises `Failed` with the first member that breaks `schema`."""

    def fail(why):
        raise Failed(f"{path or 'the document'} {why}")

    if schema is True:
        return
    if schema is False:
        fail("must not be there")
    for key, rule in schema.items():
        if key in ANNOTATIONS or key in ("then", "else"):
            continue
        elif key == "$ref":
            check(value, *resolve(rule, base), path)
        elif key == "type":
            if not TYPES[rule](value):
                fail(f"is not of type {rule}")
        elif key == "const":
            if not same(value, rule):
                fail(f"is not {rule!r}")
        elif key == "enum":
            if not any(same(value, word) for word in rule):
                fail(f"is none of {rule}")
        elif key == "allOf":
            for part in rule:
                check(value, part, base, path)
        elif key == "anyOf":
            if not any(holds(value, part, base) for part in rule):
                fail("fits no alternative")
        elif key == "oneOf":
            if sum(holds(value, part, base) for part in rule) != 1:
                fail("does not fit exactly one alternative")
        elif key == "not":
            if holds(value, rule, base):
                fail("has a refused value")
        elif key == "if":
            branch = "then" if holds(value, rule, base) else "else"
            check(value, schema.get(branch, True), base, path)
        elif key in ("minimum", "maximum"):
            if TYPES["integer"](value) and (value < rule if key == "minimum" else value > rule):
                fail("is out of range")
        elif key in ("pattern", "minLength"):
            if isinstance(value, str):
                if not (pattern(rule).search(value) if key == "pattern" else len(value) >= rule):
                    fail("has a spelling that is refused")
        elif key in ("minItems", "maxItems", "uniqueItems", "prefixItems", "items"):
            if isinstance(value, list):
                check_array(value, key, schema, base, path, fail)
        elif key in ("required", "properties", "additionalProperties"):
            if isinstance(value, dict):
                check_object(value, key, schema, base, path, fail)
        else:
            raise AssertionError(f"the schemas use {key}, which is not read here")


def check_array(value, key, schema, base, path, fail):
    rule = schema[key]
    if key == "minItems" and len(value) < rule or key == "maxItems" and len(value) > rule:
        fail("has a refused number of elements")
    elif key == "uniqueItems" and rule:
        texts = [json.dumps(item, sort_keys=True) for item in value]
        if len(set(texts)) != len(texts):
            fail("has an element twice")
    elif key == "prefixItems":
        for index, (item, part) in enumerate(zip(value, rule)):
            check(item, part, base, f"{path}[{index}]")
    elif key == "items":
        for index in range(len(schema.get("prefixItems", [])), len(value)):
            check(value[index], rule, base, f"{path}[{index}]")


def check_object(value, key, schema, base, path, fail):
    if key == "required":
        for name in schema["required"]:
            if name not in value:
                fail(f"has no member {name}")
    elif key == "properties":
        for name, part in schema["properties"].items():
            if name in value:
                check(value[name], part, base, f"{path}.{name}" if path else name)
    elif schema[key] is False:
        for name in value:
            if name not in schema.get("properties", {}):
                fail(f"has an unknown member {name}")


def validate(value, name):
    """Raises `Failed` unless `value` fits the schema in the file `name`."""
    check(value, document(name), name, "")
