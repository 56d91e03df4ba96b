"""The schemas of the data files: what editors check while a lawyer types."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from detente import data_schema
from detente.law.dates import check_term, span
from detente.law.find import BUNDLED
from detente.law.read import parse, read
from detente.skeleton import TEMPLATES

FILES = sorted(path for path in BUNDLED.glob("*/**/*.yaml") if path.parent.name != "pressure")
SCHEMAS = data_schema.schemas()
CASE_FILES = [*(Path(__file__).parent / "cases").glob("*.yaml"), TEMPLATES / "cases" / "first.yaml"]
_COMMENT = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


def faults(schema: str, data: object) -> list[str]:
    """Return what a schema has against ``data``."""
    validator = Draft202012Validator(SCHEMAS[schema], format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(data)]


def faults_in(schema: str, text: str) -> list[str]:
    """Return what a schema has against a file of this text."""
    return faults(schema, parse(text, "a file").data)


def named_in(path: Path) -> Path:
    """Return the schema that a data file's first line names."""
    with path.open(encoding="utf-8") as stream:
        match = _COMMENT.fullmatch(stream.readline())
    assert match is not None, f"{path.name} begins with no comment that names its schema"
    return path.parent / match[1]


def test_the_committed_schemas_are_those_that_the_types_give() -> None:
    """The files in the repository equal what the generator would write now."""
    assert data_schema.main(["--check"]) == 0


def test_check_tells_each_file_that_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A changed, a missing and a left-over file are each named, and writing mends all three."""
    folder = tmp_path / "schema"
    shutil.copytree(data_schema.FOLDER, folder)
    monkeypatch.setattr(data_schema, "FOLDER", folder)
    (folder / "offer.json").write_text("{}", encoding="utf-8")
    (folder / "costs.json").unlink()
    (folder / "old.json").write_text("{}", encoding="utf-8")
    assert data_schema.main(["--check"]) == 1
    told = [line.split()[0] for line in capsys.readouterr().err.splitlines()]
    assert told == ["costs.json", "offer.json", "old.json"]
    assert data_schema.main([]) == 0
    assert data_schema.main(["--check"]) == 0
    assert data_schema.main(["--cheque"]) == 2


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_each_schema_is_a_schema(name: str) -> None:
    """Every file is valid under the dialect that it names, and closed to unknown fields."""
    Draft202012Validator.check_schema(SCHEMAS[name])
    rows = SCHEMAS[name] if SCHEMAS[name]["type"] == "object" else SCHEMAS[name]["$defs"]["Case"]
    assert rows["additionalProperties"] is False


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(BUNDLED)))
def test_each_bundled_file_is_valid_under_the_schema_that_it_names(path: Path) -> None:
    """A data file names an existing schema of the repository, and keeps it."""
    schema = named_in(path)
    assert schema.resolve() == data_schema.FOLDER / schema.name
    assert schema.is_file()
    assert faults(schema.name, read(path).data) == []


def test_there_are_files_of_every_kind_but_costs_and_cases() -> None:
    """Nothing above passes because no file was found: only costs, and maybe cases, do not ship."""
    used = {named_in(path).name for path in FILES}
    assert len(FILES) >= 98  # the files of pressure have no schema yet
    assert set(SCHEMAS) - used - {"cases.json"} == {"costs.json"}


@pytest.mark.parametrize("path", sorted(CASE_FILES), ids=lambda path: path.name)
def test_the_cases_of_the_tests_are_valid_under_their_schema(path: Path) -> None:
    """What the loader reads as cases, the schema accepts."""
    assert faults("cases.json", read(path).data) == []


def test_every_documented_field_is_described() -> None:
    """What the docstrings of the types say of a field is what an editor shows on hover."""
    definitions = SCHEMAS["instrument.json"]["$defs"]
    measure = definitions["Measure"]["properties"]
    assert measure["provision"]["description"] == "paragraph or section."
    assert measure["confidence"]["description"] == "how the row is known."
    assert measure["carried_from"]["description"].endswith("before its instrument was adopted.")
    assert [key for key, item in measure.items() if "description" not in item] == []
    path = definitions["ReliefPath"]["properties"]
    assert [key for key, item in path.items() if "description" not in item] == []
    finding = SCHEMAS["evidence.json"]["$defs"]["Finding"]["properties"]
    assert [key for key, item in finding.items() if "description" not in item] == []


def test_a_measure_in_a_file_does_not_repeat_its_instrument() -> None:
    """The file is the instrument, so ``instrument`` is no field of its measures."""
    measure = SCHEMAS["instrument.json"]["$defs"]["Measure"]
    assert "instrument" not in measure["properties"]
    assert "instrument" not in measure["required"]
    component = SCHEMAS["components.json"]["$defs"]["Component"]
    assert "area" not in component["properties"]


WRITTEN = [
    "{requirement: r-x, level: progress}",
    "{finding: f-x}",
    "{act: rp-x}",
    "{event: e-x, citation: s. 1, note: A doubt., since: 2019-01-01, until: 2020-01-01}",
    "{all: [{finding: f-x}, {any: [{act: rp-x}, {event: e-x}]}]}",
    "{at_least: {count: 1, of: [{finding: f-x}]}}",
    "{not: {event: e-x}}",
    "{after: 2019-03-05}",
    "{after: unknown, finding: f-x}",
    "{elapsed: {from: {event: e-x}, term: 45 days}}",
    "{silence: {of: {event: e-x}, from: {act: rp-x}, term: 5 working days}}",
    "{deferred: {by: {act: rp-x}, term: 6 months, condition: {not: {event: e-x}}}}",
    "{report: {of: {event: e-x}, by: the agency}}",
    "{snapback: {notice: {event: e-x}, term: 30 days, unless: {finding: f-x}}}",
]
MISWRITTEN = [
    "f-x",
    "{}",
    "{requirement: r-x}",
    "{requirement: r-x, level: done}",
    "{finding: f-x, level: met}",
    "{finding: f-x, act: rp-x}",
    "{all: []}",
    "{all: {finding: f-x}}",
    "{at_least: {count: 0, of: [{finding: f-x}]}}",
    "{after: 2019-02-30}",
    "{elapsed: {from: {event: e-x}}}",
    "{elapsed: {from: {event: e-x}, term: a while}}",
    "{silence: {of: {event: e-x}, term: 45 days}}",
    "{report: {of: {event: e-x}, by: the agency, when: now}}",
    "{finding: f-x, citaton: s. 1}",
]


def renewal_with(condition: str) -> str:
    """Return a file of one path whose condition, and whose renewal's, is this one."""
    return f"""
paths:
- id: rp-x
  kind: waiver
  title: A way out
  applies_to: {{issuer: council}}
  decided_by: council
  condition: {condition}
  renewal: {{term: 1 year, condition: {condition}, citation: s. 2}}
  citation: s. 1
  pin: sure
  sources: [S-1]
  confidence: analyst
"""


