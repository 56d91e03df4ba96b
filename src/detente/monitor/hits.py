"""Hits of screening with the law behind each: on what the listing rests, and what would end it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec

from detente.entities.model import Kind, Party
from detente.law.regime import Regime
from detente.monitor.bases import Basis, How, bases_of, belongs, explains
from detente.screening.decisions import Decision
from detente.screening.model import Match, Query, Reason


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """A lawful way out of a measure.

    Attributes:
        path: id of the relief path.
        kind: what kind of relief it is.
        ends: whether it ends the measure; if not, it eases it or takes one person off.
        decided_by: who decides.
        citation: the provision.
    """

    path: str
    kind: str
    ends: bool
    decided_by: str
    citation: str


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """One thing on which a listing rests, in one regime, with the ways out.

    Attributes:
        regime: the regime; None where none of those at hand explains the tag.
        tag: the programme tag as the list writes it.
        authority: id of the instrument, or the tag where nothing explains it.
        measures: the measures; of several it cannot be told which one.
        how: how that is known.
        citation: the provision, or what says so.
        confidence: how the row of data that says so is known; None where no row does.
        ways: what would end or ease the measures, or take the party off.
    """

    regime: str | None
    tag: str
    authority: str
    measures: tuple[str, ...]
    how: How
    citation: str
    confidence: str | None = None
    ways: tuple[Way, ...] = ()


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A listed party that the one screened may be, and the law behind the listing.

    Attributes:
        score: probability, from 0 to 1, that the two are the same party.
        entry: id of the listed party.
        name: the one of its names that fits best.
        primary: its primary name.
        kind: what it is.
        source: the list.
        programmes: programme tags.
        authority: the instruments on which the listing rests, or tags that no regime explains.
        measures: ids of the measures.
        since: when the entry says that it was listed.
        grounds: all that with citations and ways out.
        reasons: what speaks for and against.
        settles: what would settle the question.
        cleared: why a strong identifier rules it out; None where none does.
        content: digest of the entry's content; a decision stands until it changes.
        decision: what was decided on this hit; None where nothing was.
        decision_stands: whether it still does; not, once the entry has changed.
    """

    score: float
    entry: str
    name: str
    primary: str
    kind: Kind
    source: str
    programmes: tuple[str, ...]
    authority: tuple[str, ...]
    measures: tuple[str, ...]
    since: str | None
    grounds: tuple[Ground, ...]
    reasons: tuple[Reason, ...]
    settles: tuple[str, ...]
    cleared: str | None
    content: str
    decision: Decision | None = None
    decision_stands: bool = False

    @property
    def is_cleared(self) -> bool:
        """Whether somebody decided that the two are not the same party, and it stands."""
        return (
            self.decision is not None
            and self.decision_stands
            and self.decision.verdict == "cleared"
        )


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer depends on: the same gives the same answer again.

    Attributes:
        editions: digest of each list's edition.
        index: digest of the index.
        configuration: digest of the program's version, its weights, threshold and limit.
        query: digest of the query.
        version: version of the program.
        command: the command as it can be typed again.
        law: digest of the files of each regime, where there is a hit that they explain.
    """

    editions: dict[str, str]
    index: str
    configuration: str
    query: str
    version: str
    command: str
    law: dict[str, str] = {}


class Hits(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one query (``detente.hits/1``).

    Attributes:
        query: who was screened.
        as_of: the day of the lists and of the law; None for the newest editions and the law as it
            was known last.
        editions: the edition of each list that holds on that day, None where none is held.
        threshold: the score from which a match counts.
        limit: how many hits are told at most.
        hits: the hits, the likeliest first.
        cleared: parties whose name fits and whom a strong identifier rules out.
        regimes: the regimes that explain programme tags.
        receipt: what the answer depends on.
    """

    query: Query
    as_of: str | None
    editions: dict[str, str | None]
    threshold: float
    limit: int
    hits: tuple[Hit, ...]
    cleared: tuple[Hit, ...]
    regimes: tuple[str, ...]
    receipt: Receipt
    schema: str = "detente.hits/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each hit that nobody has cleared, with the columns of a batch."""
        return [
            {"row": 1, "query": self.query.name, **row_of(hit)}
            for hit in self.hits
            if not hit.is_cleared
        ]


