"""Reading the files of offers, with every problem and its line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from detente.errors import DataError, Problem, nearest
from detente.law.dates import span
from detente.law.decode import decode
from detente.law.read import Document, read
from detente.law.regime import Regime
from detente.offers.load import measures_of
from detente.offers.model import Clause, Offer, Reading

ROLES: Final = ("target", "sender")


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


def from_data(data: object, regime: Regime) -> Offer:
    """Return an offer from plain data, such as the body of a request.

    Args:
        data: the offer, with the fields of an offer's file.
        regime: the regime that it is read for.

    Raises:
        DataError: it has problems, all of them listed.
    """
    problems: list[Problem] = []
    doc = Document("offer", data, {})
    offer = decode(Offer, data, doc, problems)
    if offer is not None:
        problems += [
            Problem(doc.file, None, offer.id, problem, suggestion)
            for _, problem, suggestion in _problems(offer, regime)
        ]
    if offer is None or problems:
        raise DataError(problems)
    return offer


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
    for fact in (*offer.run_up, *offer.aftermath):
        for id_ in fact.measures:
            if id_ not in regime.measures:
                text = f"the event of {fact.date} names the unknown measure {id_!r}"
                yield "aftermath", text, nearest(id_, regime.measures)
    for id_ in offer.counted:
        if id_ not in regime.instruments:
            text = f"counts the unknown instrument {id_!r}"
            yield "counted", text, nearest(id_, regime.instruments)
    share = offer.terms.observed_share if offer.terms else None
    if share and not 0 <= share.low <= share.central <= share.high <= 1:
        yield "terms", "has an observed share out of order", "keep 0 <= low <= central <= high <= 1"
    for position in offer.positions:
        if position.role not in ROLES:
            yield (
                "positions",
                f"gives {position.party} the role {position.role!r}",
                nearest(position.role, ROLES),
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
