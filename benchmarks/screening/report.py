"""The figures as Markdown: the table of what must be true, and one table a section."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from screening import calibration, sections, speed
from screening.asking import Spec
from screening.sections import ALERTS, FOUND, Figures

Results = dict[str, dict[str, Figures]]
"""Figures by section and engine."""


class Section(NamedTuple):
    """One table: its title, what measures it, and whether it needs the real data."""

    title: str
    measure: Callable[[Spec], Figures]
    real: bool = True


SECTIONS: Final[dict[str, Section]] = {
    "speed": Section("Speed and memory, one core", speed.speed, real=False),
    "recall": Section("What the index loses", speed.recall, real=False),
    "pairs": Section("Labelled pairs of names", sections.pairs),
    "entities": Section("Labelled checks of whole parties", sections.entities),
    "un-bare": Section("UN names with errors and clean names, name alone", sections.un_bare),
    "un": Section("UN names with errors and clean names, all that is known", sections.un),
    "scripts": Section("Names in their own script", sections.scripts),
    "korean": Section("Korean full names", sections.korean),
    "uk": Section("British entries and the UN entries that they are", sections.uk),
    "held-back": Section("Calibration on held-back folds", calibration.held_back),
    "calibration": Section("Calibration on labelled pairs", calibration.pairs),
    "calibration-screened": Section("Calibration of the best match", calibration.screened),
    "adversarial": Section("Distortions and look-alikes", sections.adversarial, real=False),
}


class Aim(NamedTuple):
    """A row of the first table: a figure of a section, and what it must be for Detente."""

    words: str
    section: str
    figure: str
    aim: str = ""


AIMS: Final = (
    Aim("names a second of one core, clean names", "speed", speed.RATE, "2,000"),
    Aim("the same, two of three on the list", "speed", speed.HITS, ""),
    Aim("one name, warm, median, ms", "speed", speed.HALF, "1"),
    Aim("one name, warm, 99th percentile, ms", "speed", speed.MOST, "5"),
    Aim("first answer of a fresh process, s", "speed", speed.FIRST, "0.7"),
    Aim("index build, s", "speed", speed.BUILD, "3"),
    Aim("index load, ms", "speed", speed.LOAD, "50"),
    Aim("peak memory, MB", "speed", speed.PEAK, "250"),
    Aim("labelled pairs, F1, %", "pairs", sections.F1, "86"),
    Aim("the same without disputed labels, %", "pairs", sections.AGREED),
    Aim("whole-entity checks, F1, %", "entities", sections.F1, "95"),
    Aim("the same without disputed labels, %", "entities", sections.AGREED),
    Aim("UN names with errors, name alone: found, %", "un-bare", FOUND, "99.5"),
    Aim("alerts per 10,000 clean names", "un-bare", ALERTS, "20"),
    Aim("names in their own script: found, %", "scripts", f"names: {FOUND}", "90"),
    Aim("alerts per 10,000 clean names in other scripts", "scripts", ALERTS, "20"),
    Aim("Korean full names: found, %", "korean", f"names: {FOUND}", "95"),
    Aim("found through the index, of what scoring all finds, %", "recall", speed.KEPT, "99.9"),
    Aim("expected calibration error, held-back folds", "held-back", calibration.ERROR, "0.05"),
    Aim("the same without disputed labels", "held-back", calibration.AGREED),
    Aim("expected calibration error, labelled pairs", "calibration", calibration.ERROR),
)


def first_table(held: Results, titles: Iterable[str]) -> str:
    """Return the table of what must be true: an engine a column, and the aim for Detente."""
    named = list(titles)
    lines = ["| | " + " | ".join(named) + " | aim |", "|---|" + "---:|" * (len(named) + 1)]
    for row in AIMS:
        own = held.get(row.section, {})
        cells = [_number(own.get(title, {}).get(row.figure)) for title in named]
        if any(cells):
            lines.append(f"| {row.words} | " + " | ".join(cells) + f" | {row.aim} |")
    return "\n".join(lines)


def table(section: Section, figures: dict[str, Figures]) -> str:
    """Return a section as Markdown: an engine a column, a figure a row."""
    titles = list(figures)
    rows = list(dict.fromkeys(key for own in figures.values() for key in own))
    lines = [f"## {section.title}", "", f"{section.measure.__doc__}".split("\n")[0], ""]
    lines += ["| | " + " | ".join(titles) + " |", "|---|" + "---:|" * len(titles)]
    for row in rows:
        cells = [_number(figures[title].get(row)) for title in titles]
        lines.append(f"| {row} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _number(value: float | None) -> str:
    if value is None:
        return ""
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3g}"
