"""Which regimes are compared, each on which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from detente.days import day_of
from detente.errors import UnknownIdError, UsageError
from detente.evidence.load import shipped
from detente.law.load import load
from detente.relief.exits import Case


def cases_of(names: Sequence[str], days: Iterable[str]) -> list[Case]:
    """Return the regimes to compare, each on the evidence that ships with it.

    Args:
        names: names or folders of regimes.
        days: ``DATE`` for all regimes, ``NAME=DATE`` for one.

    Raises:
        UsageError: days make no sense.
        UnknownIdError: no regime has a name, or a day is for one that is not compared.
    """
    wanted = days_by_name(days)
    laws = [(ref, load(ref)) for ref in names]
    ids = {name: law.id for ref, law in laws for name in (ref, law.id)}
    by_id = _by_id(wanted, ids)
    return [Case(law, shipped(law), by_id.get(law.id, wanted.get(None))) for _, law in laws]


def days_by_name(days: Iterable[str]) -> dict[str | None, date]:
    """Return the day of each regime named, and of all others under None.

    Args:
        days: ``DATE`` or ``NAME=DATE``.

    Raises:
        UsageError: a text is no date, or two are given for the same.
    """
    found: dict[str | None, date] = {}
    for text in days:
        name, equals, day = text.rpartition("=")
        key = name if equals else None
        if key in found:
            who = f"the regime {key}" if equals else "all regimes"
            raise UsageError(f"--as-of gives {who} two days; give one")
        found[key] = day_of(day)
    return found


def _by_id(days: Mapping[str | None, date], ids: Mapping[str, str]) -> dict[str, date]:
    """Return the days by the regimes' ids; a regime may be named by its folder too."""
    found: dict[str, date] = {}
    for name, day in days.items():
        if name is None:
            continue
        if name not in ids:
            raise UnknownIdError("regime compared here", name, ids)
        if ids[name] in found:
            raise UsageError(f"--as-of gives the regime {ids[name]} two days; give one")
        found[ids[name]] = day
    return found
