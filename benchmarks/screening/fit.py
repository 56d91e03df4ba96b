"""Fit the weights of ``detente.screening.score`` to labelled pairs, and say how well they hold.

Run ``python -m benchmarks.screening.fit`` for the figures on held-back folds, with ``--write`` to
write the weights. Folds keep pairs of the same names together. Weights have the sign that their
figure's meaning demands, whatever the labels say. Pairs made from invented parties teach a little
besides, of kinds of error that the labelled ones hardly have.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray
from rapidfuzz.fuzz import token_sort_ratio
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # as run.py does

from detente.entities.model import Kind
from detente.entities.scripts import script_of
from detente.screening.model import Query
from detente.screening.names.reading import read, spellings, ways
from detente.screening.score import names as scoring
from detente.screening.score.features import Figures, figures
from detente.screening.score.names import likely, meant, weighed
from detente.screening.screener import Screener
from screening import inputs

HERE: Final = Path(__file__).resolve()
NAMES: Final = HERE.parents[3] / "shared" / "data" / "names"
WEIGHTS: Final = HERE.parents[2] / "src" / "detente" / "screening" / "score" / "weights.py"
KINDS: Final[dict[str, Kind]] = {
    "Person": "person", "Company": "organisation", "Organization": "organisation",
    "LegalEntity": "organisation", "Vessel": "vessel",
}  # fmt: skip
LEAST: Final = {"syllables": -2.5}
"""The least that a weight may be: a slip of the pen makes one Korean syllable of another."""
FOLDS: Final = 8
SHRINK: Final = 1.0
"""Strength of the pull of every weight towards nought."""
CLEAN_FILES: Final = ("negatives_global.csv", "negatives_us.csv")
NEAREST: Final = 1e-4
"""The score from which a listed name is near at all."""
COUNTS: Final = {"pairs": 1.0, "checks": 1.0, "made": 0.15, "clean": 0.1}
"""What a pair of each source counts."""
CLEAN: Final = 3000
"""Names of people who are not listed of which the nearest listed name is a pair to learn from."""
SHARED: Final = 0.3
"""What a pair of the other kind counts: persons teach a little of companies, and the reverse."""
SIGN: Final = dict.fromkeys(
    ("apart", "worst", "worst_squared", "extra", "lone", "figures", "place", "place_extra",
     "forms", "patronymic", "turned", "filiation", "initial", "gender", "bare", "last",
     "syllables"), -1,
) | dict.fromkeys(("near", "far", "letters"), 1)  # fmt: skip


class Labelled(NamedTuple):
    """Two names that somebody labelled."""

    kind: Kind
    one: str
    other: str
    match: bool
    source: str


def labelled() -> Iterator[Labelled]:
    """Yield the labelled pairs, without those whose labels are disagreed with."""
    with (NAMES / "name_pairs.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            yield Labelled(
                KINDS[row["schema"]], row["name1"], row["name2"], row["is_match"] == "true", "pairs"
            )
    for row in yaml.safe_load((NAMES / "entity_checks.yml").read_text("utf-8"))["checks"]:
        yield Labelled(
            KINDS[row["schema"]], _name(row["query"]), _name(row["candidate"]), row["match"],
            "checks",
        )  # fmt: skip


def _name(row: dict[str, str]) -> str:
    parts = ("firstName", "middleName", "fatherName", "lastName")
    return row.get("name") or " ".join(row[part] for part in parts if part in row)


def disputed(item: Labelled, others: dict[tuple[str, str], set[bool]]) -> str | None:
    """Return why a label is disagreed with, None for nearly all.

    Args:
        item: the pair.
        others: what either set says of each pair of names.
    """
    if item.source == "pairs" and len(others[_pair(item)]) == 2:
        return "the other set says the opposite of the same two names"
    one, other = (read(text, item.kind) for text in (item.one, item.other))
    if not item.match or not (one.readings and other.readings):
        return None
    if item.kind == "person":
        korean = all(any(key.startswith("ko ") for key in side.keys) for side in (one, other))
        if korean and not one.keys & other.keys:
            return "two Korean names that differ in a syllable are two names"
        return None
    numbers = [{word for word in side.readings[0].words if word.isdigit()} for side in (one, other)]
    if numbers[0] != numbers[1]:
        return "a fund, a trust or a ship of another number is another one"
    return None


def _pair(item: Labelled) -> tuple[str, str]:
    first, second = sorted((item.one.casefold(), item.other.casefold()))
    return first, second


def said(items: Sequence[Labelled]) -> dict[tuple[str, str], set[bool]]:
    """Return what is said of each pair of names."""
    found: dict[tuple[str, str], set[bool]] = {}
    for item in items:
        found.setdefault(_pair(item), set()).add(item.match)
    return found


def made() -> Iterator[Labelled]:
    """Yield pairs made from invented parties: a listed name with an error, and look-alikes."""
    sys.path.insert(0, str(HERE.parents[2] / "tests" / "screening"))
    from adversarial import cases
    from invented import PARTIES

    parties = {party.id: party for party in PARTIES}
    for case in cases(PARTIES, seed=5, most=60):
        query, party = case.query, parties[case.party_id]
        if query.births or query.identifiers or (query.kind not in (None, party.kind)):
            continue
        names = [name.text for name in party.names if name.script == "Latn"]
        if names and query.name not in names and script_of(query.name) == "Latn":
            best = max(names, key=lambda name: token_sort_ratio(query.name.lower(), name.lower()))
            yield Labelled(party.kind, query.name, best, case.match, "made")
    for party in PARTIES:
        words = party.name.split()
        if party.kind == "person" and len(words) > 1:
            letters = ".".join(word[0] for word in words) + "."
            yield Labelled("person", letters, party.name, match=False, source="made")
        if party.kind == "organisation":
            yield from _forms(party.name)


def _forms(name: str) -> Iterator[Labelled]:
    """An organisation's name with another legal form, and with its first words as letters."""
    words = read(name, "organisation").readings[0].words
    bare = " ".join(words).upper()
    for one, other in (("GmbH", "AG"), ("OOO", "OAO"), ("S.A.", "S.R.L."), ("Ltd", "Foundation")):
        yield Labelled("organisation", f"{bare} {one}", f"{bare} {other}", False, "made")
    if len(words) > 2 and all(len(word) > 1 for word in words[:2]):
        short = "".join(word[0] for word in words[:2]).upper()
        text = " ".join((short, *words[2:])).upper()
        yield Labelled("organisation", text, name, match=True, source="made")


