"""The page of who is blocked because of who owns it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from detente.report.page import Column, Line, Page, Section, Table, counted
from detente.screening.ownership.model import Link, Ownership, Range, Verdict

_SHOWN: Final = 60
"""Rows of a table at most; JSON and CSV hold them all."""
_LINKS: Final = 6
"""Links of a chain on a page; of a longer one both ends are shown."""

_TITLES: Final = {
    "blocked": "Blocked", "unknown": "Unknown: it depends on what is not known",
    "not-blocked": "Not blocked",
}  # fmt: skip

_COLUMNS: Final = (
    "Per cent. Direct: held by parties blocked by name. Counts: held by all that are blocked, as "
    "the rule counts. Through: each link multiplied by the next, for information."
)


def ownership_page(result: Ownership, names: Mapping[str, str]) -> Page:
    """Return the page of a result; ``names`` are those of all parties, by id."""
    when = f" on {result.as_of}" if result.as_of else ""
    counts = result.counts
    title = (
        f"Ownership by the rule {result.rule}{when}: {counts['blocked']} blocked, "
        f"{counts['unknown']} unknown, {counts['not-blocked']} not blocked"
    )
    answer = [
        Line("Rule", result.definition),
        Line("Source", result.source, "quiet"),
        *_warnings(result),
    ]
    sections = [
        *(_verdicts(result, status) for status in _TITLES),
        _chains(result, names),
        _settles(result),
        _problems(result),
        _left_out(result),
    ]
    full = [each for each in sections if each.table is None or each.table.rows]
    return Page(title, tuple(answer), tuple(full))


def _warnings(result: Ownership) -> list[Line]:
    lines = []
    tipping = sum(1 for n in result.nodes if n.status == "not-blocked" and n.settles)
    if tipping:
        text = (
            f"{counted(tipping, 'party')} not blocked would be, if blocked parties held what no "
            "statement speaks of; see what would settle it, or ask with --rest unknown"
        ).replace("partys", "parties")
        lines.append(Line("Beware", text, "warn"))
    controlled = sum(1 for n in result.nodes if n.status != "blocked" and n.controlled_by)
    if controlled:
        text = (
            f"blocked parties have votes, control or influence in {controlled} that the rule does "
            "not block"
        )
        lines.append(Line("" if lines else "Beware", text, "warn"))
    if result.problems:
        text = f"{counted(len(result.problems), 'problem')} in the source; see below"
        lines.append(Line("" if lines else "Beware", text, "warn"))
    return lines


def _verdicts(result: Ownership, status: str) -> Section:
    every = [node for node in result.nodes if node.status == status]
    columns = (
        Column("party", wrap=True), Column("why", wrap=True), Column("direct", right=True),
        Column("counts", right=True), Column("through", right=True),
    )  # fmt: skip
    rows = tuple(
        (
            _called(node), node.why, _percent(node.direct), _percent(node.aggregate),
            _percent(node.look_through) if node.look_through else "not fixed",
        )
        for node in every[:_SHOWN]
    )  # fmt: skip
    first = bool(every) and every[0] is result.nodes[0]
    remark = _COLUMNS if first else ""
    title = f"{_TITLES[status]} ({len(every)})"
    return Section(title, (remark + _more(len(every))).strip(), Table(columns, rows))


def _called(node: Verdict) -> str:
    return node.name if node.name == node.id else f"{node.name} [{node.id}]"


def _percent(share: Range) -> str:
    low, high = _number(share.low), _number(share.high)
    return low if low == high else f"{low}-{high}"


def _number(share: float) -> str:
    return f"{share * 100:.4f}".rstrip("0").rstrip(".")


def _chains(result: Ownership, names: Mapping[str, str]) -> Section:
    """How each verdict comes about, from who is blocked down to the party."""
    shown = [node for node in result.nodes if node.chain]
    rows = []
    for node in shown[:_SHOWN]:
        for number, chain in enumerate(node.chain):
            more = " (more in --of)" if node.shortened and number == len(node.chain) - 1 else ""
            rows.append((node.name if not number else "", _written(chain, names) + more))
    columns = (Column("party", wrap=True), Column("through", wrap=True))
    remark = "Each chain ends in the party." + _more(len(shown))
    return Section("Chains", remark, Table(columns, tuple(rows[: 4 * _SHOWN])))


def _written(chain: tuple[Link, ...], names: Mapping[str, str]) -> str:
    words = [names.get(chain[0].owner, chain[0].owner)]
    for number, link in enumerate(chain):
        if len(chain) > _LINKS and _LINKS // 2 <= number < len(chain) - _LINKS // 2:
            if number == _LINKS // 2:
                words.append(f"> {len(chain) - _LINKS} more >")
            continue
        share = f"{_percent(link.share)} %" if link.share is not None else ""
        kind = "" if link.interest == "ownership" else link.interest.replace("-", " ")
        words.append(f"> {' '.join(filter(None, (kind, share)))} >")
        words.append(names.get(link.owned, link.owned))
    return " ".join(words)


def _settles(result: Ownership) -> Section:
    asked = [node for node in result.nodes if node.settles]
    rows = [
        (node.name if not number else "", node.status if not number else "", text)
        for node in asked[:_SHOWN]
        for number, text in enumerate(node.settles)
    ]
    columns = (Column("party", wrap=True), Column("status"), Column("to be found out", wrap=True))
    return Section("What would settle it", _more(len(asked)).strip(), Table(columns, tuple(rows)))


def _problems(result: Ownership) -> Section:
    rows = tuple((item.statement, item.why) for item in result.problems[:_SHOWN])
    columns = (Column("where", wrap=True), Column("problem", wrap=True))
    count = len(result.problems)
    return Section(f"Problems in the source ({count})", _more(count).strip(), Table(columns, rows))


def _left_out(result: Ownership) -> Section:
    """Why statements do not count, with one of each kind; JSON names every one."""
    kinds: Counter[str] = Counter()
    example: dict[str, str] = {}
    for item in result.left_out:
        kind = "superseded by a later statement" if "superseded" in item.why else item.why
        kinds[kind] += 1
        example.setdefault(kind, item.statement)
    columns = (
        Column("statements", right=True), Column("why", wrap=True), Column("for example", wrap=True)
    )  # fmt: skip
    rows = tuple((str(n), kind, example[kind]) for kind, n in kinds.most_common(_SHOWN))
    title = f"Statements that do not count ({len(result.left_out)})"
    return Section(title, "", Table(columns, rows))


def _more(count: int) -> str:
    return f" The first {_SHOWN} are shown; --format json has all." if count > _SHOWN else ""
