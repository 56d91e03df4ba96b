"""What a comparison of ways out says: typed, immutable, and JSON (``detente.exits/1``)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

import msgspec

from detente.relief.frames import Framed
from detente.relief.receipt import Receipt

Wait = Literal["elapsed", "silence", "deferred", "after", "report"]
Line = tuple[str, str, float | None]
"""A topic, a line of it, and its number."""


class Portion(msgspec.Struct, frozen=True, kw_only=True):
    """Some of the measures in force.

    Attributes:
        measures: how many.
        share: the same as a share of all in force; None where none is.
    """

    measures: int
    share: float | None


class Ways(msgspec.Struct, frozen=True, kw_only=True):
    """Measures in force by what their ending paths ask for, whatever the evidence.

    Attributes:
        conditional: every ending path needs conduct.
        discretionary: some ending path needs decisions and dates alone.
        no_way_out: no ending path can be used.
        also_by_conduct: of the discretionary ones, those that conduct can end too.
    """

    conditional: Portion
    discretionary: Portion
    no_way_out: Portion
    also_by_conduct: int


class AreaAsk(msgspec.Struct, frozen=True, kw_only=True):
    """The conduct that ending paths ask for in one issue area.

    Attributes:
        area: id of the area; None for what belongs to none.
        name: its name.
        short: its name in a word or two.
        conduct: distinct requirements, at a level, that belong to the area.
        asking: measures in force with an ending path that asks for one of them.
        imposed: measures in force that were imposed for the area.
    """

    area: str | None
    name: str
    short: str
    conduct: int
    asking: int
    imposed: int


class Steps(msgspec.Struct, frozen=True, kw_only=True):
    """How much conduct the cheapest way out of a conditional measure asks for.

    Attributes:
        measures: conditional measures that were counted.
        smallest: requirements in the cheapest way out of the easiest of them.
        median: the same of the middle one.
        capped: measures whose search was cut; their numbers are at most.
    """

    measures: int
    smallest: int | None
    median: float | None
    capped: int


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """Relief for a time: paths of measures in force whose relief lapses by itself.

    Attributes:
        paths: how many.
        shortest_days: the shortest term.
        longest_days: the longest.
    """

    paths: int
    shortest_days: int | None
    longest_days: int | None


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What time does by itself.

    Attributes:
        ending: ending paths with a term.
        easing: easing paths with a term.
        sunset: measures in force that end on a date unless renewed: the term in which they bind
            runs out, or an ending path lacks nothing but a date.
        emergency: measures in force that rest on an emergency, which lapses unless continued.
        waiting: paths of measures in force with a waiting period, by its kind.
    """

    ending: Terms
    easing: Terms
    sunset: int
    emergency: int
    waiting: dict[Wait, int]


class Decider(msgspec.Struct, frozen=True, kw_only=True):
    """Who decides on ending paths, and of how many measures in force."""

    decider: str
    name: str
    measures: int


class Exits(msgspec.Struct, frozen=True, kw_only=True):
    """How hard the way out of one regime is, on a day.

    Attributes:
        regime: id of the regime.
        name: its name.
        as_of: the day of the law and of the facts.
        in_force: measures that bind.
        unknown_in_force: measures of which it is not known whether they bind; counted nowhere else.
        ways: measures in force by way out.
        conduct: distinct requirements, at a level, that ending paths ask for, in all areas.
        areas: the same by issue area; a requirement of two areas stands in both.
        steps_asked: conduct of the cheapest ways out, as the law asks for it.
        steps_missing: the same, without what the evidence shows to be met.
        limits: what time does.
        deciders: who decides; a measure counts once for each.
        self_executing: measures in force with an ending path that needs nobody's act.
        receipt: what is needed to replay the answer.
    """

    regime: str
    name: str
    as_of: date
    in_force: int
    unknown_in_force: int
    ways: Ways
    conduct: int
    areas: tuple[AreaAsk, ...]
    steps_asked: Steps
    steps_missing: Steps
    limits: Limits
    deciders: tuple[Decider, ...]
    self_executing: int
    receipt: Receipt


class ExitComparison(msgspec.Struct, Framed, frozen=True, kw_only=True):
    """The answer of ``regime compare`` (``detente.exits/1``): regimes side by side.

    Attributes:
        regimes: the regimes, in the order in which they were asked for.
    """

    regimes: tuple[Exits, ...]
    schema: str = "detente.exits/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each number of each regime."""
        return [
            {"regime": item.regime, "as_of": item.as_of, "topic": topic, "line": line, "value": n}
            for item in self.regimes
            for topic, line, n in _lines(item)
        ]


def _lines(item: Exits) -> Iterator[Line]:
    yield "way out", "in force", item.in_force
    yield "way out", "unknown in force", item.unknown_in_force
    for word in ("conditional", "discretionary", "no_way_out"):
        portion: Portion = getattr(item.ways, word)
        yield "way out", word.replace("_", " "), portion.measures
        yield "way out", f"{word.replace('_', ' ')}, share", portion.share
    yield "way out", "discretionary, also by conduct", item.ways.also_by_conduct
    yield "conduct asked", "all areas", item.conduct
    for area in item.areas:
        yield "conduct asked", area.area or area.name, area.conduct
        yield "measures asking", area.area or area.name, area.asking
        yield "measures imposed for", area.area or area.name, area.imposed
    for word, steps in (("asked", item.steps_asked), ("missing", item.steps_missing)):
        for name in ("measures", "smallest", "median", "capped"):
            yield f"conduct of the cheapest way out, {word}", name, getattr(steps, name)
    yield from _times(item.limits)
    yield from (("who decides", who.decider, who.measures) for who in item.deciders)
    yield "who decides", "nobody: ends by itself", item.self_executing


def _times(limits: Limits) -> Iterator[Line]:
    for topic, terms in (
        ("ending for a term", limits.ending),
        ("easing for a term", limits.easing),
    ):
        yield topic, "paths", terms.paths
        yield topic, "shortest, days", terms.shortest_days
        yield topic, "longest, days", terms.longest_days
    yield "time", "sunset", limits.sunset
    yield "time", "emergency", limits.emergency
    yield from (("waiting", kind, count) for kind, count in limits.waiting.items())
