"""A party of OFAC's advanced XML while it is being read, with what its numbers mean."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from detente.entities.model import Link, Party
from detente.lists.ofac.codes import Context, Place, documented, primary_name
from detente.lists.ofac.entry import Entry
from detente.lists.records import Cut
from detente.lists.xml import text_of


class Reading:
    """A party while its record is being read.

    Attributes:
        cut: the edition.
        say: what a number of a kind means.
        grade: how sure something is.
        entry: what has been read.
        places: the locations by their numbers.
        documented: the names by their numbers, for papers that are in one of them.
        relations: the ties to other parties, each with the elements that name the other.
    """

    def __init__(self, cut: Cut) -> None:
        context: Context = cut.context
        self.cut = cut
        self.say, self.grade = context.say, context.grade
        self.entry = Entry()
        self.places: dict[str, Place] = {}
        self.documented: dict[str, str] = {}
        self.relations: list[tuple[etree._Element, list[etree._Element]]] = []

    def party(self, number: str) -> Party:
        """Return the party, now that all of it is read."""
        for node, naming in self.relations:
            self._link(node, naming)
        return self.entry.party(self.cut, number)

    def _link(self, node: etree._Element, naming: list[etree._Element]) -> None:
        types = part_types(self, (each for each in naming if each.tag == "NamePartGroups"))
        aliases = [each for each in naming if each.tag == "Alias"]
        names = [name for alias in aliases for _, name in documented(alias, types)]
        relation = self.say("RelationType", node.get("RelationTypeID"))
        former = " (former)" if node.get("Former") == "true" else ""
        link = Link(
            relation=relation.lower() + former, name=primary_name(names).text,
            entry=aliases[0].get("FixedRef") if aliases else node.get("To-ProfileID"),
        )  # fmt: skip
        self.entry.links.append(link)
        grade = self.grade("RelationQuality", node.get("RelationQualityID"))
        quality = f"quality: {grade}" if grade else ""
        for remark in filter(None, (quality, text_of(node.find("Comment")))):
            self.entry.remarks.append(f"{relation} {link.name}: {remark}")
        keep_others(self, node, ("Comment",))


def keep_others(reading: Reading, node: etree._Element, known: Iterable[str]) -> None:
    """Keep the children of an element word for word, but for those of known names."""
    for child in node:
        if child.tag not in known:
            reading.entry.keep(child)


def part_types(reading: Reading, groups: Iterable[etree._Element]) -> dict[str, str]:
    """Return what the parts of names are, by the numbers of their groups."""
    return {
        group.get("ID", ""): reading.say("NamePartType", group.get("NamePartTypeID"))
        for each in groups
        for group in each.iter("NamePartGroup")
    }
