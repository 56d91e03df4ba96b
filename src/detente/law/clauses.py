"""From the conditions that lawyers write to the tree that evaluators read.

    {requirement: r-x, level: progress}     {finding: f-x}     {act: rp-x}     {event: e-x}
    {all: [...]}   {any: [...]}   {at_least: {count: 3, of: [...]}}   {not: CONDITION}
    {after: 2019-03-05}                     {elapsed: {from: FACT, term: 45 days}}
    {silence: {of: FACT, from: FACT, term: 45 days}}
    {deferred: {by: FACT, term: 6 months, condition: CONDITION}}
    {report: {of: FACT, by: WHO, term: 30 days}}
    {snapback: {notice: FACT, term: 30 days, unless: FACT}}
    {race: {from: FACT, term: 30 days, before: FACT}}
    {imposed: {count: 2, of: [MEASURE, ...]}}
    {while: CONDITION}                      {reimposed: ri-x}

Clocks, absences and counts may add ``finding``: the row that states the same thing. Any node may
add ``citation``, ``note``, ``since`` and ``until``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from detente.errors import nearest
from detente.law.dates import check_term

Report = Callable[[object, object, str, str], None]
"""Takes a container, a key in it, what is wrong and what would be right."""

_FACTS: Final = ("requirement", "finding", "act", "event")
_COMMON: Final = frozenset({"citation", "note", "since", "until"})
_PARTS: Final[dict[str, dict[str, str]]] = {
    "at_least": {"count": "whole", "of": "conditions"},
    "elapsed": {"from": "fact", "term": "term"},
    "silence": {"of": "fact", "from": "fact", "term": "term"},
    "deferred": {"by": "fact", "term": "term", "condition": "condition"},
    "report": {"of": "fact", "by": "text", "term": "term?"},
    "snapback": {"notice": "fact", "term": "term", "unless": "fact"},
    "race": {"from": "fact", "term": "term", "before": "fact"},
    "imposed": {"count": "whole", "of": "ids"},
}
NAMED: Final = (
    "after", "elapsed", "silence", "deferred", "report", "snapback", "race", "imposed",
)  # fmt: skip
"""The nodes beside which ``finding`` may stand: the row that states the same thing."""

_OWN: Final[dict[str, frozenset[str]]] = {
    "requirement": frozenset({"level"}),
    **dict.fromkeys(NAMED, frozenset({"finding"})),
}
_HEADS: Final = ("after", "all", "any", "not", "while", "reimposed", *_PARTS, *_FACTS)


def tagged(raw: object, report: Report) -> dict[str, Any] | None:
    """Turn a condition as written into the form that decodes into ``conditions.Condition``.

    Args:
        raw: the condition as read from YAML.
        report: called for every problem; translation goes on to find them all.

    Returns:
        The tagged form, or None where a problem was reported.
    """
    if not isinstance(raw, dict):
        report(raw, None, f"a condition cannot be {raw!r}", "write for example {finding: f-x}")
        return None
    heads = [head for head in _HEADS if head in raw]
    head = heads[0] if heads else ""
    named = head in NAMED and heads == [head, "finding"]
    if not heads or (len(heads) > 1 and not named):
        what = f"names {' and '.join(heads)}" if heads else f"has none of {', '.join(_HEADS)}"
        report(raw, None, f"a condition {what}", "give each node exactly one of them")
        return None
    if head in _FACTS:
        return _fact(raw, report)
    allowed = _COMMON | {head} | _OWN.get(head, frozenset())
    extra = [key for key in raw if key not in allowed]
    for key in extra:
        report(raw, key, f"{key!r} does not belong to a node of {head!r}", nearest(key, allowed))
    node = _node(head, raw, report)
    if node is None or extra:
        return None
    kept = _COMMON | ({"finding"} if head in NAMED else set())
    node.update({key: raw[key] for key in kept & raw.keys()})
    return node


def _node(head: str, raw: dict[str, Any], report: Report) -> dict[str, Any] | None:
    if head in ("all", "any"):
        of = _conditions(raw, head, report)
        return None if of is None else {"is": head, "of": of}
    if head in ("not", "while"):
        below = raw[head]
        if not isinstance(below, dict):
            report(raw, head, f"{head!r} wants a condition", "write for example {finding: f-x}")
            return None
        condition = tagged(below, report)
        return None if condition is None else {"is": head, "of": condition}
    if head == "reimposed":
        return {"is": "reimposed", "id": raw["reimposed"]}
    if head == "after":
        return {"is": "after"} | ({} if raw["after"] == "unknown" else {"date": raw["after"]})
    return _parts(head, raw[head], report)


def _fact(
    raw: object, report: Report, holder: object = None, key: object = None
) -> dict[str, Any] | None:
    """A fact by itself, or as part of a node; a doubt of its own stays with it.

    ``holder`` and ``key`` say where it stands, for what is no mapping and so has no line.
    """
    kinds = [kind for kind in _FACTS if isinstance(raw, dict) and kind in raw]
    if not isinstance(raw, dict) or len(kinds) != 1 or not isinstance(raw[kinds[0]], str):
        at = (raw, None) if isinstance(raw, dict) else (holder, key)
        report(*at, "a single fact is wanted here", f"name one of {', '.join(_FACTS)}")
        return None
    kind = kinds[0]
    allowed = _COMMON | {kind} | _OWN.get(kind, frozenset())
    extra = [word for word in raw if word not in allowed]
    for word in extra:
        report(raw, word, f"{word!r} does not belong to a node of {kind!r}", nearest(word, allowed))
    if kind == "requirement" and "level" not in raw:
        report(raw, kind, "a requirement needs a level", "add the level that the law asks for")
        return None
    if extra:
        return None
    fact = {"is": "fact", "kind": kind, "id": raw[kind]}
    return fact | {word: raw[word] for word in (_COMMON | {"level"}) & raw.keys()}


def _conditions(raw: dict[str, Any], key: str, report: Report) -> list[dict[str, Any]] | None:
    limbs = raw[key]
    if not isinstance(limbs, list) or not limbs:
        report(raw, key, f"{key!r} has no limbs", "list at least one condition")
        return None
    done = []
    for number, limb in enumerate(limbs):
        if not isinstance(limb, dict):
            report(limbs, number, f"a limb cannot be {limb!r}", "write for example {finding: f-x}")
        done.append(tagged(limb, report) if isinstance(limb, dict) else None)
    return None if None in done else [limb for limb in done if limb is not None]


def _parts(head: str, raw: object, report: Report) -> dict[str, Any] | None:
    wanted = _PARTS[head]
    if not isinstance(raw, dict):
        report(raw, None, f"{head!r} wants {', '.join(wanted)}", "write them as a mapping")
        return None
    node: dict[str, Any] = {"is": head.replace("_", "-")}
    wrong = [key for key in raw if key not in wanted]
    for key in wrong:
        report(raw, key, f"{key!r} does not belong to {head!r}", nearest(str(key), wanted))
    for key, sort in wanted.items():
        if key in raw:
            node[key] = _part(raw, key, sort.rstrip("?"), report)
        elif not sort.endswith("?"):
            report(raw, None, f"{head!r} lacks {key!r}", f"add {key}")
            node[key] = None
    return None if wrong or None in node.values() else node


def _part(raw: dict[str, Any], key: str, sort: str, report: Report) -> object:
    item = raw[key]
    if sort == "fact":
        return _fact(item, report, raw, key)
    if sort == "condition":
        return tagged(item, report)
    if sort == "conditions":
        return _conditions(raw, key, report)
    if sort == "ids":
        if isinstance(item, list) and item and all(isinstance(id_, str) for id_ in item):
            return item
        report(raw, key, f"{key!r} is no list of ids", "name the measures as - items")
        return None
    if sort == "whole":
        if isinstance(item, int) and not isinstance(item, bool) and item > 0:
            return item
        report(raw, key, f"{key!r} cannot be {item!r}", "write a whole number from 1")
        return None
    if not isinstance(item, str):
        report(raw, key, f"{key!r} cannot be {item!r}", "write it in words")
        return None
    if sort == "term":
        try:
            check_term(item)
        except ValueError as error:
            report(raw, key, str(error), "for example 180 days")
            return None
    return item