def clean() -> Iterator[Labelled]:
    """Yield names of people who are not listed, each with the listed name that is nearest."""
    screener = Screener.from_parties(inputs.listed())
    names = [row["full_name"] for file in CLEAN_FILES for row in inputs.rows(file)]
    for name in inputs.sample(names, CLEAN):
        for match in screener.screen(Query(name=name, kind="person"), limit=1, threshold=NEAREST):
            yield Labelled(match.party.kind, name, match.name, match=False, source="clean")


class Measured(NamedTuple):
    """A pair with its figures, or the odds that were given without them."""

    item: Labelled
    figures: Figures | None
    odds: float


def measured(item: Labelled, weights: tuple[float, ...] | None) -> Measured:
    """Return the figures of the readings that fit best by some weights."""
    sides = [
        (read(one, item.kind), read(other, item.kind))
        for one in spellings(item.one)
        for other in spellings(item.other)
    ]
    if weights is not None:
        found = max(
            (likely(one, other, item.kind) for one, other in sides), key=lambda held: held.odds
        )
        if found.how != "words" or found.words is None:
            return Measured(item, None, found.odds)
    every = [
        figures(meant(way, second), second, item.kind == "person")[0]
        for one, other in sides
        for second in other.readings
        for way in ways(one.readings)
    ]
    if not every:
        return Measured(item, None, scoring.NONE)
    if weights is None:
        return Measured(item, max(every, key=lambda row: row.letters - row.extra), 0.0)
    return Measured(item, max(every, key=lambda row: weighed(row, weights)), 0.0)


