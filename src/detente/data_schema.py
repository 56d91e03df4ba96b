"""JSON Schemas of the data files, in the form in which people write them.

Editors that know the YAML language server read them through the first line of each file: they
complete words, show what a field means and mark a slip while it is typed. They are made from the
types that read the files, so they cannot say anything else:

    python -m detente.data_schema            # writes src/detente/law/schema/*.json
    python -m detente.data_schema --check    # exits 1 where a file there is not as it would be

A schema knows one file. That ids exist, that dates are in order and that sums are right,
``detente regime validate`` says.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
import typing
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from detente.cases import schema as case_schema
from detente.cases.model import Written
from detente.evidence.files import SUBJECTS
from detente.evidence.model import EvidenceFile
from detente.law import clauses, model, regime, subjects, ways
from detente.law.conditions import Condition
from detente.law.draft import _TABLES, _Head
from detente.law.vocabulary import Level
from detente.offers.files import ROLES
from detente.offers.model import Offer
from detente.relief.unlock import _Costs
from detente.talks.briefs import Brief

Schema = dict[str, Any]

FOLDER: Final = Path(__file__).resolve().parent / "law" / "schema"
"""Where the generated files are."""

_DAY = r"\d{4}(-\d{2}(-\d{2})?)?"
_CLOCK = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})"
_DATE: Final = {"type": "string", "pattern": f"^({_DAY}(/{_DAY})?|{_CLOCK})$"}
_TERM: Final = {"type": "string", "pattern": r"^\d{1,4} (day|full day|working day|month|year)s?$"}
_MAYBE_TERM: Final = {"anyOf": [_TERM, {"type": "null"}]}
_TEXT: Final = {"type": "string"}
_LEVELS: Final = list(typing.get_args(Level))

_SELECTED: Final = {"anyOf": [{"type": "array", "items": _TEXT}, {"$ref": "#/$defs/Selector"}]}

_CLOSER: Final[dict[tuple[str, str], Schema]] = {
    ("Development", "date"): _DATE,
    ("HistoryEvent", "date"): _DATE,
    ("PrecedentEvent", "date"): _DATE,
    ("DatedFact", "date"): _DATE,
    ("Finding", "happened"): _DATE,
    ("Finding", "recorded"): _DATE,
    ("Precedent", "dates"): {"type": "array", "items": _DATE},
    ("Offer", "dates"): {"type": "array", "items": _DATE},
    ("Emergency", "notice"): _TERM,
    ("Renewal", "term"): _TERM,
    ("Window", "opens"): _MAYBE_TERM,
    ("Window", "closes"): _MAYBE_TERM,
    ("ReliefPath", "term"): _MAYBE_TERM,
    ("ReliefPath", "applies_to"): _SELECTED,
    ("Reimposition", "applies_to"): _SELECTED,
    ("Due", "what"): {"enum": ["lapses", "refills", "due"]},
    ("Position", "role"): {"enum": list(ROLES)},
    ("GivenComponent", "touched"): {"enum": ["yes", "partly"]},
}
"""Fields of which the checks, or the written form, say more than the type does."""

_ALSO_DOCUMENTED_BY: Final[dict[type, type]] = {_Head: regime.Regime}


def schemas() -> dict[str, Schema]:
    """Return the schema of every kind of data file, by the name of its file."""
    named = _file("A precedent: an earlier deal, as a case to compare with.", subjects.Precedent)
    made = {
        "instrument.json": _instrument(),
        "regime.json": _file("What a regime is, the days it covers and its issue areas.", _Head),
        "components.json": _components(),
        "precedent.json": named,
        "evidence.json": _file("Findings.", EvidenceFile),
        "reading.json": _file("A reading of contested findings.", EvidenceFile),
        "brief.json": _file("A policy brief: its claims, and what answers them.", Brief),
        "offer.json": _file("What each party gives and asks, and how it may be read.", Offer),
        "cases.json": _cases(),
        "costs.json": _file("What facts cost, for detente unlock --costs.", _Costs),
    }
    for name, tables in _TABLES.items():
        lists = {key: _list_of(kind) for key, _, kind in tables}
        if name == "programmes.yaml":
            lists["snapshots"] = {
                "description": "Counts of the list at a date, for tests and readers.",
                "type": "array",
                "items": {"type": "object"},
            }
        text = f"The file {name} of a regime."
        made[name.replace(".yaml", ".json")] = _whole(text, lists, (), [row[2] for row in tables])
    built: dict[str, Schema] = json.loads(json.dumps(made))  # lists for tuples, nothing shared
    return dict(sorted(built.items()))


def render(schema: Schema) -> str:
    """Return the text of a schema's file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the schemas, or with ``--check`` tell which files differ (exit code 1)."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given not in ([], ["--check"]):
        sys.stderr.write("usage: python -m detente.data_schema [--check]\n")
        return 2
    wanted = {name: render(schema) for name, schema in schemas().items()}
    there = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.json"))}
    differ = sorted(name for name in wanted | there if wanted.get(name) != there.get(name))
    if given:
        for name in differ:
            sys.stderr.write(f"{name} is not as python -m detente.data_schema writes it\n")
        return 1 if differ else 0
    FOLDER.mkdir(exist_ok=True)
    for name in differ:
        if name in wanted:
            (FOLDER / name).write_text(wanted[name], encoding="utf-8", newline="\n")
        else:
            (FOLDER / name).unlink()
    return 0


