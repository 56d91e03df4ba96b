"""A trade extract of any country, from a CSV file: Comtrade's columns, BACI's, or plain ones.

Every row is checked before anything is counted, and the first one that cannot be right is named
with its line.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

import msgspec

from detente.errors import UsageError
from detente.pressure.hs import CLASSIFICATIONS, problem_of
from detente.pressure.model import Flow

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "year": ("year", "refyear", "period", "t"),
    "flow": ("flow", "flowcode", "flowdesc", "tradeflow", "tradeflowcode"),
    "hs": ("hs", "cmdcode", "commoditycode", "hscode", "k"),
    "value": ("value", "primaryvalue", "tradevalue", "tradevalueus", "v"),
    "unit": ("unit", "currency"),
    "reporter": ("reporter", "reporteriso", "reporterdesc", "reportercode", "i"),
    "partner": ("partner", "partneriso", "partnerdesc", "partnercode", "j"),
    "revision": ("revision", "classification", "classificationcode", "classificationsearchcode"),
}
"""The columns that are read, and what extracts call them, spaces and signs aside."""

UNITS: Final = {
    "usd": 1e-6, "us$": 1e-6, "usd thousand": 1e-3, "thousand usd": 1e-3, "usd k": 1e-3,
    "usd m": 1.0, "usd million": 1.0, "million usd": 1.0,
}  # fmt: skip
"""Units of money, and how many million dollars one is."""

FLOWS: Final[dict[str, Flow]] = {
    "export": "export", "exports": "export", "x": "export", "2": "export",
    "import": "import", "imports": "import", "m": "import", "1": "import",
}  # fmt: skip

Wrong: TypeAlias = Callable[[str], UsageError]
"""A maker of errors that name the row."""

_WORLD: Final = frozenset({"world", "w00", "0", "all"})
_MIRROR: Final[dict[Flow, Flow]] = {"export": "import", "import": "export"}
_MOST: Final = 64 * 1024 * 1024
_BACI: Final = ("t", "i", "j", "k", "v")


class Line(NamedTuple):
    """A row of the file: its line, and what it says."""

    number: int
    year: int
    flow: Flow
    hs: str
    value: float
    reporter: str
    partner: str


class Extract(msgspec.Struct, frozen=True, kw_only=True):
    """A checked extract.

    Attributes:
        name: of the file.
        country: whose trade it is, as the file writes it; None where the file does not say.
        lines: the rows, their flows seen from that country.
        mirror: whether the rows were reported by its partners.
    """

    name: str
    country: str | None
    lines: tuple[Line, ...]
    mirror: bool


def read_extract(path: Path, country: str | None = None) -> Extract:
    """Return a trade extract with every row checked.

    Args:
        path: a CSV file with a header.
        country: whose trade is asked about, as the file writes it; needed where the file has
            several reporters and several partners.

    Raises:
        UsageError: the file cannot be read as an extract; the message names the row.
    """
    try:
        if path.stat().st_size > _MOST:
            raise UsageError(f"{path} is larger than {_MOST >> 20} MB; cut it to one country")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{path} is no text in UTF-8; save it as CSV in UTF-8") from None
    rows = csv.reader(text.splitlines())
    head = next(rows, [])
    places = _places(head, path)
    lines = [
        _line(row, places, number, path)
        for number, row in enumerate(rows, start=2)
        if any(cell.strip() for cell in row)
    ]
    if not lines:
        raise UsageError(f"{path} holds no row below its header; export the extract again")
    lines, who, mirror = _seen_from(lines, country, path)
    _check_repeats(lines, path)
    return Extract(name=path.name, country=who, lines=tuple(lines), mirror=mirror)


def _places(head: list[str], path: Path) -> dict[str, int]:
    """Where each column stands."""
    plain = ["".join(char for char in cell.lower() if char.isalnum()) for cell in head]
    baci = set(_BACI) <= set(plain)
    found = {}
    for column, names in COLUMNS.items():
        for name in names:
            if name in plain and (len(name) > 1 or baci):
                found[column] = plain.index(name)
                break
    needed = ("year", "hs", "value") if baci else ("year", "flow", "hs", "value")
    for column in needed:
        if column not in found:
            raise UsageError(
                f"{path}:1: no column for the {column}; name one {COLUMNS[column][0]!r} "
                "(or bring an extract as Comtrade or BACI writes it)"
            )
    if baci:
        found["baci"] = 1
    return found


def _line(row: list[str], places: Mapping[str, int], number: int, path: Path) -> Line:
    def cell(column: str) -> str:
        place = places.get(column)
        return row[place].strip() if place is not None and place < len(row) else ""

    def wrong(text: str) -> UsageError:
        return UsageError(f"{path}:{number}: {text}")

    year = cell("year")
    if not (year.isascii() and year.isdigit() and len(year) == 4 and 1900 <= int(year) <= 2100):
        raise wrong(f"{year!r} is no year; write four digits, one row a year and not a month")
    code = cell("hs").strip("'")
    if code.upper() != "TOTAL":
        revision = _revision(cell("revision"), wrong)
        if "baci" in places and len(code) == 5:
            code = f"0{code}"  # spreadsheets drop the zero, and BACI's codes have six digits
        problem = problem_of(code, revision)
        if problem is not None:
            raise wrong(problem)
    if "baci" in places:
        flow: Flow | None = "export"
        scale = UNITS["usd thousand"]
    else:
        flow = FLOWS.get(cell("flow").lower())
        scale = _scale(cell("unit"), wrong)
    if flow is None:
        raise wrong(f"{cell('flow')!r} is no flow; write export or import (X or M)")
    return Line(
        number, int(year), flow, code.upper()[:6], scale * _number(cell("value"), wrong),
        cell("reporter"), cell("partner"),
    )  # fmt: skip


def _revision(text: str, wrong: Wrong) -> int | None:
    if not text or text.upper() == "HS":
        return None
    key = text.upper().replace(" ", "")
    if key not in CLASSIFICATIONS:
        raise wrong(f"{text!r} is no revision of the HS; write H0 to H6, or HS2017")
    return CLASSIFICATIONS[key]


def _scale(text: str, wrong: Wrong) -> float:
    if not text:
        return UNITS["usd"]
    scale = UNITS.get(text.lower())
    if scale is None:
        raise wrong(f"the unit {text!r} is not known; write USD, USD thousand or USD m")
    return scale


def _number(text: str, wrong: Wrong) -> float:
    try:
        value = float(text.replace(",", "").replace(" ", ""))
    except ValueError:
        raise wrong(f"{text!r} is no amount; write a number") from None
    if not 0 <= value < math.inf:
        raise wrong(f"the amount {text} makes no sense; write 0 or more")
    return value


def _seen_from(
    lines: list[Line], country: str | None, path: Path
) -> tuple[list[Line], str | None, bool]:
    """Rows whose flows are seen from one country, which reported them or is their partner."""
    reporters = {line.reporter for line in lines if line.reporter}
    partners = {line.partner for line in lines if line.partner}
    if not reporters:
        return lines, country, False
    if country is None:
        if len(reporters) == 1:
            country = next(iter(reporters))
        elif len(partners) == 1 and not partners & _WORLD:
            country = next(iter(partners))
        else:
            raise UsageError(
                f"{path} has {len(reporters)} reporters and {len(partners)} partners; say whose "
                "trade it is with --country, as the file writes it"
            )
    own = [line for line in lines if line.reporter.lower() == country.lower()]
    if own:
        return own, country, False
    others = [
        line._replace(flow=_MIRROR[line.flow]) for line in lines
        if line.partner.lower() == country.lower()
    ]  # fmt: skip
    if not others:
        known = ", ".join(sorted(reporters | partners)[:6])
        raise UsageError(f"{path} holds no trade of {country!r}; it names {known}")
    return [line._replace(partner=line.reporter) for line in others], country, True


def _check_repeats(lines: Iterable[Line], path: Path) -> None:
    """Refuse rows that say the same thing twice, or once by partner and once for all of them."""
    seen: dict[tuple[int, Flow, str, str], int] = {}
    whole: dict[tuple[int, Flow, str], tuple[bool, int]] = {}
    for line in lines:
        key = (line.year, line.flow, line.hs, line.partner.lower())
        if key in seen:
            raise UsageError(
                f"{path}:{line.number}: repeats line {seen[key]} ({line.flow} of {line.hs} in "
                f"{line.year}); remove one of the two"
            )
        seen[key] = line.number
        world = not line.partner or line.partner.lower() in _WORLD
        before = whole.setdefault(key[:3], (world, line.number))
        if before[0] != world:
            raise UsageError(
                f"{path}:{line.number}: counts with line {before[1]} both the world and a single "
                "partner; keep the one or the others"
            )
