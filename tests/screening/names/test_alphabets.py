"""Names in all other scripts: by rules where spelling and sound part, else letter by letter."""

# ruff: noqa: RUF001 - its letters look like Latin ones

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.screening.names.alphabets import readings
from detente.screening.names.latin import skeleton


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("Κυριάκος Μητσοτάκης", "kyriakos mitsotakis"),
        ("Ντόρα Μπακογιάννη", "dora bakogianni"),
        ("Ευάγγελος Παπανδρέου", "evangelos papandreou"),
        ("Μαΐου", "maiou"),
        ("משה דוד", "moshe david"),
        ("ג׳ורג׳", "jorj"),
        ("ג'ורג'", "jorj"),
        ("Սերժ Սարգսյան", "serzh sargsyan"),
        ("მიხეილ სააკაშვილი", "mikheil saakashvili"),
        ("राजेश कुमार शर्मा", "rajesh kumar sharma"),
        ("ज़ाकिर हुसैन", "zakir husain"),
        ("শেখ হাসিনা", "shekh hasina"),
        ("ਸਿੰਘ", "singh"),
        ("மோகன் குமார்", "mokan kumar"),
        ("မင်းအောင်လှိုင်", "min aung hlaing"),
        ("ထွန်းထွန်း", "htun htun"),
        ("ዐቢይ አሕመድ", "abiy ahmed"),
        ("ហ៊ុន សែន", "hun saen"),
    ],
)
def test_a_name_reads_in_latin_letters(text: str, reading: str) -> None:
    """The best reading comes first."""
    assert readings(text)[0] == reading


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("Γιώργος", "giorgos yorgos"),
        ("Χριστόφορος", "christoforos hristoforos"),
        ("Αντώνης", "antonis adonis"),
        ("בנימין", "benjamin binyamin"),
        ("שמעון פרס", "shimon+peres"),
        ("יצחק רבין", "yitzhak+rabin isaac+rabin"),
        ("ประยุทธ์", "prayut prayuth"),
        ("สมชาย", "somchai"),
        ("เมธา", "metha"),
        ("नरेन्द्र मोदी", "narendra+modi"),
        ("ប៉ុល ពត", "pol+pot"),
    ],
)
def test_one_reading_or_another_meets_the_usual_spellings(text: str, spellings: str) -> None:
    """Their skeletons agree, word by word."""
    found = {tuple(map(skeleton, row.split())) for row in readings(text)}
    wanted = {tuple(map(skeleton, name.split("+"))) for name in spellings.split()}
    assert wanted & found


@pytest.mark.parametrize("text", ["", " ", "😀", "\u0301" * 50, "\u202e\u200b", "—«»"])
def test_a_text_without_letters_has_no_reading(text: str) -> None:
    """Signs and pictures are no name."""
    assert readings(text) == ()


def test_a_name_in_several_scripts_is_read_in_all_of_them() -> None:
    """Each stretch is read by the rules of its script."""
    assert readings("Иван Γιάννης דוד LLC")[0] == "ivan giannis david llc"


@given(st.text())
def test_any_text_has_at_most_three_readings_in_plain_letters(text: str) -> None:
    """Whatever comes in, what goes out is ASCII."""
    found = readings(text)
    assert len(found) <= 3
    assert all(row.isascii() and row == row.strip() and row for row in found)


@pytest.mark.parametrize("piece", ["ש", "ש'", "क", "क्", "က", "α\u0301\u0316", "เ", "\u0301\u0316"])
def test_a_text_of_any_length_is_read(piece: str) -> None:
    """Neither letters nor marks without end take more than their share of time."""
    assert len(readings(piece * 20_000)) <= 3


def test_the_large_table_is_loaded_when_it_is_needed() -> None:
    """A program that reads no such name does not pay for it."""
    code = "import sys, detente.screening.names.alphabets; print('anyascii' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