def fitted(rows: Sequence[Measured], person: bool) -> tuple[float, ...]:
    """Return the weights that make the labels likeliest, each within its sign."""
    known = [row for row in rows if row.figures is not None]
    x = np.array([row.figures for row in known], float)
    y = np.array([row.item.match for row in known], float)
    share = np.array([1.0 if (row.item.kind == "person") == person else SHARED for row in known])
    share *= np.array([COUNTS[row.item.source] for row in known])
    spread = x.std(0) + 1e-9
    scaled = np.c_[np.ones(len(x)), x / spread]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = scaled @ weights
        chance = 1 / (1 + np.exp(-odds))
        cost = float((share * (np.logaddexp(0, odds) - y * odds)).sum())
        pull = SHRINK * weights
        pull[0] = 0
        return cost + float(weights @ pull) / 2, scaled.T @ (share * (chance - y)) + pull

    bounds: list[tuple[float | None, float | None]] = [(None, None)]
    for name in Figures._fields:
        sign = SIGN.get(name, 0)
        least = LEAST.get(name)
        least = None if least is None else least * float(spread[Figures._fields.index(name)])
        bounds.append((0 if sign > 0 else least, 0 if sign < 0 else None))
    done = minimize(loss, np.zeros(scaled.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds)
    return (float(done.x[0]), *(float(v) for v in done.x[1:] / spread))


def weights_of(rows: Sequence[Measured]) -> dict[str, tuple[float, ...]]:
    """Return the weights of persons and of all others."""
    others = said([row.item for row in rows])
    kept = [row for row in rows if disputed(row.item, others) is None]
    return {"PERSON": fitted(kept, True), "BUSINESS": fitted(kept, False)}


def chance(row: Measured, weights: dict[str, tuple[float, ...]]) -> float:
    """Return the probability that some weights give a pair."""
    own = weights[_sort(row.item.kind)]
    odds = row.odds if row.figures is None else weighed(row.figures, own)
    return float(1 / (1 + np.exp(-odds)))


def held_back(rows: Sequence[Measured], seed: int) -> NDArray[np.float64]:
    """Return the probability of every pair by weights that never saw its names."""
    groups: dict[frozenset[str], int] = {}
    at = np.array(
        [groups.setdefault(frozenset((row.item.one.casefold(), row.item.other.casefold())),
                           len(groups)) for row in rows]
    )  # fmt: skip
    fold = np.random.RandomState(seed).permutation(len(groups))[at] % FOLDS
    found = np.zeros(len(rows))
    for number in range(FOLDS):
        weights = weights_of([row for row, own in zip(rows, fold, strict=True) if own != number])
        for place in np.flatnonzero(fold == number).tolist():
            found[place] = chance(rows[place], weights)
    return found


def f1(labels: NDArray[Any], scores: NDArray[Any], threshold: float = 0.5) -> float:
    """Return the harmonic mean of precision and recall."""
    said = scores >= threshold
    return float(2 * (said & labels).sum() / (said.sum() + labels.sum()))


def calibration(labels: NDArray[Any], scores: NDArray[Any], bins: int = 10) -> float:
    """Return the expected calibration error."""
    place = np.minimum((scores * bins).astype(int), bins - 1)
    return sum(
        float((place == at).mean() * abs(scores[place == at].mean() - labels[place == at].mean()))
        for at in range(bins)
        if (place == at).any()
    )


def main() -> None:
    """Fit, print what holds on held-back folds, and write where asked."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--write", action="store_true")
    options.add_argument("--errors", choices=("pairs", "checks", "made", "clean"))
    chosen = options.parse_args()
    items = [*labelled(), *made()]
    _, weights = _twice(items, None)
    items += clean()  # what is near by the weights so far
    rows, weights = _twice(items, weights)
    labels = np.array([item.match for item in items])
    sources = np.array([item.source for item in items])
    runs = [held_back(rows, seed) for seed in range(4)]
    for source in ("pairs", "checks"):
        own = sources == source
        figures_ = [(f1(labels[own], run[own]), calibration(labels[own], run[own])) for run in runs]
        mean = np.mean(figures_, axis=0)
        seen = f1(labels[own], np.array([chance(row, weights) for row in rows])[own])
        print(
            f"{source:7} {own.sum():4}  F1 {mean[0]:.3f}  calibration error {mean[1]:.3f}"
            f"  F1 of the weights that saw them {seen:.3f}"
        )
    others = said(items)
    doubts = [disputed(item, others) for item in items]
    own = np.array([doubt is None for doubt in doubts]) & (sources == "pairs")
    mean = np.mean([f1(labels[own], run[own]) for run in runs])
    print(f"pairs without disputed labels {own.sum():4}  F1 {mean:.3f}")
    own = (sources == "pairs") | (sources == "checks")
    mean = np.mean([calibration(labels[own], run[own]) for run in runs])
    print(f"all: calibration error {mean:.3f}")
    for item, doubt in zip(items, doubts, strict=True):
        if doubt:
            print(f"disputed {item.one} | {item.other}: {item.match}; {doubt}")
    for name, *pair in zip(("bias", *Figures._fields), *weights.values(), strict=True):
        print(f"  {name:15}" + "".join(f"{value:8.2f}" for value in pair))
    for place in np.argsort(-np.abs(runs[0] - labels)):
        wrong = (runs[0][place] >= 0.5) != labels[place]
        if sources[place] == chosen.errors and wrong:
            print(f"{runs[0][place]:.2f}", *items[place])
    if chosen.write:
        WEIGHTS.write_text(
            _module(weights)
            + WEIGHTS.read_text("utf-8")[WEIGHTS.read_text("utf-8").index("SCREEN") :],
            "utf-8",
        )


def _twice(
    items: Sequence[Labelled], weights: dict[str, tuple[float, ...]] | None
) -> tuple[list[Measured], dict[str, tuple[float, ...]]]:
    """Return the figures of all pairs and their weights, which decide what readings fit best."""
    rows: list[Measured] = []
    for _ in range(3):
        if weights is not None:
            vars(scoring).update(weights)
        own = weights or {}
        rows = [measured(item, own.get(_sort(item.kind))) for item in items]
        weights = weights_of(rows)
    return rows, weights or {}


def _sort(kind: Kind) -> str:
    return "PERSON" if kind == "person" else "BUSINESS"


def _module(weights: dict[str, tuple[float, ...]]) -> str:
    lines = [
        '"""What each figure of two names is worth; made by ``benchmarks/screening/fit.py``."""',
        "", "from __future__ import annotations", "", "from typing import Final", "",
    ]  # fmt: skip
    for name, row in weights.items():
        lines.append(f"{name}: Final[tuple[float, ...]] = (")
        lines += [
            f"    {value + 0.0:.4f},  # {field}"
            for field, value in zip(("bias", *Figures._fields), row, strict=True)
        ]
        lines.append(")")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