@pytest.mark.parametrize("condition", WRITTEN)
def test_each_node_of_a_condition_can_be_written(condition: str) -> None:
    """Every form of the grammar in ``law/clauses.py`` is valid."""
    assert faults_in("powers.json", renewal_with(condition)) == []


@pytest.mark.parametrize("condition", MISWRITTEN)
def test_a_condition_outside_the_grammar_is_refused(condition: str) -> None:
    """What ``law/clauses.py`` refuses, the schema refuses."""
    assert faults_in("powers.json", renewal_with(condition)) != []


@pytest.mark.parametrize("selection", ["[m-1, m-2]", "[]", "{instruments: [i-1], kind: [ban]}"])
def test_a_path_names_measures_or_selects_them(selection: str) -> None:
    """``applies_to`` is a list of ids or a selector."""
    text = renewal_with("{finding: f-x}").replace("{issuer: council}", selection)
    assert faults_in("powers.json", text) == []


FINDING = """
id: mine
regime: dprk
title: Mine
findings:
- {id: x-1, requirement: r-x, extent: progress, verification: observed, happened: 2019-03,
   recorded: 2019-03-05, sources: [A page], confidence: analyst}
"""
CASES = """
- name: A case
  measure: [m-1, m-2]
  as_of: 2019-02-28
  findings: [{requirement: r-*, but: r-x, extent: met, happened: 2019}]
  expect: {letter: open, missing: [], path: {rp-x: {value: met}}, eases: [rp-y]}
- {name: Another, condition: {finding: f-x}, path: {term: 1 year}, expect: {value: unknown}}
"""
COSTS = "{unit: points, costs: {r-x@met: {low: 1, central: 2, high: 3}}}"


