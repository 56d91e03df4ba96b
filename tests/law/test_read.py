"""Reading YAML that somebody else wrote: the words of YAML 1.2, lines, and bounds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import DataError
from detente.law.read import MAX_BYTES, MAX_DEPTH, parse, read


def refused(text: str) -> str:
    """Return the one problem of a text, as users read it."""
    with pytest.raises(DataError) as raised:
        parse(text, "a.yaml")
    assert len(raised.value.problems) == 1
    return str(raised.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # Words that YAML 1.1 turned into something else
        ("NO", "NO"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("Off", "Off"),
        ("y", "y"),
        ("tRue", "tRue"),
        ("nULL", "nULL"),
        ("<<", "<<"),
        ("=", "="),
        # Numbers that are codes
        ("03", "03"),
        ("007", "007"),
        ("-01", "-01"),
        ("0o17", "0o17"),
        ("0x1F", "0x1F"),
        ("0b1", "0b1"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("190:20", "190:20"),
        (".inf", ".inf"),
        ("-.inf", "-.inf"),
        (".nan", ".nan"),
        ("+", "+"),
        (".", "."),
        ("1e", "1e"),
        ("1.2.3", "1.2.3"),
        ("9" * 20, float("9" * 20)),
        ("9" * 40, "9" * 40),
        # Dates stay what they are
        ("2019-02-28", "2019-02-28"),
        ("2019-02-28T10:00:00Z", "2019-02-28T10:00:00Z"),
        ("2019-02", "2019-02"),
        ("06-30", "06-30"),
        # What is a number, a truth or nothing
        ("0", 0),
        ("-0", 0),
        ("+7", 7),
        ("2019", 2019),
        ("1.5", 1.5),
        ("-1.5e3", -1500.0),
        (".5", 0.5),
        ("1.", 1.0),
        ("00.5", 0.5),
        ("true", True),
        ("False", False),
        ("TRUE", True),
        ("null", None),
        ("~", None),
        ("Null", None),
        # Quotes always make words
        ("'true'", "true"),
        ('"1"', "1"),
        ("'~'", "~"),
        ('""', ""),
        ("|\n  1\n", "1\n"),
    ],
)
def test_a_plain_scalar_has_the_meaning_of_yaml_1_2(text: str, value: object) -> None:
    """Only the words of YAML 1.2's core that nobody writes by accident are not text."""
    found = parse(f"a: {text}", "a.yaml").data["a"]
    assert found == value
    assert type(found) is type(value)


def test_the_non_specific_tag_makes_text_or_is_refused() -> None:
    """``! 1`` asks for text in YAML 1.2, so it is text or an error, but never the number."""
    try:
        found = parse("a: ! 1", "a.yaml").data["a"]
    except DataError:
        return
    assert found == "1"


def test_an_empty_value_is_nothing() -> None:
    """A key without a value has none; an empty file has no document."""
    assert parse("a:\nb: x", "a.yaml").data == {"a": None, "b": "x"}
    assert parse("", "a.yaml").data is None
    assert parse("# a comment\n", "a.yaml").data is None


LINED = """\
# comment
a: 1
list:
  - x
  - key: v
    other:
      deep: w
  - [p, q,
     r]
flow: {one: 1,
  two: 2}
text: |
  several
  lines
end: z
"""


def test_every_key_and_item_has_its_line() -> None:
    """Lines are those of the key, or of the item; a container's own is where it begins."""
    doc = parse(LINED, "a.yaml")
    data = doc.data
    assert [doc.line(data, key) for key in data] == [2, 3, 10, 12, 15]
    assert [doc.line(data["list"], at) for at in range(3)] == [4, 5, 8]
    assert doc.line(data["list"]) == 4
    assert doc.line(data["list"][1]) == 5
    assert doc.line(data["list"][1], "other") == 6
    assert doc.line(data["list"][1]["other"], "deep") == 7
    assert [doc.line(data["list"][2], at) for at in range(3)] == [8, 8, 9]
    assert [doc.line(data["flow"], key) for key in data["flow"]] == [10, 11]


