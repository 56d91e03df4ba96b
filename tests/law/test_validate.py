"""Every rule of a regime: spoil one thing, and exactly that is told, with file, line and advice."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path
from typing import Final

import pytest
from folder import FILES, Folder

import detente
from detente.errors import DataError, DetenteError, UsageError
from detente.law import find
from detente.law.draft import _ROWS
from detente.validate import problems_of

ACT: Final = "instruments/act-1.yaml"
REQUIREMENTS: Final = "requirements.yaml"
ARMS: Final = "components/arms.yaml"
M_ARMS: Final = "- id: m-arms"
M_MORE: Final = "- id: m-more"
PAUSE: Final = "- id: rp-pause"
LIMB: Final = "{not: {event: e-protest}}"
GATE: Final = "- id: gate-review"
ENDED: Final = "ended: {on: 2000-01-01, by: Act 0, sources: [S-1], confidence: analyst}"


@pytest.fixture
def regime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A right regime of a few rows, with a cache of its own."""
    monkeypatch.setenv("DETENTE_CACHE", str(tmp_path / "cache"))
    return Folder(tmp_path / "tiny")


def test_the_regime_that_is_spoiled_below_is_right(regime: Folder) -> None:
    """Without a change there is no problem, and every kind of row is there."""
    assert regime.problems() == []
    law = detente.load(str(regime.path))
    assert law.origins["m-more"] == f"{ACT}:{regime.line(ACT, M_MORE)}"
    assert law.paths["rp-lift"].applies_to == ("m-arms", "m-more")
    for table in (*_ROWS, "areas"):
        assert getattr(law, table) != {}