def test_the_examples_that_are_spoiled_below_are_right() -> None:
    """Each wrong file below is one change away from a right one."""
    assert faults_in("evidence.json", FINDING) == []
    assert faults_in("costs.json", COSTS) == []
    assert faults_in("cases.json", CASES) == []
    assert faults_in("powers.json", renewal_with("{finding: f-x}")) == []


@pytest.mark.parametrize(
    ("schema", "text", "old", "new"),
    [
        ("evidence.json", FINDING, "extent: progress", "extent: advanced"),
        ("evidence.json", FINDING, "recorded: 2019-03-05", "recorded: 5 March 2019"),
        ("evidence.json", FINDING, "requirement: r-x", "requirement: r-x, component: c-x"),
        ("evidence.json", FINDING, "requirement: r-x, ", ""),
        ("evidence.json", FINDING, "sources: [A page]", "sources: A page"),
        ("evidence.json", FINDING, "title: Mine", "titel: Mine"),
        ("evidence.json", FINDING, "regime: dprk", "regime: 7"),
        ("cases.json", CASES, "measure: [m-1, m-2]", "measures: [m-1, m-2]"),
        ("cases.json", CASES, "measure: [m-1, m-2]", "measure: m-1\n  offer: o-1"),
        ("cases.json", CASES, "letter: open", "letter: opne"),
        ("cases.json", CASES, "letter: open", "lettre: open"),
        ("cases.json", CASES, "rp-x: {value: met}", "rp-x: {}"),
        ("cases.json", CASES, "eases: [rp-y]", "eases: []"),
        ("cases.json", CASES, "extent: met", "extent: done"),
        ("cases.json", CASES, "{value: unknown}", "{in_force: true}"),
        ("cases.json", CASES, "path: {term: 1 year}", "reading: mine"),
        ("cases.json", CASES, "{finding: f-x}", "{}"),
        ("cases.json", CASES, "as_of: 2019-02-28", "as_of: now"),
        ("costs.json", COSTS, "high: 3", "high: dear"),
        ("costs.json", COSTS, "central: 2, ", ""),
        ("powers.json", renewal_with("{finding: f-x}"), "kind: waiver", "kind: favour"),
        ("powers.json", renewal_with("{finding: f-x}"), "term: 1 year", "term: a year"),
        ("powers.json", renewal_with("{finding: f-x}"), "issuer:", "isuer:"),
        ("powers.json", renewal_with("{finding: f-x}"), "pin: sure", "pin: maybe"),
        ("powers.json", renewal_with("{finding: f-x}"), "paths:", "path:"),
    ],
)
def test_a_wrong_file_is_refused(schema: str, text: str, old: str, new: str) -> None:
    """A misspelt word, field, date or term and a missing field are each marked."""
    assert old in text
    assert faults_in(schema, text.replace(old, new)) != []


@pytest.mark.parametrize("text", ["2018", "2018-12", "2018-12-05", "2018/2019-02", "5 May", "18"])
def test_dates_in_the_schema_are_those_that_the_loader_reads(text: str) -> None:
    """A date's form is right in the schema when it is right in ``law.dates``."""
    assert pattern(data_schema._DATE, text) == accepts(lambda: span(text))


@pytest.mark.parametrize("text", ["1 year", "45 days", "5 working days", "a year", "1 week", "1"])
def test_terms_in_the_schema_are_those_that_the_loader_reads(text: str) -> None:
    """A term is right in the schema when it is right in ``law.dates``."""
    assert pattern(data_schema._TERM, text) == accepts(lambda: check_term(text))


def pattern(schema: dict[str, str], text: str) -> bool:
    """Return whether a text has a schema's pattern."""
    return re.search(schema["pattern"], text) is not None


def accepts(check: Any) -> bool:
    """Return whether a check raises nothing."""
    try:
        check()
    except ValueError:
        return False
    return True


def test_the_files_are_json_with_a_newline_at_the_end() -> None:
    """What is committed can be read by anything, and is written the same on every system."""
    for path in sorted(data_schema.FOLDER.glob("*.json")):
        raw = path.read_bytes()
        assert json.loads(raw) == SCHEMAS[path.name]
        assert raw.endswith(b"}\n")
        assert b"\r" not in raw
