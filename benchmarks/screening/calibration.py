"""Whether a score of 0.8 is right eight times in ten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from screening import doubts, inputs
from screening.asking import Spec, ask, screening
from screening.measures import BINS, Bin, calibration_error, labelled, reliability
from screening.sections import F1, Figures, compared

ERROR: Final = "expected calibration error, 10 bins"
AGREED: Final = "expected calibration error without disputed labels"
STRETCHES: Final = [f"{n / BINS:.1f} to {(n + 1) / BINS:.1f}" for n in range(BINS)]


def held_back(spec: Spec) -> Figures:
    """Scores of labelled names by weights fitted to the other folds, which hold none of the two."""
    if spec.name != "detente" or not doubts.can_tell():
        return {}
    scored = doubts.held_back()
    both = [pair for own in scored.values() for pair in own]
    figures = _figures(both)
    agreed = [pair for own in doubts.held_back(agreed_only=True).values() for pair in own]
    figures[AGREED] = calibration_error(reliability(agreed))
    figures["times cut into folds"] = float(doubts.SEEDS)
    for source, own in scored.items():
        figures[f"{source}: {ERROR}"] = calibration_error(reliability(own))
        scores, labels = zip(*own, strict=True)
        figures[f"{source}: {F1}"] = labelled(scores, labels, 0.5)[F1]
    return figures


def pairs(spec: Spec) -> Figures:
    """Scores of labelled pairs, held against their labels."""
    held = inputs.labelled_pairs()
    (scores,) = ask(spec, None, [compared(held)]).results
    return _figures(list(zip(scores, [pair.match for pair in held], strict=True)))


def screened(spec: Spec) -> Figures:
    """The best score on the UN list alone, of its names with errors and of as many clean ones."""
    sought = inputs.un_with_errors()
    items = [*sought, *inputs.sample(inputs.clean("global"), len(sought))]
    asked = ask(spec, "UN list, and gone since", [screening(items)])
    return _figures(
        [
            (hits[0][1], hits[0][0] in item.wanted)
            for item, hits in zip(items, asked.results[0]["hits"], strict=True)
            if hits
        ]
    )


def _figures(scored: Sequence[tuple[float, bool]]) -> Figures:
    bins = reliability(scored)
    figures: Figures = {"scores": float(len(scored)), ERROR: calibration_error(bins)}
    for stretch, each in zip(STRETCHES, bins, strict=True):
        figures[f"{stretch}: scores"] = float(each.size)
        if each.size:
            figures[f"{stretch}: mean score, %"] = 100 * each.score
            figures[f"{stretch}: right, %"] = 100 * each.right
    return figures


def bins_of(figures: Figures) -> list[Bin]:
    """Return the bins that figures tell."""
    return [
        Bin(
            int(figures.get(f"{stretch}: scores", 0)),
            figures.get(f"{stretch}: mean score, %", 0.0) / 100,
            figures.get(f"{stretch}: right, %", 0.0) / 100,
        )
        for stretch in STRETCHES
    ]
