"""Reading the files of a regime: rows, where they stand, and everything that is wrong with them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from detente.errors import DataError, Problem, nearest
from detente.law import clauses, history, model, subjects, ways
from detente.law.conditions import Condition, filled
from detente.law.decode import decode
from detente.law.load import FOLDERS, files
from detente.law.read import Document, read
from detente.law.regime import Regime
from detente.law.select import selected

T = TypeVar("T")

_TABLES: Final[dict[str, tuple[tuple[str, str, type[Any]], ...]]] = {
    "sources.yaml": (("sources", "sources", model.Source),),
    "requirements.yaml": (
        ("requirements", "requirements", model.Requirement),
        ("events", "events", model.Event),
    ),
    "powers.yaml": (
        ("paths", "paths", ways.ReliefPath),
        ("reimpositions", "reimpositions", ways.Reimposition),
    ),
    "gates.yaml": (("gates", "gates", ways.Gate),),
    "history.yaml": (("history", "history", history.HistoryEvent),),
    "emergencies.yaml": (("emergencies", "emergencies", model.Emergency),),
    "programmes.yaml": (
        ("programmes", "programmes", model.Programme),
        ("designations", "designations", model.Designations),
    ),
    "developments.yaml": (("developments", "developments", subjects.Development),),
}
"""Files of plain lists: key in the file, table of the regime, type of the rows."""


class _Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What ``regime.yaml`` says."""

    id: str
    name: str
    target: str
    summary: str
    reference_date: date
    known_until: date
    areas: tuple[model.IssueArea, ...]
    deciders: dict[str, str] = {}


class Draft(msgspec.Struct):
    """A regime while it is read: the rows so far and everything found wrong.

    Attributes:
        folder: where the files are.
        tables: the rows by table and id.
        origins: file and line of each row.
        problems: everything found wrong.
    """

    folder: Path
    tables: dict[str, dict[str, Any]] = msgspec.field(default_factory=dict)
    origins: dict[str, tuple[str, int | None]] = msgspec.field(default_factory=dict)
    problems: list[Problem] = msgspec.field(default_factory=list)

    def report(self, row_id: str, problem: str, suggestion: str) -> None:
        """Add a problem of the row ``row_id``, at the line where the row stands."""
        file, line = self.origins.get(row_id, ("regime.yaml", None))
        shown = str(self.folder / file)
        self.problems.append(Problem(shown, line, row_id, problem, suggestion))


def draft_of(folder: Path) -> Draft:
    """Read every file of a regime, collecting problems instead of stopping at one."""
    draft = Draft(folder)
    head: _Head | None = None
    for name, path in files(folder):
        part = name.split("/")[0].split("\\")[0]
        if part in (
            "evidence",
            "readings",
            "offers",
            "pressure",
            "briefs",
        ):  # read by the packages above
            continue
        try:
            doc = read(path)
        except DataError as error:
            draft.problems.extend(error.problems)
            continue
        if name == "regime.yaml":
            head = _head(draft, doc)
        elif name in _TABLES:
            _tables(draft, doc, name)
        elif part == "instruments":
            _instrument(draft, doc, name)
        elif part == "components":
            _components(draft, doc, name)
        elif part == "precedents":
            _named(draft, doc, name, "precedents", subjects.Precedent)
        else:
            advice = nearest(name, ["regime.yaml", *_TABLES, *FOLDERS])
            draft.problems.append(Problem(str(path), None, None, "is no file of a regime", advice))
    if head is None and not any(item.file.endswith("regime.yaml") for item in draft.problems):
        text = "is missing"
        draft.problems.append(Problem(str(folder / "regime.yaml"), None, None, text, "write one"))
    draft.tables["head"] = {"": head}
    _resolve_selectors(draft)
    _write_in_reimpositions(draft)
    return draft


def regime_of(draft: Draft, edition: str) -> Regime:
    """Return the regime of a draft without problems."""
    head = draft.tables["head"][""]
    paths: dict[str, ways.ReliefPath] = draft.tables.get("paths", {})
    paths_of: dict[str, list[str]] = {id_: [] for id_ in draft.tables.get("measures", {})}
    gates_of: dict[str, list[str]] = {}
    replaced_by: dict[str, list[str]] = {}
    for path in paths.values():
        for measure in path.applies_to:
            paths_of[measure].append(path.id)
        for other in path.replaces:
            replaced_by.setdefault(other, []).append(path.id)
    for gate in draft.tables.get("gates", {}).values():
        for id_ in gate.paths:
            gates_of.setdefault(id_, []).append(gate.id)
    rows: dict[str, Any] = {name: draft.tables.get(name, {}) for name in _ROWS}
    return Regime(
        **rows,
        id=head.id,
        name=head.name,
        target=head.target,
        summary=head.summary,
        reference_date=head.reference_date,
        known_until=head.known_until,
        deciders=head.deciders,
        edition=edition,
        areas={area.id: area for area in head.areas},
        paths_of={id_: tuple(sorted(items)) for id_, items in paths_of.items()},
        gates_of={id_: tuple(items) for id_, items in gates_of.items()},
        replaced_by={id_: tuple(items) for id_, items in replaced_by.items()},
        origins={id_: f"{file}:{line}" for id_, (file, line) in draft.origins.items()},
    )


