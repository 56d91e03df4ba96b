"""The decider's act, asked for on each way through a condition that names no decision.

Where a way through its condition names no decision, ``act:<path>`` stands for it: every limb of
NKSPEA 401 met, with no certification, opens nothing.
"""

from __future__ import annotations

import msgspec

from detente.law.conditions import (
    After,
    All,
    Any,
    AtLeast,
    Condition,
    Deferred,
    Elapsed,
    Fact,
    Race,
    Report,
    Silence,
    While,
    children,
)
from detente.law.ways import ReliefPath


def with_act(path: ReliefPath, condition: Condition | None = None) -> Condition:
    """Return the condition of ``path`` with the decider's act wherever it names no decision.

    A way through the condition that names a decision-maker's finding or act has its decision; one
    that only waits for a date needs none; every other way needs ``act:<path>``.
    """
    node = path.condition if condition is None else condition
    if path.self_executing:
        return node
    act = Fact(kind="act", id=path.id, citation=path.citation)
    return _with_act(node, act)


def _with_act(node: Condition, act: Fact) -> Condition:
    if isinstance(node, Any):
        return msgspec.structs.replace(node, of=tuple(_with_act(limb, act) for limb in node.of))
    if _only_waits(node) or _decided(node):
        return node
    if isinstance(node, All):
        partly = next((limb for limb in node.of if _sometimes_decided(limb)), None)
        if partly is None:
            return msgspec.structs.replace(node, of=(*node.of, act))
        limbs = (_with_act(limb, act) if limb is partly else limb for limb in node.of)
        return msgspec.structs.replace(node, of=tuple(limbs))
    return All(of=(node, act))


def _decided(node: Condition) -> bool:
    """Whether every way through ``node`` names a decision; one that must not be made is none."""
    match node:
        case Fact():
            return node.kind in ("finding", "act")
        case Any(of=of) | AtLeast(of=of):
            return all(map(_decided, of))
        case All(of=of):
            return any(map(_decided, of))
        case Elapsed(from_=start) | Silence(from_=start) | Race(from_=start):
            return _decided(start)
        case While(of=below):
            return _decided(below)
        case Deferred(by=by, condition=condition):
            return _decided(by) or _decided(condition)
        case Report(of=report):
            return _decided(report)
        case _:
            return False


def _sometimes_decided(node: Condition) -> bool:
    """Whether some way through ``node`` names a decision and another does not."""
    if isinstance(node, Any):
        return any(_decided(limb) or _sometimes_decided(limb) for limb in node.of)
    return isinstance(node, All) and any(map(_sometimes_decided, node.of))


def _only_waits(node: Condition) -> bool:
    below = children(node)
    return isinstance(node, After) or (bool(below) and all(_only_waits(limb) for limb in below))
