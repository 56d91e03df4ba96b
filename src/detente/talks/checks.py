"""What can be computed of a claim: each check answers one sort of sentence, for any brief."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

from detente.law.subjects import Component
from detente.offers.model import Clause, Offer
from detente.pressure.model import Band
from detente.talks import law_checks, models
from detente.talks.briefs import Claim
from detente.talks.claims import Known
from detente.talks.gap import touched_by
from detente.talks.verdicts import Found, Verdict, graded

Check = Callable[[Claim, Known], Found]

_NEXT_TO_NOTHING: Final = 0.01
"""A central share under which something counts as not addressed: one in a hundred."""

_FAR: Final = 0.2
"""How far two visions' shares of an area must lie apart to count as different."""


def not_agreed(claim: Claim, known: Known) -> Found:
    """The talks ended without an agreed text, on the offer's record."""
    offer = known.at.offer
    agreed = offer.terms.agreed if offer.terms else None
    verdict: Verdict = "not-checkable" if agreed is None else "fails" if agreed else "holds"
    return Found(
        verdict=verdict,
        why=offer.outcome or "the record does not say how the talks ended",
        citation=_sources(known, offer.sources),
        confidence=offer.confidence,
    )


def every_ruler(claim: Claim, known: Known) -> Found:
    """Every ruler puts what was asked at or above a share."""
    least = claim.at_least if claim.at_least is not None else 1.0
    told = {r.ruler: r.asked.central for r in known.gap.rulers if r.asked is not None}
    above = [name for name, share in told.items() if share >= least]
    below = [name for name in told if name not in above]
    readings = {name: item.count for name, item in known.at.offer.readings.items()}
    return Found(
        verdict=graded(len(above), len(told)),
        why=f"{least:.0%} or more by {_list(above, told)}; less by {_list(below, told)}",
        citation="; ".join(dict.fromkeys(r.citation for r in known.gap.rulers if r.ruler in above))
        or "every ruler of the gap",
        numbers={"rulers": told, "measures in each reading": readings},
    )


def gives_confined(claim: Claim, known: Known) -> Found:
    """Everything that the target gives lies in one place."""
    place, touched = claim.place or "", _given(known.at.offer)
    rows = [known.at.regime.components[id_] for id_ in touched]
    if not rows:
        return Found(
            verdict="not-checkable", why="no component that the gives touch is listed",
            citation="none",
        )  # fmt: skip
    outside = [row.id for row in rows if not _lies_in(row, place)]
    inside = len(rows) - len(outside)
    why = f"{inside} of {len(rows)} components touched belong to {place}"
    if outside:
        why += f"; the rest do not: {', '.join(outside)}"
    offer = known.at.offer
    return Found(
        verdict=graded(inside, len(rows)),
        why=why,
        citation=_sources(known, [s for c in _clauses(offer) for s in c.sources]),
        numbers={"inside": inside, "outside": len(outside)},
        confidence=offer.confidence,
    )


def components_untouched(claim: Claim, known: Known) -> Found:
    """The gives reach next to nothing of some components."""
    rows = list(_meant(claim, known))
    kept = known.at.fractions
    total = sum(row.weight.central for row in rows)
    if not total:
        return Found(
            verdict="not-checkable", why="no component of that sort is listed", citation="none"
        )
    reached = {row.id: row.weight.central * kept[row.id].central for row in rows if row.id in kept}
    share = sum(reached.values()) / total
    left = sorted((row for row in rows if row.id not in reached), key=lambda r: -r.weight.central)
    verdict: Verdict = "holds" if share < _NEXT_TO_NOTHING else "partly" if share < 0.5 else "fails"
    names = ", ".join(row.id for row in left[:6])
    touched = ", ".join(reached) or "none"
    return Found(
        verdict=verdict,
        why=f"{100 * share:.1f} % of them by weight is reached (touched: {touched}); "
        f"untouched, heaviest first: {names}",
        citation=_sources(known, [s for row in left[:6] for s in row.sources]),
        numbers={"components": len(rows), "touched": len(reached), "share": round(share, 6)},
        confidence="analyst",
    )


def area_not_addressed(claim: Claim, known: Known) -> Found:
    """The gives reach nothing of issue areas."""
    shares = known.at.shares()
    told = {area: shares[area] for area in claim.areas}
    known_shares = [share for share in told.values() if share is not None]
    if not known_shares:
        return Found(
            verdict="not-checkable", why="no component of the area is listed", citation="none"
        )
    most = max(share.high for share in known_shares)
    central = max(share.central for share in known_shares)
    verdict: Verdict = "holds" if most <= 0 else "partly" if central < 0.5 else "fails"
    lines = ", ".join(
        f"{area}: {100 * s.low:.1f} to {100 * s.high:.1f} % (central {100 * s.central:.1f})"
        for area, s in told.items()
        if s is not None
    )
    touched = [id_ for id_ in _given(known.at.offer)
               if known.at.regime.components[id_].area in claim.areas]  # fmt: skip
    return Found(
        verdict=verdict,
        why=f"if kept, {lines}; touched: {', '.join(touched) or 'none'}",
        citation=_sources(known, [s for c in _clauses(known.at.offer) for s in c.sources]),
        numbers=told,
        confidence="analyst",
    )


