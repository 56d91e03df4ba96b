"""The JSON Schema of files of cases, in parts that ``detente.data_schema`` puts together."""

from __future__ import annotations

from typing import Any, Final

from detente.cases.expected import EXPECTED, Each, Ids, Sort, Words
from detente.cases.model import FIELDS

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string", "minLength": 1}
_TEXTS: Final[Schema] = {"type": "array", "items": _TEXT, "minItems": 1}
_PLAIN: Final[dict[str, Schema]] = {
    "flag": {"type": "boolean"},
    "whole": {"type": "integer"},
    "text": _TEXT,
    "part": {"anyOf": [_TEXT, _TEXTS]},
    "list": {"type": "array"},
}


def parts(written: Schema, finding: Schema, day: Schema) -> dict[str, Schema]:
    """Return the definitions of a case and of what it is made of.

    Args:
        written: the definition of a case as its type gives it.
        finding: the definition of a finding of a file of evidence.
        day: the schema of a date.
    """
    fields = written["properties"]
    closer: dict[str, Schema] = {
        **dict.fromkeys(("as_of", "known_on", "act_date", "acts_complete_through"), day),
        "condition": {"$ref": "#/$defs/Condition"},
        "expect": {"type": "object", "minProperties": 1},
        "findings": {"type": "array", "items": {"$ref": "#/$defs/CaseFinding"}},
    }
    for name, schema in closer.items():
        fields[name] = {"description": fields[name]["description"], **schema}
    case = written | {"oneOf": [{"required": [kind]} for kind in FIELDS], "allOf": _by_kind()}
    expected = {f"Expected-{kind}": _of(block) for kind, block in EXPECTED.items()}
    return {"Case": case, "CaseFinding": _finding(finding, day), **expected}


def _by_kind() -> list[Schema]:
    """Return, for each thing that a case may ask about, what it may say and expect."""
    return [
        {
            "if": {"required": [kind]},
            "then": {
                "properties": {
                    "expect": {"$ref": f"#/$defs/Expected-{kind}"},
                    **dict.fromkeys(_elsewhere(fields), False),
                }
            },
        }
        for kind, fields in FIELDS.items()
    ]


def _elsewhere(fields: frozenset[str]) -> list[str]:
    """Return the fields that belong to cases of other kinds only."""
    return sorted(frozenset().union(*FIELDS.values()) - fields)


def _finding(finding: Schema, day: Schema) -> Schema:
    """Return the definition of a finding of which less need be said."""
    text = "What is found: verified and on the day of the case, unless it says otherwise."
    but = {"description": "the requirement that a name with a star leaves out.", "type": "string"}
    when = {name: {"anyOf": [day, {"type": "integer"}]} for name in ("happened", "recorded")}
    fields = {**finding["properties"], **when, "but": but}
    return {**finding, "description": text, "properties": fields, "required": []}


def _of(sort: Sort) -> Schema:
    """Return the schema of what may be expected."""
    if isinstance(sort, dict):
        fields = {name: _of(item) for name, item in sort.items()}
        return {"type": "object", "properties": fields, "additionalProperties": False,
                "minProperties": 1}  # fmt: skip
    if isinstance(sort, Each):
        return {"type": "object", "additionalProperties": _of(sort.sort), "minProperties": 1}
    if isinstance(sort, Ids):
        return _TEXTS
    return {"enum": list(sort.known)} if isinstance(sort, Words) else _PLAIN[sort]
