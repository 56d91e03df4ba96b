"""The long game as a page: what came out, what it rests on, and what decides it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from detente.games.policies import OUTCOMES, POLICIES
from detente.games.ranges import Parameter, Range
from detente.games.results import (
    BargainGame,
    Game,
    InspectionGame,
    PolicyGame,
    SignalGame,
    TrustGame,
)
from detente.report.page import Column, Line, Page, Section, Table, counted

TITLES: Final = {
    "trust": "Trust: how long a staller looks honest",
    "inspection": "Inspection: what looking teaches, and how often to look",
    "bargain": "Bargaining: who is in a hurry, and what to ask",
    "signal": "Signals: threat, resistance, standing firm",
    "precedent": "Precedent: the price of one unprincipled waiver",
    "policies": "Policies towards one target, compared",
}
_FIRST: Final = {
    "trust": ("relief_rounds", "cheats", "looks_honest", "least_prize"),
    "inspection": ("cap", "after", "inspects", "number_sincere"),
    "bargain": ("sender_share", "share_without_growth", "growth_at_half"),
    "signal": (),
    "precedent": ("price", "break_even"),
    "policies": (),
}
"""The results that stand in the first lines."""

_INFLUENCES: Final = 3
"""Parameters of each outcome that the page ranks; JSON has all."""

_SHARES: Final = 8
"""Cells between two growths of the threat that the page shows; JSON and the picture have all."""


def game_page(result: Game) -> Page:
    """Return the page of any core."""
    answer = [
        Line(name.replace("_", " "), f"{figure(result.results[name])}: {result.meaning[name]}")
        for name in _FIRST[result.core]
        if name in result.results
    ]
    answer += [Line("Mind", text, "warn") for text in result.warnings]
    if isinstance(result, SignalGame):
        answer.insert(0, Line("Found", _found(result)))
    sections = [
        *_own(result),
        *([_results(result)] if result.results else []),
        *([_influences(result)] if result.sensitivity else []),
        _parameters(result),
        Section(
            "What is taken for granted",
            lines=tuple(f"- {item.text} [{item.source}]" for item in result.assumptions),
        ),
    ]
    return Page(TITLES[result.core], tuple(answer), tuple(sections))


def number(value: float) -> str:
    """Return a number in three digits, without an exponent where it has few."""
    if value == 0 or 0.001 <= abs(value) < 100_000:
        return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"
    return f"{value:.2e}"


def figure(value: Range) -> str:
    """Return a range as read: the centre, and its ends where there is a width."""
    if value.low == value.high:
        return number(value.central)
    return f"{number(value.central)} ({number(value.low)} to {number(value.high)})"


def _results(result: Game) -> Section:
    values = result.results
    exact = all(value.low == value.high for value in values.values())
    ends = ("value",) if exact else ("low", "central", "high")
    columns = (
        Column("result"), *(Column(end, right=True) for end in ends), Column("meaning", wrap=True)
    )  # fmt: skip
    rows = tuple(
        (
            name.replace("_", " "),
            *(number(getattr(value, "low" if exact else end)) for end in ends),
            result.meaning[name],
        )
        for name, value in values.items()
    )
    drawn = any(value.kind == "p05-p95" for value in values.values())
    remark = "5th, 50th and 95th percentile of the draws" if drawn else ""
    return Section("Results", remark, Table(columns, rows))


def _influences(result: Game) -> Section:
    columns = (
        Column("outcome", wrap=True), Column("parameter"), Column("alone", right=True),
        Column("with others", right=True),
    )  # fmt: skip
    rows = tuple(
        (
            item.outcome.replace("_", " "), item.parameter.replace("_", " "),
            f"{max(item.first, 0):.2f}", f"{max(item.total, 0):.2f}",
        )
        for _, group in groupby(result.sensitivity, key=lambda item: item.outcome)
        for item in list(group)[:_INFLUENCES]
    )  # fmt: skip
    remark = (
        "share of the variance that a parameter explains alone, and in which it has a part "
        "(Sobol); uncertain by some hundredths"
    )
    return Section("What decides", remark, Table(columns, rows))


def _parameters(result: Game) -> Section:
    columns = (Column("parameter"), Column("value", right=True), Column("shape"))
    rows = [
        (name.replace("_", " "), _written(item), "" if item.shape == "point" else item.shape)
        for name, item in result.parameters.items()
    ]
    rows += [(name, str(value), "") for name, value in result.numbers.items()]
    remark = "exact: every parameter is one number"
    if result.draws > 1:
        remark = f"{counted(result.draws, 'draw')}, seed {result.seed}"
    return Section("Parameters", remark, Table(columns, tuple(rows)))


def _written(item: Parameter) -> str:
    if item.shape == "point":
        return f"{item.low:g}"
    if item.shape == "uniform":
        return f"{item.low:g} to {item.high:g}"
    return f"{item.low:g}, {item.central:g}, {item.high:g}"


def _own(result: Game) -> Iterator[Section]:
    """The sections that only one core has."""
    if isinstance(result, TrustGame):
        yield _numbered(
            "Round by round",
            ("round", "belief before", "relief", "staller complies", "caught"),
            ((item.round, item.belief, item.relief, item.complies, item.caught)
             for item in result.rounds),
        )  # fmt: skip
    elif isinstance(result, InspectionGame):
        yield _numbered(
            "Belief after clean inspections",
            ("inspections", "belief"),
            ((item.inspections, item.belief) for item in result.clean),
        )
    elif isinstance(result, BargainGame):
        kept = result.shares[:: max(len(result.shares) // _SHARES, 1)]
        yield _numbered(
            "The sender's share against the growth of the threat a year",
            ("growth", "share"),
            ((item.growth, item.share) for item in kept),
        )
    elif isinstance(result, SignalGame):
        yield from _equilibria(result)
    elif isinstance(result, PolicyGame):
        yield from _policies(result)


def _numbered(
    title: str, heads: Iterable[str], rows: Iterable[tuple[float | Range, ...]]
) -> Section:
    columns = tuple(Column(head, right=True) for head in heads)
    cells = tuple(
        tuple(figure(item) if isinstance(item, Range) else f"{item:g}" for item in row)
        for row in rows
    )
    return Section(title, table=Table(columns, cells))


def _found(result: SignalGame) -> str:
    counts = ", ".join(f"{item.equilibria} in {100 * item.share:.0f} %" for item in result.counts)
    found = (
        "1 equilibrium" if len(result.equilibria) == 1 else f"{len(result.equilibria)} equilibria"
    )
    drawn = f"; of the draws {counts}" if result.draws > 1 else ""
    return f"{found} at the central parameters, by a scan of {result.resolution:,} cells{drawn}"


def _equilibria(result: SignalGame) -> Iterator[Section]:
    columns = (
        Column("threat", right=True), Column("resisted", right=True),
        Column("stands firm", right=True), Column("slope", right=True), Column("returns"),
    )  # fmt: skip
    rows = tuple(
        (f"{item.threat:.6f}", f"{item.resist:.6f}", f"{item.stand_firm:.6f}",
         f"{item.slope:.3f}", "yes" if item.returns else "no")
        for item in result.equilibria
    )  # fmt: skip
    remark = "returns: expectations that miss it by a little come back to it"
    yield Section("All equilibria", remark, Table(columns, rows))


def _policies(result: PolicyGame) -> Iterator[Section]:
    yield Section(
        "The policies", lines=tuple(f"- {name}: {text}" for name, text in POLICIES.items())
    )
    by = {(item.policy, item.target): item.outcomes for item in result.policies}
    columns = (
        Column("policy"), Column("sincere target", right=True), Column("staller", right=True),
        Column("both, by the belief", right=True),
    )  # fmt: skip
    for name, meaning in OUTCOMES.items():
        rows = tuple(
            (policy, *(figure(by[policy, kind][name]) for kind in ("sincere", "staller", "all")))
            for policy in POLICIES
        )
        yield Section(name.replace("_", " "), meaning, Table(columns, rows))
