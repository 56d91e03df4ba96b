"""Letter: is there a lawful way out that is open, and if not, what stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import msgspec

from detente.evidence.facts import Facts
from detente.law.asof import GONE, AsOf, State
from detente.law.vocabulary import Truth
from detente.law.ways import ReliefPath
from detente.relief.logic import polarities, value
from detente.relief.paths import PathStatus, differs_by_measure, status_of

Letter = Literal["open", "discretionary", "undetermined", "barred", "ended"]
WayOut = Literal["findings-only", "conduct-bound", "none"]


class MeasureStatus(msgspec.Struct, frozen=True):
    """The letter of the law for one measure on a day.

    Attributes:
        measure: its id.
        letter: ``open``, ``discretionary``, ``undetermined``, ``barred`` or ``ended`` (by its own
            dates, or by a path that executes itself).
        why: why so, in one sentence.
        state: whether it binds: by the law's own dates, and by the paths whose condition is met.
        paths: the ending paths that can be used, with their status.
        way_out: what those paths ask for, whatever the evidence.
    """

    measure: str
    letter: Letter
    why: str
    state: State
    paths: tuple[PathStatus, ...] = ()
    way_out: WayOut = "none"


class _Verdict(NamedTuple):
    """What measures with the same paths have in common."""

    letter: Letter
    why: str
    paths: tuple[PathStatus, ...]
    way_out: WayOut


class Letters(msgspec.Struct):
    """The letter of every measure, on one day and one body of evidence; each path is asked once.

    Attributes:
        view: the law of the day.
        facts: the state of every fact.
    """

    view: AsOf
    facts: Facts
    _shared: dict[str, PathStatus] = msgspec.field(default_factory=dict)
    _by_measure: dict[str, bool] = msgspec.field(default_factory=dict)
    _verdicts: dict[tuple[str, ...], _Verdict] = msgspec.field(default_factory=dict)
    _done: dict[str, MeasureStatus] = msgspec.field(default_factory=dict)

    def path(self, path: ReliefPath, measure: str) -> PathStatus:
        """Return the status of ``path`` for ``measure``."""
        if self._differs(path):
            return status_of(self.view, path, self.facts, measure)
        if path.id not in self._shared:
            self._shared[path.id] = status_of(self.view, path, self.facts)
        return self._shared[path.id]

    def measure(self, id_: str) -> MeasureStatus:
        """Return the letter of one measure."""
        if id_ not in self._done:
            self._done[id_] = self._measure(id_)
        return self._done[id_]

    def _measure(self, id_: str) -> MeasureStatus:
        own = self.view.states[id_]
        if own.status in GONE:
            return MeasureStatus(id_, "ended", own.why, own)
        state = self._restored(id_, own)
        letter, why, paths, way = self._verdict(id_)
        if state.status == "unknown" and not any(map(_surely_ends, paths)):
            letter, why = "undetermined", state.why
        elif state.status in ("not-yet", "unused"):
            why = state.why
        return MeasureStatus(id_, letter, why, _standing(state, paths), paths, way)

    def _restored(self, id_: str, own: State) -> State:
        """The law's own state, told with the act on record by which the measure binds again."""
        recorded = self.view.recorded.get(id_)
        return recorded if recorded is not None and recorded.status == own.status else own

    @property
    def in_force(self) -> tuple[str, ...]:
        """Ids of the measures that bind on the day on this evidence, in the regime's order."""
        return tuple(
            id_ for id_ in self.view.states if self.measure(id_).state.status == "in-force"
        )

    def _differs(self, path: ReliefPath) -> bool:
        if path.id not in self._by_measure:
            self._by_measure[path.id] = differs_by_measure(path, self.facts)
        return self._by_measure[path.id]

    def _verdict(self, id_: str) -> _Verdict:
        """The verdict on a measure's paths; most measures share theirs with many others."""
        key = self.view.regime.paths_of[id_]
        if key in self._verdicts:
            return self._verdicts[key]
        ending = self.view.ending_paths(id_)
        paths = tuple(self.path(path, id_) for path in ending)
        verdict = _Verdict(*self._letter(paths), paths, way_out(paths))
        if not any(map(self._differs, ending)):
            self._verdicts[key] = verdict
        return verdict

    def _letter(self, paths: tuple[PathStatus, ...]) -> tuple[Letter, str]:
        for status in sorted(paths, key=lambda item: not item.path.self_executing):
            if status.value is Truth.MET:
                until = f" until {status.lapses}" if status.lapses else ""
                if status.path.self_executing and status.path.kind != "suspension":
                    return "ended", f"{status.path.title}: it ends by itself, its condition is met"
                return "open", f"{status.path.title}: its condition is met{until}"
        for status in paths:
            if status.discretionary:
                return "discretionary", self._whose(status)
        for status in paths:
            if status.undetermined:
                return "undetermined", f"{status.path.title} turns on what is not known"
        if not paths:
            return "barred", "no ending path can be used"
        return "barred", "every ending path lacks conduct or a date, not a decision alone"

    def _whose(self, status: PathStatus) -> str:
        path = status.path
        who = self.view.regime.deciders.get(path.decided_by, path.decided_by)
        asks = "conduct" if asks_for_conduct(status) else "no conduct"
        return f"{who} may decide under {path.id}, which asks for {asks}"


