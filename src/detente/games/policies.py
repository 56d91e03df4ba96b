"""Policies towards one target, compared in one small model of a deal in steps.

The programme has ``steps`` equal parts, at most one a round, and there are ``rounds`` rounds. The
whole relief is worth 1 to the target. All assumptions:

1. Types. With chance ``belief`` the target is sincere. The types differ in what the whole programme
   is worth to them (``cost_sincere``, ``cost_staller``), and in this: a sincere target keeps its
   word with chance ``bound``, as the sincere type of ``trust`` does, whatever a step is worth to
   it; else it declines openly what is not worth taking. A staller pretends. How far those who mean
   it are bound by having promised is contested, so the whole width is the default.
2. Verification. A pretended step is seen through with chance ``scope * detection``: it must lie in
   the part that is observed, and be found. A step declined or seen through ends the deal; one that
   passes counts as done, and the deal goes on. A real step is always verified.
3. The sender keeps its word with chance ``trust``. Otherwise, in each round in which relief stands
   or falls due, it takes all of it back with chance ``whim``, and the deal ends. The target knows
   these chances, and raises its trust by Bayes with each round in which nothing was taken back.
   What it enjoyed until then it has enjoyed.
4. A target takes a step if the rest of the deal is worth it, by backward induction as in
   ``tranches``: with ``m`` for the chance that pretending passes (0 for a sincere target), ``X``
   for what going on is worth, and ``u`` for the relief given just before, if ``(1 - m) (X +
   snapback u) >= cost``. A finished deal is worth ``prize`` beyond its relief; the next round is
   worth ``patience`` of this one.
5. A snapback takes back a share of the tranche whose step was not taken, never what was earned.
6. What is left of the programme grows by ``growth`` in each round without a real step, up to the
   last round.

How likely a staller is to pretend comes from point 4, not from a rate. Hidden parts beyond the
programme's steps, third parties and domestic politics are left out.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from detente.games.ranges import Bools, Draws, Floats

POLICIES: Final = {
    "compliance-first": "all relief after the last verified step",
    "action-for-action": "an equal part of the relief with each step, and no way to take it back",
    "tranche-snapback": "the same, and a share of a tranche is taken back if its step is not taken",
    "grand-bargain": "all relief before the first step",
    "walk-away": "walk away and wait: no relief, no step, the pressure stays",
}
TYPES: Final = ("sincere", "staller")
_KINDS: Final = ("bound", "free", "staller")
"""Sincere and bound by its word, sincere and free to decline, or not sincere."""

OUTCOMES: Final = {
    "verified": "share of the programme dismantled and verified",
    "for_nothing": "share of the relief that stands though its step was declined or seen through",
    "deceived": "share of the relief that stands for steps that were only pretended",
    "relief": "share of the relief that stands at the end; the rest is pressure kept",
    "programme": "what is left of the programme at the end, as a multiple of what it was",
    "time": "rounds until the deal is done or has failed",
    "belief": "belief at the end that the target is sincere",
    "trust": "the target's trust at the end in a sender that keeps its word",
}
"""What is compared."""

Outcome = dict[str, Floats]


class _Terms(NamedTuple):
    """Shares of the relief before and after each step, and the share of a tranche snapped back."""

    before: list[float]
    after: list[float]
    snapback: Floats


class _Path(NamedTuple):
    """The chances of one kind's way through a deal: each array has a row for each step.

    Attributes:
        honest: whether it takes the step.
        passes: chance that the step counts as done.
        fails: chance that the deal ends here because it does not.
        whims: chance that it ends here because the sender takes relief back.
        done: chance that the deal is finished.
    """

    honest: Bools
    passes: Floats
    fails: Floats
    whims: Floats
    done: Floats


def compare(drawn: Draws, steps: int, rounds: int) -> dict[str, dict[str, Outcome]]:
    """Return what each policy leads to, by type of target and for all.

    Args:
        drawn: by name, one value for each draw: ``belief``, ``trust``, ``scope``, ``detection``,
            ``snapback``, ``whim``, ``bound`` from 0 to 1; ``patience`` above 0 and at most 1;
            ``cost_sincere``, ``cost_staller``, ``prize`` and ``growth`` from 0.
        steps: parts of the programme, 1 or more.
        rounds: rounds there are, ``steps`` or more.

    Returns:
        By policy, then by ``sincere``, ``staller`` and ``all``, the expectation of each of
        ``OUTCOMES`` over types, finds and whims, exact for each draw.
    """
    return {policy: _policy(policy, drawn, steps, rounds) for policy in POLICIES}


def _policy(policy: str, drawn: Draws, steps: int, rounds: int) -> dict[str, Outcome]:
    if policy == "walk-away":
        by_type = {kind: _nothing(drawn, rounds) for kind in TYPES}
    else:
        terms = _terms(policy, drawn, steps)
        trust, keeps = _trust(terms, drawn)
        paths = {kind: _path(terms, keeps, drawn, kind) for kind in _KINDS}
        beliefs = _beliefs(paths, drawn["belief"], drawn["bound"])
        by_kind = {
            kind: {
                **_outcome(path, terms, drawn, rounds),
                "belief": _sum(path, *beliefs),
                "trust": _kept_trust(path, trust),
            }
            for kind, path in paths.items()
        }
        bound = drawn["bound"]
        by_type = {
            "sincere": {
                name: bound * by_kind["bound"][name] + (1 - bound) * by_kind["free"][name]
                for name in OUTCOMES
            },
            "staller": by_kind["staller"],
        }
    belief = drawn["belief"]
    every = {
        name: belief * by_type["sincere"][name] + (1 - belief) * by_type["staller"][name]
        for name in OUTCOMES
    }
    return {**by_type, "all": every}


def _terms(policy: str, drawn: Draws, steps: int) -> _Terms:
    part = [1 / steps] * steps
    nothing = [0.0] * steps
    none = np.zeros_like(drawn["snapback"])
    if policy == "compliance-first":
        return _Terms(nothing, [*nothing[1:], 1.0], none)
    if policy == "grand-bargain":
        return _Terms([1.0, *nothing[1:]], nothing, none)
    return _Terms(part, nothing, drawn["snapback"] if policy == "tranche-snapback" else none)


def _trust(terms: _Terms, drawn: Draws) -> tuple[Floats, Floats]:
    """Trust before each step and after the last, and the chance that relief is kept in each."""
    trust, keeps, given = [drawn["trust"]], [], 0.0
    for before, after in zip(terms.before, terms.after, strict=True):
        given += before + after
        stands = 1 - (1 - trust[-1]) * drawn["whim"] * (given > 0)
        keeps.append(stands)
        sure = stands > 0  # else trust is 0 and relief is taken back for certain
        trust.append(np.where((given > 0) & sure, trust[-1] / np.where(sure, stands, 1), trust[-1]))
    return np.array(trust), np.array(keeps)


def _path(terms: _Terms, keeps: Floats, drawn: Draws, kind: str) -> _Path:
    steps = len(keeps)
    pretends = kind == "staller"
    missed = (1 - drawn["scope"] * drawn["detection"]) * pretends
    cost = drawn["cost_staller" if pretends else "cost_sincere"] / steps
    honest, worth = [], drawn["prize"]
    for k in reversed(range(steps)):
        going_on = keeps[k] * (terms.after[k] + drawn["patience"] * worth)
        taken_back = terms.snapback * terms.before[k]
        pays = (1 - missed) * (going_on + taken_back) >= cost
        honest.append(pays | (kind == "bound"))
        otherwise = missed * going_on - (1 - missed) * taken_back
        worth = terms.before[k] + np.where(honest[-1], going_on - cost, otherwise)
    takes = np.array(honest[::-1])
    passes = np.where(takes, 1.0, missed)
    ends = np.concatenate([np.ones_like(keeps[:1]), np.cumprod(passes * keeps, axis=0)])
    reach = ends[:-1]
    return _Path(takes, passes, reach * (1 - passes), reach * passes * (1 - keeps), ends[-1])


def _outcome(path: _Path, terms: _Terms, drawn: Draws, rounds: int) -> Outcome:
    """The outcomes that are counted in steps and relief."""
    steps = len(path.passes)
    taken: Floats = np.cumsum(path.honest, axis=0, dtype=float)
    real: Floats = np.concatenate([np.zeros_like(taken[:1]), taken])
    past: Floats = np.arange(steps, dtype=float)[:, None]
    given = np.cumsum(terms.before)[:, None]
    ahead = given - np.minimum(given, past / steps)  # what is given for steps yet to be taken
    snapped = terms.snapback * np.array(terms.before)[:, None]
    pretended = np.minimum(past - real[:-1], given * steps) / steps
    left = (1 - real / steps) * (1 + drawn["growth"]) ** (rounds - real)
    finished = path.done
    return {
        "verified": _sum(path, real[:-1] / steps, real[1:] / steps, real[-1] / steps),
        "for_nothing": (path.fails * (ahead - snapped)).sum(axis=0),
        "deceived": (path.fails * pretended).sum(axis=0) + finished * (1 - real[-1] / steps),
        "relief": (path.fails * (given - snapped)).sum(axis=0) + finished,
        "programme": _sum(path, left[:-1], left[1:], left[-1]),
        "time": _sum(path, past + 1.0, past + 1.0, np.full_like(finished, steps)),
    }


def _sum(path: _Path, failed: Floats, whim: Floats, finished: Floats) -> Floats:
    """The expectation of what is one value at each end of a deal."""
    ends = (path.fails * failed + path.whims * whim).sum(axis=0)
    return np.asarray(ends + path.done * finished)


def _beliefs(
    paths: dict[str, _Path], belief: Floats, bound: Floats
) -> tuple[Floats, Floats, Floats]:
    """The belief after each end of a deal, which everybody sees."""

    def after(name: str) -> Floats:
        kept, free = getattr(paths["bound"], name), getattr(paths["free"], name)
        sincere = belief * (bound * kept + (1 - bound) * free)
        every = sincere + (1 - belief) * getattr(paths["staller"], name)
        return np.where(every > 0, sincere / np.where(every > 0, every, 1), belief)

    return after("fails"), after("whims"), after("done")


def _kept_trust(path: _Path, trust: Floats) -> Floats:
    """The trust at the end in a sender that takes nothing back on a whim."""
    through = np.cumprod(path.passes, axis=0)
    reach = np.concatenate([np.ones_like(through[:1]), through[:-1]])
    stopped = (reach * (1 - path.passes) * trust[:-1]).sum(axis=0)
    return np.asarray(stopped + through[-1] * trust[-1])


def _nothing(drawn: Draws, rounds: int) -> Outcome:
    """What comes of no deal."""
    zero = np.zeros_like(drawn["belief"])
    return {
        "verified": zero, "for_nothing": zero, "deceived": zero, "relief": zero,
        "programme": (1 + drawn["growth"]) ** rounds, "time": zero + rounds,
        "belief": drawn["belief"], "trust": drawn["trust"],
    }  # fmt: skip
