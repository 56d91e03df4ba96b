"""The problem as a mixed-integer program, solved by HiGHS through scipy.

For each lever and quarter one binary says whether it runs; it never stops, so the binaries of a
lever rise. A stream has one continuous variable for each quarter and step: the value that falls
into the step. Steps are worth less and less, so an optimum fills them in their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from detente.pressure.planning.problem import (
    QUARTERS_A_YEAR,
    TOLERANCE,
    Option,
    Problem,
    value_of,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

TIME_LIMIT: Final = 60.0
"""Seconds after which the best choice found so far is taken, and is said not to be proved."""


class Solution(msgspec.Struct, frozen=True, kw_only=True):
    """What the solver found.

    Attributes:
        status: ``optimal``: proved; ``infeasible``: proved that no choice keeps the limits;
            ``stopped``: the best one found in the time allowed, if any.
        starts: the quarter in which each chosen lever begins, in the order of the options.
        value: what the choice brings over the whole plan.
    """

    status: Literal["optimal", "infeasible", "stopped"]
    starts: dict[str, int]
    value: float


class _Rows:
    """Constraints as they are written down: sparse rows with an upper bound each."""

    def __init__(self) -> None:
        self.row: list[int] = []
        self.column: list[int] = []
        self.entry: list[float] = []
        self.upper: list[float] = []

    def add(self, terms: Iterable[tuple[int, float]], upper: float) -> None:
        """Ask that the sum of terms is at most ``upper``."""
        number = len(self.upper)
        for column, entry in terms:
            self.row.append(number)
            self.column.append(column)
            self.entry.append(entry)
        self.upper.append(upper)


class _Frame:
    """Where each variable stands."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.place = {option.id: n for n, option in enumerate(problem.options)}
        self.steps = [
            (stream, quarter, number)
            for stream, segments in problem.streams.items()
            for quarter in range(problem.quarters)
            for number in range(len(segments))
        ]
        self.first_step = len(problem.options) * problem.quarters
        self.size = self.first_step + len(self.steps)

    def runs(self, id_: str, quarter: int) -> int:
        """The variable that says whether a lever runs in a quarter."""
        return self.place[id_] * self.problem.quarters + quarter

    def works(self, option: Option, quarter: int) -> int | None:
        """The variable that says whether a lever has its effect in a quarter; None: it cannot."""
        begun = quarter - option.lead
        return None if begun < 0 else self.runs(option.id, begun)


def solve(
    problem: Problem,
    forbidden: Sequence[frozenset[str]] = (),
    *,
    thrifty: bool = False,
    time_limit: float = TIME_LIMIT,
) -> Solution:
    """Return a choice of the greatest value that keeps every limit.

    Args:
        problem: the problem.
        forbidden: sets of levers; a choice must differ from each in some lever that has a value,
            or points that are asked for.
        thrifty: whether, of the choices of that value, the cheapest is sought.
        time_limit: seconds.
    """
    if not problem.options:
        reached = problem.at_least is None or problem.at_least <= TOLERANCE
        feasible = reached and all(floor <= 0 for floor in problem.floors.values())
        status: Any = "optimal" if feasible and not problem.include else "infeasible"
        return Solution(status=status, starts={}, value=0.0)
    frame = _Frame(problem)
    rows = _rows(frame)
    for chosen in forbidden:
        rows.add(*_cut(frame, chosen))
    gain = _gain(frame)
    found = _run(frame, rows, gain, time_limit)
    if found.status == "optimal" and thrifty:
        rows.add(((n, -g) for n, g in enumerate(gain) if g), -found.value + _slack(found.value))
        cheap = _run(frame, rows, _thrift(frame), time_limit)
        return cheap if cheap.status == "optimal" else found
    return found


def _slack(value: float) -> float:
    return TOLERANCE * max(1.0, abs(value))


def _run(frame: _Frame, rows: _Rows, gain: NDArray[Any], time_limit: float) -> Solution:
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    shape = (len(rows.upper), frame.size)
    matrix = csr_array((rows.entry, (rows.row, rows.column)), shape=shape)
    answer = milp(
        -gain,
        integrality=np.arange(frame.size) < frame.first_step,
        bounds=Bounds(0.0, _upper(frame)),
        constraints=[LinearConstraint(matrix, -np.inf, rows.upper)] if rows.upper else [],
        options={"mip_rel_gap": 0.0, "time_limit": time_limit},
    )
    if answer.status == 2 or (answer.x is None and answer.status != 1):
        return Solution(status="infeasible", starts={}, value=0.0)
    starts = {} if answer.x is None else _starts(frame, answer.x)
    status: Literal["optimal", "stopped"] = "optimal" if answer.status == 0 else "stopped"
    return Solution(status=status, starts=starts, value=value_of(frame.problem, starts))


def _starts(frame: _Frame, x: NDArray[Any]) -> dict[str, int]:
    found = {}
    for option in frame.problem.options:
        for quarter in range(frame.problem.quarters):
            if x[frame.runs(option.id, quarter)] > 0.5:
                found[option.id] = quarter
                break
    return found


