"""A commented offer that validates as it stands, for analysts to edit."""

from __future__ import annotations

import re

from detente.errors import UsageError
from detente.law.regime import Regime

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


def template(name: str, regime: Regime) -> str:
    """Return the YAML of a new offer.

    Args:
        name: its id: lower-case letters, digits and hyphens.
        regime: the regime it is about; its first rows serve as examples.

    Raises:
        UsageError: the name cannot be an id, or the regime has nothing to ask for.
    """
    if _NAME.fullmatch(name) is None:
        raise UsageError(f"{name!r} cannot be an id; use lower-case letters, digits and hyphens")
    in_force = regime.as_of(regime.reference_date).in_force
    if not in_force:
        raise UsageError(
            f"{regime.id} has no measure in force on {regime.reference_date} to ask for"
        )
    measure = in_force[0]
    source = next(iter(regime.sources))
    day = regime.reference_date
    component = next(iter(regime.components), None)
    components = (
        f"""
        components:
          # What the give reaches. fraction: the share of the verified end-state delivered if it
          # is carried out in full; low is a narrow reading of the words, high a broad one.
          - component: {component}
            touched: partly          # yes or partly
            fraction: {{low: 0.2, central: 0.5, high: 0.8}}"""
        if component
        else ""
    )
    requirement = next((r for r in regime.requirements.values() if r.kind == "conduct"), None)
    requirements = (
        f"""
        requirements:
          # Requirements that the give speaks to, and the level it reaches. arguable: true counts
          # as unknown.
          - {{requirement: {requirement.id}, level: commitment, arguable: true, whose: analyst}}"""
        if requirement
        else ""
    )
    return f"""\
# An offer: what each side gives and asks. Edit it, then run
#   detente assess {name}.yaml
# Ids come from the regime: detente measures, detente cite ID. Every part cites its source: an id
# of the regime's sources, an address, or a title.
id: {name}
regime: {regime.id}
name: A name for tables and reports
as_of: {day}                 # the day on which it is assessed
dates: [{day}]               # when it lay on the table; YYYY, YYYY-MM or YYYY-MM-DD
outcome: What became of it
positions:
  - party: target
    name: The side under sanctions
    role: target
    order: Who moves first, as this side puts it
    gives:
      - id: {name}-give-1
        text: What is given, in this side's own words{requirements}{components}
        sources: [{source}]
        confidence: analyst          # verified-in-text, verified-secondary, from-knowledge, analyst
    asks:
      - id: {name}-ask-1
        text: What is asked for, in this side's own words
        sources: [{source}]
        confidence: analyst
  - party: sender
    name: The side that imposes them
    role: sender
    gives: []
    asks: []
# What the target's ask for relief may mean. Name measures one by one, or select them by what they
# are; count is checked, so that a set never changes unseen.
readings:
  own-words:
    text: What the asker said it meant
    whose: the asker
    measures: [{measure}]
    count: 1
    sources: [{source}]
    confidence: analyst
  # whole-instrument:
  #   text: The instrument falls whole
  #   whose: the other side
  #   select: [{{instruments: [{regime.measures[measure].instrument}], in_force: {day}}}]
  #   whole_instruments: [{regime.measures[measure].instrument}]
  #   count: 0
default_reading: own-words
sources: [{source}]
confidence: analyst
"""