def test_an_unknown_key_has_the_line_of_its_container() -> None:
    """What is missing is told where the row begins."""
    doc = parse(LINED, "a.yaml")
    assert doc.line(doc.data["list"][1], "missing") == 5
    assert doc.line(object(), "missing") is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_the_same_for_every_system(end: str) -> None:
    """Windows' and old line ends count like the others."""
    doc = parse(LINED.replace("\n", end), "a.yaml")
    assert doc.line(doc.data, "end") == 15
    assert doc.data["text"] == "several\nlines\n"


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    """A mark that an editor put at the start is not part of the first key."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read(path).data == {"a": 1}


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "repeats the key 'a' of line 1; keep one"),
        ("x: {a: 1, a: 2}\n", 1, "repeats the key 'a' of line 1; keep one"),
        ("a: 1\n'a': 2\n", 2, "repeats the key 'a' of line 1; keep one"),
        ("a: &x 1\n", 1, "defines the anchor &x; write the value out"),
        ("a: &x [1]\n", 1, "defines the anchor &x; write the value out"),
        ("a: &x {b: 1}\n", 1, "defines the anchor &x; write the value out"),
        ("a: 1\nb: *x\n", 2, "uses the alias *x; write the value out"),
        ("- 1\n- <<: *x\n", 2, "uses the alias *x; write the value out"),
        ("a: !!str 1\n", 1, "uses the tag tag:yaml.org,2002:str; remove the tag"),
        ("a: !!set {b}\n", 1, "uses the tag tag:yaml.org,2002:set; remove the tag"),
        ("a: !x [1]\n", 1, "uses the tag !x; remove the tag"),
        ("a: 1\n---\nb: 2\n", 2, "holds a second document; keep one document a file"),
        ("1: a\n", 1, "has the key 1; keys are words; quote it"),
        ("true: a\n", 1, "has the key True; keys are words; quote it"),
        ("~: a\n", 1, "has the key None; keys are words; quote it"),
        ("a: 1\n? [x]\n: 2\n", 2, "has the key []; keys are words; quote it"),
        ("a: [1\n", 2, "is no YAML: "),
        ("a: 1\n  b: 2\n", 2, "is no YAML: "),
        ("a: 'x\n", 2, "is no YAML: "),
        ("\ta: 1\n", 1, "is no YAML: "),
        ("a: @x\n", 1, "is no YAML: "),
        ("%TAG ! x\n---\na: !b c\n", 3, "uses the tag xb; remove the tag"),
    ],
)
def test_what_is_refused_is_told_with_its_line(text: str, line: int, problem: str) -> None:
    """Duplicates, anchors, aliases, tags, second documents and bad syntax each have a line."""
    assert refused(text).startswith(f"a.yaml:{line}: {problem}")


def test_keys_are_compared_within_one_mapping_only() -> None:
    """The same key may stand in two mappings, and a list may repeat a value."""
    assert parse("a: {b: 1}\nc: {b: 1}\nd: [x, x]\n", "a").data["d"] == ["x", "x"]


@pytest.mark.parametrize("make", [
    lambda depth: "[" * depth + "]" * depth,
    lambda depth: "a: " + "{a: " * (depth - 1) + "b" + "}" * (depth - 1),
    lambda depth: "- " * depth + "x",
    lambda depth: "".join(" " * at + "a:\n" for at in range(depth)) + " " * depth + "x",
])  # fmt: skip
def test_depth_is_bounded(make: Any) -> None:
    """Forty levels are read, one more is refused, and ten thousand cost no more than that."""
    assert parse(make(MAX_DEPTH), "a.yaml").data
    for depth in (MAX_DEPTH + 1, 10_000 if "\n" not in make(3) else 1000):
        assert f"is nested deeper than {MAX_DEPTH}; flatten it" in refused(make(depth))


def test_depth_counts_what_is_open_only() -> None:
    """Many containers beside each other are not deep."""
    assert len(parse("- [[]]\n" * 1000, "a.yaml").data) == 1000


def test_size_is_bounded(tmp_path: Path) -> None:
    """A file of exactly the largest size is read; one byte more is refused, unread."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: 1\n#" + b"x" * (MAX_BYTES - 6))
    assert read(path).data == {"a": 1}
    with path.open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(DataError, match=r"is larger than 4 MB; split it"):
        read(path)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"a: 1\nb: \xff\n", ":2: is not UTF-8; save it as UTF-8"),
        (b"a: 1\nb: \xed\xa0\x80\n", ":2: is not UTF-8; save it as UTF-8"),
        ("a: \u00e9\n".encode("latin-1"), ":1: is not UTF-8; save it as UTF-8"),
        (b"a: \0\n", "is no YAML: "),
        (b"a: \x07\n", "is no YAML: "),
    ],
)
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    """What is not UTF-8 is told with its line; control characters are no YAML."""
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    with pytest.raises(DataError) as raised:
        read(path, "shown.yaml")
    assert str(raised.value).startswith("shown.yaml")
    assert problem in str(raised.value)


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    """A missing file, a folder, and a path below a file are told in the system's words."""
    (tmp_path / "file").touch()
    for path in (tmp_path / "missing", tmp_path, tmp_path / "file" / "below"):
        with pytest.raises(DataError, match=r"cannot be read \(.+\); check the path"):
            read(path)


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Cn", "Zl", "Zp")),
    max_size=8,
)
SCALARS = st.none() | st.booleans() | st.integers(-(10**18), 10**18) | WORDS | st.floats(-1e9, 1e9)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=30,
)


@given(TREES)
def test_json_is_read_as_json(tree: object) -> None:
    """Any JSON of moderate size and depth is YAML with the same meaning."""
    assert parse(json.dumps(tree, ensure_ascii=False), "a.json").data == tree
