"""A small regime in a folder, whole and right, for tests that spoil it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from detente.errors import Problem
from detente.validate import problems_of

FILES: Final[dict[str, str]] = {
    "regime.yaml": """\
id: tiny
name: Tiny
target: Nobody
summary: A regime for tests.
reference_date: 2019-02-28
known_until: 2030-01-01
areas:
- {id: arms, name: Arms, short: arms, scope: Weapons.}
- {id: rights, name: Rights, short: rights, scope: People.}
""",
    "sources.yaml": """\
sources:
- {id: S-1, title: A page, kind: page}
""",
    "requirements.yaml": """\
requirements:
- id: r-stop
  text: Stop.
  kind: conduct
  binding: binding
  areas: [arms]
  citation: s. 1
  determined_by: council
  levels: [progress, continued, met]
  pin: sure
  components: {all: [depot, works], confidence: analyst}
  sources: [S-1]
  confidence: analyst
- id: f-vote
  text: The council votes.
  kind: finding
  binding: binding
  areas: [arms, rights]
  citation: s. 2
  determined_by: council
  levels: [met]
  pin: sure
  sources: [S-1]
  confidence: analyst
events:
- {id: e-protest, text: A protest., citation: s. 3, sources: [S-1], confidence: analyst}
""",
    "powers.yaml": """\
paths:
- id: rp-lift
  kind: termination
  title: Lifting
  applies_to: {issuer: council}
  decided_by: council
  condition: {finding: f-vote}
  citation: s. 4
  pin: sure
  grounds: [r-stop]
  sources: [S-1]
  confidence: analyst
reimpositions:
- id: ri-again
  title: Return
  applies_to: [m-more]
  decided_by: council
  condition: {snapback: {notice: {finding: f-vote}, term: 30 full days, unless: {event: e-protest}}}
  riders:
  - {measures: [m-more], condition: {finding: f-vote}, citation: s. 9}
  citation: s. 8
  pin: sure
  ends_paths: [rp-lift]
  sources: [S-1]
  confidence: analyst
""",
    "gates.yaml": """\
gates:
- id: gate-review
  title: Review
  citation: s. 10
  pin: sure
  blocks: Any pause.
  paths: [rp-pause]
  measures: [m-more]
  condition: {not: {reimposed: ri-again}}
  since: 2003-01-01
  until: 2004-01-01
  sources: [S-1]
  confidence: analyst
""",
    "history.yaml": """\
history:
- id: ev-start
  date: 2001-02
  text: It began.
  kind: law
  effects:
  - {what: imposes, measures: [m-arms]}
  sources: [S-1]
  confidence: analyst
- id: ev-lift
  date: 2003-05-01T20:00-04:00
  text: It was lifted.
  kind: vote
  effects:
  - {what: ends, measures: [m-more], path: rp-lift, effective: 2003-06-01}
  - {what: reimposes, measures: [m-more], path: ri-again, effective: 2003-07-01}
  sources: [S-1]
  confidence: analyst
""",
    "readings/denied.yaml": """\
id: denied
regime: tiny
title: The depot was emptied
whose: nobody
findings:
- id: x-denied
  component: depot
  extent: met
  verification: claimed
  happened: 2019-01-01
  recorded: 2019-01-01
  corrects: x-depot
  sources: [S-1]
  confidence: analyst
""",
    "instruments/act-1.yaml": """\
id: act-1
title: The first act
issuer: council
kind: us-statute
adopted: 2001-01-01
citation: Act 1
schedule:
- {what: due, text: A report., citation: s. 9, month_day: 06-30}
sources: [S-1]
confidence: analyst
measures:
- id: m-arms
  provision: s. 1
  pin: sure
  kind: ban
  restricts: Arms.
  binds: all
  effective: 2001-02-01
  domain: trade
  livelihood: weapons
  binding: binding
  areas: [arms]
  requirements: [r-stop]
  superseded_by: m-more
  sources: [S-1]
  confidence: analyst
- id: m-more
  provision: s. 2
  pin: sure
  kind: ban
  restricts: More arms.
  binds: all
  effective: 2002-02-01
  terms:
  - {since: 2002-02-01, until: 2003-02-01, under: s. 2, confidence: analyst}
  - {since: 2003-02-01, until: 2030-02-01, under: s. 3, confidence: analyst}
  domain: trade
  livelihood: weapons
  binding: binding
  overlaps: [m-arms]
  sources: [S-1]
  confidence: analyst
