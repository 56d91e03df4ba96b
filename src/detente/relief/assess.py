"""Assess an offer: letter and spirit, now and if kept, and what three rules say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date

import msgspec

from detente.errors import UnknownIdError
from detente.evidence.facts import Facts, Promise, facts_of, variant
from detente.evidence.load import Evidence
from detente.law.asof import AsOf
from detente.law.conditions import Fact
from detente.law.model import Measure, Range
from detente.law.regime import Regime
from detente.law.vocabulary import Revival, extent_rank
from detente.law.ways import ReliefPath
from detente.offers.load import clauses, measures_of
from detente.offers.model import Offer, Reading
from detente.relief.letter import Letters, MeasureStatus, asks_for_conduct, decisive
from detente.relief.paths import PathStatus
from detente.relief.receipt import receipt_of
from detente.relief.results import (
    AreaLine,
    AssessedMeasure,
    AssessedPath,
    Assessment,
    Counts,
    Ground,
    MeasureLine,
    RegimeCounts,
)
from detente.relief.rules import RULES, Case, RuleAnswer
from detente.relief.spirit import (
    Scope,
    Share,
    fractions_if_kept,
    fractions_now,
    largest_remaining,
    share,
)
from detente.relief.standing import easings

LETTERS = ("open", "barred", "discretionary", "undetermined", "ended")
_WEAKEST = ("analyst", "from-knowledge", "verified-secondary", "verified-in-text")


def assess(
    regime: Regime,
    offer: Offer,
    evidence: Evidence,
    *,
    as_of: date | None = None,
    known_on: date | None = None,
    reading: str | None = None,
    scope: Scope | None = None,
    revival: Revival | None = None,
    rules: Mapping[str, Callable[[Case], RuleAnswer]] = RULES,
    command: str = "detente.assess",
) -> Assessment:
    """Assess an offer.

    Args:
        regime: the regime.
        offer: the offer.
        evidence: the findings.
        as_of: the day of the law and of the facts; the offer's own day by default.
        known_on: only evidence recorded by then counts.
        reading: how the ask is read; the asker's own words by default.
        scope: how disputed gives are read; None keeps the range.
        revival: whether older caps revive when their successor is lifted; None shows both.
        rules: the rules to apply, by name.
        command: what was called, for the receipt.

    Returns:
        The assessment.

    Raises:
        UnknownIdError: the offer has no such reading.
    """
    name = reading or offer.default_reading
    if name not in offer.readings:
        raise UnknownIdError(f"reading of {offer.id}", name, offer.readings)
    day = as_of or offer.as_of
    work = _Work.start(regime, offer, offer.readings[name], evidence, day, known_on, scope)
    asked_ids = measures_of(regime, work.reading)
    states = work.view.states
    asked = [id_ for id_ in asked_ids if states[id_].status != "not-yet"]
    lines = [work.line(id_, asked=id_ in asked_ids) for id_ in work.letters.in_force]
    measures = [work.measure(id_, set(asked), revival) for id_ in asked]
    binding = [item.measure for item in measures if item.letter != "ended"]
    return Assessment(
        regime=regime.id,
        offer=offer.id,
        offer_name=offer.name,
        reading=name,
        reading_text=work.reading.text,
        readings={key: item.count for key, item in offer.readings.items()},
        scope=scope,
        as_of=day,
        known_on=known_on,
        revival=revival,
        gives=tuple(clause.text for clause in clauses(offer, "target")),
        gives_short=tuple(clause.short or clause.text for clause in clauses(offer, "target")),
        asked=measures,
        not_yet=[id_ for id_ in asked_ids if states[id_].status == "not-yet"],
        regime_counts=_regime_counts(lines, work.letters),
        in_force=lines,
        counts=Counts(
            asked=len(asked),
            letter=_tally((item.letter for item in measures), LETTERS),
            letter_if_kept=_tally((item.letter_if_kept for item in measures), LETTERS),
        ),
        areas=work.areas(),
        requirements_reached=work.reached(),
        rules=[rule(work.case(tuple(binding))) for rule in rules.values()],
        kept_reading=work.kept_reading(asked),
        receipt=receipt_of(regime, evidence, command),
    )


class _Work(msgspec.Struct, frozen=True):
    """Everything that one assessment looks at more than once."""

    regime: Regime
    offer: Offer
    reading: Reading
    view: AsOf
    facts: Facts
    letters: Letters
    kept_facts: Facts
    kept_letters: Letters
    met_facts: Facts
    met_letters: Letters
    fractions: tuple[dict[str, Range], dict[str, Range]]
    shares: tuple[dict[str, Share | None], dict[str, Share | None]]
    paths: dict[tuple[str, str | None], AssessedPath] = msgspec.field(default_factory=dict)
    grounds: dict[str, Ground] = msgspec.field(default_factory=dict)

    @classmethod
    def start(
        cls,
        regime: Regime,
        offer: Offer,
        reading: Reading,
        evidence: Evidence,
        day: date,
        known_on: date | None,
        scope: Scope | None,
    ) -> _Work:
        view = regime.as_of(day, known_on=known_on)
        facts = facts_of(regime, evidence, day, known_on)
        kept = variant(facts, promises=promises(offer))
        met = variant(facts, kept_as="met")
        now = fractions_now(regime, facts)
        if_kept = fractions_if_kept(now, offer, scope)
        return cls(
            regime, offer, reading, view,
            facts, Letters(view, facts),
            kept, Letters(view, kept),
            met, Letters(view, met),
            (now, if_kept),
            (shares_of(regime, now), shares_of(regime, if_kept)),
        )  # fmt: skip

    def line(self, id_: str, *, asked: bool) -> MeasureLine:
        status = self.letters.measure(id_)
        return MeasureLine(
            measure=id_,
            asked=asked,
            letter=status.letter,
            letter_if_kept=self.kept_letters.measure(id_).letter,
            way_out=status.way_out,
        )

    def measure(self, id_: str, asked: set[str], revival: Revival | None) -> AssessedMeasure:
        row = self.regime.measures[id_]
        status = self.letters.measure(id_)
        kept = self.kept_letters.measure(id_)
        rows: list[Measure | ReliefPath] = [row, *(path.path for path in decisive(status))]
        revives = self._revives(id_)
        floor = [item for item in row.overlaps if self._stays(item, asked)]
        for path in status.paths:
            floor += [item for item in path.path.floor if self._stays(item, asked)]
        if revival == "revive":
            floor += revives
        now, if_kept = self.shares
        return AssessedMeasure(
            measure=id_,
            text=row.restricts,
            citation=self.regime.citation_of(id_),
            areas=row.areas,
            letter=status.letter,
            why=status.why,
            letter_if_kept=kept.letter,
            spirit={
                "now": {area: now[area] for area in row.areas},
                "if_kept": {area: if_kept[area] for area in row.areas},
            },
            paths=self._paths(status, kept),
            grounds=self._grounds(status),
            eases=easings(self.letters, id_),
            floor=list(dict.fromkeys(floor)),
            revives=revives if revival != "lapse" else [],
            confidence=min((item.confidence for item in rows), key=_WEAKEST.index),
            pin="unsure" if any(item.pin == "unsure" for item in rows) else "sure",
            sources=row.sources,
            note=row.note,
        )

    def _stays(self, id_: str, asked: set[str]) -> bool:
        state = self.view.states.get(id_)
        return state is not None and state.status == "in-force" and id_ not in asked

    def _revives(self, lifted: str) -> list[str]:
        """The older measures that bind again if ``lifted`` falls and older caps revive."""
        found = []
        for older in self.regime.measures.values():
            if older.superseded_by == lifted and older.effective <= self.view.day:
                if older.instrument in self.reading.whole_instruments:
                    found += self._revives(older.id)
                else:
                    found.append(older.id)
        return found

    def _paths(self, status: MeasureStatus, kept: MeasureStatus) -> list[AssessedPath]:
        values = {path.path.id: path.value.word for path in kept.paths}
        for item in status.paths:
            key = (item.path.id, item.scope.measure)  # most paths are the same for all measures
            if key not in self.paths:
                self.paths[key] = self._path(item, values[item.path.id])
        return [self.paths[item.path.id, item.scope.measure] for item in status.paths]

    def _path(self, item: PathStatus, value_if_kept: str) -> AssessedPath:
        path, missing = item.path, item.missing()
        return AssessedPath(
            path=path.id,
            kind=path.kind,
            value=item.value.word,
            value_if_kept=value_if_kept,
            decided_by=path.decided_by,
            discretionary=item.discretionary,
            asks_for_conduct=asks_for_conduct(item),
            citation=path.citation,
            confidence=path.confidence,
            pin=path.pin,
            missing=[list(keys) for keys in missing.sets],
            missing_capped=missing.capped,
            lapses=item.lapses,
            also_needed=[id_ for id_ in path.floor if id_ in self.regime.paths],
        )

    def _grounds(self, status: MeasureStatus) -> list[Ground]:
        ids = dict.fromkeys(id_ for path in status.paths for id_ in path.path.grounds)
        for id_ in ids:
            if id_ not in self.grounds:
                self.grounds[id_] = grounds_line(self.facts, self.kept_facts, id_)
        return [self.grounds[id_] for id_ in ids]

    def areas(self) -> list[AreaLine]:
        now, if_kept = self.shares
        lines = []
        for area in self.regime.areas.values():
            components = [c for c in self.regime.components.values() if c.area == area.id]
            kept = self.fractions[1]
            lines.append(
                AreaLine(
                    area=area.id,
                    name=area.name,
                    short=area.short,
                    components=len(components),
                    touched=sum(kept[c.id].high > 0 for c in components if c.id in kept),
                    now=now[area.id],
                    if_kept=if_kept[area.id],
                    largest_remaining=largest_remaining(components, kept),
                )
            )
        return lines

    def reached(self) -> dict[str, str]:
        """Every requirement at a level that the gives speak to, with its value if kept."""
        result: dict[str, str] = {}
        for clause in clauses(self.offer, "target"):
            for spoken in clause.requirements:
                fact = Fact(kind="requirement", id=spoken.requirement, level=spoken.level)
                result[fact.key] = self.kept_facts.state(fact).truth.word
        return result

    def case(self, asked: tuple[str, ...]) -> Case:
        statuses = {id_: self.letters.measure(id_) for id_ in asked}
        in_force = self.letters.in_force
        return Case(
            self.view, asked, in_force, self.facts, self.met_facts, statuses, self.shares[1]
        )

    def kept_reading(self, asked: Iterable[str]) -> str:
        """What reading a prohibition that was kept so far as met would change in the letters."""
        changed = [
            id_
            for id_ in asked
            if self.letters.measure(id_).letter != self.met_letters.measure(id_).letter
        ]
        if not changed:
            return "no letter changes if prohibitions kept so far are read as met"
        ids = ", ".join(changed)
        return f"if prohibitions kept so far are read as met, the letter of {ids} changes"


def chosen_rules(name: str | None) -> Mapping[str, Callable[[Case], RuleAnswer]]:
    """Return all rules, or the one called ``name``.

    Raises:
        UnknownIdError: there is no such rule.
    """
    if name is None:
        return RULES
    if name not in RULES:
        raise UnknownIdError("rule", name, RULES)
    return {name: RULES[name]}


def promises(offer: Offer) -> dict[str, Promise]:
    """Return what the target's gives add to each requirement if carried out in full."""
    result: dict[str, Promise] = {}
    for clause in clauses(offer, "target"):
        for spoken in clause.requirements:
            promise = Promise(extent_rank(spoken.level), spoken.arguable)
            old = result.get(spoken.requirement)
            if old is None or (promise.rank, not promise.arguable) > (old.rank, not old.arguable):
                result[spoken.requirement] = promise
    return result