Rule = tuple[str, str, str, str | None, str, str]
RULES: Final[dict[str, Rule]] = {
    # Rows name rows that exist
    "source": (REQUIREMENTS, "[S-1]", "[S-2]", "r-stop", "- id: r-stop",
               "names the unknown source 'S-2'; did you mean S-1?"),
    "area": (REQUIREMENTS, "areas: [arms]", "areas: [arm]", "r-stop", "- id: r-stop",
             "names the unknown issue area 'arm'; did you mean arms?"),
    "area of a measure": (ACT, "areas: [arms]", "areas: [right]", "m-arms", M_ARMS,
                          "names the unknown issue area 'right'; did you mean rights?"),
    "requirement of a measure": (ACT, "requirements: [r-stop]", "requirements: [r-stp]", "m-arms",
                                 M_ARMS, "names the unknown requirement 'r-stp'; did you mean r-"),
    "overlap": (ACT, "overlaps: [m-arms]", "overlaps: [m-armz]", "m-more", M_MORE,
                "names the unknown measure 'm-armz'; did you mean m-arms"),
    "successor": (ACT, "superseded_by: m-more", "superseded_by: m-mare", "m-arms", M_ARMS,
                  "names the unknown measure 'm-mare'; did you mean m-more"),
    "component of a requirement": (REQUIREMENTS, "[depot, works]", "[depot, work]", "r-stop",
                                   "- id: r-stop",
                                   "names the unknown component 'work'; did you mean works?"),
    "measure of a path": (ACT, "applies_to: [", "applies_to: [m-mre, ", "rp-pause", PAUSE,
                          "names the unknown measure 'm-mre'; did you mean m-more"),
    "ground": ("powers.yaml", "[r-stop]", "[r-stopp]", "rp-lift", "- id: rp-lift",
               "names the unknown requirement 'r-stopp'; did you mean r-stop"),
    "floor": (ACT, "floor: [m-arms", "floor: [m-arm", "rp-pause", PAUSE,
              "has the dangling floor 'm-arm'; did you mean m-arms"),
    "measure of a rider": (ACT, "{measures: [m-more]", "{measures: [m-mor]", "rp-pause", PAUSE,
                           "names the unknown measure of this path 'm-mor'; did you mean m-more"),
    "instrument of an emergency": ("emergencies.yaml", "[act-1]", "[act-2]", "em-1", "- id: em-1",
                                   "names the unknown instrument 'act-2'; did you mean act-1?"),
    "component of a development": ("developments.yaml", "[depot]", "[depots]", "d-1", "- id: d-1",
                                   "names the unknown component 'depots'; did you mean depot?"),
    "component of a precedent": ("precedents/peace.yaml", "{depot: ", "{depo: ", "peace", "id: ",
                                 "names the unknown component 'depo'; did you mean depot?"),
    "measure of a programme": ("programmes.yaml", "measure: m-arms", "measure: m-armz", "TINY",
                               "- tag", "names the unknown measure 'm-armz'; did you mean m-arms"),
    "measure of an act that listed": (
        "programmes.yaml", "on: 2001-02-03\n    measures: [m-more]",
        "on: 2001-02-03\n    measures: [m-mor]", "ds-tiny", "- id: ds-tiny",
        "names the unknown measure 'm-mor'; did you mean m-more?",
    ),
    "overlap of a programme": ("programmes.yaml", "[m-more]", "[m-mor]", "TINY", "- tag",
                               "names the unknown measure 'm-mor'; did you mean m-more"),
    "authority of a programme": ("programmes.yaml", "act-1", "act-7", "TINY", "- tag",
                                 "names the unknown instrument 'act-7'; did you mean act-1?"),
    # Dates are in order
    "before its instrument": (ACT, "effective: 2001-02-01", "effective: 2000-02-01", "m-arms",
                              M_ARMS, "takes effect on 2000-02-01, before act-1 was adopted "
                              "(2001-01-01); mend one of the dates or say carried_from"),
    "successor is older": (ACT, "effective: 2002-02-01", "effective: 2001-01-15", "m-arms", M_ARMS,
                           "is superseded by m-more, which took effect earlier; mend"),
    "ended first": (ACT, "effective: 2001-02-01", f"effective: 2001-02-01\n  {ENDED}", "m-arms",
                    M_ARMS, "ended on 2000-01-01, before it took effect; mend one of the dates"),
    "a term ends first": (ACT, "until: 2003-02-01", "until: 2002-01-01", "m-more", M_MORE,
                          "has the term 2002-02-01 to 2002-01-01 out of order; write terms oldest"),
    "terms overlap": (ACT, "{since: 2003-02-01", "{since: 2003-01-01", "m-more", M_MORE,
                      "has the term 2003-01-01 to 2030-02-01 out of order; write terms oldest"),
    "available first": (ACT, "until: 2029-01-01, why", "until: 2005-01-01, why", "rp-pause", PAUSE,
                        "is available until 2005-01-01, before it begins; mend one of the dates"),
    "a limb ends first": (ACT, LIMB, LIMB[:-1] + ", since: 2010-01-01, until: 2009-01-01}",
                          "rp-pause", PAUSE,
                          "has a limb that is law until 2009-01-01, before it begins; mend"),
    "continued first": ("emergencies.yaml", "through: 2029", "through: 2000", "em-1", "- id: em-1",
                        "is continued through a day before it was declared; mend one of"),
    # Texts that are dates and terms
    "date of a development": ("developments.yaml", "2019-03", "March 2019", "d-1", "- id: d-1",
                              "'March 2019' is no date: write YYYY, YYYY-MM or YYYY-MM-DD; mend"),
    "date of a precedent": ("precedents/peace.yaml", "2003-05", "2003-13", "peace", "id: ",
                            "'2003-13' is no day of the calendar: month must be in 1..12"),
    "date of its event": ("precedents/peace.yaml", "2001-02-03", "2001-02-30", "peace", "id: ",
                          "'2001-02-30' is no day of the calendar: day is out of range"),
    "term of a path": (ACT, "term: 180 days", "term: 180 moons", "rp-pause", PAUSE,
                       "'180 moons' is no term: write a number from 1 and days"),
    "term of a renewal": (ACT, "term: 1 year", "term: one year", "rp-pause", PAUSE,
                          "'one year' is no term: write a number from 1 and days"),
    "notice of an emergency": ("emergencies.yaml", "  sources", "  notice: soon\n  sources", "em-1",
                               "- id: em-1", "'soon' is no term: write a number from 1 and days"),
    # Schedules
    "what is scheduled": (ACT, "{what: due", "{what: dew", "act-1", "id: act-1",
                          "schedules 'dew'; did you mean due?"),
    "two dates": (ACT, "month_day: 06-30", "month_day: 06-30, on: 2001-06-30", "act-1", "id: act-1",
                  "schedules something without one clear date; give either on or month_day"),
    "no date": (ACT, ", month_day: 06-30", "", "act-1", "id: act-1",
                "schedules something without one clear date; give either on or month_day"),
    "no day of any year": (ACT, "06-30", "06-31", "act-1", "id: act-1",
                           "'2000-06-31' is no day of the calendar"),
    # Requirements and conditions
    "all and any": (REQUIREMENTS, "works],", "works], any: [depot],", "r-stop", "- id: r-stop",
                    "joins its components by both or neither of all and any; give one of the two"),
    "neither all nor any": (REQUIREMENTS, "all: [depot, works], ", "", "r-stop", "- id: r-stop",
                            "joins its components by both or neither of all and any; give one"),
    "no measure": ("powers.yaml", "issuer: council", "issuer: nobody", "rp-lift", "- id: rp-lift",
                   "applies to no measure; name the measures it ends or eases, or remove it"),
    "requirement in a condition": (ACT, "requirement: r-stop, level: p", "requirement: r-stp, "
                                   "level: p", "rp-pause", PAUSE,
                                   "names the unknown requirement 'r-stp'; did you mean r-stop"),
    "a level that is not known": (ACT, "level: progress", "level: assurance", "rp-pause", PAUSE,
                                  "asks r-stop for the level 'assurance', which it does not know; "
                                  "its levels are progress, continued, met"),
    "a finding as conduct": (ACT, "requirement: r-stop, level: progress",
                             "requirement: f-vote, level: met", "rp-pause", PAUSE,
                             "asks for f-vote as conduct; write {finding: f-vote}"),
    "continued outside a renewal": (ACT, "level: progress", "level: continued", "rp-pause", PAUSE,
                                    "asks r-stop to be continued outside a renewal; continued "
                                    "speaks of a running term: use it in renewal"),
    "conduct as a finding": ("powers.yaml", "finding: f-vote", "finding: r-stop", "rp-lift",
                             "- id: rp-lift",
                             "takes r-stop for a decision-maker's finding; it is conduct"),
    "finding": ("powers.yaml", "finding: f-vote", "finding: f-votes", "rp-lift", "- id: rp-lift",
                "names the unknown finding 'f-votes'; did you mean f-vote?"),
    "finding of a wait": (ACT, "2010-01-01, finding: f-vote", "2010-01-01, finding: f-vot",
                          "rp-pause", PAUSE, "names the unknown finding 'f-vot'; did you mean f-"),
    "finding of a rider": (ACT, "condition: {finding: f-vote}", "condition: {finding: f-vot}",
                           "rp-pause", PAUSE, "names the unknown finding 'f-vot'; did you mean f-"),
    "requirement of a renewal": (ACT, "{requirement: r-stop, level: continued}",
                                 "{requirement: r-stp, level: met}", "rp-pause", PAUSE,
                                 "names the unknown requirement 'r-stp'; did you mean r-stop"),
    "act": (ACT, "act: rp-lift", "act: rp-left", "rp-pause", PAUSE,
            "names the unknown relief path 'rp-left'; did you mean rp-lift"),
    "event": (ACT, LIMB, "{not: {event: e-protst}}", "rp-pause", PAUSE,
              "names the unknown event 'e-protst'; did you mean e-protest?"),
    "too many limbs": (ACT, "count: 1", "count: 3", "rp-pause", PAUSE,
                       "asks for 3 of 2 limbs; ask for at most all of them"),
    # Gates, re-impositions, history
    "path of a gate": ("gates.yaml", "[rp-pause]", "[rp-pause, rp-puase]", "gate-review", GATE,
                       "names the unknown relief path 'rp-puase'; did you mean rp-pause"),
    "measure of a gate": ("gates.yaml", "[m-more]", "[m-mor]", "gate-review", GATE,
                          "names the unknown measure of its paths 'm-mor'; did you mean m-more"),
    "a gate without a way": ("gates.yaml", "paths: [rp-pause]\n  measures: [m-more]", "paths: []",
                             "gate-review", GATE, "stands in the way of no path; name the paths"),
    "a gate ends first": ("gates.yaml", "until: 2004", "until: 2002", "gate-review", GATE,
                          "is law until 2002-01-01, before it begins; mend one of the dates"),
    "re-imposition": ("gates.yaml", "ri-again", "ri-agian", "gate-review", GATE,
                      "names the unknown re-imposition 'ri-agian'; did you mean ri-again?"),
    "path that is undone": ("powers.yaml", "ends_paths: [rp-lift]", "ends_paths: [rp-lit]",
                            "ri-again", "- id: ri-again",
                            "names the unknown relief path 'rp-lit'; did you mean rp-lift"),
    "measure that returns": ("powers.yaml", "applies_to: [m-more]", "applies_to: [m-more, m-mor]",
                             "ri-again", "- id: ri-again",
                             "names the unknown measure 'm-mor'; did you mean m-more"),
    "nothing returns": ("powers.yaml", "applies_to: [m-more]", "applies_to: {issuer: nobody}",
                        "ri-again", "- id: ri-again", "applies to no measure; name the measures"),
    "a re-imposition on another": ("powers.yaml", "condition: {finding: f-vote}, citation: s. 9",
                                   "condition: {reimposed: ri-again}, citation: s. 9", "ri-again",
                                   "- id: ri-again", "rests on a re-imposition; write that one's"),
    "term of a snapback": ("powers.yaml", "30 full days", "30 moons", "ri-again", "30 moons",
                           "'30 moons' is no term"),
    "date of an event": ("history.yaml", "2003-05-01T20:00", "2003-05-01T25:00", "ev-lift",
                         "- id: ev-lift", "'2003-05-01T25:00-04:00' is no moment"),
    "measure of an effect": ("history.yaml", "[m-more], path: rp", "[m-mor], path: rp", "ev-lift",
                             "- id: ev-lift", "names the unknown measure 'm-mor'; did you mean"),
    "way of an effect": ("history.yaml", "path: rp-lift", "path: rp-left", "ev-lift",
                         "- id: ev-lift", "names the unknown relief path or re-imposition"),
    "way that does not reach": ("history.yaml", "[m-more], path: ri", "[m-arms], path: ri",
                                "ev-lift", "- id: ev-lift",
                                "reimposes m-arms by ri-again, which does not reach it; name"),
    "effect before the event": ("history.yaml", "effective: 2003-06-01", "effective: 2003-04-01",
                                "ev-lift", "- id: ev-lift",
                                "worked on 2003-04-01, before it happened; mend one of the dates"),
    "history out of order": ("history.yaml", "date: 2001-02", "date: 2004-02", "ev-lift",
                             "- id: ev-lift", "stands after ev-start, which happened later; write"),
    "a term of no days": (ACT, "term: 180 days", "term: 0 days", "rp-pause", PAUSE,
                          "'0 days' is no term: write a number from 1 and days"),
    "an unknown verb": ("history.yaml", "what: imposes", "what: imposed", "ev-start", "what: impo",
                        "effects: Invalid enum value 'imposed'; "),
    "window of a renewal": (ACT, "closes: 15 days", "closes: soon", "rp-pause", PAUSE,
                            "'soon' is no term: write a number from 1 and days"),
    "relief that is replaced": (ACT, "replaces: [rp-lift]", "replaces: [rp-lit]", "rp-pause", PAUSE,
                                "names the unknown relief path 'rp-lit'; did you mean rp-lift"),
    "manner of a suspension": (ACT, "kind: suspension", "kind: suspension\n  manner: repeal",
                               "rp-pause", PAUSE, "is a suspension by repeal; manner belongs to a"),
    "finding that names a clock": (ACT, "term: 45 days}, finding: f-vote",
                                   "term: 45 days}, finding: f-vot", "rp-pause", PAUSE,
                                   "names the unknown finding 'f-vot'; did you mean f-vote"),
    "measure of a menu": (ACT, "of: [m-arms, m-more]", "of: [m-arms, m-mor]", "rp-pause", PAUSE,
                          "names the unknown measure 'm-mor'; did you mean m-more"),
    "relief that replaces itself": (ACT, "replaces: [rp-lift]", "replaces: [rp-lift, rp-pause]",
                                    "rp-pause", PAUSE, "replaces itself, so that relief under it "
                                    "never counts; name other paths alone"),
    "an item counted twice": (ACT, "of: [m-arms, m-more]", "of: [m-arms, m-arms, m-more]",
                              "rp-pause", PAUSE,
                              "counts m-arms more than once; name each measure once"),
    "more than a menu holds": (ACT, "imposed: {count: 1", "imposed: {count: 3", "rp-pause", PAUSE,
                               "asks for 3 of 2 measures; ask for at most all of them"),
    "term of a race": (ACT, "term: 5 days", "term: 5 moons", "rp-pause", "5 moons",
                       "'5 moons' is no term"),
    "a year that ends first": (ACT, "effective: 2001-02-01",
                               "effective: 2001-02-01\n  effective_by: 2001-02-01", "m-arms",
                               M_ARMS, "takes effect by 2001-02-01, not after 2001-02-01; give"),
    "an adoption that ends first": (ACT, "adopted: 2001-01-01",
                                    "adopted: 2001-01-01\nadopted_by: 2000-12-31", "act-1", "id: ",
                                    "was adopted by 2000-12-31, not after 2001-01-01; give"),
    "back over no break": (ACT, "under: s. 3", "under: s. 3, reaches_back: unknown", "m-more",
                           M_MORE, "has the term from 2003-02-01, which reaches back over no"),
    # Supersession and weights
    "superseded by itself": (ACT, "overlaps: [m-arms]", "superseded_by: m-more", "m-more", M_MORE,
                             "is superseded in a circle: m-more -> m-more; remove the"),
    "weight above one": (ARMS, "high: 0.8", "high: 1.8", "depot", "- id: depot",
                         "has the weight 0.4 to 1.8 around 0.6; keep 0 <= low <= central"),
    "weight out of order": (ARMS, "low: 0.4", "low: 0.7", "depot", "- id: depot",
                            "has the weight 0.7 to 0.8 around 0.6; keep 0 <= low <= central"),
    # Reading: fields, words, types
    "unknown field": (ACT, "restricts: Arms.", "restrict: it\n  restricts: Arms.", "m-arms",
                      "restrict: ", "unknown field 'restrict'; "),
    "missing field": (REQUIREMENTS, "  citation: s. 1\n", "", "r-stop", "- id: r-stop",
                      "lacks citation; add what is missing"),
    "unknown word": (REQUIREMENTS, "kind: conduct", "kind: conducts", "r-stop", "kind: conducts",
                     "kind: Invalid enum value 'conducts'; did you mean conduct?"),
    "unknown word in a list": (REQUIREMENTS, "[progress, continued", "[progres, continued",
                               "r-stop", "levels", "did you mean progress"),
    "wrong type": (REQUIREMENTS, "text: Stop.", "text: 7", "r-stop", "text: 7",
                   "text: Expected `str`, got `int`; "),
    "no day": (ACT, "effective: 2001-02-01", "effective: 2001-02-30", "m-arms",
                "effective: 2001-02-30", "effective: "),
    "a field of an inner row": (ARMS, "rationale: It is large.", "reason: It is large.", "depot",
                                "weight", "weight: "),
    "unknown field of a selector": ("powers.yaml", "issuer:", "isuer:", None, "isuer",
                                    "unknown field 'isuer'; did you mean issuer"),
    "condition of no kind": (ACT, LIMB, "{nott: {event: e-protest}}", "rp-pause", "{nott",
                             "a condition has none of after, all, any, not"),
    "part of a condition": (ACT, "count: 1", "cont: 1", "rp-pause", "cont: 1",
                            "'cont' does not belong to 'at_least'; did you mean count?"),
    # Files
    "unknown table": ("sources.yaml", "sources:", "source: []\nsources:", None, "source: ",
                      "unknown 'source'; did you mean sources?"),
    "no list": ("programmes.yaml", "programmes:", "programmes: none\nsnapshots:", None,
                "programmes: ", "'programmes' is no list; write - items"),
    "another name than the id": (ACT, "id: act-1", "id: act-1 bis", "act-1 bis", "id: ",
                                 "has the id 'act-1 bis'; the file's name is the id"),
    "id taken": (ACT, M_MORE, M_ARMS, "m-arms", "  provision: s. 2",
                 "the id is taken by instruments"),
}  # fmt: skip
"""By rule: file, what is changed to what, the row to blame, the text whose line is told, advice."""