paths:
- id: rp-pause
  kind: suspension
  title: A pause
  applies_to: [m-arms, m-more]
  decided_by: council
  condition:
    all:
    - {requirement: r-stop, level: progress}
    - at_least:
        count: 1
        of: [{finding: f-vote}, {act: rp-lift}]
    - {not: {event: e-protest}}
    - {after: 2010-01-01, finding: f-vote}
    - {elapsed: {from: {event: e-protest}, term: 45 days}, finding: f-vote}
    - {while: {race: {from: {event: e-protest}, term: 5 days, before: {event: ev-lift}}}}
    - {imposed: {count: 1, of: [m-arms, m-more]}}
  riders:
  - {measures: [m-more], condition: {finding: f-vote}, citation: s. 5}
  renewal:
    term: 1 year
    condition: {requirement: r-stop, level: continued}
    citation: s. 6
    window: {opens: 60 days, closes: 15 days}
  term: 180 days
  replaces: [rp-lift]
  floor: [m-arms, rp-lift]
  available: {since: 2005-01-01, until: 2029-01-01, why: The act says so.}
  citation: s. 7
  pin: sure
  sources: [S-1]
  confidence: analyst
""",
    "components/arms.yaml": """\
area: arms
components:
- id: depot
  name: The depot
  kind: site
  group: sites
  end_state: Empty.
  weight: {low: 0.4, central: 0.6, high: 0.8, rationale: It is large.}
  sources: [S-1]
  confidence: analyst
- id: works
  name: The works
  kind: site
  group: sites
  end_state: Closed.
  weight: {low: 0.2, central: 0.4, high: 0.6, rationale: It is small.}
  sources: [S-1]
  confidence: analyst
""",
    "emergencies.yaml": """\
emergencies:
- id: em-1
  text: An emergency.
  citation: Order 1
  declared: 2001-01-01
  instruments: [act-1]
  continued_through: 2029-01-01
  sources: [S-1]
  confidence: analyst
""",
    "programmes.yaml": """\
programmes:
- tag: TINY
  authority: act-1
  emergency: em-1
  criteria: Whoever trades in arms.
  measure: m-arms
  basis: conduct
  statute_overlap: [m-more]
  confidence: analyst
designations:
- id: ds-tiny
  source: un-sc
  tag: Tiny
  text: The list names no act; the day of the listing tells.
  measure: m-arms
  acts:
  - on: 2001-02-03
    measures: [m-more]
  sources: [S-1]
  confidence: analyst
""",
    "developments.yaml": """\
developments:
- id: d-1
  date: 2019-03
  areas: [arms]
  text: It grew.
  effect: worse
  components: [depot]
  sources: [S-1]
  confidence: analyst
""",
    "precedents/peace.yaml": """\
id: peace
name: An earlier peace
regime: other
dates: [2001, 2003-05]
target_gave: Much.
relief: Some.
verification: None.
shape: A vote.
outcome: Held.
lesson: It can be done.
events:
- {date: 2001-02-03, text: Signed.}
touched: {depot: yes}
sources: [S-1]
confidence: analyst
""".replace("[2001,", '["2001",'),
    "evidence/base.yaml": """\
id: base
regime: tiny
title: What is known
acts_complete_through: 2019-02-28
findings:
- id: x-depot
  component: depot
  extent: none
  verification: observed
  happened: 2019-01-01
  recorded: 2019-01-01
  sources: [S-1]
  confidence: analyst
""",
    "offers/talks.yaml": """\
id: talks
regime: tiny
name: Talks
as_of: 2019-02-28
dates: [2019-02-28]
positions:
- {party: nobody, name: Nobody, role: target}
readings:
  own: {text: Arms., whose: nobody, measures: [m-arms], count: 1}
default_reading: own
sources: [S-1]
confidence: analyst
""",
}
"""The files by name. Conduct, a finding, an event, two paths and two measures: one of each kind."""


class Folder:
    """The regime on disk.

    Attributes:
        path: where it is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        """Write one file."""
        (self.path / name).parent.mkdir(parents=True, exist_ok=True)
        (self.path / name).write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        """Replace the first ``old`` in a file, which must be there."""
        text = (self.path / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def line(self, name: str, part: str) -> int:
        """Return the line on which ``part`` first stands."""
        text = (self.path / name).read_text(encoding="utf-8")
        return text[: text.index(part)].count("\n") + 1

    def problems(self) -> list[Problem]:
        """Return everything that is wrong with the regime."""
        return problems_of(str(self.path))

    def told(self) -> Iterator[tuple[str, int | None, str | None, str]]:
        """Yield file, line, row and text of each problem, with the file's name in the regime."""
        for problem in self.problems():
            file = Path(problem.file).relative_to(self.path).as_posix()
            yield file, problem.line, problem.id, f"{problem.problem}; {problem.suggestion}"
