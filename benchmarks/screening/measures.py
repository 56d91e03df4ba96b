"""From scores to figures: recall, alerts, precision, and whether a score means what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from screening.inputs import Sought
from screening.worker import Hits

BINS: Final = 10


class Bin(NamedTuple):
    """Scores of a stretch of 0.1: how many, their mean, and how many of them were right."""

    size: int
    score: float
    right: float


def share(flags: Iterable[bool]) -> float:
    """Return the percentage that is true; 0 where there is nothing."""
    held = list(flags)
    return 100 * sum(held) / len(held) if held else 0.0


def is_found(sought: Sought, hits: Hits, threshold: float) -> bool:
    """Return whether a wanted entry is among the hits from a threshold on."""
    return any(id_ in sought.wanted and score >= threshold for id_, score in hits)


def top(hits: Hits) -> float:
    """Return the best score, 0 where there is none."""
    return hits[0][1] if hits else 0.0


def threshold_for(clean: Sequence[Hits], alerts: int) -> float:
    """Return the lowest threshold that alerts on no more than so many of 10,000 clean names."""
    allowed = int(len(clean) * alerts / 10_000)
    scores = sorted((top(hits) for hits in clean), reverse=True)
    return scores[allowed] + 1e-9 if allowed < len(scores) else 0.0


def by_group(items: Sequence[Sought], flags: Sequence[bool]) -> dict[str, tuple[int, float]]:
    """Return for each group of queries how many there are and the percentage that is true."""
    held: dict[str, list[bool]] = defaultdict(list)
    for item, flag in zip(items, flags, strict=True):
        held[item.group].append(flag)
    ordered = sorted(held.items(), key=lambda group: (-len(group[1]), group[0]))
    return {group: (len(flags), share(flags)) for group, flags in ordered}


def labelled(scores: Sequence[float], labels: Sequence[bool], at: float) -> dict[str, float]:
    """Return precision, recall and F1 in percent at a threshold."""
    said = [score >= at for score in scores]
    true = sum(a and b for a, b in zip(said, labels, strict=True))
    precision = 100 * true / sum(said) if any(said) else 0.0
    recall = 100 * true / sum(labels) if any(labels) else 0.0
    both = precision + recall
    return {
        "precision, %": precision,
        "recall, %": recall,
        "F1, %": 2 * precision * recall / both if both else 0.0,
    }


def best_f1(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """Return the F1 in percent at the threshold that suits the labels best."""
    return max(labelled(scores, labels, at)["F1, %"] for at in {*scores, 1.0})


def reliability(scored: Iterable[tuple[float, bool]]) -> list[Bin]:
    """Return ten bins of scores, those with nothing in them too."""
    held: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for score, right in scored:
        held[min(max(int(score * BINS), 0), BINS - 1)].append((score, right))
    return [
        Bin(
            len(each),
            sum(score for score, _ in each) / len(each) if each else 0.0,
            sum(right for _, right in each) / len(each) if each else 0.0,
        )
        for each in held
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: the mean gap of score and truth, by count."""
    total = sum(each.size for each in bins)
    return sum(each.size * abs(each.score - each.right) for each in bins) / total if total else 0.0