CONSEQUENCES: Final = {
    "missing field": {"r-stop"},
    "unknown word": {"r-stop"},
    "unknown word in a list": {"r-stop"},
    "wrong type": {"r-stop"},
    "no day": {"m-arms"},
    "unknown field": {"m-arms"},
    "a field of an inner row": {"depot", "arms"},
    "another name than the id": {"act-1"},
    "id taken": {"m-more"},
    "no list": {"TINY"},
    "part of a condition": {"'at_least' lacks 'count'", "gate-review"},
    "condition of no kind": {"gate-review"},
    "term of a race": {"gate-review"},
    "unknown field of a selector": {"applies to no measure", "does not reach it"},
    "no measure": {"does not reach it"},
    "nothing returns": {"does not reach it", "measure of this path"},
    "term of a snapback": {"gate-review", "'ri-again'"},
    "measure of an effect": {"does not reach it"},
}
"""Rows that cannot be read are missed elsewhere: what the other problems may be about."""


@pytest.mark.parametrize("rule", RULES)
def test_one_thing_wrong_is_told_with_its_place(regime: Folder, rule: str) -> None:
    """A broken rule is reported in its file, at its line, for its row, with what would be right."""
    file, old, new, row, part, advice = RULES[rule]
    regime.change(file, old, new)
    told = list(regime.told())
    line = regime.line(file, part) - (rule == "id taken")
    wanted = [item for item in told if item[:3] == (file, line, row) and advice in item[3]]
    others = [item for item in told if item not in wanted]
    assert len(wanted) == 1
    for _, _, also, text in others:
        assert any(word == also or word in text for word in CONSEQUENCES.get(rule, ()))


