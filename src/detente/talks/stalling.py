"""Signals of stalling in a real timeline, each by a stated rule and each cited.

A signal is no verdict: a party that is sincere and poor in trust takes small steps too. The rules
only say what happened; the model of reputation (``detente simulate trust``) says what such steps
can and cannot teach. Both sides are looked at, since relief that is taken back teaches as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from detente.law.dates import span
from detente.law.regime import Regime
from detente.law.vocabulary import extent_rank
from detente.offers.model import Clause, Offer
from detente.relief.frames import Framed
from detente.talks.gap import touched_by
from detente.talks.precedents import Case, Precedents

SMALL: Final = 0.05
"""Share of an area, by weight, under which a step costs a staller next to nothing: a choice."""

WIDE: Final = 0.5
"""Distance between a narrow and a broad reading of a give from which its scope counts as open."""

RULES: Final[dict[str, str]] = {
    "reversal": "what a deal had touched got worse afterwards, or relief given was taken back",
    "costless step": f"a step that reaches less than {SMALL:.0%} of each issue area by weight, or "
    "a promise that changes nothing on the ground",
    "scope left undefined": "the text did not say what was to be done, the sides used a word "
    f"differently, or readings of a give lie {WIDE:.0%} apart",
    "verification refused": "inspectors sent away or a protocol refused; or none was agreed at all",
}
"""Each rule in a sentence."""


class Signal(msgspec.Struct, frozen=True, kw_only=True):
    """One signal.

    Attributes:
        rule: the rule that found it.
        date: when it showed, possibly imprecise.
        by: whose act it was: ``target``, ``sender`` or ``both``; ``not said`` of a development,
            whose row names what got worse and not who made it so.
        deal: the deal or offer that it belongs to.
        text: what was found.
        sources: what it cites.
        confidence: how that is known.
    """

    rule: str
    date: str
    by: str
    deal: str
    text: str
    sources: tuple[str, ...]
    confidence: str


class Stalling(msgspec.Struct, Framed, frozen=True, kw_only=True):
    """The signals of stalling in a timeline (``detente.stalling/1``), oldest first.

    Attributes:
        regime: id of the regime.
        offer: id of the offer that was looked at too.
        rules: what each rule says.
        signals: what they found.
        quiet: deals in which no rule found anything.
        note: what a signal is and is not.
    """

    regime: str
    offer: str | None
    rules: dict[str, str]
    signals: tuple[Signal, ...]
    quiet: tuple[str, ...]
    note: str
    schema: str = "detente.stalling/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each signal."""
        return [
            {
                "rule": item.rule, "date": item.date, "by": item.by, "deal": item.deal,
                "text": item.text, "sources": " ".join(item.sources),
                "confidence": item.confidence,
            }
            for item in self.signals
        ]  # fmt: skip


def stalling(regime: Regime, known: Precedents, offer: Offer | None = None) -> Stalling:
    """Return the signals of stalling in the deals made with a regime's target.

    Args:
        regime: the regime.
        known: its cases; those with other targets are left out.
        offer: an offer of the regime to look at too.
    """
    deals = [case for case in known.cases if case.target == regime.id]
    found = [signal for case in deals for signal in (*_events(case), *_shape(case, regime))]
    found += _worse(regime, deals, offer)
    if offer is not None:
        found += _offered(regime, offer)
    heard = {signal.deal for signal in found}
    return Stalling(
        regime=regime.id,
        offer=offer.id if offer else None,
        rules=RULES,
        signals=tuple(sorted(found, key=lambda item: (span(item.date).start, item.rule))),
        quiet=tuple(case.id for case in deals if case.id not in heard),
        note="a signal is no verdict: sincere parties take small steps too, and early cheap "
        "compliance teaches little either way",
    )


_KINDS: Final = {
    "breach": "reversal", "reversal": "reversal", "exit": "reversal",
    "refusal": "verification refused",
}  # fmt: skip


def _events(case: Case) -> Iterator[Signal]:
    """What happened in a deal that is a signal by its kind."""
    for event in case.events:
        if event.kind in _KINDS and event.by not in (None, "third"):
            yield Signal(
                rule=_KINDS[event.kind],
                date=event.date,
                by=event.by,
                deal=case.id,
                text=f"{event.kind}: {event.text}",
                sources=case.sources,
                confidence=case.confidence,
            )


