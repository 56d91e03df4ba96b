"""How hard the way out of several regimes is, as a page: lines down, regimes across."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, get_args

from detente.relief.exit_results import AreaAsk, ExitComparison, Exits, Portion, Steps, Terms, Wait
from detente.report.page import Column, Line, Page, Section, Table, counted

ACROSS: Final = 6
"""Regimes in one table; more are continued in a further one."""

WORDS: Final = (
    "- conditional: every ending path needs conduct, of the target or of a third party.",
    "- discretionary: some ending path needs decisions and dates alone, whatever the target does.",
    "- no way out: no ending path can be used on the day.",
    "- also by conduct: discretionary measures that conduct can end too, by some ending path.",
    "- conduct asked: distinct requirements, at a level, in the conditions of ending paths of "
    "measures in force; one of two areas stands in both. Areas are never added up or averaged. "
    "Grounds, which a decider may weigh, are no conditions and are left out.",
    "- asked / asking / imposed: for an issue area, the conduct asked, the measures in force with "
    "an ending path that asks for it, and the measures in force imposed for the area.",
    "- cheapest way out: of each conditional measure, the minimal set with the fewest "
    "requirements, and of these numbers the fewest and the median; each requirement counts one, "
    "however hard. Still missing: without what the evidence shows to be met. At most: a search "
    "was cut, and fewer may do.",
    "- for a term: paths of measures in force whose relief lapses by itself; an ending one "
    "suspends. In days: a month counts 30, a year 365, five working days 7.",
    "- sunset: a measure whose running term ends on a date unless renewed, or which lacks nothing "
    "but a date.",
    "- emergency: a measure that rests on a declared emergency, which lapses unless continued.",
    "- waiting period: paths, ending or easing, whose condition has a term to run (elapsed), one "
    "in which something must not happen (silence), one between decision and effect (deferred), a "
    "date to wait for (after), or a term after a report (report).",
    "- who decides: measures in force with an ending path of that decider; a measure counts once "
    "for each, so the lines add up to more than there are measures.",
    "- by itself: measures in force with an ending path that needs nobody's act.",
)
"""What each line of the table means."""

NONE: Final = "-"
"""Where a regime has no such area or decider, or there is nothing to measure."""

Cell = Callable[[Exits], str]


def exits_page(result: ExitComparison) -> Page:
    """Return the page of a comparison of ways out."""
    regimes = result.regimes
    sections = [
        Section(
            "Side by side" + (", continued" if start else ""),
            table=_table(result, slice(start, start + ACROSS)),
        )
        for start in range(0, len(regimes), ACROSS)
    ]
    editions = tuple(
        f"- {item.regime}: {item.name}, as of {item.as_of}, edition {item.receipt.regime_edition}, "
        f"evidence {item.receipt.evidence_digest}, detente {item.receipt.version}"
        for item in regimes
    )
    sections += [Section("What the words mean", lines=WORDS), Section("Receipt", lines=editions)]
    return Page(
        f"How hard is the way out: {counted(len(regimes), 'regime')} compared",
        tuple(Line(item.regime, _answer(item)) for item in regimes),
        tuple(sections),
    )


def _answer(item: Exits) -> str:
    ways = item.ways
    return (
        f"of {counted(item.in_force, 'measure')} in force on {item.as_of}, "
        f"{ways.conditional.measures} conditional, {ways.discretionary.measures} discretionary, "
        f"{ways.no_way_out.measures} with no way out"
    )


def _table(result: ExitComparison, shown: slice) -> Table:
    names = [item.regime for item in result.regimes[shown]]
    columns = (Column("line", wrap=True), *(Column(n, right=True, wrap=True) for n in names))
    return Table(columns, tuple((label, *cells[shown]) for label, cells in lines(result)))


def lines(result: ExitComparison) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every line of the table: what it is called, and a cell for each regime."""

    def line(label: str, cell: Cell) -> tuple[str, tuple[str, ...]]:
        return label, tuple(map(cell, result.regimes))

    yield line("as of", lambda item: str(item.as_of))
    yield line("measures in force", lambda item: str(item.in_force))
    if any(item.unknown_in_force for item in result.regimes):
        yield line("unknown whether in force", lambda item: str(item.unknown_in_force))
    yield line("conditional", lambda item: portion(item.ways.conditional))
    yield line("discretionary", lambda item: portion(item.ways.discretionary))
    yield line("discretionary, also by conduct", lambda item: str(item.ways.also_by_conduct))
    yield line("no way out", lambda item: portion(item.ways.no_way_out))
    yield from _of_areas(result)
    yield line("cheapest way out: fewest", lambda item: _steps(item.steps_asked, "smallest"))
    yield line("cheapest way out: median", lambda item: _steps(item.steps_asked, "median"))
    yield line("still missing: fewest", lambda item: _steps(item.steps_missing, "smallest"))
    yield line("still missing: median", lambda item: _steps(item.steps_missing, "median"))
    yield line("ending paths for a term (days)", lambda item: _terms(item.limits.ending))
    yield line("easing paths for a term (days)", lambda item: _terms(item.limits.easing))
    yield line("measures with a sunset", lambda item: str(item.limits.sunset))
    yield line("measures on an emergency", lambda item: str(item.limits.emergency))
    for kind in get_args(Wait):
        counts = tuple(str(item.limits.waiting[kind]) for item in result.regimes)
        yield f"waiting period: {kind}", counts
    for who, name in deciders_of(result).items():
        yield f"decides: {name}", tuple(_decided(item, who) for item in result.regimes)
    yield line("ends by itself", lambda item: str(item.self_executing))


