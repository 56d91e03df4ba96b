"""Reading the files of pressure, with every problem and its line.

The files stand in the folder ``pressure`` of a regime; a regime without one has no rows. Ids are
unique over all its tables and apart from the regime's own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from detente.errors import DataError, Problem, UsageError, nearest
from detente.law.cache import cached
from detente.law.dates import span
from detente.law.model import Range, Source
from detente.law.regime import Regime
from detente.pressure.formulas import names_of
from detente.pressure.model import (
    Allowance,
    Band,
    BargainingGrid,
    Bounds,
    Cited,
    CoalitionLimit,
    Episode,
    Estimate,
    Lever,
    Planning,
    Pressure,
    Stream,
    TradeRow,
)
from detente.pressure.plan_files import coalition_faults, planning_faults, stream_faults

if TYPE_CHECKING:
    from detente.law.read import Document

FILES: Final[dict[str, tuple[str, type[Any]]]] = {
    "sources.yaml": ("sources", Source),
    "levers.yaml": ("levers", Lever),
    "planning.yaml": ("planning", Planning),
    "streams.yaml": ("streams", Stream),
    "coalition.yaml": ("coalition", CoalitionLimit),
    "trade.yaml": ("trade", TradeRow),
    "allowances.yaml": ("allowances", Allowance),
    "episodes.yaml": ("episodes", Episode),
    "grid.yaml": ("grids", BargainingGrid),
    "estimates.yaml": ("estimates", Estimate),
}
"""The files of the folder: the one key of each, which is also the table, and its type of row."""

_HS: Final = re.compile(r"\d{2}|\d{4}|\d{6}")
_DAYS_A_MONTH: Final = 30.44

Fault = tuple[str, str, str]
"""The field at fault, what is wrong, and what would be right."""


def load(regime: Regime) -> Pressure:
    """Return everything that a regime knows of pressure, from the cache where nothing changed.

    Raises:
        DataError: the files have problems, all of them listed.
    """
    folder = Path(regime.folder) / "pressure"
    if not folder.is_dir():
        return Pressure()

    def build() -> Pressure:
        pressure, problems = _read_folder(folder, regime)
        if problems:
            raise DataError(problems)
        return pressure

    return cached(f"pressure-{regime.id}", regime.edition, Pressure, build)


def check_folder(folder: Path, regime: Regime) -> list[Problem]:
    """Return everything that is wrong in the files of a folder of pressure."""
    return _read_folder(folder, regime)[1]


def load_grids(path: Path, regime: Regime) -> dict[str, BargainingGrid]:
    """Return the bargaining grids of one file, which is written as ``pressure/grid.yaml`` is.

    Args:
        path: the file; its grids may have the ids of grids that ship with the regime.
        regime: the regime whose offers they are about.

    Raises:
        DataError: the file has problems, all of them listed.
    """
    from detente.law.read import read

    problems: list[Problem] = []
    grids: dict[str, Any] = {}
    doc = read(path)
    known = load(regime)
    for raw in _list(doc, "grids", problems):
        row = _row(BargainingGrid, raw, doc, grids, {}, regime, problems)
        for field, problem, suggestion in _faults(row, known, regime) if row else ():
            problems.append(Problem(doc.file, doc.line(raw, field), row.id, problem, suggestion))
    if problems:
        raise DataError(problems)
    return grids


def _paths(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml"))


def _read_folder(folder: Path, regime: Regime) -> tuple[Pressure, list[Problem]]:
    from detente.law.read import read  # YAML: only a cold command reads it

    problems: list[Problem] = []
    tables: dict[str, dict[str, Any]] = {table: {} for table, _ in FILES.values()}
    rows: list[tuple[Any, Document, object]] = []
    origins: dict[str, str] = {}
    broken: set[str] = set()
    for path in _paths(folder):
        if path.name not in FILES:
            advice = nearest(path.name, FILES)
            problems.append(Problem(str(path), None, None, "is no file of pressure", advice))
            continue
        try:
            doc = read(path)
        except DataError as error:
            problems += error.problems
            continue
        table, kind = FILES[path.name]
        for raw in _list(doc, table, problems):
            row = _row(kind, raw, doc, tables[table], origins, regime, problems)
            if row is not None:
                rows.append((row, doc, raw))
            elif isinstance(raw, dict):
                broken.add(f"{raw.get('id')!r}")
    pressure = Pressure(**tables, origins=origins)
    for row, doc, raw in rows:
        for field, problem, suggestion in _faults(row, pressure, regime):
            if any(id_ in problem for id_ in broken):
                continue  # what is wrong with the row that is named is told already
            problems.append(Problem(doc.file, doc.line(raw, field), row.id, problem, suggestion))
    return pressure, sorted(problems, key=lambda item: (item.file, item.line or 0, item.problem))


def _list(doc: Document, key: str, problems: list[Problem]) -> list[Any]:
    """Return the items of a file's one key."""
    data = doc.data if isinstance(doc.data, dict) else {}
    for other in data.keys() - {key}:
        line = doc.line(data, other)
        problems.append(Problem(doc.file, line, None, f"unknown {other!r}", f"the key is {key!r}"))
    items = data.get(key)
    if isinstance(items, list):
        return items
    text = f"{key!r} is no list" if key in data else f"holds no {key!r}"
    line = doc.line(data, key) if key in data else 1
    problems.append(Problem(doc.file, line, None, text, f"write {key}: and - items"))
    return []