_ROWS: Final = (
    "sources", "instruments", "measures", "requirements", "events", "paths", "reimpositions",
    "gates", "history", "emergencies", "components", "developments", "precedents", "programmes",
    "designations",
)  # fmt: skip


def _head(draft: Draft, doc: Document) -> _Head | None:
    head = decode(_Head, doc.data, doc, draft.problems)
    shorts: set[str] = set()
    for area in head.areas if head else ():
        if area.id in draft.origins:
            draft.report(area.id, f"declares the issue area {area.id!r} twice", "keep one")
        elif area.short in shorts:
            text = f"has the short name {area.short!r} of another issue area"
            draft.report(area.id, text, "give each its own: lines are read by it")
        shorts.add(area.short)
        draft.origins[area.id] = ("regime.yaml", None)
    return head


def _tables(draft: Draft, doc: Document, name: str) -> None:
    keys = {key for key, _, _ in _TABLES[name]}
    if name == "programmes.yaml":
        keys |= {"snapshots"}
    _only(draft, doc, keys)
    for key, table, kind in _TABLES[name]:
        rows = _list(draft, doc, doc.data, key)
        for number, raw in enumerate(rows):
            _row(draft, doc, name, table, kind, raw, {}, doc.line(rows, number))


def _instrument(draft: Draft, doc: Document, name: str) -> None:
    data = _mapping(draft, doc)
    own = {key: item for key, item in data.items() if key not in _WITHIN}
    instrument = _named(draft, doc, name, "instruments", model.Instrument, own)
    extra = {"instrument": instrument.id if instrument else str(data.get("id"))}
    for key, kind, more in (
        ("measures", model.Measure, extra),
        ("paths", ways.ReliefPath, dict[str, str]()),
        ("reimpositions", ways.Reimposition, dict[str, str]()),
    ):
        rows = _list(draft, doc, data, key)
        for number, raw in enumerate(rows):
            _row(draft, doc, name, key, kind, raw, more, doc.line(rows, number))


_WITHIN: Final = ("measures", "paths", "reimpositions")
"""The lists that stand in an instrument's file."""

_CONDITIONAL: Final = ("paths", "reimpositions", "gates")
"""The tables whose rows hold conditions."""


def _only(draft: Draft, doc: Document, keys: set[str]) -> None:
    """Report every key at the top of a file that nothing reads."""
    for key in _mapping(draft, doc):
        if key not in keys:
            line, advice = doc.line(doc.data, key), nearest(key, keys)
            draft.problems.append(Problem(doc.file, line, None, f"unknown {key!r}", advice))


def _components(draft: Draft, doc: Document, name: str) -> None:
    data = _mapping(draft, doc)
    _only(draft, doc, {"area", "components"})
    rows = _list(draft, doc, data, "components")
    area = {"area": data.get("area")}
    for number, raw in enumerate(rows):
        _row(draft, doc, name, "components", subjects.Component, raw, area, doc.line(rows, number))


def _named(
    draft: Draft, doc: Document, name: str, table: str, kind: type[T], data: object = None
) -> T | None:
    """Add the one row of a file whose name is the row's id."""
    raw = doc.data if data is None else data
    row = _row(draft, doc, name, table, kind, raw, {}, line=1)
    id_ = raw.get("id") if isinstance(raw, dict) else None
    if isinstance(id_, str) and id_ != Path(name).stem:
        text = f"has the id {id_!r}"
        advice = f"the file's name is the id: rename it {id_}.yaml"
        draft.problems.append(Problem(doc.file, 1, id_, text, advice))
    return row


