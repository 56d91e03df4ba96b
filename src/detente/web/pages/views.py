"""What the templates show, from the objects that the command line shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from detente.api import assess
from detente.evidence.facts import facts_of
from detente.evidence.load import Evidence
from detente.law.regime import Regime
from detente.offers.load import measures_of
from detente.offers.model import Offer
from detente.relief.letter import Letters
from detente.relief.results import AssessedMeasure, Assessment
from detente.talks.bridge import bridges
from detente.talks.bridge_results import Bridge
from detente.talks.setting import setting
from detente.web.pages.scenario import BOARD, Scenario, changed

LETTERS: Final = {
    "open": ("●", "a way out is open"),
    "discretionary": ("◐", "somebody may decide"),
    "undetermined": ("?", "a needed fact is not known"),
    "barred": ("■", "every way out is unmet, or there is none"),
    "ended": ("○", "it no longer binds"),
}
"""Each letter with its sign, which tells it from the others without colour, and what it says."""


def map_of(regime: Regime, evidence: Evidence, day: date) -> dict[str, Any]:
    """Return the whole regime on a day: the letter of every measure in force, by issue area."""
    view = regime.as_of(day)
    letters = Letters(view, facts_of(regime, evidence, day))
    found = {id_: letters.measure(id_) for id_ in letters.in_force}
    counts = Counter(str(status.letter) for status in found.values())
    rows = []
    for area in [*regime.areas.values(), None]:
        cells = [
            {
                "id": id_,
                "letter": status.letter,
                "sign": LETTERS[status.letter][0],
                "text": regime.measures[id_].restricts,
                "citation": regime.citation_of(id_),
                "why": status.why,
            }
            for id_, status in found.items()
            if (area.id in regime.measures[id_].areas if area else not regime.measures[id_].areas)
        ]
        if cells or area:
            rows.append({"name": area.name if area else "no issue area", "cells": cells})
    return {
        "day": day,
        "in_force": len(found),
        "counts": {letter: counts[letter] for letter in LETTERS if counts[letter]},
        "rows": rows,
        "days": days_of(regime),
    }


def days_of(regime: Regime) -> list[str]:
    """Return the days on which the law of a regime changed, oldest first, for a slider."""
    days = {row.effective for row in regime.measures.values()}
    days |= {row.ended.on for row in regime.measures.values() if row.ended}
    days.add(regime.reference_date)
    return [day.isoformat() for day in sorted(days) if day <= regime.known_until]


def board_of(regime: Regime, evidence: Evidence, offer: Offer, made: Scenario) -> dict[str, Any]:
    """Return the board: everything that can be switched, and what it comes to."""
    asked_of = changed(regime, offer, made)
    result = assess(
        regime, asked_of, evidence,
        as_of=made.as_of, scope=made.scope, revival=made.revival, command="detente serve",
    )  # fmt: skip
    wanted = set(asked_of.readings[BOARD].measures)
    return {
        "scenario": made,
        "result": result,
        "answer": _answer(result, regime),
        "gives": [
            {"id": c.id, "text": c.short or c.text, "on": c.id not in made.without,
             "sources": c.sources, "confidence": c.confidence}
            for p in offer.positions if p.role == "target" for c in p.gives
        ],
        "groups": _groups(regime, offer, result, wanted),
        "readings": {name: len(measures_of(regime, r)) for name, r in offer.readings.items()},
    }  # fmt: skip


def _answer(result: Assessment, regime: Regime) -> dict[str, Any]:
    return {
        "letter": {k: v for k, v in result.counts.letter.items() if v},
        "letter_if_kept": {k: v for k, v in result.counts.letter_if_kept.items() if v},
        "areas": result.areas,
        "rules": result.rules,
        "asked": result.asked,
        "in_force": result.regime_counts.in_force,
        "deciders": dict.fromkeys(
            regime.deciders.get(path.decided_by, path.decided_by)
            for item in result.asked
            for path in item.paths
        ),
    }


def _groups(
    regime: Regime, offer: Offer, result: Assessment, wanted: set[str]
) -> list[dict[str, Any]]:
    """The measures that any reading names, by instrument, oldest first."""
    named = {id_ for reading in offer.readings.values() for id_ in measures_of(regime, reading)}
    letters = {item.measure: item.letter for item in result.asked}
    groups: dict[str, list[dict[str, Any]]] = {}
    for id_, row in regime.measures.items():
        if id_ in named or id_ in wanted:
            letter = letters.get(id_)
            groups.setdefault(row.instrument, []).append(
                {
                    "id": id_,
                    "text": row.restricts,
                    "provision": row.provision,
                    "on": id_ in wanted,
                    "letter": letter,
                    "sign": LETTERS[letter][0] if letter else "",
                }
            )
    ordered = sorted(groups.items(), key=lambda item: regime.instruments[item[0]].adopted)
    return [
        {"title": regime.instruments[id_].citation.split(";")[0], "measures": measures}
        for id_, measures in ordered
    ]


def nearest_of(
    regime: Regime, evidence: Evidence, offer: Offer, made: Scenario
) -> dict[str, Bridge | None]:
    """Return, for each rule, the lawful package that adds least to the offer on the board."""
    at = setting(regime, changed(regime, offer, made), evidence, as_of=made.as_of)
    found = bridges(at)
    nearest: dict[str, Bridge | None] = {}
    for rule in found.rules:
        fit = [item for item in found.packages if item.lawful.get(rule)]
        nearest[rule] = min(
            fit, key=lambda item: (len(item.conduct), -len(item.relief)), default=None
        )
    return nearest


def missing_of(item: AssessedMeasure) -> list[str]:
    """Return the smallest set of facts that each ending path of a measure lacks, each once."""
    sets = [" + ".join(path.missing[0]) for path in item.paths if path.missing]
    return list(dict.fromkeys(sets))


def signs() -> Mapping[str, tuple[str, str]]:
    """Return the sign of each letter and what it says."""
    return LETTERS