def _row(
    kind: type[Any],
    raw: object,
    doc: Document,
    table: dict[str, Any],
    origins: dict[str, str],
    regime: Regime,
    problems: list[Problem],
) -> Any:
    """Decode one row and keep it, unless its id is taken here or in the regime."""
    from detente.law.decode import decode  # YAML: only a cold command reads it

    row = decode(kind, raw, doc, problems)
    if row is None:
        return None
    place = f"source:{row.id}" if kind is Source else row.id
    line = doc.line(raw)
    first = origins.get(place) or regime.origins.get(place)
    if first is not None:
        text = f"the id is taken by {first}"
        problems.append(Problem(doc.file, line, row.id, text, "give each row its own id"))
        return None
    table[row.id] = row
    origins[place] = f"pressure/{Path(doc.file).name}:{line}"
    return row


def _faults(row: Any, pressure: Pressure, regime: Regime) -> Iterable[Fault]:
    """Yield what does not fit in one row."""
    if isinstance(row, Cited):
        if not row.sources:
            yield "sources", "cites no source", "name one; a judgement cites the analyst"
        known = regime.sources.keys() | pressure.sources.keys()
        yield from _unknown("sources", "source", row.sources, known)
    if isinstance(row, Lever | TradeRow):
        yield from _unknown("measures", "measure", row.measures, regime.measures)
        yield from _unknown("instruments", "instrument", row.instruments, regime.instruments)
    if isinstance(row, Lever):
        yield from _lever(row, pressure)
    elif isinstance(row, Planning):
        yield from planning_faults(row, pressure)
    elif isinstance(row, Stream):
        yield from stream_faults(row, pressure)
    elif isinstance(row, CoalitionLimit):
        yield from coalition_faults(row, pressure)
    elif isinstance(row, TradeRow):
        yield from _trade(row)
    elif isinstance(row, Allowance):
        yield from _allowance(row, pressure, regime)
    elif isinstance(row, Episode):
        yield from _episode(row, regime)
    elif isinstance(row, BargainingGrid):
        yield from _grid(row, regime)
    elif isinstance(row, Estimate):
        yield from _estimate(row)


def _unknown(
    field: str, what: str, ids: Iterable[str], known: Collection[str], where: str = "names"
) -> Iterable[Fault]:
    for id_ in ids:
        if id_ not in known:
            yield field, f"{where} the unknown {what} {id_!r}", nearest(id_, known)