@pytest.mark.parametrize("rule", RULES)
def test_what_is_wrong_is_refused_when_it_is_loaded(regime: Folder, rule: str) -> None:
    """A regime with a problem is never loaded."""
    regime.change(*RULES[rule][:3])
    with pytest.raises(DataError):
        detente.load(str(regime.path))


def test_two_periods_that_nothing_tells_apart_are_refused(regime: Folder) -> None:
    """They would count as one: the first and not the second would be taken for a contradiction."""
    blank = "{after: unknown, citation: s. 9}"
    regime.change(
        "powers.yaml",
        "condition: {finding: f-vote}",
        f"condition: {{any: [{blank}, {{not: {blank}}}]}}",
    )
    told = [text for _, _, row, text in regime.told() if row == "rp-lift"]
    assert told == [
        "has several periods of unknown start that nothing tells apart; name each with a finding"
    ]


def test_an_end_by_a_path_that_ends_nothing_is_told_of_the_event(regime: Folder) -> None:
    """A waiver eases; an event that says it ended something names the wrong verb or path."""
    regime.change("powers.yaml", "kind: termination", "kind: waiver")
    told = [text for _, _, row, text in regime.told() if row == "ev-lift"]
    assert told == [
        "ends measures by rp-lift, a waiver, which ends nothing; "
        "write eases or waives, or name the path that ended them"
    ]


