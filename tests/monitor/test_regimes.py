"""The bundled regimes audited, and the snapback as a mechanism."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

import detente
from detente.errors import UnknownIdError, UsageError
from detente.law.find import names
from detente.monitor.results import AuditEntry
from detente.monitor.snapback import Return

BUNDLED = [name for name, origin in names().items() if origin == "bundled"]
SNAPBACK = "ri-un-2231-snapback"


def entries(regime: str) -> tuple[AuditEntry, ...]:
    """Return the audit of a regime on its shipped evidence."""
    return detente.audit(detente.load(regime)).entries


def by_event(regime: str) -> dict[tuple[str, str | None, str | None], AuditEntry]:
    """Return the entries by event, verb and path."""
    return {(item.event, item.effect, item.path): item for item in entries(regime)}


@pytest.mark.parametrize("name", BUNDLED)
def test_every_event_of_the_history_is_listed_and_cites_its_ground(name: str) -> None:
    """Nothing is left out, and no entry stands without a citation."""
    found = entries(name)
    assert list(dict.fromkeys(item.event for item in found)) == list(detente.load(name).history)
    assert all(item.citation and item.why for item in found)
    told = [item for item in found if item.verdict not in (None, "lapsed")]
    assert all(item.basis or item.effect == "lapses" for item in told)


def test_relief_with_no_end_of_its_own_was_taken_back_and_did_not_run_out() -> None:
    """The licences of 2016 set no day: ending them was somebody's choice; a term runs out."""
    found = {item.path: item.verdict for item in entries("iran") if item.effect == "lapses"}
    assert found["rp-us-licence"] == "discretionary"
    term = {id_ for id_, path in detente.load("iran").paths.items() if path.term}
    assert {found[id_] for id_ in found.keys() & term} <= {"lapsed"}


@pytest.mark.parametrize("name", BUNDLED)
def test_every_effect_of_an_event_is_judged_for_every_measure(name: str) -> None:
    """Grouping loses no measure and doubles none."""
    wanted = Counter(
        (event.id, change.what, change.path, measure)
        for event in detente.load(name).history.values()
        for change in event.effects
        for measure in change.measures
    )
    found = Counter(
        (item.event, item.effect, item.path, measure)
        for item in entries(name)
        for measure in item.measures
    )
    assert found == wanted


def test_implementation_day_was_earned_by_the_law_written_for_it() -> None:
    """The report was in: UN, EU and order-based relief was earned, the licences discretionary."""
    found = by_event("iran")
    for key in (
        ("ev-un-termination", "ends", "rp-un-2231-op7"),
        ("ev-eu-lifting-effect", "ends", "rp-eu-implementation-day"),
        ("ev-eo13716", "ends", "rp-us-eo-13716"),
        ("ev-us-waivers-effective", "waives", "rp-us-contingent-waiver"),
    ):
        assert found[key].verdict == "earned"
    assert found["ev-us-waivers-effective", "licenses", "rp-us-licence"].verdict == "discretionary"
    spirit = found["ev-un-termination", "ends", "rp-un-2231-op7"].spirit
    assert spirit is not None
    assert spirit.met == 0  # the old resolutions' own requirements were not what earned it


def test_the_snapback_is_lawful_on_one_reading_and_not_on_the_other() -> None:
    """Nobody's conduct is asked for; its validity is contested, and both verdicts are shown."""
    entry = by_event("iran")["ev-snapback-effect", "reimposes", SNAPBACK]
    assert (entry.verdict, len(entry.measures), entry.disputed) == ("discretionary", 36, True)
    assert entry.beside["russia-china-iran"].startswith("unearned")


def test_the_reimposition_of_2018_needed_no_breach() -> None:
    """The law asked for none: the President may decide."""
    entry = by_event("iran")["ev-us-reimposition-2", "reimposes", "ri-us-2018"]
    assert entry.verdict == "discretionary"


def test_annex_b_ran_out_by_time() -> None:
    """Five and eight years after Adoption Day its terms lapsed."""
    found = by_event("iran")
    assert found["ev-arms-end", "ends", "rp-2231-arms-5y"].verdict == "lapsed"
    assert found["ev-transition-missiles-end", "ends", "rp-2231-missile-8y"].verdict == "lapsed"


