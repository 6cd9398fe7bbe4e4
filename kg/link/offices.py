"""From posts to LEADS and SERVES_IN, and who of their holders is an Official."""

from __future__ import annotations

from pathlib import Path

from kg.annotated import DEICTIC
from kg.lexicon import load_lexicon
from kg.link.bodies import Bodies
from kg.link.careers import Careers
from kg.link.found import Found, Made
from kg.link.posts import Holding, Post, PostReader
from kg.wording import load_wording


class Offices:
    """Reads the posts of a document; holds the lexicon and the wording."""

    def __init__(self, schemas: Path) -> None:
        self._titles = load_lexicon(schemas / "lexicons" / "titles.txt")
        self._posts = load_wording(schemas, "posts")
        self._offices = load_wording(schemas, "offices")
        self._party = self._offices.words("party seats")
        self._governments = self._offices.words("governments")
        self._of_committees = self._offices.words("of committees")
        self._of_projects = self._offices.words("of projects")
        self._heads = frozenset(self._titles["heads"])
        self._firm_heads = frozenset(self._titles["company heads"])
        self._experts = frozenset(self._titles["experts"])
        self._of_professionals = tuple(self._titles["bodies of professionals"])
        self._of_firms = self._offices.words("of firms")
        self._staff = frozenset(self._titles["staff"])
        self._vague = frozenset(self._titles["vague"])

    def read(self, found: Found) -> None:
        """Adds LEADS and SERVES_IN, tells Officials from Persons, hides bodies that only name a post."""
        reader = PostReader(
            found.text,
            found.marks,
            Bodies(found, self._titles, self._offices).of,
            self._posts,
            Careers(found.text, found.marks, found.sentence, self._posts),
            leads=self.leads,
            former=self._titles["former"],
            candidate=self._titles["candidate"],
            shared=lambda title: not self.leads(title, self._head(title)),
        )
        holdings = reader.holdings()
        for mark in found.marks:
            office = found.marks.by_start.get(mark.end)
            if mark.kind in self._party and office is not None and office.kind in self._of_committees:
                found.consumed.add(
                    mark.start
                )  # the committee of 县委书记 is no body that acts, whoever holds it
        # 县领导 says nothing more of one whose office the text gives as well.
        exact = {(h.person, h.post.tail) for h in holdings if h.post.tail and h.post.head not in self._vague}
        known = {person for person, _ in exact}
        holdings = [
            h
            for h in holdings
            if h.post.head not in self._vague
            or h.person not in known
            or self._elsewhere(found, h.post, exact, h.person)
        ]
        for holding in holdings:
            if holding.post.tail:
                self._add(found, holding)
        for person in dict.fromkeys(h.person for h in holdings):
            posts = [h.post for h in holdings if h.person == person]
            firm = any(p.tail and found.registry.drafts[p.tail].type == "Company" for p in posts)
            if any(
                self._official(found, post) and not (firm and (post.head == "成员" or not post.tail))
                for post in posts
            ):
                found.registry.retype(found.registry.drafts[person], "Official")

    def _elsewhere(self, found: Found, post: Post, exact: set[tuple[str, str]], person: str) -> bool:
        """县财政局干部 of a 驻村第一书记: a body of his that no other office of his tells."""
        body = post.tail and found.registry.drafts[post.tail].type == "Organization"
        return bool(body) and post.head in self._staff and (person, post.tail) not in exact

    def leads(self, title: str, head: str) -> bool:
        """Whether an office heads its body: a head word without 副."""
        modifiers = title[: len(title) - len(head)]
        lower = "副" in modifiers[-4:] or modifiers.endswith(("名誉", "高级", "资深"))
        return head in self._heads and not lower and not title.endswith("秘书长")

    def _add(self, found: Found, holding: Holding) -> None:
        post = holding.post
        part = found.registry.drafts[post.tail].type == "Company" and post.head in self._of_projects
        relation = "LEADS" if post.leads and not part else "SERVES_IN"
        stretch = (holding.start, holding.end, holding.rule)
        found.add(
            Made(relation, holding.person, post.tail, *stretch, title=post.title, dated=not post.former)
        )
        found.wanted.add(post.tail)
        tail = found.registry.drafts[post.tail]
        if tail.type == "Organization" and post.head in self._titles["firm only"]:
            found.registry.retype(tail, "Company")
        body = found.marks.by_start.get(post.start)
        seat = body is not None and (
            body.kind in self._party or (body.kind in self._governments and body.text[0] in DEICTIC)
        )
        if body is not None and seat and body.entity != post.tail:
            found.consumed.add(body.start)

    def _official(self, found: Found, post: Post) -> bool:
        expert = post.head in self._experts
        if post.head in self._titles["honorary"]:
            return False
        if not post.tail:
            return post.head not in self._firm_heads and not expert
        tail = found.registry.drafts[post.tail]
        if tail.type in ("Region", "Park"):
            return True
        if expert or tail.type == "Company" or any(word in tail.name for word in self._of_firms):
            return False
        if tail.name.endswith(tuple(self._titles["media"])):
            return False
        if post.practice and tail.name.endswith(self._of_professionals):
            return False
        if tail.type == "Project":
            return post.head == "责任领导"
        associations = tuple(self._titles["associations"])
        own = post.head in self._titles["association heads"] and tail.name.endswith(associations)
        return not (own or any(word in tail.name for word in self._titles["learned bodies"]))

    def _head(self, title: str) -> str:
        return next((title[i:] for i in range(len(title)) if title[i:] in self._heads), "")
