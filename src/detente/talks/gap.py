"""The perception gap: one offer under several rulers, side by side.

Each side is right by its own ruler. "Five of eleven" and "in their entirety" can be the same list
of measures, so no ruler is ever shown alone, and what is given is measured by area and never
averaged over areas: in law they are conjunctive.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.law.vocabulary import Truth
from detente.offers.model import Clause
from detente.relief.spirit import Share
from detente.talks.gap_results import (
    AreaGap,
    Definition,
    Gap,
    Order,
    Ratio,
    Ruler,
    Scope,
    Vision,
)
from detente.talks.setting import Setting

_LEFT_OUT = 8
"""How many components are named that a vision leaves out."""


def gap(at: Setting, measured: Sequence[Ruler] = ()) -> Gap:
    """Return the perception gap of an offer.

    Args:
        at: the offer on its day.
        measured: further rulers that come from elsewhere; the first of them, such as export
            earnings, is what the exchange ratio counts relief by.
    """
    earnings = next((r.asked for r in measured if r.asked is not None), None)
    areas = tuple(_areas(at, earnings))
    return Gap(
        regime=at.regime.id,
        offer=at.offer.id,
        offer_name=at.offer.name,
        reading=at.reading,
        as_of=at.view.day,
        rulers=(*_counts(at), *measured, *_conduct(at)),
        exchange_ratio={item.area: item.ratio for item in areas},
        exchange_ruler="the area's measures in force" if earnings is None else measured[0].ruler,
        areas=areas,
        order=_order(at),
        definitions=tuple(
            Definition(word=word, text=text) for word, text in at.offer.definitions.items()
        ),
        visions=tuple(_visions(at)),
    )


def _exact(part: int, whole: int) -> Share | None:
    if not whole:
        return None
    value = round(part / whole, 6)
    return Share(low=value, central=value, high=value)


def _counts(at: Setting) -> Iterable[Ruler]:
    """The rulers that count law: instruments, measures, sectoral bans."""
    regime, asked = at.regime, set(at.asked)
    touched = {regime.measures[id_].instrument for id_ in asked}
    counted = [id_ for id_ in at.offer.counted if id_ in touched]
    if at.offer.counted:
        yield Ruler(
            ruler="instruments counted",
            text=f"{len(counted)} of the {len(at.offer.counted)} that the asker counts "
            "have measures in the ask",
            asked=_exact(len(counted), len(at.offer.counted)),
            given=None,
            citation="; ".join(regime.instruments[id_].citation for id_ in counted),
            confidence=at.offer.confidence,
        )
    issuers = {regime.instruments[id_].issuer for id_ in touched}
    same = [m for m in at.in_force if regime.instruments[regime.measures[m].instrument].issuer
            in issuers]  # fmt: skip
    for name, text, among in (
        ("measures of the same issuers", "of those that issued what is asked", same),
        ("measures of all issuers", "of every issuer", list(at.in_force)),
    ):
        yield Ruler(
            ruler=name,
            text=f"{len(asked)} of {len(among)} measures in force {text}",
            asked=_exact(len(asked), len(among)),
            given=None,
            citation=f"the law of {regime.id} on {at.view.day}",
            confidence="computed",
        )
    bans = [m for m in same if regime.measures[m].kind.startswith("export-ban")]
    if bans:
        hit = [m for m in bans if m in asked]
        yield Ruler(
            ruler="sectoral export bans",
            text=f"{len(hit)} of {len(bans)} bans on a sector's exports by the same issuers",
            asked=_exact(len(hit), len(bans)),
            given=None,
            citation="; ".join(dict.fromkeys(regime.citation_of(m) for m in bans)),
            confidence="computed",
        )


def _conduct(at: Setting) -> Iterable[Ruler]:
    """The rulers that count conduct: issue areas touched, legal requirements met."""
    areas = at.regime.areas
    imposed = {area for m in at.asked for area in at.regime.measures[m].areas}
    shares = at.shares()
    touched = [a for a in areas if (share := shares[a]) is not None and share.high > 0]
    listed = [a for a in areas if shares[a] is not None]
    yield Ruler(
        ruler="issue areas",
        text=f"the ask reaches measures imposed for {len(imposed)} of {len(areas)} areas; "
        + (f"the gives touch {len(touched)}" if listed else "components of none are listed"),
        asked=_exact(len(imposed), len(areas)),
        given=_exact(len(touched), len(areas)) if listed else None,
        citation="; ".join(areas[a].name for a in touched) or "none touched",
        confidence="computed",
    )
    facts, tied = at.kept(), at.conduct_of(at.asked)
    everything = at.conduct_of(at.in_force)
    found = [at.truth(facts, id_) for id_ in tied]
    if tied:
        met = sum(t is Truth.MET for t in found) / len(found)
        maybe = sum(t is not Truth.UNMET for t in found) / len(found)
        given = Share(low=met, central=met, high=maybe)
        yield Ruler(
            ruler="legal requirements",
            text=f"the asked measures are tied to {len(tied)} of the {len(everything)} conduct "
            f"requirements of measures in force; kept in full, the gives meet "
            f"{sum(t is Truth.MET for t in found)} of them",
            asked=_exact(len(tied), len(everything)),
            given=given,
            citation="; ".join(at.regime.requirements[id_].citation for id_ in tied),
            confidence="computed",
        )


def _areas(at: Setting, earnings: Share | None) -> Iterable[AreaGap]:
    shares = at.shares()
    for area in at.regime.areas.values():
        bound = [m for m in at.in_force if area.id in at.regime.measures[m].areas]
        hit = [m for m in bound if m in set(at.asked)]
        asked, given = _exact(len(hit), len(bound)), shares[area.id]
        counted = ratio(asked, given) if hit else None
        weighed = ratio(earnings, given) if hit else None
        yield AreaGap(
            area=area.id, name=area.name, asked=asked, given=given,
            ratio=counted if earnings is None else weighed, ratio_by_measures=counted,
        )  # fmt: skip


def ratio(asked: Share | None, given: Share | None) -> Ratio | None:
    """Return relief asked over conduct reached; None where nothing is given or nothing is known.

    The low end has the most conduct for the least relief, the high end the reverse.
    """
    if asked is None or given is None or given.high <= 0 or given.central <= 0:
        return None
    return Ratio(
        low=round(asked.low / given.high, 6),
        central=round(asked.central / given.central, 6),
        high=round(asked.high / given.low, 6) if given.low > 0 else None,
        # ends of nine draws in ten bound nothing, so neither does what is made of them
        kind="p05-p95" if "p05-p95" in (asked.kind, given.kind) else "bounds",
    )


def _order(at: Setting) -> Order:
    by_role = {position.role: position.order for position in at.offer.positions}
    return Order(target=by_role.get("target"), sender=by_role.get("sender"))


def _visions(at: Setting) -> Iterable[Vision]:
    for position in at.offer.positions:
        clauses = position.gives if position.role == "target" else position.asks
        yield Vision(
            party=position.party,
            role=position.role,
            text=tuple(clause.short or clause.text for clause in clauses),
            moves=position.order,
            covers=tuple(_scopes(at, clauses)),
        )


def _scopes(at: Setting, clauses: Sequence[Clause]) -> Iterable[Scope]:
    touched = touched_by(clauses)
    for area in at.regime.areas.values():
        rows = [c for c in at.regime.components.values() if c.area == area.id]
        total = sum(c.weight.central for c in rows)
        hit = {c.id: touched[c.id] for c in rows if c.id in touched}
        left = sorted((c for c in rows if c.id not in hit), key=lambda c: -c.weight.central)
        yield Scope(
            area=area.id,
            components=len(rows),
            touched=len(hit),
            count_share=round(sum(hit.values()) / len(rows), 6) if rows else 0.0,
            weight_share=round(
                sum(c.weight.central * hit.get(c.id, 0) for c in rows) / total, 6
            ) if total else 0.0,
            leaves_out=tuple(c.id for c in left[:_LEFT_OUT]),
        )  # fmt: skip


def touched_by(clauses: Iterable[Clause]) -> dict[str, float]:
    """Return the components that clauses touch: 1 where whole, a half where in part."""
    touched: dict[str, float] = {}
    for clause in clauses:
        for given in clause.components:
            share = 1.0 if given.touched == "yes" else 0.5
            touched[given.component] = max(touched.get(given.component, 0), share)
    return touched
