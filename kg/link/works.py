"""Who builds a work and who pays for it, also where the firm or the work was named in an earlier clause."""

from __future__ import annotations

from pathlib import Path

from kg.link.clauses import SIGNS, Masked
from kg.link.employers import employed
from kg.link.found import Found, Made
from kg.link.marks import Mark
from kg.link.work_clauses import TOLD, WorkClauses
from kg.screen import Screen
from kg.wording import load_wording

_PATTERNS = ("listed", "office first", "office of", "manager first", "site speaker", "crew on site")
_OFFICE = 40


class Works:
    """Finds BUILDS and INVESTS_IN; holds the wording."""

    def __init__(self, schemas: Path) -> None:
        self._words = load_wording(schemas, "works")
        self._tellings = Screen({name: self._words[name] for name in TOLD}, ignoring=SIGNS)

    def read(self, found: Found, masked: Masked) -> None:
        """Adds BUILDS and INVESTS_IN."""
        self._persons(found, masked)
        tellings = self._tellings.over(masked.text)
        for name in _PATTERNS:
            for match in self._words[name].finditer(masked.text):
                WorkClauses(found, masked, self._words, tellings).matched(match, pays=name == "listed")
        for paragraph in masked.paragraphs:
            letters = masked.letters(paragraph)
            if not (letters & set("ⒸⓄ") and letters & set("ⓅⓀ")):
                continue
            reading = WorkClauses(found, masked, self._words, tellings, paragraph=paragraph[0][0])
            for sentence in paragraph:
                reading.sentence = sentence
                reading.paid = False
                reading.copula()
                for clause in masked.clauses(sentence):
                    reading.clause(*clause)

    def _persons(self, found: Found, masked: Masked) -> None:
        """王某投资80万元建起甲基地."""
        for match in self._words["person pays"].finditer(masked.text):
            if self._words["not done"].search(match.group()):
                continue
            for person in masked.mentions(*match.span("person"), "Ⓝ"):
                if person.type == "Official" or self._for_a_firm(found, masked, person):
                    continue  # it is not their own money
                for work in masked.mentions(*match.span("works"), "ⓅⒸ"):
                    found.add(
                        Made(
                            "INVESTS_IN", person.entity, work.entity, *match.span(), "clause:work", score=0.8
                        )
                    )

    def _for_a_firm(self, found: Found, masked: Masked, person: Mark) -> bool:
        """甲公司董事长王某返乡投资3亿元建设乙项目: the firm pays."""
        firm = masked.mentions(max(0, person.start - _OFFICE), person.start)[-1:]
        body = employed(found, person)
        return bool(firm) and body is not None and firm[0].entity == body.entity and body.type == "Company"