def _shape(case: Case, regime: Regime) -> Iterator[Signal]:
    """What the shape of a deal says."""

    def signal(rule: str, by: str, text: str) -> Signal:
        return Signal(
            rule=rule, date=case.start, by=by, deal=case.id, text=text,
            sources=case.sources, confidence="analyst",
        )  # fmt: skip

    if case.scope_defined in ("no", "partly"):
        text = f"scope defined: {case.scope_defined} ({case.shape})"
        yield signal("scope left undefined", "both", text)
    if case.verification_agreed == "no":
        yield signal("verification refused", "both", f"none agreed ({case.verification})")
    shares = _reached(regime, case.features.touched)
    if shares and max(shares.values()) < SMALL:
        yield signal("costless step", "target", _said(shares))


def _reached(regime: Regime, touched: Mapping[str, float]) -> dict[str, float]:
    """The share of each area that components make up, by central weight; touched areas only."""
    shares: dict[str, float] = {}
    for id_, part in touched.items():
        row = regime.components.get(id_)
        if row is not None:
            shares[row.area] = shares.get(row.area, 0.0) + part * row.weight.central
    return shares


def _said(shares: Mapping[str, float]) -> str:
    parts = ", ".join(f"{100 * share:.1f} % of {area}" for area, share in shares.items())
    return f"touched no more than {parts}"


def _worse(regime: Regime, deals: Iterable[Case], offer: Offer | None) -> Iterator[Signal]:
    """Developments for the worse of components that a deal, or the offer, had touched before.

    An offer that was not agreed bound nobody, so nothing is a reversal of it.
    """
    touched = [(case.id, span(case.start).start, set(case.features.touched)) for case in deals]
    if offer is not None and offer.terms is not None and offer.terms.agreed:
        touched.append((offer.id, offer.as_of, set(touched_by(_gives(offer)))))
    for item in regime.developments.values():
        if not item.effect.startswith("worse"):
            continue
        day = span(item.date)
        earlier = [
            (start, deal, sorted(parts & set(item.components)))
            for deal, start, parts in touched
            if start < day.end and parts & set(item.components)
        ]
        if earlier:
            _, deal, parts = max(earlier)  # the latest deal that had touched them
            yield Signal(
                rule="reversal",
                date=item.date,
                by="not said",
                deal=deal,
                text=f"{item.text.rstrip('.')} (touched before: {', '.join(parts)})",
                sources=item.sources,
                confidence=item.confidence,
            )


def _gives(offer: Offer) -> list[Clause]:
    return [c for p in offer.positions if p.role == "target" for c in p.gives]


def _offered(regime: Regime, offer: Offer) -> Iterator[Signal]:
    """What the offer itself shows: promises, small steps, open scope, words used differently."""
    for clause in _gives(offer):
        yield from _clause(regime, offer, clause)
    pairs: dict[str, list[str]] = {}
    for key in offer.definitions:
        word, _, who = key.partition(", as ")
        pairs.setdefault(word, []).append(who)
    for word, readers in pairs.items():
        if len(readers) > 1:
            yield Signal(
                rule="scope left undefined",
                date=offer.as_of.isoformat(),
                by="both",
                deal=offer.id,
                text=f"{word!r} is used differently: as {' and as '.join(readers)}",
                sources=offer.sources,
                confidence=offer.confidence,
            )


def _clause(regime: Regime, offer: Offer, clause: Clause) -> Iterator[Signal]:
    def signal(rule: str, text: str) -> Signal:
        return Signal(
            rule=rule, date=offer.as_of.isoformat(), by="target", deal=offer.id, text=text,
            sources=clause.sources, confidence=clause.confidence,
        )  # fmt: skip

    levels = [s.level for s in clause.requirements if s.requirement in _binding(regime)]
    name = clause.short or clause.text
    if levels and all(extent_rank(level) <= extent_rank("commitment") for level in levels):
        yield signal("costless step", f"a promise ({', '.join(sorted(set(levels)))}): {name}")
    shares: dict[str, float] = {}
    for given in clause.components:
        if given.fraction is not None:
            row = regime.components[given.component]
            part = row.weight.central * given.fraction.high
            shares[row.area] = shares.get(row.area, 0.0) + part
    if shares and max(shares.values()) < SMALL:
        yield signal("costless step", f"{name}: {_said(shares)}")
    wide = [
        g.component for g in clause.components
        if g.fraction is not None and g.fraction.high - g.fraction.low >= WIDE
    ]  # fmt: skip
    if wide:
        yield signal("scope left undefined", f"{name}: readings lie far apart on {', '.join(wide)}")


def _binding(regime: Regime) -> set[str]:
    """The requirements that some measure is tied to; what was merely proposed in talks is apart."""
    return {row.id for row in regime.requirements.values() if row.kind == "conduct"}