def _row(
    draft: Draft,
    doc: Document,
    name: str,
    table: str,
    kind: type[T],
    raw: object,
    extra: dict[str, Any],
    line: int | None = None,
) -> T | None:
    """Decode one row, note where it stands and refuse an id that is taken."""
    where = line or doc.line(raw)
    whole = raw
    if isinstance(raw, dict):
        whole = raw | extra
        whole = _with_conditions(draft, doc, whole, table) if table in _CONDITIONAL else whole
        if whole is None:
            return None
        for key in (*raw, None):  # the copy is a new object: its keys keep their lines
            doc.lines[id(whole), key] = doc.lines.get((id(raw), key), where or 1)
    row = decode(kind, whole, doc, draft.problems, where)
    if row is None:
        return None
    id_: str = row.tag if isinstance(row, model.Programme) else row.id  # type: ignore[attr-defined]
    place = f"source:{id_}" if table == "sources" else id_  # sources are cited, never confused
    if _names_its_instrument(draft, row, id_):
        draft.origins[f"instrument:{id_}"] = draft.origins.pop(id_)
    if place in draft.origins:
        file, first = draft.origins[place]
        text = f"the id is taken by {file}:{first}"
        draft.problems.append(Problem(doc.file, where, id_, text, "give each row its own id"))
        return None
    draft.origins[place] = (name, where)
    draft.tables.setdefault(table, {})[id_] = row
    return row


def _names_its_instrument(draft: Draft, row: object, id_: str) -> bool:
    """Whether a measure has the id of its own instrument: the text that imposes nothing else."""
    own = isinstance(row, model.Measure) and row.instrument == id_
    return own and id_ in draft.tables.get("instruments", {}) and id_ in draft.origins


def _with_conditions(draft: Draft, doc: Document, raw: dict[str, Any], table: str) -> Any:
    """Return the row with its conditions in tagged form, its selector kept for later."""
    failed = False
    id_ = raw.get("id") if isinstance(raw.get("id"), str) else None

    def report(container: object, key: object, problem: str, suggestion: str) -> None:
        nonlocal failed
        failed = True
        line = doc.line(container, key) or doc.line(raw)
        draft.problems.append(Problem(doc.file, line, id_, problem, suggestion))

    def convert(item: Any) -> Any:
        if not isinstance(item, dict) or "condition" not in item:
            return item
        return item | {"condition": clauses.tagged(item["condition"], report)}

    done = convert(raw)
    if "renewal" in done:
        done = done | {"renewal": convert(done["renewal"])}
    if isinstance(done.get("riders"), list):
        done = done | {"riders": [convert(item) for item in done["riders"]]}
    if isinstance(done.get("applies_to"), dict):
        selector = decode(ways.Selector, done["applies_to"], doc, draft.problems)
        draft.tables.setdefault("selectors", {})[str(id_)] = (table, selector)
        done = done | {"applies_to": []}
    return None if failed else done


def _resolve_selectors(draft: Draft) -> None:
    """Name the measures of every row that says what they are instead of which."""
    for id_, (table, selector) in draft.tables.pop("selectors", {}).items():
        path = draft.tables.get(table, {}).get(id_)
        if path is not None and selector is not None:
            _check_selector(draft, id_, selector)
            chosen = tuple(
                selected(
                    selector, draft.tables.get("instruments", {}), draft.tables.get("measures", {})
                )
            )
            draft.tables[table][id_] = msgspec.structs.replace(path, applies_to=chosen)


def _write_in_reimpositions(draft: Draft) -> None:
    """Write the condition of each re-imposition into the conditions that name it."""
    rows = draft.tables.get("reimpositions", {})
    found: dict[str, Condition] = {id_: row.condition for id_, row in rows.items()}

    def whole(row: Any) -> Any:
        return msgspec.structs.replace(row, condition=filled(row.condition, found))

    for id_, path in draft.tables.get("paths", {}).items() if found else ():
        draft.tables["paths"][id_] = msgspec.structs.replace(
            whole(path),
            renewal=whole(path.renewal) if path.renewal else None,
            riders=tuple(map(whole, path.riders)),
        )
    for id_, gate in draft.tables.get("gates", {}).items() if found else ():
        draft.tables["gates"][id_] = whole(gate)


def _check_selector(draft: Draft, id_: str, selector: ways.Selector) -> None:
    known = draft.tables.get("instruments", {})
    for instrument in selector.instruments:
        if instrument not in known:
            text = f"selects measures of the unknown instrument {instrument!r}"
            draft.report(id_, text, nearest(instrument, known))
    if selector.in_force is not None:
        text = "selects measures by a day, which means nothing for a path"
        draft.report(id_, text, "remove in_force: a path applies whenever its measure binds")


def _mapping(draft: Draft, doc: Document) -> dict[str, Any]:
    if isinstance(doc.data, dict):
        return doc.data
    text = "holds no mapping at its top"
    draft.problems.append(Problem(doc.file, 1, None, text, "see the data format's documentation"))
    return {}


def _list(draft: Draft, doc: Document, data: object, key: str) -> list[Any]:
    item = data.get(key, []) if isinstance(data, dict) else []
    if isinstance(item, list):
        return item
    line = doc.line(data, key)
    draft.problems.append(Problem(doc.file, line, None, f"{key!r} is no list", "write - items"))
    return []
