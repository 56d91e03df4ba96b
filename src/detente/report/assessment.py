"""An assessment as a page: the answer in ten lines, then everything it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from detente.law.regime import Regime
from detente.relief.results import AssessedMeasure, Assessment
from detente.relief.rules import RuleAnswer
from detente.relief.spirit import Share
from detente.report.page import Column, Line, Page, Section, Table, Tone, percent

_OPEN_END = {"suspension": "as set", "expiry": "-"}
_KNOWN = {
    "verified-in-text": "text",
    "verified-secondary": "page",
    "from-knowledge": "recall",
    "analyst": "analyst",
}
_RUNS = {"met": "runs", "unmet": "not given", "unknown": "not known", "blocked": "blocked"}
_TONES: dict[str, Tone] = {"accept": "good", "counter": "warn", "walk-away": "bad"}
_WIDTH = 81


def page_of(result: Assessment, regime: Regime) -> Page:
    """Return the page of an assessment."""
    return Page(
        title=f"{result.offer_name}, as of {result.as_of}",
        answer=tuple(
            Line(line.label, _short(line.text, _WIDTH), line.tone)
            for line in _answer(result, regime)
        ),
        sections=tuple(
            item for item in _sections(result, regime) if item.table or item.lines or item.remark
        ),
    )


def _answer(result: Assessment, regime: Regime) -> Iterable[Line]:
    """The ten lines that a minister would read."""
    counts = result.counts
    others = ", ".join(
        f"{name} {count}" for name, count in result.readings.items() if name != result.reading
    )
    later = f", {len(result.not_yet)} that do not bind yet" if result.not_yet else ""
    ended, binding = counts.letter["ended"], result.regime_counts.in_force
    among = f"of {binding} measures"
    if ended:
        among = f"measures, {ended} of them ended by then, with {binding} in force"
    yield Line("Asked", f"{counts.asked} {among}{later} "
               f"({result.reading}{others and '; or '}{others})")  # fmt: skip
    for number, text in enumerate(_two(result.gives_short)):
        yield Line("" if number else "Given", text)
    yield Line("Letter", f"{_tally(counts.letter)}; if kept: {_tally(counts.letter_if_kept)}")
    yield Line("Whose", _whose(result.asked, regime))
    known = [(area, area.if_kept) for area in result.areas if area.if_kept is not None]
    reached = "; ".join(f"{area.short} {_percent(kept)}" for area, kept in known if kept.high > 0)
    if known:
        yield Line("Spirit", f"if kept: {reached or 'nothing reached'}")
        untouched = [area.short for area, kept in known if kept.high == 0]
        yield Line("Untouched", f"{len(untouched)} of {len(result.areas)}: "
                   f"{', '.join(untouched)}" if untouched else "no issue area")  # fmt: skip
    else:
        yield Line("Spirit", "not known: no component of any issue area is listed")
    for rule in result.rules:
        yield Line(rule.rule, f"{rule.answer}: {rule.why}", _TONES[rule.answer])


def _percent(share: Share | None) -> str:
    return "not known" if share is None else percent(share.low, share.central, share.high)


def _two(gives: tuple[str, ...]) -> list[str]:
    """Two lines at most, whatever the number of gives."""
    if len(gives) <= 2:
        return list(gives) or ["nothing"]
    return [gives[0], f"{gives[1]} (and {len(gives) - 2} more)"]


def _whose(asked: list[AssessedMeasure], regime: Regime) -> str:
    measures: Counter[str] = Counter()
    for item in asked:
        if item.letter == "discretionary":
            deciding = (path for path in item.paths if path.discretionary)
            measures.update({path.decided_by for path in deciding if _one_act(path.missing)})
    opened = sum(item.letter == "open" for item in asked)
    if not measures and opened:
        return f"decided already: {opened} of {len(asked)} are open"
    if not measures:
        return "nobody's: no decision alone would end what is asked for"
    parts = [
        f"{regime.deciders.get(name, name)} may end {count}"
        for name, count in measures.most_common()
    ]
    acts = dict.fromkeys(
        keys[0] for item in asked for path in item.paths for keys in path.missing if len(keys) == 1
    )
    return f"{', '.join(parts)}; the missing act: {', '.join(acts)}"


def _one_act(missing: list[list[str]]) -> bool:
    return any(len(keys) == 1 and "@" not in keys[0] for keys in missing)


def _tally(letters: dict[str, int]) -> str:
    return ", ".join(f"{count} {word}" for word, count in letters.items() if count) or "none"


def _short(text: str, width: int) -> str:
    """Cut at a word where a line would run over; the tables below say all of it."""
    if len(text) <= width:
        return text
    return text[: width - 1].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _sections(result: Assessment, regime: Regime) -> Iterable[Section]:
    yield _gives(result)
    yield _areas(result)
    yield _asked(result)
    yield _ways_out(result)
    yield _grounds(result)
    yield _eases(result)
    yield _floors(result)
    yield _regime(result)
    yield Section(
        "Rules",
        "Each is one way to judge an ask; none is this program's opinion.",
        lines=tuple(line for rule in result.rules for line in _rule(rule)),
    )
    yield _doubts(result, regime)
    receipt = result.receipt
    yield Section(
        "Receipt",
        lines=(
            f"law {regime.id} {receipt.regime_edition}; evidence {receipt.evidence_digest} "
            f"({', '.join(receipt.evidence)})",
            f"known on {result.known_on or 'any day'}; version {receipt.version}; "
            f"{receipt.command}",
        ),
    )


def _gives(result: Assessment) -> Section:
    return Section(
        "What is given",
        "What the gives speak to, with its value if they are carried out in full.",
        Table(
            (Column("requirement at level"), Column("if kept")),
            tuple(result.requirements_reached.items()),
        ),
        lines=tuple(f"- {text}" for text in result.gives),
    )


def _areas(result: Assessment) -> Section:
    scope = f"Disputed gives are read as {result.scope}. " if result.scope else ""
    rows = tuple(
        (
            area.name,
            f"{area.touched} of {area.components}",
            _percent(area.now),
            _percent(area.if_kept),
            ", ".join(area.largest_remaining[:4]),
        )
        for area in result.areas
    )
    columns = (
        Column("issue area", wrap=True),
        Column("touched", right=True),
        Column("met now", right=True),
        Column("met if kept", right=True),
        Column("largest remaining", wrap=True),
    )
    return Section(
        "Spirit: what share of each issue area is verifiably met",
        f"{scope}Bounds and, in brackets, central values of one analyst's weights; areas are "
        "conjunctive in law and never averaged.",
        Table(columns, rows),
    )


def _asked(result: Assessment) -> Section:
    columns = (
        Column("measure"),
        Column("citation", wrap=True),
        Column("letter"),
        Column("if kept"),
        Column("floor", right=True),
        Column("known"),
    )
    rows = tuple(
        (
            item.measure,
            item.citation,
            item.letter,
            "same" if item.letter_if_kept == item.letter else item.letter_if_kept,
            str(len(item.floor)),
            _KNOWN[item.confidence] + ("?" if item.pin == "unsure" else ""),
        )
        for item in result.asked
    )
    lines = tuple(f"not yet in force on {result.as_of}: {id_}" for id_ in result.not_yet)
    return Section(
        f"Asked: {result.reading_text}",
        "Letter: is there a path that ends the measure whose condition is met? "
        "Floor: how many measures keep the same thing restricted. Known: the weakest of the rows "
        "that decide, as text, page (secondary), recall or analyst; ? a paragraph is unsure.",
        Table(columns, rows),
        lines,
    )


def _ways_out(result: Assessment) -> Section:
    groups: dict[tuple[str, ...], list[str]] = {}
    for item in result.asked:
        for path in item.paths:
            missing = " or ".join(" + ".join(keys) for keys in path.missing) or "nothing"
            key = (
                path.path,
                path.kind,
                path.value,
                path.decided_by,
                "yes" if path.asks_for_conduct else "no",
                missing + (" … and more" if path.missing_capped else ""),
                path.lapses.isoformat() if path.lapses else _OPEN_END.get(path.kind, "no end"),
            )
            groups.setdefault(key, []).append(item.measure)
    columns = (
        Column("path"),
        Column("kind"),
        Column("now"),
        Column("decided by", wrap=True),
        Column("conduct"),
        Column("missing", wrap=True),
        Column("lapses"),
        Column("of", right=True),
    )
    return Section(
        "Ways out: the paths that end what is asked for",
        "Conduct: whether the path asks the target for anything. Lapses: when relief given on "
        "the day would end by itself.",
        Table(columns, tuple((*key, str(len(ids))) for key, ids in groups.items())),
    )


def _grounds(result: Assessment) -> Section:
    rows: dict[str, tuple[str, ...]] = {}
    for item in result.asked:
        for ground in item.grounds:
            rows[ground.requirement] = (
                ground.requirement, ground.value, ground.value_if_kept, ground.citation,
            )  # fmt: skip
    return Section(
        "Grounds: conduct that the texts name as a reason to decide, not as a trigger",
        "",
        Table(
            (
                Column("requirement"),
                Column("now"),
                Column("if kept"),
                Column("citation", wrap=True),
            ),
            tuple(rows.values()),
        ),
    )


def _eases(result: Assessment) -> Section:
    counts: Counter[tuple[str, str, str, str, str]] = Counter(
        (
            ease.path,
            ease.kind,
            ease.decided_by,
            f"blocked by {ease.gate}" if ease.gate else _RUNS[ease.value],
            str(ease.lapses or ""),
        )
        for item in result.asked
        for ease in item.eases
    )
    columns = (
        Column("path"),
        Column("kind"),
        Column("decided by", wrap=True),
        Column("relief", wrap=True),
        Column("lapses"),
        Column("of", right=True),
    )
    return Section(
        "Eases case by case, and ends nothing",
        "Relief: whether it runs on the day, on the evidence known.",
        Table(columns, tuple((*key, str(count)) for key, count in counts.most_common())),
    )


def _floors(result: Assessment) -> Section:
    floors: dict[str, list[str]] = {}
    for item in result.asked:
        for id_ in item.floor:
            floors.setdefault(id_, []).append(item.measure)
    revived = [
        f"{old} (if {item.measure} is lifted)" for item in result.asked for old in item.revives
    ]
    lines: list[str] = []
    if result.revival is None and revived:
        lines.append("If older caps revive, these bind again; if they lapse, nothing does:")
    elif revived:
        lines.append("Older measures that bind again:")
    lines += [f"  {text}" for text in revived]
    columns = (Column("still restricts"), Column("of", right=True), Column("over", wrap=True))
    rows = tuple(
        (id_, str(len(ids)), _short(", ".join(ids), 110))
        for id_, ids in sorted(floors.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    )
    return Section(
        "Floor: what keeps the same things restricted after the ask is granted",
        "" if rows else "No row of the data says that anything would.",
        Table(columns, rows) if rows else None,
        tuple(lines),
    )


def _regime(result: Assessment) -> Section:
    counts = result.regime_counts
    rows = (
        ("in force", str(counts.in_force), ""),
        ("findings only", str(counts.findings_only), "some ending path needs no conduct"),
        ("conduct-bound", str(counts.conduct_bound), "every ending path needs conduct"),
        ("no ending path", str(counts.no_ending_path), "nothing usable on the day ends it"),
        ("unknown", str(counts.unknown_in_force), "whether it binds is not known"),
    )
    columns = (Column("the whole regime"), Column("measures", right=True), Column("meaning"))
    return Section(
        f"The regime on {result.as_of}",
        "",
        Table(columns, rows),
        (
            f"letter now: {_tally(counts.letter)}",
            f"letter if kept: {_tally(counts.letter_if_kept)}",
        ),
    )


def _rule(rule: RuleAnswer) -> Iterable[str]:
    yield f"{rule.rule}: {rule.answer}. {rule.definition}"
    yield f"  {rule.why}."
    if rule.earned and rule.answer == "counter":
        yield f"  earned: {', '.join(rule.earned)}"
    for reading, text in rule.beside.items():
        yield f"  beside it, {reading}: {text}."


def _doubts(result: Assessment, regime: Regime) -> Section:
    notes: dict[str, None] = {}
    for item in result.asked:
        for id_ in (item.measure, *(path.path for path in item.paths)):
            row = regime.measures.get(id_) or regime.paths[id_]
            if row.note and (row.confidence == "from-knowledge" or row.pin == "unsure"):
                notes[f"{id_} ({row.confidence}, paragraph {row.pin}): {row.note}"] = None
    kept = result.kept_reading[:1].upper() + result.kept_reading[1:]
    return Section(
        "Doubts",
        f"{kept}. "
        + (
            "Rows known only from knowledge, or whose paragraph is unsure:"
            if notes
            else "No deciding row is known from knowledge alone."
        ),
        lines=tuple(f"- {note}" for note in notes),
    )