# Whole files


def _file(text: str, kind: type[Any]) -> Schema:
    """Return the schema of a file that is one row."""
    own = _definitions([kind])[_name_of(kind)]
    return _whole(text, own["properties"], own.get("required", ()), [kind])


def _instrument() -> Schema:
    own = _definitions([model.Instrument])["Instrument"]
    rows = {
        "measures": model.Measure,
        "paths": ways.ReliefPath,
        "reimpositions": ways.Reimposition,
    }
    lists = {key: _list_of(kind) for key, kind in rows.items()}
    text = "A legal text, with the measures it imposes and the relief paths it creates."
    kinds = [model.Instrument, *rows.values()]
    return _whole(text, own["properties"] | lists, own["required"], kinds)


def _components() -> Schema:
    area = {"description": "The issue area that the components belong to.", **_TEXT}
    properties = {"area": area, "components": _list_of(subjects.Component)}
    text = "The concrete things that one issue area is about."
    return _whole(text, properties, ["area"], [subjects.Component])


def _cases() -> Schema:
    """Return the schema of a file that is a list of cases."""
    known = _definitions([EvidenceFile, Written]) | _conditions()
    known |= case_schema.parts(known["Written"], known["Finding"], _DATE)
    schema: Schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "description": "Questions to a regime, with the answers that are expected.",
        "type": "array",
        "minItems": 1,
        "items": {"$ref": "#/$defs/Case"},
    }
    return schema | {"$defs": _reached(schema, known)}


def _list_of(kind: type[Any]) -> Schema:
    text = _documented(kind)[0]
    return {"description": text, "type": "array", "items": {"$ref": f"#/$defs/{_name_of(kind)}"}}


def _whole(
    text: str, properties: Schema, required: Sequence[str], kinds: Sequence[type[Any]]
) -> Schema:
    """Return the schema of a file, with the definitions that it reaches and no other."""
    schema: Schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "description": text,
        "type": "object",
        "properties": properties,
        "required": sorted(required),
        "additionalProperties": False,
    }
    known = _definitions(kinds) | _conditions()
    for kind in kinds:
        if kind is model.Measure or kind is subjects.Component:
            _without(known[_name_of(kind)], "instrument" if kind is model.Measure else "area")
    reached = _reached(schema, known)
    return schema | {"$defs": reached} if reached else schema


def _reached(schema: Schema, known: Schema) -> Schema:
    """Return those of the known definitions that a schema refers to, and that these refer to."""
    reached: dict[str, Schema] = {}
    waiting = list(_references(schema))
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached[name] = known[name]
            waiting += _references(known[name])
    return dict(sorted(reached.items()))


def _without(definition: Schema, field: str) -> None:
    """Take away a field that the file itself implies."""
    del definition["properties"][field]
    definition["required"].remove(field)


def _references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"].rpartition("/")[2]
        for item in node.values():
            yield from _references(item)
    elif isinstance(node, list):
        for item in node:
            yield from _references(item)


# From types


def _definitions(kinds: Sequence[type[Any]]) -> dict[str, Schema]:
    """Return the definition of every type that ``kinds`` are made of, as it is written."""
    written: list[type[Any]] = [*kinds, ways.Selector]  # in a file, also a path's applies_to
    _, found = msgspec.json.schema_components(written, ref_template="#/$defs/{name}")
    for kind in _reachable(written):
        definition = found[_name_of(kind)]
        text, fields = _documented(kind)
        definition["description"] = text
        definition["additionalProperties"] = False
        hints = typing.get_type_hints(kind)
        for field in msgspec.structs.fields(kind):
            name = field.encode_name
            own = definition["properties"][name]
            if hints[field.name] == Condition:
                own = {"$ref": "#/$defs/Condition"}
            own |= _closer(kind, name, own)
            if field.name in fields:
                own = {"description": fields[field.name]} | own
            definition["properties"][name] = own
        if kind.__name__ == "Finding":
            definition["oneOf"] = [{"required": [subject]} for subject in SUBJECTS]
    return found


def _closer(kind: type[Any], name: str, own: Schema) -> Schema:
    """Return what replaces a field's own schema, keeping its default."""
    closer = _CLOSER.get((kind.__name__, name))
    if closer is None:
        return {}
    default = {"default": own["default"]} if "default" in own else {}
    own.clear()
    return closer | default