def _upper(frame: _Frame) -> NDArray[Any]:
    """The most that each variable may be."""
    import numpy as np

    upper = np.ones(frame.size)
    for n, (stream, _, number) in enumerate(frame.steps):
        upper[frame.first_step + n] = frame.problem.streams[stream][number].width / QUARTERS_A_YEAR
    for id_ in frame.problem.exclude:
        if id_ in frame.place:
            first = frame.runs(id_, 0)
            upper[first : first + frame.problem.quarters] = 0.0
    return upper


def _gain(frame: _Frame) -> NDArray[Any]:
    """What each variable adds to the objective."""
    import numpy as np

    gain = np.zeros(frame.size)
    for option in frame.problem.options:
        for quarter in range(frame.problem.quarters):
            place = frame.works(option, quarter)
            if place is not None and option.stream is None:
                gain[place] += option.value / QUARTERS_A_YEAR
    for n, (stream, _, number) in enumerate(frame.steps):
        gain[frame.first_step + n] = frame.problem.streams[stream][number].slope
    return gain


def _thrift(frame: _Frame) -> NDArray[Any]:
    """What each variable saves: money first, then anything that runs at all."""
    import numpy as np

    saved = np.zeros(frame.size)
    for option in frame.problem.options:
        first = frame.runs(option.id, 0)
        saved[first : first + frame.problem.quarters] = -(option.cost + 0.01)
    return saved


def _rows(frame: _Frame) -> _Rows:
    problem, rows = frame.problem, _Rows()
    for option in problem.options:
        for quarter in range(1, problem.quarters):
            before, now = frame.runs(option.id, quarter - 1), frame.runs(option.id, quarter)
            rows.add(((before, 1.0), (now, -1.0)), 0.0)
    for quarter in range(problem.quarters):
        _quarter_rows(frame, rows, quarter)
    _lever_rows(frame, rows)
    if problem.at_least is not None:
        gain = _gain(frame)
        wanted = problem.at_least - _slack(problem.at_least)
        rows.add(((n, -g) for n, g in enumerate(gain) if g), -wanted)
    last = problem.quarters - 1
    for name, floor in problem.floors.items():
        terms = [
            (frame.runs(option.id, last), -option.scores.get(name, 0.0))
            for option in problem.options
        ]
        rows.add(terms, -floor + TOLERANCE)
    return rows


def _quarter_rows(frame: _Frame, rows: _Rows, quarter: int) -> None:
    """The limits of one quarter, and what its streams take in."""
    problem = frame.problem
    options = problem.options
    if problem.budget is not None:
        rows.add(((frame.runs(o.id, quarter), o.cost) for o in options), problem.budget)
    if problem.escalation is not None:
        rows.add(((frame.runs(o.id, quarter), o.escalation) for o in options), problem.escalation)
    if problem.humanitarian is not None:
        terms = [(frame.runs(o.id, quarter), o.harm) for o in options]
        for option in options:
            place = frame.works(option, quarter)
            if place is not None and option.eases:
                terms.append((place, -option.eases))
        rows.add(terms, problem.humanitarian)
    for party, most in problem.coalition.items():
        rows.add(((frame.runs(o.id, quarter), 1.0) for o in options if party in o.needs), most)
    for stream in problem.streams:
        taken = [
            (frame.first_step + n, 1.0)
            for n, (id_, when, _) in enumerate(frame.steps)
            if (id_, when) == (stream, quarter)
        ]
        for option in options:
            place = frame.works(option, quarter)
            if place is not None and option.stream == stream:
                taken.append((place, -option.value / QUARTERS_A_YEAR))
        rows.add(taken, 0.0)


def _lever_rows(frame: _Frame, rows: _Rows) -> None:
    """What levers ask of each other, and which must begin."""
    problem, last = frame.problem, frame.problem.quarters - 1
    by_id = {option.id: option for option in problem.options}
    for option in problem.options:
        for id_ in option.requires if problem.prerequisites else ():
            for quarter in range(problem.quarters):
                terms = [(frame.runs(option.id, quarter), 1.0)]
                place = frame.works(by_id[id_], quarter) if id_ in by_id else None
                if place is not None:
                    terms.append((place, -1.0))
                rows.add(terms, 0.0)
        for id_ in option.conflicts if problem.conflicts else ():
            if id_ in by_id:
                pair = ((frame.runs(option.id, last), 1.0), (frame.runs(id_, last), 1.0))
                rows.add(pair, 1.0)
    for id_ in problem.include:
        rows.add([(frame.runs(id_, last), -1.0)] if id_ in by_id else [], -1.0)


def _cut(frame: _Frame, chosen: frozenset[str]) -> tuple[list[tuple[int, float]], float]:
    """A row that no choice meets whose levers that count are those of ``chosen``."""
    last = frame.problem.quarters - 1
    terms, inside = [], 0
    for option in frame.problem.options:
        if not counts(frame.problem, option):
            continue
        if option.id in chosen:
            terms.append((frame.runs(option.id, last), 1.0))
            inside += 1
        else:
            terms.append((frame.runs(option.id, last), -1.0))
    return terms, inside - 1.0


def counts(problem: Problem, option: Option) -> bool:
    """Whether a lever tells portfolios apart: it has a value, or points that are asked for."""
    return option.value > 0 or any(option.scores.get(name) for name in problem.floors)