def _order(
    field: str, value: Range | Band | Bounds, low: float = -math.inf, high: float = math.inf
) -> Iterable[Fault]:
    """Yield a fault where a range is out of order or of its limits."""
    central = getattr(value, "central", None)
    steps = [low, value.low, *([] if central is None else [central]), value.high, high]
    if not all(math.isfinite(step) for step in steps[1:-1]):
        yield field, f"has a {field} without end", "write finite numbers"
    elif steps != sorted(steps):
        names = ["low", *([] if central is None else ["central"]), "high"]
        limits = [f"{low:g}"] * (low > -math.inf), [f"{high:g}"] * (high < math.inf)
        advice = "keep " + " <= ".join([*limits[0], *names, *limits[1]])
        yield field, f"has a {field} out of order", advice


def _lever(row: Lever, pressure: Pressure) -> Iterable[Fault]:
    for field, value in (("cost", row.cost), ("effect", row.effect), ("lead", row.lead)):
        yield from _order(field, value, 0)
    if not 0 <= row.humanitarian_harm <= 4:
        text = f"has the humanitarian harm {row.humanitarian_harm}"
        yield "humanitarian_harm", text, "keep from 0 (none) to 4 (severe)"
    yield from _unknown("rests_on", "row", row.rests_on, _numbers(pressure))


def _numbers(pressure: Pressure) -> Collection[str]:
    return pressure.trade.keys() | pressure.estimates.keys()


def _codes(codes: Iterable[str]) -> Iterable[Fault]:
    for code in codes:
        if not _HS.fullmatch(code):
            yield "hs", f"has the code {code!r}", "write 2, 4 or 6 digits, in quotes"


def _allowance(row: Allowance, pressure: Pressure, regime: Regime) -> Iterable[Fault]:
    yield from _unknown("measure", "measure", [row.measure], regime.measures)
    yield from _order("through", row.through, 0, 1 if row.unit == "share" else math.inf)
    yield from _codes(row.hs)
    yield from _unknown("rests_on", "row", row.rests_on, _numbers(pressure))
    for other in pressure.allowances.values():
        same = other.measure == row.measure and other.id < row.id
        if same and (other.hs == row.hs or not (other.hs and row.hs)):
            text = f"allows again what {other.id} allows under {row.measure}"
            yield "hs", text, "name the goods of each, or keep one row"


def _trade(row: TradeRow) -> Iterable[Fault]:
    yield from _order("value", row.value, -math.inf if row.unit == "%" else 0)
    yield from _codes(row.hs)
    if not 1900 <= row.year <= 2100:
        yield "year", f"is about the year {row.year}", "mend the year"
    elif row.months is not None:
        try:
            part = span(row.months)
        except ValueError as error:
            yield "months", str(error), "mend the date"
            return
        whole = span(str(row.year))
        if part.start < whole.start or part.end > whole.end:
            text = f"is about {row.months}, which is not in {row.year}"
            yield "months", text, "mend the year or the months"


def _episode(row: Episode, regime: Regime) -> Iterable[Fault]:
    if row.precedent is not None:
        yield from _unknown("precedent", "precedent", [row.precedent], regime.precedents)
    if not 0 <= row.observed_share <= 1:
        yield "observed_share", f"observed the share {row.observed_share}", "keep from 0 to 1"
    for field in ("start", "end"):
        try:
            span(getattr(row, field))
        except ValueError as error:
            yield field, str(error), "mend the date"
            return
    start, end = span(row.start), span(row.end)
    if end.end <= start.start:
        yield "end", f"ended on {row.end}, before it began ({row.start})", "mend one of the dates"
        return
    least = (end.start - start.end).days / _DAYS_A_MONTH
    most = (end.end - start.start).days / _DAYS_A_MONTH
    if not least - 0.1 <= row.months <= most + 0.1:
        text = f"lasted {row.months:g} months, from {row.start} to {row.end}"
        yield "months", text, f"the dates give {max(least, 0):.1f} to {most:.1f}"