def test_a_regime_is_known_on_its_reference_date(regime: Folder) -> None:
    """Otherwise every default answer would be of a day that it does not cover."""
    regime.change("regime.yaml", "known_until: 2030-01-01", "known_until: 2018-01-01")
    told = [text for _, _, row, text in regime.told() if row == "tiny"]
    assert told == [
        "is known until 2018-01-01, before its reference date 2019-02-28; mend one of the dates"
    ]


def test_a_regime_without_a_measure_is_no_regime(tmp_path: Path) -> None:
    """A head alone would answer every question with nothing; it is refused instead."""
    head = "id: bare\nname: Bare\ntarget: Nobody\nsummary: Nothing.\n"
    days = "reference_date: 2019-02-28\nknown_until: 2019-02-28\nareas: []\n"
    (tmp_path / "regime.yaml").write_text(head + days, encoding="utf-8")
    assert [problem.problem for problem in problems_of(str(tmp_path))] == ["has no measure"]


def test_a_circle_of_two_is_told_once(regime: Folder) -> None:
    """Measures that supersede each other are one problem, with the way round."""
    regime.change(ACT, "effective: 2002-02-01", "effective: 2001-02-01")
    regime.change(ACT, "overlaps: [m-arms]", "superseded_by: m-arms")
    [(file, line, row, text)] = regime.told()
    assert (file, line, row) == (ACT, regime.line(ACT, M_ARMS), "m-arms")
    assert "is superseded in a circle: m-arms -> m-more -> m-arms" in text