def row_of(hit: Hit) -> dict[str, Any]:
    """Return a hit as the columns of a batch, lists joined by semicolons."""
    return {
        "score": hit.score, "entry": hit.entry, "name": hit.name, "source": hit.source,
        "programmes": "; ".join(hit.programmes), "authority": "; ".join(hit.authority),
        "measures": "; ".join(hit.measures), "since": hit.since or "",
        "why": "; ".join(said(reason) for reason in hit.reasons),
    }  # fmt: skip


def said(reason: Reason) -> str:
    """Return a reason as one line, with its weight."""
    return f"{reason.text} ({reason.weight:+.1f})"


def hit_of(
    match: Match, content: str, regimes: Sequence[Regime], on: date | None, known: Grounds
) -> Hit:
    """Return a match as a hit.

    Args:
        match: the match.
        content: digest of the entry's content.
        regimes: the regimes that may explain its tags.
        on: the day of the lists; None for the newest.
        known: grounds that were found before, by content; they are added to.
    """
    party = match.party
    grounds = known.get(content)
    if grounds is None:
        grounds = known[content] = grounds_of(party, regimes, on)
    days = [str(row.listed_on) for row in party.listings if row.listed_on is not None]
    return Hit(
        score=match.score, entry=party.id, name=match.name, primary=party.name, kind=party.kind,
        source=party.source, programmes=party.programmes,
        authority=_once(ground.authority for ground in grounds),
        measures=_once(id_ for ground in grounds for id_ in ground.measures),
        since=min(days, default=None), grounds=grounds, reasons=match.reasons,
        settles=match.settles, cleared=match.cleared, content=content,
    )  # fmt: skip


Grounds = dict[str, tuple[Ground, ...]]
"""Grounds of entries, by the digest of their content."""


def grounds_of(party: Party, regimes: Sequence[Regime], on: date | None) -> tuple[Ground, ...]:
    """Return on what a listing rests, each tag by the regimes that explain it, with the ways out.

    A tag that no regime explains is not known to rest on nothing, and is kept.
    """
    found: dict[Ground, None] = {}
    explained: set[str] = set()
    loose: dict[str, Basis] = {}
    for regime in regimes:
        if not explains(party.source, regime) or not _concerns(party, regime):
            continue
        for basis in bases_of(party, regime, on):
            if basis.how == "unmapped":
                loose.setdefault(basis.tag, basis)
                continue
            explained.add(basis.tag)
            found[_ground(basis, regime)] = None
    for tag in party.programmes:
        if tag not in explained:
            told = loose.get(tag)
            text = "no regime at hand explains the tag" if told is None else told.citation
            found[Ground(regime=None, tag=tag, authority=f"tag {tag}", measures=(),
                         how="unmapped", citation=text,
                         confidence=told.confidence if told else None)] = None  # fmt: skip
    return tuple(found)


def _concerns(party: Party, regime: Regime) -> bool:
    """Whether a regime's own tags are on an entry, or one that it shares with others."""
    return belongs(party, regime) or any(tag in regime.programmes for tag in party.programmes)


def _ground(basis: Basis, regime: Regime) -> Ground:
    paths = _once(id_ for measure in basis.measures for id_ in regime.paths_of.get(measure, ()))
    return Ground(
        regime=regime.id, tag=basis.tag, authority=basis.authority, measures=basis.measures,
        how=basis.how, citation=basis.citation, confidence=basis.confidence,
        ways=tuple(
            Way(path=path.id, kind=path.kind, ends=path.ends, decided_by=path.decided_by,
                citation=path.citation)
            for path in map(regime.paths.__getitem__, paths)
        ),
    )  # fmt: skip


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
