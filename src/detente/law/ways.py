"""The ways out of measures and back: relief paths, re-impositions, and gates in their way.

Field docs are the reference for the YAML that lawyers edit.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec

from detente.law.conditions import Condition
from detente.law.model import Row
from detente.law.vocabulary import ENDING_KINDS, Manner, PathKind, PathScope, Pin


class Available(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """When a path can be used: from a day, until (not including) a day, and why."""

    since: date | None = None
    until: date | None = None
    why: str


class Renewal(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """How relief for a time is renewed: the further term and what it asks for.

    Attributes:
        window: when a renewal can be made, counted back from the end of the running term; at
            any time within it, where not given.
    """

    term: str
    condition: Condition
    citation: str
    window: Window | None = None


class Window(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """When something can be done before a day: not before ``opens``, not after ``closes``.

    Attributes:
        opens: how long before the day it opens (``60 days``).
        closes: how long before the day it closes (``15 days``).
    """

    opens: str | None = None
    closes: str | None = None


class Rider(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A further limb of a path's condition that binds for some of its measures only."""

    measures: tuple[str, ...]
    condition: Condition
    citation: str
    note: str | None = None


class Selector(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A set of measures by what they are, instead of by name.

    A measure is in the set when it satisfies every field that is given.
    """

    issuer: str | None = None
    instruments: tuple[str, ...] = ()
    livelihood: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    in_force: date | None = None


class ReliefPath(Row, frozen=True):
    """A lawful way by which measures end or ease.

    Attributes:
        kind: termination, suspension or expiry end a measure; the other kinds ease it.
        title: a short name.
        applies_to: ids of the measures (in a file also a selector).
        decided_by: who decides; ``operation of law`` where nobody does.
        condition: what must hold.
        citation: the provision.
        pin: whether the paragraph number is certain.
        self_executing: whether it takes effect with no act of a decider.
        authority: where the power comes from, where that is more than the citation.
        grounds: conduct that the texts name as a reason for the decision, not as a trigger.
        riders: further limbs for some measures only.
        blockers: who can stop it.
        notice: notice that must be given.
        procedure: how it is done.
        duration: how long the relief lasts, in words.
        term: the same as a term, where relief lapses by itself.
        renewal: how it is renewed.
        reversal: how it is taken back.
        floor: other measures (or paths also needed) that keep the same thing restricted.
        available: when it can be used; always, where not given.
        scope: what it reaches. Where not given: the measure for a termination, suspension,
            expiry or waiver; one person for a delisting; a kind of dealing for the rest.
        covers: of relief for a kind of dealing, or in part: what it covers and what stays.
        manner: how a termination is done, where that has a name of its own.
        replaces: other paths; what was decided under them no longer counts once relief is given
            under this one.
        public: whether an act under it would be on public record once done.
    """

    kind: PathKind
    title: str
    applies_to: tuple[str, ...]
    decided_by: str
    condition: Condition
    citation: str
    pin: Pin
    self_executing: bool = False
    authority: str | None = None
    grounds: tuple[str, ...] = ()
    riders: tuple[Rider, ...] = ()
    blockers: tuple[str, ...] = ()
    notice: str | None = None
    procedure: str | None = None
    duration: str | None = None
    term: str | None = None
    renewal: Renewal | None = None
    reversal: str | None = None
    floor: tuple[str, ...] = ()
    available: Available | None = None
    scope: PathScope | None = None
    covers: str | None = None
    manner: Manner | None = None
    replaces: tuple[str, ...] = ()
    public: bool = True

    @property
    def reach(self) -> PathScope:
        """What it reaches: its ``scope``, or what its kind says."""
        return self.scope or _REACH.get(self.kind, "measure")

    @property
    def ends(self) -> bool:
        """Whether it ends its measures, for good or for a time; if not, it eases them.

        A delisting ends a measure that is nothing but the listing (``scope: measure``).
        """
        return self.reach == "measure" and (self.kind in ENDING_KINDS or self.kind == "delisting")


_REACH: Final[dict[str, PathScope]] = {
    "delisting": "person",
    "exemption": "transaction",
    "exception": "transaction",
    "licence": "transaction",
}


class Reimposition(Row, frozen=True):
    """A lawful way by which measures that had ended or were eased bind again.

    Attributes:
        title: a short name.
        applies_to: ids of the measures (in a file also a selector).
        decided_by: who decides; ``operation of law`` where nobody does.
        condition: what must hold.
        citation: the provision.
        pin: whether the paragraph number is certain.
        self_executing: whether it takes effect with no act of a decider.
        authority: where the power comes from, where that is more than the citation.
        procedure: how it is done.
        riders: further limbs for some measures only.
        ends_paths: the relief that it undoes.
    """

    title: str
    applies_to: tuple[str, ...]
    decided_by: str
    condition: Condition
    citation: str
    pin: Pin
    self_executing: bool = False
    authority: str | None = None
    procedure: str | None = None
    riders: tuple[Rider, ...] = ()
    ends_paths: tuple[str, ...] = ()


class Gate(Row, frozen=True):
    """Something in the way of relief paths until it opens: a legislature's review, a lock.

    Attributes:
        title: a short name.
        citation: the provision.
        pin: whether the paragraph number is certain.
        blocks: what it keeps from happening, in a sentence.
        paths: ids of the paths it stands in.
        measures: the measures for which it does; all of the paths', where not given.
        condition: when it is open.
        since: first day on which it is law.
        until: first day on which it no longer is.
    """

    title: str
    citation: str
    pin: Pin
    blocks: str
    paths: tuple[str, ...]
    condition: Condition
    measures: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