def test_weights_that_do_not_sum_to_one(regime: Folder) -> None:
    """The sum is a problem of the issue area, which stands in the head."""
    regime.change(ARMS, "central: 0.6", "central: 0.5")
    [(file, line, row, text)] = regime.told()
    assert (file, line, row) == ("regime.yaml", None, "arms")
    assert text == "has components whose central weights sum to 0.900; make them sum to 1"


def test_a_file_that_belongs_nowhere(regime: Folder) -> None:
    """A file of an unknown name is told, with the nearest name that has a meaning."""
    regime.write("requirement.yaml", "requirements: []\n")
    [(file, line, row, text)] = regime.told()
    assert (file, line, row) == ("requirement.yaml", None, None)
    assert "did you mean requirements.yaml" in text


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("text", ["- a\n", "word\n", "a: [\n", ""])
def test_a_file_of_another_shape_is_told(regime: Folder, name: str, text: str) -> None:
    """Every file that is empty, a list, a word or no YAML is itself among the problems."""
    regime.write(name, text)
    files = {item[0] for item in regime.told()}
    assert name in files


def test_a_measure_may_be_older_than_its_instrument_when_it_is_carried(regime: Folder) -> None:
    """With ``carried_from`` an early date is right."""
    regime.change(ACT, "effective: 2001-02-01", "effective: 2000-02-01\n  carried_from: An order")
    assert regime.problems() == []


