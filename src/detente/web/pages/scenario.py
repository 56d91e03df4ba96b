"""What a reader switched on and off on the board, and the offer that it makes.

A scenario is nothing but its query string, so a link to the page is the scenario.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, Literal
from urllib.parse import urlencode

import msgspec

from detente.days import day_of
from detente.errors import UnknownIdError, UsageError
from detente.law.regime import Regime
from detente.offers.load import measures_of
from detente.offers.model import Offer, Position

BOARD: Final = "the board"
"""The name of the reading that a reader put together."""


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """An offer as a reader changed it.

    Attributes:
        reading: the reading from which the asks start.
        without: ids of the gives that are switched off.
        added: measures asked for beyond the reading.
        dropped: measures of the reading that are not asked for.
        as_of: the day of the law and of the facts; the offer's own, where None.
        scope: how disputed gives are read.
        revival: whether older caps revive.
    """

    reading: str
    without: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    as_of: date | None = None
    scope: Literal["narrow", "broad"] | None = None
    revival: Literal["revive", "lapse"] | None = None

    def query(self) -> str:
        """Return the query string that leads back here; nothing that is as it was is in it."""
        pairs: list[tuple[str, str]] = [("reading", self.reading)]
        pairs += [("without", id_) for id_ in self.without]
        pairs += [("added", id_) for id_ in self.added]
        pairs += [("dropped", id_) for id_ in self.dropped]
        for name in ("as_of", "scope", "revival"):
            value = getattr(self, name)
            if value is not None:
                pairs.append((name, str(value)))
        return urlencode(pairs)


def scenario(regime: Regime, offer: Offer, asked: Mapping[str, Sequence[str]]) -> Scenario:
    """Return the scenario of a query, checked.

    Args:
        regime: the regime.
        offer: the offer from which it starts.
        asked: the values of each name in the query. ``give`` and ``ask`` are what a form sends:
            everything that is switched on; ``board`` says that the form was sent.

    Raises:
        UnknownIdError: a reading, a give or a measure is not known.
        UsageError: a day, a scope or a revival makes no sense.
    """
    reading = _one(asked, "reading") or offer.default_reading
    if reading not in offer.readings:
        raise UnknownIdError(f"reading of {offer.id}", reading, offer.readings)
    base = measures_of(regime, offer.readings[reading])
    gives = [clause.id for p in _targets(offer) for clause in p.gives]
    if _one(asked, "board"):
        on, wanted = set(asked.get("give", ())), set(asked.get("ask", ()))
        without = [id_ for id_ in gives if id_ not in on]
        added = [id_ for id_ in regime.measures if id_ in wanted and id_ not in base]
        dropped = [id_ for id_ in base if id_ not in wanted]
        _known("give", on, gives)
        _known("measure", wanted, regime.measures)
    else:
        without, added, dropped = (list(asked.get(n, ())) for n in ("without", "added", "dropped"))
        _known("give", without, gives)
        _known("measure", (*added, *dropped), regime.measures)
    return Scenario(
        reading=reading,
        without=tuple(dict.fromkeys(without)),
        added=tuple(dict.fromkeys(added)),
        dropped=tuple(dict.fromkeys(dropped)),
        as_of=day_of(_one(asked, "as_of") or None),
        scope=_choice(asked, "scope", ("narrow", "broad")),  # type: ignore[arg-type]
        revival=_choice(asked, "revival", ("revive", "lapse")),  # type: ignore[arg-type]
    )


def changed(regime: Regime, offer: Offer, made: Scenario) -> Offer:
    """Return the offer as the scenario makes it; its ask is the reading ``BOARD``."""
    base = offer.readings[made.reading]
    measures = [id_ for id_ in measures_of(regime, base) if id_ not in made.dropped]
    measures += [id_ for id_ in made.added if id_ not in measures]
    if not measures:
        raise UsageError("nothing is asked for; switch a measure on")
    reading = msgspec.structs.replace(
        base, measures=tuple(measures), select=(), count=len(measures)
    )
    positions = tuple(
        msgspec.structs.replace(
            p, gives=tuple(clause for clause in p.gives if clause.id not in made.without)
        )
        if p.role == "target"
        else p
        for p in offer.positions
    )
    return msgspec.structs.replace(
        offer, positions=positions, readings={BOARD: reading}, default_reading=BOARD
    )


def _targets(offer: Offer) -> Iterable[Position]:
    return (position for position in offer.positions if position.role == "target")


def _one(asked: Mapping[str, Sequence[str]], name: str) -> str:
    values = asked.get(name, ())
    return values[-1] if values else ""


def _choice(asked: Mapping[str, Sequence[str]], name: str, known: Sequence[str]) -> str | None:
    value = _one(asked, name)
    if value and value not in known:
        raise UsageError(f"{name} is {value!r}; it is {' or '.join(known)}")
    return value or None


def _known(what: str, ids: Iterable[str], known: Iterable[str]) -> None:
    pool = set(known)
    for id_ in ids:
        if id_ not in pool:
            raise UnknownIdError(what, id_, pool)
