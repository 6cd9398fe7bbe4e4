"""Whose career a sentence tells: offices behind 任, 当过, 调任 with the holder further off or only meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from kg.link.marks import PEOPLE, Mark, Marks
from kg.wording import Wording


class Careers:
    """Finds the subject of an office behind a verb.

    Args:
        text: The document's text.
        marks: Its marks.
        sentence: Start and end of the sentence that holds a position.
        words: Entries of wording/posts.yaml.
    """

    def __init__(
        self, text: str, marks: Marks, sentence: Callable[[int], tuple[int, int]], words: Wording
    ) -> None:
        self._text = text
        self._marks = marks
        self._sentence = sentence
        self._words = words
        self._named = Counter(m.entity for m in marks if m.type in PEOPLE)

    def serves(self, start: int) -> int | None:
        """Where the verb begins that gives the office that starts here (任, 当过, 历任), if one does."""
        verb = self._words["serves"].search(self._text, max(0, start - 12), start)
        if verb is None or self._words["never held"].search(self._text, max(0, start - 24), verb.end()):
            return None
        return verb.start()

    def given(self, start: int, end: int) -> bool:
        """某某任|组长: whether an office has its holder before it, so that what follows is another's."""
        verb = self.serves(start)
        holder = self._marks.by_end.get(verb) if verb is not None else None
        return holder is not None and holder.type in PEOPLE and self._text.startswith("，", end)

    def elected(self, start: int, end: int, following: Mark) -> bool:
        """甲为|会长，某公司总经理|乙…: whether an office has its holder before it, the next one its own after it."""
        after = self._marks.by_start.get(following.end)
        if after is None or after.type not in PEOPLE or not self._text.startswith("，", end):
            return False
        holder = self._marks.before(start, lambda m: m.type in PEOPLE, since=max(0, start - 12))
        return holder is not None and bool(self._words["takes"].fullmatch(self._text, holder.end, start))

    def subject(self, start: int, end: int, holders: dict[int, str]) -> Mark | None:
        """Who holds the office that starts here.

        Args:
            start: Where the office begins, with its body.
            end: Where it ends, or the last of a chain.
            holders: Holder of each office read so far, by where the office ends.
        """
        verb = self.serves(start)
        if verb is None:
            return self._described(start, end) or self._entry(start)
        first = self._sentence(start)[0]
        if "“" in self._text[first:verb] and "”" not in self._text[first:verb]:
            return None
        here = [m for m in self._marks.inside(first, verb) if m.type in PEOPLE and not self._beside(m)]
        titles = [m for m in self._marks.inside(first, verb) if m.type == "Title"]
        if here:
            person = here[-1]
            own = all(holders.get(t.end) == person.entity for t in titles if t.start > person.start)
            return person if own and not self._others(person, verb) else None
        if any(m.type in PEOPLE for m in self._marks.inside(first, verb)):
            return None
        meant = self._meant(first)
        if meant is None or any(holders.get(t.end) not in (meant.entity, None) for t in titles):
            return None
        return meant

    def _described(self, start: int, end: int) -> Mark | None:
        """某某，男，1970年生，某某公司|董事长: who is described from the beginning of the sentence."""
        first = self._sentence(start)[0]
        outer = self._marks.by_end.get(start)
        while outer is not None and outer.type == "Region":
            start = outer.start
            outer = self._marks.by_end.get(start)
        people = [m for m in self._marks.inside(first, start) if m.type in PEOPLE]
        if len({m.entity for m in people}) != 1 or self._text[start - 1] not in "，、；":
            return None
        described = self._words["described"].match(self._text, people[0].end) or (
            # 某某，某某公司董事长。: a caption.
            people[0].end == start - 1 and self._words["sentence ends"].match(self._text, end)
        )
        return people[0] if people[0].start - first <= 1 and described else None

    def _entry(self, start: int) -> Mark | None:
        """1990.08—1995.03 某镇副镇长；: the person of a profile, in the list of offices below it."""
        line = self._text.rfind("\n", 0, start) + 1
        dates = self._words["entry"].match(self._text, line)
        whole = dates is not None and self._words["to the office"].fullmatch(self._text, dates.end(), start)
        return self._profile(line) if whole else None

    def _profile(self, line: int) -> Mark | None:
        """Whose offices the lines tell that begin with years, the line at a position among them: 某某，男，…"""
        if not self._words["entry"].match(self._text, line):
            return None
        while line and self._words["entry"].match(self._text, line):
            line = self._text.rfind("\n", 0, line - 1) + 1
        person = self._marks.by_start.get(line)
        if person is None or person.type not in PEOPLE:
            return None
        return person if self._words["described"].match(self._text, person.end) else None

    def _beside(self, person: Mark) -> bool:
        """接替某某, 和某某一起: a person who is not the subject."""
        return self._words["not the subject"].search(
            self._text, max(0, person.start - 3), person.start
        ) is not None or self._text.startswith("的", person.end)

    def _others(self, person: Mark, verb: int) -> bool:
        """Whether somebody or something else acts between the person and the verb."""
        since = person.end + self._text.startswith("由", person.end)  # 某某由|副县长|调任…
        return self._words["another acts"].search(self._text, since, verb) is not None

    def _meant(self, first: int) -> Mark | None:
        """Who 他 or an unsaid subject means: the only person of the paragraph so far, or the text's topic."""
        paragraph = self._text.rfind("\n", 0, first) + 1
        people = [m for m in self._marks.inside(paragraph, first) if m.type in PEOPLE]
        if len({m.entity for m in people}) == 1:
            return people[0]
        if not people and (profile := self._profile(paragraph)) is not None:
            return profile
        ranking = self._named.most_common(2)
        if not ranking or ranking[0][1] < 4 or (len(ranking) > 1 and ranking[1][1] * 2 > ranking[0][1]):
            return None
        topic = ranking[0][0]
        return next((m for m in reversed(self._marks.inside(0, first)) if m.entity == topic), None)
