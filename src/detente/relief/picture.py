"""A regime on one day: what binds, what is eased until when, what has ended, by whose law."""

from __future__ import annotations

from collections import Counter
from datetime import date

import msgspec

from detente.evidence.facts import facts_of
from detente.evidence.load import Evidence
from detente.law.asof import GONE
from detente.law.regime import Regime
from detente.relief.letter import Letter, Letters
from detente.relief.standing import Easing, easings


class Relief(msgspec.Struct, frozen=True, kw_only=True):
    """Relief that runs.

    Attributes:
        path: the path under which it was given.
        kind: waiver, licence, exemption, exception or delisting.
        scope: whether it reaches the measure, one person or a kind of dealing.
        lapses: the day on which it ends by itself; None where no term is set.
        duration: how long it lasts, in the row's own words, where they set no day.
    """

    path: str
    kind: str
    scope: str
    lapses: date | None
    duration: str | None


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where one measure stands.

    Attributes:
        measure: its id.
        issuer: whose law it is.
        state: whether it binds: ``in-force``, ``suspended``, ``ended`` and so on.
        why: what made it so.
        letter: the letter of its way out; None where it does not bind.
        eased: the relief that runs.
    """

    measure: str
    issuer: str
    state: str
    why: str
    letter: Letter | None
    eased: tuple[Relief, ...]


class IssuerLine(msgspec.Struct, frozen=True, kw_only=True):
    """The measures of one issuer in numbers.

    Attributes:
        issuer: whose law it is.
        in_force: measures that bind.
        eased: of these, those for which relief for the whole measure runs.
        eased_in_part: of these, those for which relief for persons or dealings alone runs.
        suspended: measures that stand still.
        ended: measures that ended, lapsed or were superseded.
        unknown: measures of which it is not known whether they bind.
        unused: powers that nobody used.
    """

    issuer: str
    in_force: int
    eased: int
    eased_in_part: int
    suspended: int
    ended: int
    unknown: int
    unused: int


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A regime on one day.

    Attributes:
        as_of: the day.
        in_force: measures that bind.
        letters: these by letter.
        issuers: whose law it is, in numbers.
        measures: every measure that had been made by then.
    """

    as_of: date
    in_force: int
    letters: dict[str, int]
    issuers: tuple[IssuerLine, ...]
    measures: tuple[Standing, ...]


def picture_of(
    regime: Regime, evidence: Evidence, as_of: date, known_on: date | None = None
) -> Picture:
    """Return where every measure of a regime stands on a day.

    Args:
        regime: the regime.
        evidence: the findings.
        as_of: the day.
        known_on: only evidence recorded by then counts.
    """
    view = regime.as_of(as_of, known_on=known_on)
    letters = Letters(view, facts_of(regime, evidence, as_of, known_on))
    made = [id_ for id_, state in view.states.items() if state.status != "not-yet"]
    rows = tuple(_standing(regime, letters, id_) for id_ in made)
    issuers = dict.fromkeys(row.issuer for row in rows)
    binding = [row for row in rows if row.state == "in-force"]
    return Picture(
        as_of=as_of,
        in_force=len(binding),
        letters=dict(Counter(row.letter for row in binding if row.letter is not None)),
        issuers=tuple(_line(issuer, rows) for issuer in issuers),
        measures=rows,
    )


def _standing(regime: Regime, letters: Letters, id_: str) -> Standing:
    status = letters.measure(id_)
    binds = status.state.status in ("in-force", "unknown")
    runs = [item for item in easings(letters, id_) if item.value == "met"] if binds else []
    return Standing(
        measure=id_,
        issuer=regime.instruments[regime.measures[id_].instrument].issuer,
        state=status.state.status,
        why=status.state.why,
        letter=status.letter if binds else None,
        eased=tuple(map(_relief, runs)),
    )


def _relief(item: Easing) -> Relief:
    return Relief(
        path=item.path, kind=item.kind, scope=item.scope, lapses=item.lapses,
        duration=item.duration,
    )  # fmt: skip


def _line(issuer: str, rows: tuple[Standing, ...]) -> IssuerLine:
    own = [row for row in rows if row.issuer == issuer]
    states = Counter(row.state for row in own)
    binding = [row for row in own if row.state == "in-force"]
    whole = [row for row in binding if any(item.scope == "measure" for item in row.eased)]
    return IssuerLine(
        issuer=issuer,
        in_force=len(binding),
        eased=len(whole),
        eased_in_part=sum(bool(row.eased) for row in binding) - len(whole),
        suspended=states["suspended"],
        ended=sum(states[status] for status in GONE),
        unknown=states["unknown"],
        unused=states["unused"],
    )