def _reachable(kinds: Sequence[type[Any]]) -> list[type[Any]]:
    """Return the rows that ``kinds`` are made of; conditions are written by hand below."""
    found: list[type[Any]] = []
    waiting: list[Any] = list(kinds)
    while waiting:
        hint = waiting.pop()
        if hint == Condition:
            continue
        if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
            if hint not in found:
                found.append(hint)
                waiting += typing.get_type_hints(hint).values()
        else:
            waiting += typing.get_args(hint)
    return found


def _name_of(kind: type[Any]) -> str:
    return kind.__name__


def _documented(kind: type[Any]) -> tuple[str, dict[str, str]]:
    """Return what a type's docstring says of it, and what it and its bases say of the fields."""
    text = ""
    fields: dict[str, str] = {}
    for base in (_ALSO_DOCUMENTED_BY.get(kind), *reversed(kind.__mro__)):
        if base is not None and base is not msgspec.Struct and base is not object:
            text, _, section = inspect.cleandoc(base.__doc__ or "").partition("\nAttributes:\n")
            for name, said in re.findall(r"^    (\w+): ((?:.+\n?)(?:     +.+\n?)*)", section, re.M):
                fields[name] = _plain(said)
    return _plain(text), fields


def _plain(text: str) -> str:
    return " ".join(text.replace("``", "`").split())


# Conditions, as law/clauses.py reads them


def _conditions() -> dict[str, Schema]:
    """Return the grammar of conditions: one definition, and the facts at its leaves."""
    facts = {
        "requirement": "Conduct, at a level.",
        "finding": "A decision-maker's finding.",
        "act": "The act of whoever decides the relief path of that id.",
        "event": "A public event.",
    }
    level: Schema = {"level": {"description": "How far it must have come.", "enum": _LEVELS}}
    leaves = [
        _node(text, {head: _TEXT} | (level if head == "requirement" else {}))
        for head, text in facts.items()
    ]
    fact = {"$ref": "#/$defs/Fact"}
    below = {"$ref": "#/$defs/Condition"}
    several = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Condition"}}
    day = {"anyOf": [{"type": "string", "format": "date"}, {"const": "unknown"}]}
    sorts: dict[str, Schema] = {
        "fact": fact,
        "condition": {"$ref": "#/$defs/Condition"},
        "conditions": several,
        "ids": {"type": "array", "minItems": 1, "items": _TEXT},
        "whole": {"type": "integer", "minimum": 1},
        "term": _TERM,
        "text": _TEXT,
    }
    said = {
        "at_least": "Met when at least `count` of the limbs are met.",
        "elapsed": "Met once `term` has run since `from` came true.",
        "silence": "Met once `term` has run since `from` and `of` did not happen within it.",
        "deferred": "Relief drafted first, effective later: `by` was done, `term` ran, and then "
        "`condition` holds.",
        "report": "Met by a third party's report alone, after `term` where one is set.",
        "snapback": "Measures return: `notice` was given, `term` ran, `unless` did not happen "
        "within it.",
        "race": "Met once `term` has run since `from`, unless `before` came true first.",
        "imposed": "Met while at least `count` of the measures, other than the one asked about, "
        "bind.",
    }
    named = {"finding": {"description": "The finding that states the same thing.", **_TEXT}}
    joined = [
        _node("Met when every limb is met.", {"all": several}),
        _node("Met when some limb is met.", {"any": several}),
        _node("Met when the condition is unmet; unknown stays unknown.", {"not": below}),
        _node("Met for as long as the condition is.", {"while": below}),
        _node("Met when that re-imposition has taken effect.", {"reimposed": _TEXT}),
        _node("Met from a day on; `unknown` where its start is not known.", {"after": day}, named),
        *(_node(said[head], {head: _parts(own, sorts)}, named if head in clauses.NAMED else None)
          for head, own in clauses._PARTS.items()),
    ]  # fmt: skip
    return {
        "Fact": {"description": "A single fact.", "oneOf": leaves},
        "Condition": {
            "description": "What must hold: a fact, or a node that joins or times others.",
            "oneOf": [*leaves, *joined],
        },
    }


def _node(text: str, head: Schema, own: Schema | None = None) -> Schema:
    """Return one alternative: its head, what belongs to it, and what every node may add."""
    day = {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}
    said = {"anyOf": [_TEXT, {"type": "null"}]}
    common = {
        "citation": {"description": "The provision that makes this limb law.", **said},
        "note": {"description": "A doubt or reading, shown beside the node.", **said},
        "since": {"description": "First day on which this limb is law.", **day},
        "until": {"description": "First day on which it no longer is.", **day},
    }
    return {
        "description": text,
        "type": "object",
        "properties": {**head, **(own or {}), **common},
        "required": list(head),
        "additionalProperties": False,
    }


def _parts(parts: dict[str, str], sorts: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": {key: sorts[sort.rstrip("?")] for key, sort in parts.items()},
        "required": [key for key, sort in parts.items() if not sort.endswith("?")],
        "additionalProperties": False,
    }


if __name__ == "__main__":
    sys.exit(main())
