"""Offers from files: found by name or path, checked against their regime."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from detente.errors import DataError, Problem, UnknownIdError, nearest
from detente.law.cache import cached, digest
from detente.law.dates import span
from detente.law.decode import decode
from detente.law.find import BUNDLED
from detente.law.load import selected
from detente.law.model import Regime
from detente.law.read import read
from detente.offers.model import Clause, Offer, Reading

ROLES = ("target", "sender")


def names(regime: Regime) -> list[str]:
    """Return the names of the offers that ship with a regime."""
    return sorted(path.stem for path in (Path(regime.folder) / "offers").glob("*.yaml"))


def regime_of(ref: str) -> str | None:
    """Return the regime to which an offer belongs, without loading it.

    Args:
        ref: an offer's name, or the path of its file.

    Returns:
        The regime's name or folder; None where no bundled regime ships such an offer.
    """
    if _is_path(ref):
        doc = read(Path(ref))
        named = doc.data.get("regime") if isinstance(doc.data, dict) else None
        return named if isinstance(named, str) else None
    found = sorted(BUNDLED.glob(f"*/offers/{Path(ref).name}.yaml"))
    return found[0].parent.parent.name if found else None


def _is_path(ref: str) -> bool:
    return ref.endswith((".yaml", ".yml")) or os.sep in ref


def load(regime: Regime, ref: str) -> Offer:
    """Return an offer by the name under which it ships with ``regime``, or by path.

    Raises:
        UnknownIdError: the regime ships no offer of that name.
        DataError: the file has problems, all of them listed.
    """
    path = Path(ref) if _is_path(ref) else Path(regime.folder) / "offers" / f"{ref}.yaml"
    if not _is_path(ref) and ref not in names(regime):
        raise UnknownIdError("offer", ref, names(regime))

    def build() -> Offer:
        offer, problems = check_file(path, regime)
        if offer is None or problems:
            raise DataError(problems)
        return offer

    key = digest([("offer", path)]) + regime.edition
    return cached(f"offer-{path.stem}", key, Offer, build)


def check_file(path: Path, regime: Regime) -> tuple[Offer | None, list[Problem]]:
    """Return an offer and everything that is wrong in its file."""
    problems: list[Problem] = []
    try:
        doc = read(path)
    except DataError as error:
        return None, list(error.problems)
    offer = decode(Offer, doc.data, doc, problems)
    if offer is not None:
        problems += [
            Problem(doc.file, doc.line(doc.data, field), offer.id, problem, suggestion)
            for field, problem, suggestion in _problems(offer, regime)
        ]
        if offer.id != path.stem and not problems:
            text, advice = f"has the id {offer.id!r}", f"rename the file {offer.id}.yaml"
            problems.append(Problem(doc.file, 1, offer.id, text, advice))
    return offer, problems


def measures_of(regime: Regime, reading: Reading) -> tuple[str, ...]:
    """Return the ids of the measures that a reading names, in the regime's order.

    A selector with ``in_force`` keeps those that bind on that day.
    """
    chosen = set(reading.measures)
    tables = {"instruments": regime.instruments, "measures": regime.measures}
    for selector in reading.select:
        ids = set(selected(tables, selector))
        if selector.in_force is not None:
            ids &= set(regime.as_of(selector.in_force).in_force)
        chosen |= ids
    return tuple(id_ for id_ in regime.measures if id_ in chosen)


def clauses(offer: Offer, role: str) -> Iterator[Clause]:
    """Yield what the parties of a role give."""
    for position in offer.positions:
        if position.role == role:
            yield from position.gives


def _problems(offer: Offer, regime: Regime) -> Iterable[tuple[str, str, str]]:
    """Yield field, problem and suggestion for everything that does not fit the regime."""
    if offer.regime != regime.id:
        yield "regime", f"is made in the regime {offer.regime!r}", f"it is read for {regime.id!r}"
    if offer.default_reading not in offer.readings:
        text = f"has the unknown default reading {offer.default_reading!r}"
        yield "default_reading", text, nearest(offer.default_reading, offer.readings)
    for text in (*offer.dates, *(fact.date for fact in (*offer.run_up, *offer.aftermath))):
        try:
            span(text)
        except ValueError as error:
            yield "dates", str(error), "mend the date"
    for position in offer.positions:
        if position.role not in ROLES:
            yield "positions", f"gives {position.party} the role {position.role!r}", nearest(
                position.role, ROLES
            )
        for clause in (*position.gives, *position.asks):
            yield from _clause(clause, regime)
    for name, reading in offer.readings.items():
        yield from _reading(name, reading, regime)


def _clause(clause: Clause, regime: Regime) -> Iterable[tuple[str, str, str]]:
    for given in clause.components:
        if given.component not in regime.components:
            text = f"{clause.id} names the unknown component {given.component!r}"
            yield "positions", text, nearest(given.component, regime.components)
        if given.touched not in ("yes", "partly"):
            text = f"{clause.id} touches {given.component} {given.touched!r}"
            yield "positions", text, nearest(given.touched, ("yes", "partly"))
        range_ = given.fraction
        if range_ and not 0 <= range_.low <= range_.central <= range_.high <= 1:
            text = f"{clause.id} gives {given.component} a fraction out of order"
            yield "positions", text, "keep 0 <= low <= central <= high <= 1"
    for spoken in clause.requirements:
        if spoken.requirement not in regime.requirements:
            text = f"{clause.id} names the unknown requirement {spoken.requirement!r}"
            yield "positions", text, nearest(spoken.requirement, regime.requirements)


def _reading(name: str, reading: Reading, regime: Regime) -> Iterable[tuple[str, str, str]]:
    unknown = [id_ for id_ in reading.measures if id_ not in regime.measures]
    for id_ in unknown:
        text = f"the reading {name!r} names the unknown measure {id_!r}"
        yield "readings", text, nearest(id_, regime.measures)
    instruments = [*reading.whole_instruments, *(i for s in reading.select for i in s.instruments)]
    for id_ in instruments:
        if id_ not in regime.instruments:
            text = f"the reading {name!r} names the unknown instrument {id_!r}"
            yield "readings", text, nearest(id_, regime.instruments)
            unknown.append(id_)
    count = len(measures_of(regime, reading))
    if not unknown and count != reading.count:
        text = f"the reading {name!r} names {count} measures, and says {reading.count}"
        yield "readings", text, "mend the set or the count"