def test_several_things_wrong_are_all_told_at_once(regime: Folder) -> None:
    """Problems of rows, references and files come together, in the order of files and lines."""
    regime.change(ACT, "effective: 2001-02-01", "effective: 2000-02-01")
    regime.change(ACT, "floor: [m-arms", "floor: [m-arm")
    regime.change(ARMS, "high: 0.8", "high: 1.8")
    regime.change("emergencies.yaml", "[act-1]", "[act-2]")
    regime.change("programmes.yaml", "act-1", "act-7")
    regime.change(REQUIREMENTS, "[S-1]", "[S-2]")
    regime.write("extra.yaml", "a: b\n")
    told = list(regime.told())
    assert len(told) == 7
    assert told == sorted(told, key=lambda item: (item[0], item[1] or 0))


def test_one_row_with_several_wrong_fields_is_told_in_full(regime: Folder) -> None:
    """Each field of a row is told, not only the first."""
    regime.change(REQUIREMENTS, "kind: conduct", "kind: conducts\n  colour: red")
    regime.change(REQUIREMENTS, "pin: sure", "pin: shore")
    regime.change(REQUIREMENTS, "  citation: s. 1\n", "")
    texts = [item[3] for item in regime.told() if item[2] == "r-stop"]
    assert [text.split(";")[0] for text in texts] == [
        "lacks citation",
        "kind: Invalid enum value 'conducts'",
        "unknown field 'colour'",
        "pin: Invalid enum value 'shore'",
    ]


def test_conditions_with_several_things_wrong_are_told_in_full(regime: Folder) -> None:
    """Every limb that is wrong is told, each at its line."""
    regime.change(ACT, LIMB, "{nott: {event: e-protest}}")
    regime.change(ACT, "term: 45 days}", "term: a while}")
    regime.change(ACT, "level: progress}", "levl: progress}")
    lines = {item[1] for item in regime.told() if item[2] == "rp-pause"}
    assert {
        regime.line(ACT, "{nott"),
        regime.line(ACT, "a while"),
        regime.line(ACT, "levl"),
    } <= lines


# Rules that the words of the format promise


