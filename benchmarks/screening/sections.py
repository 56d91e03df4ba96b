"""What is measured about answers, one function a section: each asks one engine and returns figures.

A figure is a number under words that say what it is, of how many, and in what unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from screening import doubts, inputs, koreans
from screening.asking import Asked, Spec, ask, screening
from screening.inputs import Pair, Sought
from screening.measures import (
    best_f1,
    by_group,
    is_found,
    labelled,
    share,
    threshold_for,
    top,
)  # fmt: skip
from screening.worker import Hits

Figures = dict[str, float]
F1: Final = "F1, %"
AGREED: Final = "without the disputed labels: F1, %"
FOUND: Final = "right entry found, %"
ALERTS: Final = "alerts per 10,000"


def compared(held: Sequence[Pair]) -> dict[str, Any]:
    """Return the job that compares bare names."""
    triples = [(p.query["name"], p.candidate["name"], p.query["kind"]) for p in held]
    return {"op": "pairs", "pairs": triples}


def pairs(spec: Spec) -> Figures:
    """Names alone, by the labels of others; the threshold is each engine's own."""
    held = inputs.labelled_pairs()
    return _labelled("pairs", held, ask(spec, None, [compared(held)]))


def entities(spec: Spec) -> Figures:
    """Names with their parts and other names, by the labels of others."""
    held = inputs.entity_checks()
    job = {"op": "checks", "pairs": [(pair.query, pair.candidate) for pair in held]}
    return _labelled("checks", held, ask(spec, None, [job]))


def _labelled(source: doubts.Source, held: Sequence[Pair], asked: Asked) -> Figures:
    (scores,), labels = asked.results, [pair.match for pair in held]
    at = asked.threshold
    figures = {"pairs": float(len(held)), "of them the same": float(sum(labels))}
    figures |= labelled(scores, labels, at)
    figures["F1 at the threshold that suits best, %"] = best_f1(scores, labels)
    if doubts.can_tell():
        own = [n for n, agrees in enumerate(doubts.agreed(source)) if agrees]
        figures["labels disagreed with"] = float(len(held) - len(own))
        figures[AGREED] = _part(scores, labels, own, at)[F1]
    for kind in ("person", "organisation"):
        own = [n for n, pair in enumerate(held) if pair.group == kind]
        part = _part(scores, labels, own, at)
        figures |= {f"{len(own)} of kind {kind}: {name}": value for name, value in part.items()}
    return figures


def _part(
    scores: Sequence[float], labels: Sequence[bool], own: Sequence[int], at: float
) -> Figures:
    return labelled([scores[n] for n in own], [labels[n] for n in own], at)


def un(spec: Spec) -> Figures:
    """Names, births and countries of people on the UN list and of people who are not listed."""
    return _un(spec, bare=False)


def un_bare(spec: Spec) -> Figures:
    """The same people, of whom no more is told than the name."""
    return _un(spec, bare=True)


def _un(spec: Spec, bare: bool) -> Figures:
    sought = inputs.un_with_errors(bare)
    sets = [inputs.sample(inputs.clean(name, bare), spec.most) for name in ("global", "us")]
    asked = ask(spec, "listed, and gone since", [screening(items) for items in (sought, *sets)])
    found, *clean = [result["hits"] for result in asked.results]
    at = asked.threshold
    past = {party.id for party in inputs.gone()}
    flags = [is_found(item, hits, at) for item, hits in zip(sought, found, strict=True)]
    figures = {"names with errors": float(len(sought))}
    figures["of them of entries gone since, which are added to the list"] = float(
        sum(item.wanted <= past for item in sought)
    )
    figures[FOUND] = share(flags)
    for group, (count, value) in by_group(sought, flags).items():
        figures[f"{count} with error in {group}: found, %"] = value
    every = [hits for held in clean for hits in held]
    figures["clean names"] = float(len(every))
    figures[ALERTS] = 100 * share(top(hits) >= at for hits in every)
    for name, held in zip(("global", "us"), clean, strict=True):
        figures[f"{ALERTS}, {name} set"] = 100 * share(top(hits) >= at for hits in held)
    figures |= _alerts_by_script(sets, clean, at)
    for budget in (10, 20, 50, 100):
        level = threshold_for(every, budget)
        figures[f"found at {budget} alerts per 10,000, %"] = share(
            is_found(item, hits, level) for item, hits in zip(sought, found, strict=True)
        )
    return figures