def shares_of(regime: Regime, fractions: Mapping[str, Range]) -> dict[str, Share | None]:
    """Return the share of every issue area that is met."""
    by_area: dict[str, list[str]] = {area: [] for area in regime.areas}
    for component in regime.components.values():
        by_area[component.area].append(component.id)
    return {
        area: share((regime.components[id_] for id_ in ids), fractions)
        for area, ids in by_area.items()
    }


def grounds_line(facts: Facts, kept: Facts, id_: str) -> Ground:
    """Return the state of one requirement that a decision may rest on."""
    row = facts.regime.requirements[id_]
    fact = Fact(kind="requirement", id=id_, level=row.levels[-1])
    return Ground(
        requirement=id_,
        text=row.text,
        value=facts.state(fact).truth.word,
        value_if_kept=kept.state(fact).truth.word,
        citation=row.citation,
    )


def _regime_counts(lines: list[MeasureLine], letters: Letters) -> RegimeCounts:
    ways = Counter(line.way_out for line in lines)
    states = Counter(letters.measure(id_).state.status for id_ in letters.view.states)
    return RegimeCounts(
        in_force=len(lines),
        findings_only=ways["findings-only"],
        conduct_bound=ways["conduct-bound"],
        no_ending_path=ways["none"],
        unknown_in_force=states["unknown"],
        letter=_tally((line.letter for line in lines), LETTERS[:4]),
        letter_if_kept=_tally((line.letter_if_kept for line in lines), LETTERS[:4]),
    )


def _tally(words: Iterable[str], vocabulary: Iterable[str]) -> dict[str, int]:
    counts = Counter(words)
    return {word: counts[word] for word in vocabulary}