def visions_differ(claim: Claim, known: Known) -> Found:
    """The two sides' ideas of the deal cover different things."""
    if not known.at.regime.components:
        return Found(
            verdict="not-checkable",
            why="no component is listed, so what each side's idea covers is not known",
            citation="none",
        )
    visions = {v.role: {s.area: s.weight_share for s in v.covers} for v in known.gap.visions}
    target, sender = visions.get("target", {}), visions.get("sender", {})
    apart = {
        area: (share, sender.get(area, 0.0))
        for area, share in target.items()
        if abs(share - sender.get(area, 0.0)) >= _FAR
    }
    asked = [r.asked.central for r in known.gap.rulers if r.asked is not None]
    lines = "; ".join(
        f"{area}: {one:.0%} touched by the target's idea, {other:.0%} by the sender's"
        for area, (one, other) in apart.items()
    )
    spread = f"rulers put the ask between {min(asked):.0%} and {max(asked):.0%}"
    return Found(
        verdict="holds" if apart else "partly" if max(asked) - min(asked) >= _FAR else "fails",
        why=f"{lines or 'both touch about the same'}; {spread}",
        citation=_sources(known, known.at.offer.sources),
        numbers={"areas": apart, "least": min(asked), "most": max(asked)},
        confidence="analyst",
    )


def lever_families(claim: Claim, known: Known) -> Found:
    """There are levers in every family that is named; what they have bought is bounded."""
    if not known.pressure.levers:
        return Found(
            verdict="not-checkable",
            why=f"no lever of {known.at.regime.id} is known here",
            citation="none",
        )
    counts = Counter(str(lever.family) for lever in known.pressure.levers.values())
    there = [family for family in claim.families if counts[family]]
    rows = [row for row in known.pressure.estimates.values() if row.topic == "effect of sanctions"]
    bound = "; ".join(
        f"{row.text.rstrip('.')}"
        + (f" ({_number(row.value)} {row.unit})" if row.value is not None else "")
        for row in rows[:5]
    )
    return Found(
        verdict="partly" if len(there) == len(claim.families) else graded(
            len(there), len(claim.families)
        ),
        why=", ".join(f"{family}: {counts[family]}" for family in claim.families)
        + f" levers are known, each with its effect as an analyst's range; that calibrating them "
        f"pays is not shown, what pressure has bought so far being bounded by: {bound}",
        citation=", ".join(dict.fromkeys(s for row in rows for s in row.sources)),
        numbers=dict(counts),
        confidence="analyst",
    )  # fmt: skip


def judgement(claim: Claim, known: Known) -> Found:
    """Nothing decides it; what bears on it is shown."""
    if claim.show == "relief-owed":
        full = max(known.bridges.packages, key=lambda item: (len(item.relief), len(item.conduct)))
        owed = "; ".join(
            f"{act.decided_by} ({act.kind} of {act.measures}; {act.taken_back})"
            for act in full.owed
        )
        why = f"not decided here; on compliance relief is owed by {owed or 'nobody'}"
        return Found(
            verdict="not-checkable",
            why=why,
            citation="; ".join(act.citation for act in full.owed) or "none",
        )
    ended = Counter(c.features.ended_by for c in known.cases.cases if c.features.ended_by)
    told = ", ".join(f"{who} {n}" for who, n in ended.most_common()) or "none is known here"
    return Found(
        verdict="not-checkable",
        why="not decided here; credibility has two sides; earlier deals by who ended them: " + told,
        citation="; ".join(c.id for c in known.cases.cases if c.features.ended_by) or "none",
        numbers=dict(ended),
        confidence="analyst",
    )


CHECKS: Final[dict[str, Check]] = {
    "not-agreed": not_agreed,
    "every-ruler": every_ruler,
    "gives-confined": gives_confined,
    "components-untouched": components_untouched,
    "area-not-addressed": area_not_addressed,
    "visions-differ": visions_differ,
    "areas-have-requirements": law_checks.areas_have_requirements,
    "ends-on-conduct": law_checks.ends_on_conduct,
    "letter-violated": law_checks.letter_violated,
    "spirit-short": law_checks.spirit_short,
    "waiver-price": models.waiver_price,
    "stalling-pays": models.stalling_pays,
    "patience": models.patience,
    "backsliding": law_checks.backsliding,
    "lever-families": lever_families,
    "judgement": judgement,
}
"""Every check by the name that a brief gives it."""


def _clauses(offer: Offer) -> list[Clause]:
    return [c for p in offer.positions if p.role == "target" for c in p.gives]


def _given(offer: Offer) -> list[str]:
    return list(touched_by(c for p in offer.positions if p.role == "target" for c in p.gives))


def _lies_in(row: Component, place: str) -> bool:
    named = row.location.place if row.location else ""
    return place.casefold() in f"{named} {row.name}".casefold()


def _meant(claim: Claim, known: Known) -> Iterable[Component]:
    for row in known.at.regime.components.values():
        if (
            (not claim.areas or row.area in claim.areas)
            and (not claim.groups or row.group in claim.groups)
            and (not claim.kinds or row.kind in claim.kinds)
            and not (claim.outside and _lies_in(row, claim.outside))
        ):
            yield row


def _list(names: list[str], told: dict[str, float]) -> str:
    return ", ".join(f"{name} ({told[name]:.0%})" for name in names) or "none"


def _number(value: Band) -> str:
    """A number, or a range where it is one."""
    return f"{value.low:g}" if value.low == value.high else f"{value.low:g} to {value.high:g}"


def _sources(known: Known, ids: Iterable[str]) -> str:
    """The sources of some rows, each once, as they can be found with ``detente cite``."""
    return ", ".join(dict.fromkeys(ids))