def _alerts_by_script(
    sets: Sequence[Sequence[Sought]], clean: Sequence[Sequence[Hits]], at: float
) -> Figures:
    items = [item for held in sets for item in held]
    flags = [top(hits) >= at for held in clean for hits in held]
    return {
        f"{ALERTS}, {script}": 100 * value
        for script, (count, value) in by_group(items, flags).items()
        if count >= 100
    }


def scripts(spec: Spec) -> Figures:
    """Asked for in their own script; the index holds names in Latin script alone."""
    sought = inputs.original_scripts()
    clean = [item for item in inputs.clean("global", bare=True) if item.group != "Latn"]
    clean = inputs.sample(clean, spec.most)
    asked = ask(spec, "listed, Latin script alone", [screening(sought), screening(clean)])
    found, others = (result["hits"] for result in asked.results)
    figures = _recall("names", sought, found, asked.threshold)
    figures["clean names in other scripts"] = float(len(clean))
    figures[ALERTS] = 100 * share(top(hits) >= asked.threshold for hits in others)
    return figures


def korean(spec: Spec) -> Figures:
    """Asked for in Hangul; half stand in Latin script among the persons of the lists."""
    sought, clean = koreans.sought(), koreans.others()
    asked = ask(spec, "listed persons, and Koreans", [screening(sought), screening(clean)])
    found, others = (result["hits"] for result in asked.results)
    figures = _recall("names", sought, found, asked.threshold)
    figures["Korean names that are not there"] = float(len(clean))
    figures["alerts per 100 of them"] = share(top(hits) >= asked.threshold for hits in others)
    return figures


def uk(spec: Spec) -> Figures:
    """The British list itself says which UN entry each of its entries is."""
    figures: Figures = {}
    first, alone = inputs.uk_links(False), inputs.uk_links(True)
    asked = ask(spec, "UN list of 2018", [screening(first), screening(alone)])
    for words, items, result in (
        ("entries by their first name", first, asked.results[0]),
        ("names, each alone", alone, asked.results[1]),
    ):
        figures |= _recall(words, items, result["hits"], asked.threshold)
    return figures


def _recall(words: str, sought: Sequence[Sought], found: Sequence[Hits], at: float) -> Figures:
    flags = [is_found(item, hits, at) for item, hits in zip(sought, found, strict=True)]
    figures = {words: float(len(sought)), f"{words}: {FOUND}": share(flags)}
    figures[f"{words}: right entry first, %"] = share(
        bool(hits) and hits[0][1] >= at and hits[0][0] in item.wanted
        for item, hits in zip(sought, found, strict=True)
    )
    groups = by_group(sought, flags)
    if len(groups) > 1:
        figures |= {
            f"{words}: {count} {group}, %": value for group, (count, value) in groups.items()
        }
    return figures


def adversarial(spec: Spec) -> Figures:
    """Listed parties under errors and other spellings, and others like them; Latin lists alone."""
    cases = inputs.sample(inputs.adversarial_cases(), spec.most * 3)
    items = [Sought(case.query, frozenset({case.party_id}), case.kind) for case in cases]
    asked = ask(spec, "listed, Latin script alone", [screening(items)])
    hits = asked.results[0]["hits"]
    flags = [is_found(item, own, asked.threshold) for item, own in zip(items, hits, strict=True)]
    figures: Figures = {}
    for match, who, what in ((True, "same", "found"), (False, "others", "alerts")):
        own = [n for n, case in enumerate(cases) if case.match == match]
        told = [flags[n] for n in own]
        figures[f"{who}: {len(own)} in all, {what}, %"] = share(told)
        by_kind = by_group([items[n] for n in own], told)
        for group, (count, value) in sorted(by_kind.items()):
            figures[f"{who}: {count} {group}, {what}, %"] = value
        scripted = [items[n]._replace(group=cases[n].script) for n in own]
        for group, (count, value) in by_group(scripted, told).items():
            figures[f"{who}: {count} in {group}, {what}, %"] = value
    return figures
