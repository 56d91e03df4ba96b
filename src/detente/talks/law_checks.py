"""Checks of what a brief says of the law: what texts ask for, what their letter and spirit bear."""

from __future__ import annotations

from collections import Counter

from detente.relief.letter import Letters
from detente.talks.briefs import Claim
from detente.talks.claims import Known
from detente.talks.verdicts import Found, Verdict, graded


def areas_have_requirements(claim: Claim, known: Known) -> Found:
    """Every issue area has a conduct requirement in the law."""
    regime = known.at.regime
    by_area: dict[str, list[str]] = {area: [] for area in regime.areas}
    for row in regime.requirements.values():
        if row.kind == "conduct" and row.binding != "none":
            for area in row.areas:
                by_area[area].append(row.id)
    met = [area for area, ids in by_area.items() if ids]
    firsts = [regime.requirements[ids[0]].citation for ids in by_area.values() if ids]
    return Found(
        verdict=graded(len(met), len(by_area)),
        why=", ".join(f"{regime.areas[a].short}: {len(ids)}" for a, ids in by_area.items())
        + " conduct requirements",
        citation="; ".join(firsts),
        numbers={area: len(ids) for area, ids in by_area.items()},
    )


def ends_on_conduct(claim: Claim, known: Known) -> Found:
    """The texts let measures end only on conduct."""
    letters = Letters(known.at.view, known.at.now)
    ways = Counter(letters.measure(id_).way_out for id_ in known.at.in_force)
    bound, total = ways["conduct-bound"], len(known.at.in_force)
    return Found(
        verdict=graded(bound, total),
        why=f"of {total} measures in force, {bound} end only on conduct, {ways['findings-only']} "
        f"leave it to a decision and {ways['none']} have no ending path: as a policy it can be "
        "chosen, but it is not what most of the texts say",
        citation=f"the ending paths of {known.at.regime.id} on {known.at.view.day}",
        numbers={"in force": total, "on conduct": bound, "on decisions": ways["findings-only"],
                 "no path": ways["none"]},
    )  # fmt: skip


def letter_violated(claim: Claim, known: Known) -> Found:
    """Relief for what was offered is barred by the letter of the law."""
    letters = Letters(known.at.view, known.at.kept())
    asked = Counter(letters.measure(id_).letter for id_ in known.at.asked)
    everywhere = Counter(letters.measure(id_).letter for id_ in known.at.in_force)
    bound = [id_ for id_ in known.at.in_force if letters.measure(id_).way_out == "conduct-bound"]
    barred = [id_ for id_ in bound if letters.measure(id_).letter == "barred"]
    allowed = asked["open"] + asked["discretionary"]
    paths = dict.fromkeys(
        path.path.citation for id_ in barred for path in letters.measure(id_).paths
    )
    votes = dict.fromkeys(
        path.path.citation for id_ in known.at.asked for path in letters.measure(id_).paths
    )
    verdict: Verdict = "holds" if not allowed else "partly" if barred else "fails"
    return Found(
        verdict=verdict,
        why=f"fails for {allowed} of the {len(known.at.asked)} measures asked for, which a "
        f"decision may end whatever the target did; holds for {len(barred)} of "
        f"{len(bound)} measures in force that end only on conduct, whose limbs the offer would "
        "not have met",
        citation="; ".join([*list(votes)[:2], *list(paths)[:4]]),
        numbers={"asked": dict(asked), "in force": dict(everywhere),
                 "bound to conduct and barred": len(barred)},
    )  # fmt: skip


def spirit_short(claim: Claim, known: Known) -> Found:
    """The measures asked for would end with their issue areas not verifiably met."""
    shares = known.at.shares()
    measures = known.at.regime.measures
    judged = [id_ for id_ in known.at.asked
              if any(shares[area] is not None for area in measures[id_].areas)]  # fmt: skip
    if not judged:
        return Found(
            verdict="not-checkable",
            why="no component is listed of the areas that the asked measures were imposed for",
            citation="none",
        )
    short = [
        id_ for id_ in judged
        if any((s := shares[a]) is not None and s.high < 1 for a in measures[id_].areas)
    ]  # fmt: skip
    areas = {a for id_ in short for a in measures[id_].areas}
    best = {a: s.high for a in sorted(areas) if (s := shares[a]) is not None}
    return Found(
        verdict=graded(len(short), len(judged)),
        why=f"{len(short)} of {len(judged)} measures asked for were imposed for areas that the "
        "offer leaves short even at the high end: "
        + ", ".join(f"{area} {share:.0%}" for area, share in best.items()),
        citation="the areas for which each measure was imposed, and the weights of their "
        "components",
        numbers={"short": len(short), "judged": len(judged), "highest share if kept": best},
        confidence="analyst",
    )


def backsliding(claim: Claim, known: Known) -> Found:
    """Relief without its condition, found by audit of the record and, where kept, of the lists."""
    counts = Counter(e.verdict for e in known.audit.entries if e.verdict is not None)
    bad = counts["unearned"] + counts["early"]
    lists = "no list is kept in the store, so delistings were not looked at"
    if known.listed is not None:
        found, editions = known.listed
        lists = f"{found} delistings without a stated ground in {editions} editions of lists"
        bad += found
    told = ", ".join(f"{word} {n}" for word, n in sorted(counts.items())) or "none judged"
    return Found(
        verdict="not-checkable",
        why="whether it must be is a norm; what can be checked is whether it happened: "
        f"{bad} cases of relief without its condition are on record (verdicts: {told}); {lists}",
        citation="; ".join(
            dict.fromkeys(e.citation for e in known.audit.entries if e.verdict and e.citation)
        ) or "the history of the regime",
        numbers={"verdicts": dict(counts), "without condition": bad},
    )  # fmt: skip
