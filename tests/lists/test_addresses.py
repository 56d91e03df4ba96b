"""Where lists are published is data: some comes along, a user's own goes over it."""

from pathlib import Path

import pytest

from detente.errors import UnknownIdError
from detente.lists.addresses import File, shown, sources
from detente.lists.errors import ListError

MIRROR = """
[un-sc]
issuer = "United Nations Security Council"
title = "Consolidated List, from our mirror"
default = "xml"
ca_file = "ours.pem"
sets.xml = [{ name = "consolidated.xml", address = "https://mirror.example/un.xml?key=k" }]

[ours]
issuer = "A bank"
title = "Own list"
default = "csv"
sets.csv = [
    { name = "a.csv", address = "https://bank.example/a.csv" },
    { name = "b.csv", address = "https://bank.example/b.csv", optional = true },
]
"""


def written(tmp_path: Path, text: str) -> Path:
    """Return a file of addresses."""
    path = tmp_path / "addresses.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_lists_that_come_along() -> None:
    """Each names its sets; the file of comments may be missing."""
    known = sources()
    assert {id_: sorted(source.sets) for id_, source in known.items()} == {
        "ofac-sdn": ["advanced", "csv", "enhanced", "xml"],
        "ofac-nonsdn": ["advanced", "csv", "enhanced", "xml"],
        "un-sc": ["xml"],
        "eu-fsf": ["csv", "xml"],
        "uk-sanctions": ["conlist", "csv", "xml"],
    }
    sdn = known["ofac-sdn"].files()
    assert [file.name for file in sdn] == ["sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"]
    assert [file.optional for file in sdn] == [False, False, False, True]
    assert known["eu-fsf"].files("csv")[0].address.startswith("https://webgate.ec.europa.eu/")


def test_own_addresses_replace_and_add(tmp_path: Path) -> None:
    """A source of the same id is replaced as a whole; the others stay."""
    path = written(tmp_path, MIRROR)
    known = sources(path)
    assert known["un-sc"].files() == (
        File(name="consolidated.xml", address="https://mirror.example/un.xml?key=k"),
    )
    assert known["un-sc"].ca_file == str(tmp_path / "ours.pem")
    assert [file.name for file in known["ours"].files("csv")] == ["a.csv", "b.csv"]
    assert known["ofac-sdn"] == sources()["ofac-sdn"]


def test_an_unknown_set_names_the_nearest() -> None:
    """A slip of the hand is easily mended."""
    with pytest.raises(UnknownIdError, match=r"no set of files has the id 'advance'.*advanced"):
        sources()["ofac-sdn"].files("advance")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('issuer = "A bank"', 'issuer = "A bank"\nverify = false', "unknown field `verify`"),
        ("optional = true", "sha = 'x'", "unknown field `sha`"),
        ('title = "Own list"', "", "missing required field `title`"),
        ('issuer = "A bank"', "issuer = 3", "Expected `str`, got `int`"),
        ("https://bank.example/a.csv", "http://bank.example/a.csv", "a.csv is not https"),
        ("https://bank.example/a.csv", "file:///etc/passwd", "a.csv is not https"),
        ("https://bank.example/a.csv", "https:///a.csv", "a.csv is malformed"),
        ("https://bank.example/a.csv", "https://bank.example:x/a.csv", "a.csv is malformed"),
        ("https://bank.example/a.csv", "https://bank.example/a b", "a.csv is malformed"),
        ("https://bank.example/a.csv", "https://me:pw@bank.example/a", "holds a user"),
        ("https://bank.example/a.csv", "https://bank.example/b.csv", "the same address"),
        ('name = "a.csv"', 'name = "b.csv"', "two files have the same name"),
        ('name = "a.csv"', 'name = "../a.csv"', "'../a.csv' is no name for a file"),
        ('default = "csv"', 'default = "json"', "has no set 'json'"),
        ("[ours]", "[Ours]", "Ours: is no id for a source"),
        ("[ours]", "[ours", "is not TOML"),
    ],
)
def test_own_addresses_are_checked(tmp_path: Path, old: str, new: str, what: str) -> None:
    """One line says in which file what is wrong, and tells no secret."""
    assert old in MIRROR
    path = written(tmp_path, MIRROR.replace(old, new))
    with pytest.raises(ListError) as caught:
        sources(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert what in message
    assert "\n" not in message
    assert "pw" not in message


def test_a_source_is_a_table(tmp_path: Path) -> None:
    """Anything else is named by the id under which it stands."""
    with pytest.raises(ListError, match="ours: Expected `object`, got `int`"):
        sources(written(tmp_path, "ours = 1\n"))


def test_a_set_needs_a_file_that_must_be_there(tmp_path: Path) -> None:
    """A set without files, or with none that is required, is never fetched in vain."""
    for files in ("[]", '[{ name = "a", address = "https://a.example/a", optional = true }]'):
        text = f'[ours]\nissuer = "A"\ntitle = "B"\ndefault = "csv"\nsets.csv = {files}\n'
        with pytest.raises(ListError, match="set csv: has no file that must be there"):
            sources(written(tmp_path, text))


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, content: bytes | None) -> None:
    """It is missing, or is not text."""
    path = tmp_path / "addresses.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ListError, match=r"addresses\.toml: (cannot be read|is not TOML)"):
        sources(path)


def test_an_address_is_shown_without_what_may_be_secret() -> None:
    """Neither its query nor a user."""
    assert shown("https://me:pw@a.example:8443/x?token=t") == "https://a.example:8443/x"