def _grid(row: BargainingGrid, regime: Regime) -> Iterable[Fault]:
    issues = {issue.id: {option.id for option in issue.options} for issue in row.issues}
    if Path(regime.folder, "offers").is_dir():
        offers = [path.stem for path in Path(regime.folder, "offers").glob("*.yaml")]
        yield from _unknown("offer", "offer", [row.offer], offers)
    for issue in row.issues:
        for option in issue.options:
            if not (0 <= option.sender <= 1 and 0 <= option.target <= 1):
                yield "issues", f"{option.id} is worth more or less than all", "keep from 0 to 1"
        if len(issues[issue.id]) < len(issue.options):
            yield "issues", f"{issue.id} repeats an option", "give each option its own id"
    if math.prod(map(len, issues.values())) != row.packages:
        count = math.prod(map(len, issues.values()))
        yield "packages", f"has {count} packages, and says {row.packages}", "mend the count"
    for party in ("sender", "target"):
        weights = row.weights.get(party, {})
        yield from _keys("weights", weights, issues, f"the weights of the {party}")
        if not math.isclose(sum(weights.values()), 1, abs_tol=1e-9):
            text = f"weights of the {party} add up to {sum(weights.values()):g}"
            yield "weights", text, "make them add up to 1"
        if any(not 0 <= weight <= 1 for weight in weights.values()):
            yield "weights", f"a weight of the {party} is below 0 or above 1", "keep from 0 to 1"
        if party not in row.reservation:
            yield "reservation", f"gives the {party} no reservation", "add it"
        if party not in row.parties:
            yield "parties", f"does not say who the {party} is", "add it"
    for field in ("no_deal", "target_offer", "sender_offer"):
        chosen: dict[str, str] = getattr(row, field)
        yield from _keys(field, chosen, issues, field)
        for issue_id, option_id in chosen.items():
            yield from _unknown(field, "option", [option_id], issues.get(issue_id, {option_id}))
    yield from _ceiling(row, issues)
    yield from _interactions(row, issues)
    yield from _unknown("conduct", "issue", row.conduct, issues)
    for threshold in row.thresholds:
        options = issues.get(row.ceiling.conduct, {*threshold.conduct})  # told by the ceiling
        yield from _unknown("thresholds", "option", threshold.conduct, options)
        if "{value}" not in threshold.text or not threshold.conduct:
            yield "thresholds", f"{threshold.id} says no {{value}} or no conduct", "give both"


def _interactions(row: BargainingGrid, issues: Mapping[str, set[str]]) -> Iterable[Fault]:
    for item in row.interactions:
        yield from _unknown("interactions", "issue", [item.issue], issues)
        try:
            names = names_of(item.formula)
        except UsageError as error:
            yield "interactions", f"{item.id}: {error}", "mend the formula"
            continue
        yield from _unknown("interactions", "name", names, issues.keys() | item.parameters.keys())


def _keys(
    field: str, given: Mapping[str, object], issues: Mapping[str, object], where: str
) -> Iterable[Fault]:
    """Yield a fault for each issue that is missing or unknown."""
    yield from _unknown(field, "issue", given, issues, f"{where}: names")
    for issue in issues.keys() - given.keys():
        yield field, f"{where}: says nothing of {issue}", "add it"


def _ceiling(row: BargainingGrid, issues: Mapping[str, set[str]]) -> Iterable[Fault]:
    ceiling = row.ceiling
    named = (ceiling.relief, ceiling.conduct, ceiling.verification)
    yield from _unknown("ceiling", "issue", named, issues)
    options = issues.get(ceiling.conduct, set())
    if ceiling.shares.keys() != options:
        text = f"caps relief for {', '.join(ceiling.shares)}"
        yield "ceiling", text, f"name each option of {ceiling.conduct}"
    levels = issues.get(ceiling.verification, {ceiling.verified_from})
    yield from _unknown("ceiling", "option", [ceiling.verified_from], levels)
    if not all(0 <= share <= 1 for share in (*ceiling.shares.values(), ceiling.otherwise)):
        yield "ceiling", "caps relief at more or less than all of it", "keep from 0 to 1"


def _estimate(row: Estimate) -> Iterable[Fault]:
    if (row.value is None) != (row.unit is None):
        yield "unit", "has a value without a unit, or a unit without a value", "give both or none"
    if row.value is not None:
        yield from _order("value", row.value)