def _surely_ends(status: PathStatus) -> bool:
    """Whether a path has done its work, whatever the law's dates leave open.

    An expiry is itself one of those dates.
    """
    return status.value is Truth.MET and status.path.kind != "expiry"


def _standing(state: State, paths: tuple[PathStatus, ...]) -> State:
    """The state of a measure after the paths whose condition is met, the decider's act included."""
    met = [status for status in paths if status.value is Truth.MET]
    if state.status == "unknown":
        met = [status for status in met if _surely_ends(status)]
    if state.status not in ("in-force", "unknown"):
        return state
    if not met:
        doubt = next((item for item in paths if item.in_doubt), None)
        return _doubted(state, doubt) if doubt and state.status == "in-force" else state
    final = [status for status in met if status.path.kind != "suspension"]
    path = (final or met)[0].path
    how = path.manner or path.kind
    return State("ended" if final else "suspended", f"{how} by {path.id}", until=met[0].lapses)


def _doubted(state: State, status: PathStatus) -> State:
    why = f"{status.path.id} was decided on, and whether that relief holds is not known"
    if status.path.self_executing:
        why = f"{status.path.id} works by itself, and whether its condition is met is not known"
    return msgspec.structs.replace(state, status="unknown", why=why)


def asks_for_conduct(status: PathStatus) -> bool:
    """Return whether a path needs conduct, so that decisions and dates alone cannot meet it."""
    return not without_conduct(status)


def way_out(paths: tuple[PathStatus, ...]) -> WayOut:
    """Return what the ending paths of a measure ask for, whatever the evidence.

    ``findings-only``: some path can be met with no conduct of anybody's, by decisions and dates
    alone. ``conduct-bound``: every path needs conduct. ``none``: no path can be used.
    """
    if not paths:
        return "none"
    return "findings-only" if any(map(without_conduct, paths)) else "conduct-bound"


def without_conduct(status: PathStatus) -> bool:
    """Return whether decisions and dates alone can meet a path, whatever the evidence."""
    plain = {atom.key for atom, negated in polarities(status.formula) if not negated}
    conduct = {key for key, a in status.atoms.items() if a.kind == "requirement" or a.report}
    known = {key: Truth.MET if key in plain - conduct else Truth.UNMET for key in status.atoms}
    return value(status.formula, known) is Truth.MET


def decisive(status: MeasureStatus) -> Iterator[PathStatus]:
    """Yield the paths that decide the letter of a measure."""
    for path in status.paths:
        if (
            (status.letter == "open" and path.value is Truth.MET)
            or (status.letter == "discretionary" and path.discretionary)
            or (status.letter == "undetermined" and path.undetermined)
            or status.letter == "barred"
        ):
            yield path
