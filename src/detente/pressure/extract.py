"""A trade extract of any country, from a CSV file: Comtrade's columns, BACI's, or plain ones.

Every row is checked before anything is counted, and the first one that cannot be right is named
with its line.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
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
    "period": ("period",),
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
_AMOUNT: Final = re.compile(r"[-+]?(\d+|\d{1,3}([, ]\d{3})+)?(\.\d*)?([eE][-+]?\d+)?")
_ROUNDING: Final = 0.02
"""By what share goods may come to more than the row that sums them up."""
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
    rows = _rows(text, path)
    _, head = next(rows, (1, []))
    places = _places(head, path)
    lines = [_line(row, places, number, path) for number, row in rows]
    if not lines:
        raise UsageError(f"{path} holds no row below its header; export the extract again")
    lines, who, mirror = _seen_from(lines, country, path, baci="baci" in places)
    _check_repeats(lines, path)
    _check_sums(lines, path)
    return Extract(name=path.name, country=who, lines=tuple(lines), mirror=mirror)


def _rows(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not empty, with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise UsageError(
                f"{path}:{number}: the row cannot be read as CSV ({error}); mend its quotes"
            ) from None
        if row is None:
            return
        if any(cell.strip() for cell in row):
            yield number, row


def _places(head: list[str], path: Path) -> dict[str, int]:
    """Where each column stands."""
    plain = ["".join(char for char in cell.lower() if char.isalnum()) for cell in head]
    baci = set(_BACI) <= set(plain)
    other = next((sign for sign in ";\t|" if len(head) == 1 and sign in head[0]), None)
    if other is not None:
        raise UsageError(f"{path}:1: the columns are apart by {other!r}; save it with commas")
    found = {}
    for column, names in COLUMNS.items():
        for name in names:
            if name in plain and (len(name) > 1 or baci):
                if plain.count(name) > 1:
                    raise UsageError(f"{path}:1: two columns are named {name!r}; remove one")
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
    return found | {"width": len(head)}


def _line(row: list[str], places: Mapping[str, int], number: int, path: Path) -> Line:
    def cell(column: str) -> str:
        place = places.get(column)
        return row[place].strip() if place is not None and place < len(row) else ""

    def wrong(text: str) -> UsageError:
        return UsageError(f"{path}:{number}: {text}")

    if any(text.strip() for text in row[places["width"] :]):
        raise wrong("more cells than the header has; put amounts with commas in quotes")
    year = cell("year")
    if not (year.isascii() and year.isdigit() and len(year) == 4 and 1900 <= int(year) <= 2100):
        raise wrong(f"{year!r} is no year; write four digits, one row a year and not a month")
    if cell("period") not in ("", year):
        raise wrong(f"the period {cell('period')!r} is no year; bring one row a year")
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
        number, int(year), flow, code.upper(), scale * _number(cell("value"), wrong),
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
        known = text.isascii() and (_AMOUNT.fullmatch(text) or not math.isfinite(value))
    except ValueError:
        known = None
    if not known:
        raise wrong(f"{text!r} is no amount; write a number, with a point before decimals")
    if not 0 <= value < math.inf:
        raise wrong(f"the amount {text} makes no sense; write 0 or more")
    return value


def _seen_from(
    lines: list[Line], country: str | None, path: Path, *, baci: bool
) -> tuple[list[Line], str | None, bool]:
    """Rows whose flows are seen from one country, which reported them or is their partner.

    BACI reconciles both sides and writes each flow once, from the exporter: the other rows of the
    country are its imports. Elsewhere what it reported itself stands before its partners' word.
    """
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
    if own and not baci:
        return own, country, False
    others = [
        line._replace(flow=_MIRROR[line.flow]) for line in lines
        if line.partner.lower() == country.lower()
    ]  # fmt: skip
    others = [line._replace(partner=line.reporter) for line in others]
    if not others and not own:
        known = ", ".join(sorted(reporters | partners)[:6])
        raise UsageError(f"{path} holds no trade of {country!r}; it names {known}")
    return own + others, country, not baci


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


def _check_sums(lines: Iterable[Line], path: Path) -> None:
    """Refuse a row that sums up others and comes to less than they do, or a total of nothing."""
    tables: dict[tuple[int, Flow], dict[str, float]] = {}
    first: dict[tuple[int, Flow, str], int] = {}
    for line in lines:
        table = tables.setdefault((line.year, line.flow), {})
        table[line.hs] = table.get(line.hs, 0.0) + line.value
        first.setdefault((line.year, line.flow, line.hs), line.number)
    for (year, flow), table in tables.items():
        sums: dict[str, float] = {}
        for code, value in table.items():
            wider = nearest_wider(code, table)
            if wider is not None:
                sums[wider] = sums.get(wider, 0.0) + value
        for code, total in sums.items():
            if total > table[code] * (1 + _ROUNDING):
                raise UsageError(
                    f"{path}:{first[year, flow, code]}: {code} comes to {table[code]:g} USD m in "
                    f"{year}, but the {flow}s within it to {total:g}; mend the amounts or the units"
                )
        if not any(table.values()):
            number = min(first[year, flow, code] for code in table)
            raise UsageError(f"{path}:{number}: all {flow}s of {year} are 0; leave the year out")


def nearest_wider(code: str, codes: Collection[str]) -> str | None:
    """Return the narrowest of ``codes`` that a code lies within, ``TOTAL`` at last; or None."""
    if code == "TOTAL":
        return None
    inside = (code[:n] for n in range(len(code) - 1, 1, -1) if code[:n] in codes)
    return next(inside, "TOTAL" if "TOTAL" in codes else None)
