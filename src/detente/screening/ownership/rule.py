"""The rules by which ownership makes an entity blocked, in the words that are printed with them."""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec

from detente.errors import UsageError, nearest
from detente.screening.ownership.shares import HALF


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule as it stood for some time.

    Attributes:
        name: what it is asked for by.
        since: the first day on which it stood so, as far as is known here.
        definition: what it says.
        source: where it says so.
        half_is_enough: whether exactly half suffices, or only more than half.
        adds_up: whether the holdings of several blocked owners are added up.
        control: whether control counts as well as ownership.
    """

    name: str
    since: date
    definition: str
    source: str
    half_is_enough: bool
    adds_up: bool
    control: bool

    def reached(self, share: int) -> bool:
        """Return whether a share, in units, is one that blocks."""
        return share >= HALF if self.half_is_enough else share > HALF


_EU_CONTROL: Final = (
    "Control counts too: a majority of votes, the power to appoint or remove most of the board, "
    "dominant influence by contract, articles or otherwise. Holdings of several listed owners are "
    "added up."
)

RULES: Final[tuple[Rule, ...]] = (
    Rule(
        name="ofac",
        since=date(2014, 8, 13),
        definition=(
            "An entity is blocked if one or more blocked persons own, in the aggregate, directly "
            "or indirectly, 50 percent or more of it. Indirectly means through entities that are "
            "themselves so owned. Ownership alone counts, control does not; who controls may be "
            "designated, so caution is advised."
        ),
        source=(
            "OFAC, Revised Guidance on Entities Owned by Persons Whose Property and Interests in "
            "Property Are Blocked, 13 August 2014; FAQ 398, 399, 401"
        ),
        half_is_enough=True,
        adds_up=True,
        control=False,
    ),
    Rule(
        name="eu",
        since=date(2018, 5, 4),
        definition=(
            "An entity is treated as a listed person's if listed persons possess more than 50 % "
            f"of its proprietary rights, or have majority interest in it. {_EU_CONTROL}"
        ),
        source=(
            "Council of the European Union, EU Best Practices for the effective implementation of "
            "restrictive measures, 8519/18, 4 May 2018"
        ),
        half_is_enough=False,
        adds_up=True,
        control=True,
    ),
    Rule(
        name="eu",
        since=date(2024, 7, 3),
        definition=(
            "An entity is treated as a listed person's if listed persons possess 50 % or more of "
            f"its proprietary rights, or have majority interest in it. {_EU_CONTROL}"
        ),
        source=(
            "Council of the European Union, EU Best Practices for the effective implementation of "
            "restrictive measures, 11623/24, 3 July 2024 (before it: more than 50 %)"
        ),
        half_is_enough=True,
        adds_up=True,
        control=True,
    ),
    Rule(
        name="uk",
        since=date(2020, 12, 31),
        definition=(
            "An entity is owned or controlled by a designated person if that person holds, "
            "directly or indirectly, more than 50 % of its shares or votes, may appoint or remove "
            "most of its board, or can reasonably be expected to have its affairs conducted as "
            "that person wishes. Indirectly means through a chain of majority stakes. Holdings of "
            "several are not added up, unless they hold jointly or by a joint arrangement."
        ),
        source=(
            "Regulations under the Sanctions and Anti-Money Laundering Act 2018, for example S.I. "
            "2019/855, regulation 7 and Schedule 1; OFSI, UK financial sanctions general guidance"
        ),
        half_is_enough=False,
        adds_up=False,
        control=True,
    ),
)
"""Every rule, those of one name oldest first."""

NAMES: Final = tuple(dict.fromkeys(rule.name for rule in RULES))


def rule_of(name: str, as_of: date | None = None) -> Rule:
    """Return a rule as it stood on a day.

    Args:
        name: ``ofac``, ``eu`` or ``uk``.
        as_of: the day; the newest by default.

    Raises:
        UsageError: there is no such rule, or it is not known how it stood on that day.
    """
    editions = [rule for rule in RULES if rule.name == name]
    if not editions:
        raise UsageError(f"no rule {name!r}; {nearest(name, NAMES)}")
    held = [rule for rule in editions if as_of is None or rule.since <= as_of]
    if not held:
        first = editions[0].since
        raise UsageError(f"the rule {name} is known from {first}; ask for that day or a later one")
    return held[-1]