@pytest.mark.parametrize(
    ("file", "old", "new", "word"),
    [
        ("programmes.yaml", "emergency: em-1", "emergency: em-2", "em-2"),
        ("precedents/peace.yaml", "{depot: yes}", "{depot: maybe}", "maybe"),
        ("powers.yaml", "{issuer: council}", "{instruments: [act-1, act-2]}", "act-2"),
        ("powers.yaml", "{issuer: council}", "{issuer: council, in_force: 1900-01-01}", ""),
        (ACT, "overlaps:", ENDED.replace("S-1", "S-9").replace("2000", "2020") + "\n  overlaps:",
         "S-9"),
        (ARMS, "components:", "notes: none\ncomponents:", "'notes'"),
        (ARMS, "components:", "componets:", "'componets'"),
        ("regime.yaml", "id: rights", "id: arms", "arms"),
        ("regime.yaml", "short: rights", "short: arms", "of another issue area"),
        (ACT, "{elapsed: {from: {event: e-protest}", "{elapsed: {from: {event: e-protest, leve: x}",
         "leve"),
    ],
    ids=["emergency of a programme", "how a precedent touched", "instrument of a selector",
         "day of a selector", "source of an end", "unknown key of components",
         "misspelt components", "an area twice", "a short name twice",
         "unknown key of an inner fact"],
)  # fmt: skip
def test_what_has_no_meaning_is_not_passed_over(
    regime: Folder, file: str, old: str, new: str, word: str
) -> None:
    """A word that nothing reads is told: passed over, it would change the law in silence."""
    regime.change(file, old, new)
    assert [item for item in regime.told() if item[0] == file and word in item[3]]


# Where a regime comes from


@pytest.mark.parametrize(
    "file", ["evidence/base.yaml", "readings/denied.yaml", "offers/talks.yaml"]
)
def test_evidence_and_offers_of_a_regime_are_checked_too(regime: Folder, file: str) -> None:
    """Problems of shipped findings and offers are told with their files and lines."""
    regime.change(file, "regime: tiny", "regime: tyni")
    [(told, line, row, text)] = regime.told()
    assert (told, line, row) == (file, 2, Path(file).stem)
    assert "'tyni'" in text


def test_a_regime_without_its_head(regime: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without ``regime.yaml`` is no regime, by path or from another package."""
    (regime.path / "regime.yaml").unlink()
    with pytest.raises(UsageError, match=r"holds no regime\.yaml"):
        regime.problems()
    package(monkeypatch, regime.path)
    with pytest.raises(DetenteError, match=r"regime\.yaml"):
        detente.load("own")


def package(
    monkeypatch: pytest.MonkeyPatch, folder: Path, name: str = "own", *, bare: bool = False
) -> None:
    """Offer the folder ``tiny`` as the regime of another package."""
    if not bare:
        (folder / "__init__.py").touch()
    entries = metadata.EntryPoints([metadata.EntryPoint(name, "tiny", find.GROUP)])
    monkeypatch.setattr(metadata, "entry_points", lambda **wanted: entries.select(**wanted))
    monkeypatch.syspath_prepend(str(folder.parent))
    monkeypatch.delitem(sys.modules, "tiny", raising=False)


@pytest.mark.parametrize("bare", [False, True], ids=["package", "folder of data"])
def test_a_regime_of_another_package_is_found_by_name(
    regime: Folder, monkeypatch: pytest.MonkeyPatch, bare: bool
) -> None:
    """An entry point gives a regime a name, with or without an ``__init__.py`` beside the data."""
    package(monkeypatch, regime.path, bare=bare)
    law = detente.load("own")
    assert (law.id, law.folder) == ("tiny", str(regime.path))
    assert find.names()["own"] == "tiny"
    assert find.names()["dprk"] == "bundled"
    assert detente.assess(law, "talks").counts.asked == 1


def test_a_bundled_regime_cannot_be_replaced(
    regime: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another package that takes a bundled name is not used under it."""
    package(monkeypatch, regime.path, name="dprk")
    assert find.names()["dprk"] == "bundled"
    assert find.locate("dprk") == find.BUNDLED / "dprk"


def test_a_regime_by_path_answers_every_question(
    regime: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder's path, absolute or relative, stands where a name does."""
    law = detente.load(str(regime.path))
    monkeypatch.chdir(regime.path.parent)
    assert detente.load("./tiny").measures == detente.load("tiny").measures == law.measures
    assert detente.why(law, "m-more").value in ("barred", "discretionary", "undetermined")
    assert detente.unlock(law, ["m-more"]).measures == ("m-more",)


def test_a_change_of_a_file_is_seen_at_once(regime: Folder) -> None:
    """The cache never answers for a file that has changed."""
    before = detente.load(str(regime.path))
    regime.change(ACT, "restricts: Arms.", "restricts: All arms.")
    after = detente.load(str(regime.path))
    assert (before.measures["m-arms"].restricts, after.measures["m-arms"].restricts) == (
        "Arms.",
        "All arms.",
    )
    assert before.edition != after.edition