def test_title_iii_was_earned_as_found_and_not_known_as_its_critics_read_it() -> None:
    """Section 311(a) executed itself; whether all prisoners were free is disputed."""
    entry = by_event("south-africa")["ev-12769", "ends", "rp-311a-terminate"]
    assert (entry.verdict, len(entry.measures)) == ("earned", 22)
    assert entry.beside["prisoners-disputed"].startswith("no verdict: not known")


def test_the_revocation_of_2025_was_a_choice_and_the_weapons_waiver_was_not() -> None:
    """Orders go at will; the waiver for a change of leadership asks for the change."""
    found = by_event("syria")
    assert found["ev-14312", "ends", "rp-eo-revoke"].verdict == "discretionary"
    waiver = found["ev-14312", "waives", "rp-cbw-change"]
    assert (waiver.verdict, str(waiver.effective)) == ("earned", "2025-07-20")


EXPLAINED = {
    ("syria", "ev-caesar-suspend"): "that 7431 was its authority is inferred, its criteria unknown",
    ("syria", "ev-bis"): "the licence that eased it is not followed on the record",
    ("south-africa", "ev-103-149"): "the power in section 402 was repealed without ever being used",
}
"""Where the record and the law with the evidence differ, and why."""


@pytest.mark.parametrize("name", BUNDLED)
def test_record_and_law_agree_but_for_what_is_explained(name: str) -> None:
    """What history says became of each measure is what conditions and evidence give."""
    differ = {(name, item.event) for item in entries(name) if item.difference}
    assert differ == {key for key in EXPLAINED if key[0] == name}


def test_since_and_until_are_days_in_order() -> None:
    """A span that ends before it begins is refused in one line."""
    law = detente.load("south-africa")
    with pytest.raises(UsageError, match="turn them round"):
        detente.audit(law, since="1992-01-01", until="1991-01-01")


# The snapback


def returned(day: str, reading: str | None = None) -> Return:
    """Return where the UN's snapback stands on a day."""
    [found] = detente.snapback(
        detente.load("iran"), as_of=day, only=SNAPBACK, reading=reading
    ).returns
    return found


@pytest.mark.parametrize(
    ("moment", "value"),
    [
        ("2025-08-27", "unmet"),
        ("2025-08-28", "unmet"),
        ("2025-09-27", "unmet"),
        ("2025-09-27T19:59-04:00", "unmet"),
        ("2025-09-27T20:00-04:00", "met"),
        ("2025-09-28T00:00Z", "met"),
        ("2025-10-18", "met"),
    ],
)
def test_it_takes_effect_at_midnight_at_greenwich_after_thirty_days(
    moment: str, value: str
) -> None:
    """To the hour: eight in the evening in New York."""
    assert returned(moment).value == value


def test_while_the_clock_runs_it_names_the_day() -> None:
    """Notice given, nothing decided: the clock says when."""
    steps = {step.fact: step for step in returned("2025-09-10").steps}
    clock = steps["30 full days since f-participant-notification"]
    assert (clock.value, clock.on) == ("unmet", date(2025, 9, 28))


def test_what_comes_back_and_what_does_not() -> None:
    """Six resolutions return, the channel that had replaced them falls, what had run out stays."""
    found = returned("2025-10-01")
    assert len(found.comes_back) == 36
    assert found.falls == ("un-2231-b2-nuclear-channel",)
    assert len(found.stays_ended) == 6
    assert {item.path: item.value for item in found.undone} == {
        "rp-un-2231-op7": "unmet",
        "rp-un-2231-op8": "unmet",
    }
    assert found.beside == {"russia-china-iran": "unmet"}


def test_on_the_other_reading_nothing_comes_back() -> None:
    """The notice was void: relief stands, and from Termination Day for good."""
    found = returned("2025-10-20", "russia-china-iran")
    assert (found.value, found.comes_back, found.falls) == ("unmet", (), ())
    assert {item.value for item in found.undone} == {"met"}


def test_an_unknown_reimposition_is_told_with_the_nearest() -> None:
    """A slip of the hand gets one line."""
    with pytest.raises(UnknownIdError, match=SNAPBACK):
        detente.snapback(detente.load("iran"), only="ri-un-2231-snapbak")
