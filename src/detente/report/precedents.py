"""Earlier deals as pages: the list, one of them, those most like an offer, and the back-test."""

from __future__ import annotations

from collections import Counter

from detente.report.gap import share_text
from detente.report.page import Column, Line, Page, Section, Table, counted
from detente.talks.backtest import Backtest, Prediction, Split
from detente.talks.precedents import Case, Precedents
from detente.talks.similar import Similar
from detente.talks.stalling import Stalling


def list_page(result: Precedents) -> Page:
    """Return the page of all cases."""
    columns = (
        Column("case"), Column("deal", wrap=True), Column("from"), Column("months", right=True),
        Column("seen", right=True), Column("relief"), Column("won"),
        Column("how it came out", wrap=True),
    )  # fmt: skip
    rows = tuple(
        (
            item.id, item.name, item.start[:7], _number(item.features.months),
            _part(item.features.observed_share),
            f"{_degree(item.features.relief_first)}, {_degree(item.features.snapback)}",
            _won(item.success), item.outcome,
        )
        for item in result.cases
    )  # fmt: skip
    remark = (
        "Seen: share of the programme under observation. Relief: whether it came before "
        "conduct was verified, and could be taken back by right. Won: counted as a success. The "
        "coding is an analyst's, with hindsight; a dash: not known, not coded or without meaning. "
        "Episodes of the same deal are one case."
    )
    title = f"{counted(len(rows), 'earlier deal')} that {result.regime} knows"
    return Page(title, (), (Section("Cases", remark, Table(columns, rows)),))


def case_page(case: Case) -> Page:
    """Return the page of one case."""
    known = case.features
    answer = (
        Line("With", f"{case.target}, from {case.start}"),
        Line("Gave", case.gave or "not written down"),
        Line("Got", case.got or "not written down"),
        Line("Verification", case.verification or "not written down"),
        Line("Shape", case.shape),
        Line("Came out", f"{case.outcome}; success: {_won(case.success)}"),
        Line("Features", f"observed {_part(known.observed_share)}, relief first "
             f"{_degree(known.relief_first)}, snapback {_degree(known.snapback)}, ended by "
             f"{known.ended_by or '-'}, months {_number(known.months)}"),
        Line("Lesson", case.lesson or "-"),
    )  # fmt: skip
    columns = (Column("date"), Column("what"), Column("by"), Column("text", wrap=True))
    rows = tuple((e.date, e.kind or "-", e.by or "-", e.text) for e in case.events)
    touched = ", ".join(f"{id_} ({'whole' if part == 1 else 'part'})"
                        for id_, part in known.touched.items())  # fmt: skip
    sources = [f"sources: {', '.join(case.sources)} [{case.confidence}]"]
    sources += [case.note] if case.note else []
    sections = [
        Section("Timeline", "", Table(columns, rows)) if rows else None,
        Section("Components touched", lines=(touched,)) if touched else None,
        Section("Says who", lines=tuple(sources)),
    ]
    return Page(f"{case.name} ({case.id})", answer, tuple(s for s in sections if s is not None))


def similar_page(result: Similar) -> Page:
    """Return the page of the cases most like an offer."""
    mine = result.offer_features
    answer = (
        Line("Offer", f"{result.offer}: observed {_part(mine.observed_share)}, relief first "
             f"{_degree(mine.relief_first)}, snapback {_degree(mine.snapback)}, "
             f"{counted(len(mine.touched), 'component')} touched"),
        Line("Compared", "; ".join(result.features.values())),
    )  # fmt: skip
    columns = (
        Column("case"), Column("deal", wrap=True), Column("likeness", right=True),
        Column("known", right=True), Column("success"), Column("how it came out", wrap=True),
    )  # fmt: skip
    rows = tuple(
        (item.case.id, item.case.name, share_text(item.likeness), str(item.compared),
         _won(item.case.success), item.case.outcome)
        for item in result.cases
    )  # fmt: skip
    remark = (
        "Likeness over the features that the offer knows; a range where the case does not know "
        "them all. Like is not same: the ranking is by stated features and nothing else."
    )
    return Page(
        f"Earlier deals most like {result.offer}",
        answer,
        (Section("Most like first", remark, Table(columns, rows)),),
    )


def backtest_page(result: Backtest) -> Page:
    """Return the page of a back-test."""
    answer = (
        Line("Cases", f"{result.cases} coded, {result.successes} counted as successes"),
        Line("Brier", f"{result.brier:.3f} by {result.scores[0].predictor}, against "
             f"{result.base_rate_brier:.3f} of the base rate (each case left out in turn; less is "
             "better)"),
        Line("Misses", ", ".join(f"{m.name} ({m.case})" for m in result.misses) or "none"),
        Line("Claim", result.claim, "warn"),
    )  # fmt: skip
    columns = (
        Column("predictor"), Column("Brier", right=True), Column("pairs right", right=True),
        Column("misses", right=True), Column("what it does", wrap=True),
    )  # fmt: skip
    rows = tuple(
        (s.predictor, f"{s.brier:.3f}", f"{100 * s.ranking:.0f} %", str(len(s.misses)), s.text)
        for s in result.scores
    )
    told = (Column("case"), Column("deal", wrap=True), Column("chance", right=True),
            Column("success"))  # fmt: skip
    sections = (
        Section("Predictors", "Written down before they were scored.", Table(columns, rows)),
        Section("What divides them", lines=tuple(_split(item) for item in result.splits)),
        Section("Every prediction of the first", "", Table(
            told, tuple(_told(item) for item in result.scores[0].predictions)
        )),
        Section("Counter-examples", "Against conduct first, and against its opposite.", lines=tuple(
            f"{text}: {', '.join(ids) or 'none'}" for text, ids in result.counter_examples.items()
        )),
    )  # fmt: skip
    return Page(f"Back-test of {counted(result.cases, 'earlier deal')}", answer, sections)


def stalling_page(result: Stalling) -> Page:
    """Return the page of the signals of stalling."""
    counts = Counter(item.rule for item in result.signals)
    answer = (
        *(Line(rule, f"{counts[rule]}: {text}") for rule, text in result.rules.items()),
        Line("Mind", result.note, "warn"),
    )
    columns = (
        Column("date"), Column("rule"), Column("by"), Column("deal"), Column("what", wrap=True),
        Column("says who", wrap=True),
    )  # fmt: skip
    rows = tuple(
        (s.date, s.rule, s.by, s.deal, s.text, f"{', '.join(s.sources)} [{s.confidence}]")
        for s in result.signals
    )
    about = f" and {result.offer}" if result.offer else ""
    return Page(
        f"Signals of stalling: {result.regime}{about}",
        answer,
        (Section("Signals, oldest first", "", Table(columns, rows)),),
    )


def _split(item: Split) -> str:
    return (
        f"{item.text}: {item.above[0]} of {item.above[1]} succeeded, against {item.below[0]} of "
        f"{item.below[1]}; difference {100 * item.difference.central:.0f} points "
        f"[{100 * item.difference.low:.0f} to {100 * item.difference.high:.0f}, 95 %], chance of "
        f"as much by accident {item.chance:.3f}"
    )


def _told(item: Prediction) -> tuple[str, ...]:
    return item.case, item.name, f"{100 * item.chance:.0f} %", _won(item.success)


def _won(success: bool | None) -> str:
    return "-" if success is None else "yes" if success else "no"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"


def _part(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.0f} %"


def _degree(value: float | None) -> str:
    return {None: "-", 1.0: "yes", 0.5: "partly", 0.0: "no"}.get(value, "-")
