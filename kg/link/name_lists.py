"""Names that share an office: after it in a list, below it in lines or columns, before it."""

from __future__ import annotations

from kg.link.marks import PEOPLE, Mark, Marks
from kg.wording import Wording


class NameLists:
    """Finds the neighbours of a name in its list.

    Args:
        text: The document's text.
        marks: Its marks.
        words: Entries of wording/posts.yaml.
    """

    def __init__(self, text: str, marks: Marks, words: Wording) -> None:
        self._text = text
        self._marks = marks
        self._words = words

    def after(self, person: Mark, label: str) -> list[Mark]:
        """A name and those that follow it.

        Args:
            person: The first name.
            label: What stands between the office and that name.
        """
        people = [person]
        while (
            following := self._next_in_list(people[-1])
            or self._next_line(people[-1], label)
            or self._next_column(people[-1], label)
        ) is not None:
            people.append(following)
        return people

    def before(self, person: Mark) -> list[Mark]:
        """The names of a list that ends with this one."""
        people = [person]
        while (earlier := self._previous_in_list(people[0])) is not None:
            people.insert(0, earlier)
        return people

    def _next_line(self, person: Mark, before: str) -> Mark | None:
        """成员：A 局长 / B 局长 …: the label holds for the lines below it that have none of their own."""
        if not before.endswith("：") or self._text[person.end : person.end + 1] != "\t":
            return None
        line = self._text.find("\n", person.end)
        following = self._marks.by_start.get(line + 1) if line >= 0 else None
        if following is None or following.type not in PEOPLE:
            return None
        return following if self._text[following.end : following.end + 1] == "\t" else None

    def _next_column(self, person: Mark, before: str) -> Mark | None:
        """主席团成员有：A B C / D E F: names in columns below a label."""
        if "：" not in before or self._text[person.end : person.end + 1] not in ("\t", "\n"):
            return None
        following = self._marks.by_start.get(person.end + 1)
        if following is None or following.type not in PEOPLE:
            return None
        return following if self._text[following.end : following.end + 1] in ("\t", "\n", "") else None

    def _next_in_list(self, person: Mark) -> Mark | None:
        courtesy = self._words["courtesy"].match(self._text, person.end)
        at = courtesy.end() if courtesy else person.end
        gap = self._words["joins names"].match(self._text, at)
        if not gap:
            return None
        following = self._marks.by_start.get(gap.end())
        if following is None or following.type not in PEOPLE:
            return None
        # 王川县长、李明书记: the second name has an office of its own after it.
        after = self._marks.by_start.get(following.end)
        return (
            None
            if after is not None and after.type == "Title" and after.kind in self._words.words("own office")
            else following
        )

    def _with_office(self, person: Mark) -> Mark:
        """A name, or where the offices before it begin: 、某公司总经理|某某."""
        first = person
        while (before := self._marks.by_end.get(first.start)) is not None and before.type not in PEOPLE:
            first = before
        return first if first.start > person.start - 40 else person

    def _previous_in_list(self, person: Mark) -> Mark | None:
        person = self._with_office(person)
        before = self._marks.by_end.get(person.start - 1)
        if self._text[person.start - 1 : person.start] != "、" or before is None:
            return None
        return before if before.type in PEOPLE else None
