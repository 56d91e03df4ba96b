"""Names in Cyrillic letters, in the spelling of their own language and of others."""

# ruff: noqa: RUF001 - its letters look like Latin ones

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.screening.names.cyrillic import readings
from detente.screening.names.latin import skeleton


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("Дмитрий Медведев", "dmitry medvedev"),
        ("Евгений Щербаков", "yevgeny shcherbakov"),
        ("Юлия Ельцина", "yuliya yeltsina"),
        ("Володимир Зеленський", "volodymyr zelensky"),
        ("Ігор Григорович Гнатюк", "ihor hryhorovych hnatyuk"),
        ("Александар Вучић", "aleksandar vucic"),
        ("Новак Ђоковић", "novak djokovic"),
        ("Първан Първанов", "parvan parvanov"),
        ("Қасым-Жомарт Тоқаев", "qasym-zhomart toqaev"),
        ("Эмомалӣ Раҳмон", "emomali rahmon"),
        ("АЛЁНА", "alyona"),
    ],
)
def test_a_name_reads_as_its_language_has_it(text: str, reading: str) -> None:
    """The letters tell the language; where they tell none, the commonest one holds."""
    assert readings(text)[0] == reading


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("Чайковский", "tchaikovsky chaykovskiy"),
        ("Сергей", "sergei sergey sergej"),
        ("Новак Ђоковић", "novak+djokovic novak+dokovic novak+djokovich"),
        ("Джонсон", "johnson dzhonson"),
        ("Уильям", "william"),
        ("Генрих", "heinrich genrikh"),
        ("Гамзат", "hamzat gamzat"),
        ("Ахмед", "ahmed akhmed"),
        ("Олександр Гриценко", "oleksandr+gritsenko"),
        ("Ирина Щукина", "iryna+shchukina"),
        ("Александр", "alexander aleksandr"),
        ("Кенджи", "kenji"),
    ],
)
def test_one_reading_or_another_meets_every_spelling(text: str, spellings: str) -> None:
    """What was respelt in Cyrillic letters comes back as it was."""
    found = {tuple(map(skeleton, row.split())) for row in readings(text)}
    assert {tuple(map(skeleton, name.split("+"))) for name in spellings.split()} <= found


def test_marks_that_stand_alone_belong_to_their_letter() -> None:
    """A breve or dots after a letter make the letter that has them; an accent says nothing."""
    assert readings("Сергеи\u0306 Королe\u0308в") == readings("Сергей Королëв")
    assert readings("и\u0306 е\u0308 о\u0301") == readings("й ё о")


def test_words_in_other_letters_are_read_too() -> None:
    """A firm's name is often in two scripts."""
    assert readings("ООО «Ромашка» LLC 24")[0] == "ooo romashka llc 24"


@pytest.mark.parametrize("text", ["", "ь", "«»", "\u0306", "\u202e"])
def test_a_text_without_sound_has_no_reading(text: str) -> None:
    """Signs alone are no name."""
    assert readings(text) == ()


@given(st.text(alphabet=st.characters(min_codepoint=0x400, max_codepoint=0x52F) | st.characters()))
def test_any_text_has_at_most_three_readings_in_plain_letters(text: str) -> None:
    """Whatever comes in, what goes out is ASCII."""
    found = readings(text)
    assert len(found) <= 3
    assert all(row.isascii() and row == row.strip() and row for row in found)
    assert len(set(found)) == len(found)
