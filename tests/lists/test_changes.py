"""Listed, delisted, amended field by field; the same party under another number is neither."""

import made
from hypothesis import given
from hypothesis import strategies as st

from detente.entities.model import Party
from detente.lists.changes import changes
from detente.lists.ofac.legacy import OFAC_CSV


def state(*rows: list[str]) -> dict[str, Party]:
    """The parties of an edition by number."""
    cut = OFAC_CSV.cut(made.ofac(rows))
    return {record.entry: OFAC_CSV.read(cut, record) for record in cut.records}


def test_entries_come_go_and_change() -> None:
    """Each change says which field lost what and gained what."""
    before = state(made.sdn_row("1", "A CO"), made.sdn_row("2", "B CO", "DPRK"))
    after = state(made.sdn_row("2", "B CO", "DPRK] [DPRK2"), made.sdn_row("3", "C CO"))
    found = changes(before, after)
    assert [item.id for item in found.listed] == ["ofac-sdn:3"]
    assert [item.id for item in found.delisted] == ["ofac-sdn:1"]
    (amended,) = found.amended
    assert list(amended.fields) == ["listings"]
    (old,), (new,) = amended.fields["listings"].removed, amended.fields["listings"].added
    assert (old.programmes, new.programmes) == (("DPRK",), ("DPRK", "DPRK2"))


def test_a_ship_renumbered_is_the_same_by_its_imo_number() -> None:
    """Its name changed too; the number that points at one ship decides."""
    imo = "Vessel Registration Identification IMO 7937317."
    before = state(made.sdn_row("1", "OLD NAME", kind="vessel", remarks=imo))
    after = state(made.sdn_row("9", "NEW NAME", kind="vessel", remarks=imo))
    found = changes(before, after)
    assert (found.listed, found.delisted) == ((), ())
    (moved,) = found.moved
    assert (moved.before, moved.after, moved.how, moved.by) == (
        "ofac-sdn:1", "ofac-sdn:9", "renumbered", "imo 7937317",
    )  # fmt: skip


def test_a_name_alone_does_not_make_two_people_one() -> None:
    """With dates of birth that exclude each other they are two; without, one."""
    old = made.sdn_row("1", "SMITH, Anna", kind="individual", remarks="DOB 1950")
    other = made.sdn_row("9", "SMITH, Anna", kind="individual", remarks="DOB 12 Feb 1980")
    same = made.sdn_row("9", "Anna SMITH", kind="individual", remarks="DOB 12 Feb 1950")
    assert changes(state(old), state(other)).moved == ()
    assert [item.how for item in changes(state(old), state(same)).moved] == ["renumbered"]


def test_an_entry_folded_into_another_is_merged() -> None:
    """The entry that stays took the name in; nobody went off the list."""
    before = state(
        made.sdn_row("1", "SMYTHE, Anne", kind="individual"),
        made.sdn_row("2", "SMITH, Anna", kind="individual"),
    )
    after = state(
        made.sdn_row("2", "SMITH, Anna", kind="individual", remarks="a.k.a. 'SMYTHE, Anne'.")
    )
    found = changes(before, after)
    assert found.delisted == ()
    assert [(m.before, m.after, m.how) for m in found.moved] == [
        ("ofac-sdn:1", "ofac-sdn:2", "merged")
    ]


def test_a_namesake_that_gained_something_else_took_nobody_in() -> None:
    """Two of one name: one goes, the other gains a passport. That is a delisting."""
    ali = {"programmes": "DPRK2", "kind": "individual"}
    before = state(made.sdn_row("1", "ALI, M", **ali), made.sdn_row("2", "ALI, M", **ali))
    after = state(made.sdn_row("2", "ALI, M", remarks="Passport A1 (Ruritania).", **ali))
    found = changes(before, after)
    assert [item.id for item in found.delisted] == ["ofac-sdn:1"]
    assert found.moved == ()


def test_two_candidates_are_no_match() -> None:
    """Where two new entries have the name, nobody says which one it is."""
    before = state(made.sdn_row("1", "A CO"))
    after = state(made.sdn_row("8", "A CO"), made.sdn_row("9", "A CO"))
    found = changes(before, after)
    assert found.moved == ()
    assert len(found.listed) == 2


entries = st.dictionaries(st.sampled_from("12345678"), st.sampled_from("ABCDEF"), min_size=1)


@given(entries, entries)
def test_every_entry_is_accounted_for_once(before: dict[str, str], after: dict[str, str]) -> None:
    """Who went, who stayed and who came make up both states; the way back is the mirror."""
    old = state(*(made.sdn_row(n, name) for n, name in before.items()))
    new = state(*(made.sdn_row(n, name) for n, name in after.items()))
    there, back = changes(old, new), changes(new, old)
    renumbered = [m for m in there.moved if m.how == "renumbered"]
    gone = {i.id for i in there.delisted} | {m.before for m in there.moved}
    come = {i.id for i in there.listed} | {m.after for m in renumbered}
    assert gone == {party.id for number, party in old.items() if number not in new}
    assert come == {party.id for number, party in new.items() if number not in old}
    assert {a.id for a in there.amended} == {
        f"ofac-sdn:{n}" for n in old.keys() & new.keys() if before[n] != after[n]
    }
    assert {a.id for a in back.amended} == {a.id for a in there.amended}