def _of_areas(result: ExitComparison) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "conduct asked", tuple(str(item.conduct) for item in result.regimes)
    for short in areas_of(result):
        asks = [ask_of(item, short) for item in result.regimes]
        yield f"asked / asking / imposed: {short}", tuple(map(_ask, asks))


def _ask(ask: AreaAsk | None) -> str:
    return NONE if ask is None else f"{ask.conduct} / {ask.asking} / {ask.imposed}"


def areas_of(result: ExitComparison) -> list[str]:
    """Return the short names of the issue areas of all regimes; last what belongs to none.

    Each regime declares its own areas: those of one short name stand in one line.
    """
    found: dict[str, None] = {}
    none: AreaAsk | None = None
    for item in result.regimes:
        for area in item.areas:
            if area.area is not None:
                found.setdefault(area.short)
            elif area.conduct or area.imposed:
                none = area
    return [*found, *((none.short,) if none is not None else ())]


def deciders_of(result: ExitComparison) -> dict[str, str]:
    """Return who decides in any of the regimes, each with the first name that a regime gives."""
    found: dict[str, str] = {}
    for item in result.regimes:
        for who in item.deciders:
            if found.get(who.decider, who.decider) == who.decider:  # no name of its own yet
                found[who.decider] = who.name
    return found


def portion(item: Portion) -> str:
    """Return some of the measures as users read them: ``21 (13 %)``."""
    return (
        f"{item.measures}" if item.share is None else f"{item.measures} ({100 * item.share:.0f} %)"
    )


def ask_of(item: Exits, short: str) -> AreaAsk | None:
    """Return what a regime asks for in an area; None where it declares none of that short name."""
    return next((ask for ask in item.areas if ask.short == short), None)


def _steps(steps: Steps, name: str) -> str:
    number: float | None = getattr(steps, name)
    if number is None:
        return NONE
    return f"at most {number:g}" if steps.capped else f"{number:g}"


def _terms(terms: Terms) -> str:
    if terms.shortest_days is None:
        return "0"
    ends = dict.fromkeys((terms.shortest_days, terms.longest_days))
    return f"{terms.paths} ({'-'.join(map(str, ends))})"


def _decided(item: Exits, decider: str) -> str:
    return next((str(who.measures) for who in item.deciders if who.decider == decider), NONE)
