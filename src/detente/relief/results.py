"""What an assessment says: typed, immutable, and JSON as it stands (``detente.assessment/1``)."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import msgspec

from detente.relief.frames import Framed
from detente.relief.letter import Letter, WayOut
from detente.relief.receipt import Receipt
from detente.relief.rules import RuleAnswer
from detente.relief.spirit import Share
from detente.relief.standing import Easing


class AssessedPath(msgspec.Struct, frozen=True, kw_only=True):
    """An ending path of an asked measure.

    Attributes:
        path: its id.
        kind: termination, suspension or expiry.
        value: whether its condition holds now, the decider's act included.
        value_if_kept: the same with the gives carried out in full.
        decided_by: whose decision it is.
        discretionary: whether nothing is missing but decisions.
        asks_for_conduct: whether it needs conduct: decisions and dates alone cannot meet it.
        citation: the provision.
        confidence: how the row is known.
        pin: whether the paragraph number is certain.
        missing: minimal sets of facts that are missing, smallest first.
        missing_capped: whether there are more sets than are listed.
        lapses: the day on which relief would lapse, if given on the day of the assessment; where
            it runs already, the day on which it does.
        also_needed: other paths without which the relief changes little.
    """

    path: str
    kind: str
    value: str
    value_if_kept: str
    decided_by: str
    discretionary: bool
    asks_for_conduct: bool
    citation: str
    confidence: str
    pin: str
    missing: list[list[str]]
    missing_capped: bool
    lapses: date | None
    also_needed: list[str]


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """Conduct that the texts name as a reason for a decision, not as a trigger."""

    requirement: str
    text: str
    value: str
    value_if_kept: str
    citation: str


class AssessedMeasure(msgspec.Struct, frozen=True, kw_only=True):
    """One measure that was asked for.

    Attributes:
        measure: its id.
        text: what it restricts.
        citation: instrument and provision.
        areas: the issue areas for which it was imposed.
        letter: the letter now.
        why: the letter in a sentence.
        letter_if_kept: the letter with the gives carried out in full.
        spirit: by ``now`` and ``if_kept``, the share of each of its areas that is met; None
            for an area of which no component is listed.
        paths: its ending paths.
        grounds: the conduct that the texts name as a reason.
        eases: its easing paths.
        floor: measures in force that keep the same thing restricted afterwards.
        revives: older measures that bind again if older caps revive.
        confidence: the weakest confidence among the rows that decide.
        pin: ``unsure`` where some deciding row's paragraph number is.
        sources: sources of the measure.
        note: its doubts.
    """

    measure: str
    text: str
    citation: str
    areas: tuple[str, ...]
    letter: Letter
    why: str
    letter_if_kept: Letter
    spirit: dict[str, dict[str, Share | None]]
    paths: list[AssessedPath]
    grounds: list[Ground]
    eases: list[Easing]
    floor: list[str]
    revives: list[str]
    confidence: str
    pin: str
    sources: tuple[str, ...]
    note: str | None


class MeasureLine(msgspec.Struct, frozen=True, kw_only=True):
    """One measure in force, in a line."""

    measure: str
    asked: bool
    letter: Letter
    letter_if_kept: Letter
    way_out: WayOut


class AreaLine(msgspec.Struct, frozen=True, kw_only=True):
    """What an offer reaches of one issue area, and what is left."""

    area: str
    name: str
    short: str
    components: int
    touched: int
    now: Share | None
    if_kept: Share | None
    largest_remaining: list[str]


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How many measures were asked for, and their letters now and if kept."""

    asked: int
    letter: dict[str, int]
    letter_if_kept: dict[str, int]


class RegimeCounts(msgspec.Struct, frozen=True, kw_only=True):
    """The regime on the day: measures in force by the way out that the law leaves them.

    Attributes:
        in_force: measures that bind.
        findings_only: some ending path needs decisions or dates alone.
        conduct_bound: every ending path needs conduct.
        no_ending_path: no ending path can be used.
        unknown_in_force: measures of which it is not known whether they bind.
        letter: measures in force by letter.
        letter_if_kept: the same with the gives carried out in full.
    """

    in_force: int
    findings_only: int
    conduct_bound: int
    no_ending_path: int
    unknown_in_force: int
    letter: dict[str, int]
    letter_if_kept: dict[str, int]


class Assessment(msgspec.Struct, Framed, frozen=True, kw_only=True):
    """An offer assessed against the law and the evidence.

    Attributes:
        schema: the name of this form.
        regime: id of the regime.
        offer: id of the offer.
        offer_name: its name.
        reading: how the ask was read.
        reading_text: what that reading says.
        readings: how many measures each reading names.
        scope: how disputed gives were read.
        as_of: the day of the law and of the facts.
        known_on: evidence recorded by then; None for all.
        revival: whether older caps revive; None shows both.
        gives: what the target gives, in words.
        gives_short: the same, a line each.
        asked: the measures asked for, one by one.
        not_yet: asked measures that do not bind yet on the day.
        regime_counts: the regime on the day.
        in_force: every measure in force, in a line.
        counts: the ask in numbers.
        areas: the issue areas.
        requirements_reached: requirements that the gives speak to, with their value if kept.
        rules: what each rule says.
        kept_reading: what changes where a prohibition kept so far is read as met.
        receipt: what is needed to replay the answer.
    """

    regime: str
    offer: str
    offer_name: str
    reading: str
    reading_text: str
    readings: dict[str, int]
    scope: Literal["narrow", "broad"] | None
    as_of: date
    known_on: date | None
    revival: Literal["revive", "lapse"] | None
    gives: tuple[str, ...]
    gives_short: tuple[str, ...]
    asked: list[AssessedMeasure]
    not_yet: list[str]
    regime_counts: RegimeCounts
    in_force: list[MeasureLine]
    counts: Counts
    areas: list[AreaLine]
    requirements_reached: dict[str, str]
    rules: list[RuleAnswer]
    kept_reading: str
    receipt: Receipt
    schema: str = "detente.assessment/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each asked measure."""
        rows = []
        for item in self.asked:
            row: dict[str, Any] = {
                "measure": item.measure,
                "citation": item.citation,
                "letter": item.letter,
                "letter_if_kept": item.letter_if_kept,
                "decided_by": "; ".join(dict.fromkeys(path.decided_by for path in item.paths)),
                "missing": " or ".join(
                    dict.fromkeys(" + ".join(s) for path in item.paths for s in path.missing)
                ),
                "floor": " ".join(item.floor),
                "confidence": item.confidence,
            }
            for area, share in item.spirit["if_kept"].items():
                if share is None:
                    continue
                row[f"{area} low"], row[f"{area} high"] = share.low, share.high
            rows.append(row)
        return rows
