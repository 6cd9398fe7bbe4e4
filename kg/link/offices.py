"""From posts to LEADS and SERVES_IN: which body an office belongs to, and what its holder is."""

from __future__ import annotations

import re
from pathlib import Path

from kg.annotate.grid import DEICTIC
from kg.gazetteer import Division
from kg.lexicon import load_lexicon
from kg.link.found import Found, Made
from kg.link.marks import Mark
from kg.link.posts import Post, PostReader

_LETTER_HEAD = re.compile(r"(县|市|区|旗|镇|乡|州|盟|省|村)(?:长|主任|支书)$")
_BODY_SUFFIX = {
    "局长": ("局",),
    "厅长": ("厅",),
    "院长": ("院",),
    "校长": ("学校", "大学", "中学", "小学", "学院"),
    "部长": ("部",),
    "主任": ("委", "办公室", "中心", "管委会", "办", "委员会", "人大常委会", "人大"),
    "主席": ("政协", "工会", "总会", "联合会"),
    "检察长": ("检察院",),
    "会长": ("协会", "商会", "学会", "联谊会", "促进会"),
    "所长": ("所",),
    "站长": ("站",),
    "行长": ("银行", "支行", "分行"),
    "厂长": ("厂",),
    "组长": ("领导小组", "工作组"),
    "总指挥": ("指挥部",),
    "指挥长": ("指挥部",),
    "场长": ("场",),
    "理事长": ("合作社", "协会", "商会", "学会", "基金会"),
}
_PARTY_UNIT = re.compile(
    r"(?:(县|市|区|旗|州|省)?委)?(组织部|宣传部|统战部|政法委|社会工作部|巡察办|编办|网信办|农办|党校|办公室|人民武装部|武装部|纪委监委|纪委)$"
)
_PARTY_SHORT = re.compile(r"(?:(县|市|区|旗|州|省)?委)?(组织|宣传|统战)$")
_PARTY_SEATS = ("委", "党委", "党工委", "党支部", "党总支")
_EXPERTS = frozenset(
    {
        "教授",
        "副教授",
        "研究员",
        "讲师",
        "教师",
        "医生",
        "主治医师",
        "副主任医师",
        "主任医师",
        "护士长",
        "专家",
        "首席专家",
    }
)
_PUBLIC = (
    "局",
    "厅",
    "委",
    "政府",
    "人大",
    "政协",
    "法院",
    "检察院",
    "办公室",
    "中心",
    "医院",
    "学校",
    "大学",
    "学院",
    "中学",
    "小学",
    "人大常委会",
    "部",
)
_BEFORE_BARE = frozenset("，。；、：“”\n\t由和与及兼任为是的了对让向叮嘱励知") | {""}
_SUBUNIT = re.compile(r"[\u4e00-\u9fff]{1,9}(?:科|处|部|室|中心|系|组|所|队|站|院|股|车间|分厂)")
_FIRM_ONLY = frozenset({"董事长", "总经理", "总裁", "董事局主席", "董事会主席"})
_VAGUE = frozenset({"领导", "四套班子领导", "班子成员", "领导班子成员", "干部", "代表", "工作人员"})
_STATE = (
    "省",
    "市",
    "县",
    "区",
    "旗",
    "州",
    "镇",
    "乡",
    "村",
    "街道",
    "局",
    "厅",
    "委",
    "部",
    "政府",
    "办公室",
    "常委会",
    "政协",
    "法院",
    "检察院",
    "管委会",
)
_ASSOCIATION_HEADS = frozenset({"会长", "理事长", "秘书长"})


class Offices:
    """Reads the posts of a document; holds the lexicons."""

    def __init__(self, schemas: Path) -> None:
        titles = load_lexicon(schemas / "lexicons" / "titles.txt")
        self._heads = frozenset(titles["heads"])
        self._region_heads = frozenset(titles["region heads"])
        self._region_members = frozenset(titles["region members"])
        self._company = frozenset(titles["company heads"])
        self._former = frozenset(titles["former"])

    def read(self, found: Found) -> None:
        """Adds LEADS and SERVES_IN, tells Officials from Persons, hides bodies that only name a post."""
        reader = PostReader(
            found.text,
            found.marks,
            lambda mark, previous: self._body(found, mark, previous),
            leads=self.leads,
            former=self._former,
            shared=lambda title: not self.leads(title, _head_of(title, self._heads)),
        )
        holdings = reader.holdings()
        # 县领导 says nothing more of one whose office the text gives as well.
        exact = {h.person for h in holdings if h.post.tail and h.post.head not in _VAGUE}
        holdings = [h for h in holdings if h.post.head not in _VAGUE or h.person not in exact]
        for holding in holdings:
            post = holding.post
            if not post.tail:
                continue
            found.add(
                Made(
                    "LEADS" if post.leads else "SERVES_IN",
                    holding.person,
                    post.tail,
                    holding.start,
                    holding.end,
                    holding.rule,
                    title=post.title,
                )
            )
            tail = found.registry.drafts[post.tail]
            if tail.type == "Organization" and post.head in _FIRM_ONLY:
                found.registry.retype(tail, "Company")
            body = found.marks.by_start.get(post.start)
            if body is not None and body.kind in _PARTY_SEATS and body.entity != post.tail:
                found.consumed.add(body.start)
            found.wanted.add(post.tail)
        for person in {h.person for h in holdings}:
            posts = [h.post for h in holdings if h.person == person]
            firm = any(p.tail and found.registry.drafts[p.tail].type == "Company" for p in posts)
            if any(self._official(found, post) and not (firm and post.head == "成员") for post in posts):
                found.registry.retype(found.registry.drafts[person], "Official")

    def leads(self, title: str, head: str) -> bool:
        """Whether an office heads its body: a head word without 副."""
        modifiers = title[: len(title) - len(head)]
        return head in self._heads and "副" not in modifiers[-4:] and not title.endswith("秘书长")

    def _official(self, found: Found, post: Post) -> bool:
        if not post.tail:
            return post.head not in self._company and post.head not in _EXPERTS
        tail = found.registry.drafts[post.tail]
        if tail.type in ("Region", "Park"):
            return True
        if post.head in _EXPERTS or tail.type == "Company":
            return False
        if tail.type == "Project":
            return post.head == "责任领导"
        if post.head in _ASSOCIATION_HEADS and tail.name.endswith(
            ("协会", "商会", "学会", "联谊会", "促进会", "合作社")
        ):
            return False
        return post.head not in ("工程师",)

    def _body(self, found: Found, mark: Mark, previous: Post | None) -> tuple[str, int]:
        """The entity a post belongs to, and where the post begins."""
        before = found.marks.by_end.get(mark.start)
        if before is None and mark.kind in _BODY_SUFFIX:
            # 公安局长: the body's last character is the office's first.
            overlap = found.marks.by_end.get(mark.start + 1)
            before = overlap if overlap is not None and overlap.type == "Organization" else None
        if (
            before is not None
            and before.type != "Title"
            and before.type not in ("Person", "Official", "Event")
        ):
            tail = self._of(found, before, mark)
            start = before.start
            while (
                before.type == "Region"
                and (outer := found.marks.by_end.get(start))
                and outer.type == "Region"
            ):
                start = outer.start
            if tail:
                return tail, start
        for host in (
            m
            for m in reversed(found.marks.inside(max(0, mark.start - 44), mark.start))
            if m.type in ("Organization", "Company")
        ):
            if _SUBUNIT.fullmatch(found.text, host.end, mark.start):
                return host.entity, host.start
            break
        unit = _PARTY_UNIT.search(found.text, max(0, mark.start - 8), mark.start)
        if unit is None and mark.kind == "部长":
            unit = _PARTY_SHORT.search(found.text, max(0, mark.start - 4), mark.start)
        if unit and unit.end() == mark.start and (unit.group(2) != "办公室" or unit.group(1)):
            region = self._near_region(found, unit.group(1) or "", mark.start, previous)
            if region is not None:
                return self._unit(found, region, unit.group(2), unit.start(), mark.start), unit.start()
        letter = found.text[mark.start - 1 : mark.start]
        if found.text[mark.start - 2 : mark.start] in ("市县", "省市", "市区"):
            # 某市县领导: leaders of the city and of its counties.
            city = found.marks.by_end.get(mark.start - 1)
            if city is not None and city.type == "Region":
                return city.entity, city.start
        if letter and letter in DEICTIC + "村":
            region = self._near_region(found, letter, mark.start, previous)
            if region:
                return region, mark.start - 1
        if mark.text.startswith("村") and (village := self._near_region(found, "村", mark.start, previous)):
            return village, mark.start
        own = _LETTER_HEAD.search(mark.kind)
        if own:
            return self._near_region(found, own.group(1), mark.start, previous) or "", mark.start
        return self._inherited(found, mark, previous), mark.start

    def _of(self, found: Found, body: Mark, mark: Mark) -> str:
        drafts = found.registry.drafts
        draft = drafts[body.entity]
        if body.type == "Organization":
            if body.kind in _PARTY_SEATS or (
                body.kind in ("政府", "人民政府") and _LETTER_HEAD.search(mark.kind)
            ):
                region = self._region_of(found, body)
                if region:
                    return region
            if draft.name.endswith("党工委"):
                park = found.registry.find("Park", draft.name.removesuffix("党工委"))
                if park is not None:
                    return park.id
        return body.entity

    def _region_of(self, found: Found, body: Mark) -> str:
        """The division whose seat this body is: 松阳县委 → 松阳县."""
        name = found.registry.drafts[body.entity].name
        for seat in sorted((*_PARTY_SEATS, "人民政府", "政府"), key=len, reverse=True):
            if name.endswith(seat):
                owner = name.removesuffix(seat)
                for draft in found.registry.drafts.values():
                    if draft.type == "Region" and draft.name == owner:
                        return draft.id
                division = self._division(found, owner)
                if division is not None:
                    return found.registry.region(division, owner, body.start).id
        return ""

    def _division(self, found: Found, name: str) -> Division | None:
        known = [s.division for s in found.context.seen if s.division.name == name]
        locale = found.context.locale
        if locale is not None and locale.name == name:
            return locale
        return known[0] if known else found.context.named(name)

    def _near_region(self, found: Found, letter: str, position: int, previous: Post | None) -> str | None:
        """The division a letter stands for: that of the post before it in the chain, else the context's."""
        drafts = found.registry.drafts
        if previous is not None and previous.tail and drafts[previous.tail].type == "Region":
            name = drafts[previous.tail].name
            if not letter or name.endswith(letter):
                return previous.tail
        here = found.context.in_sentence(letter, found.sentence(position)[0], position) if letter else None
        if here is not None and here.level in ("county", "prefecture", "township", "village"):
            return found.registry.region(here, here.name, position).id
        context = found.context
        division = context.resolve(letter, position) if letter else context.locale
        if division is None:
            if letter in ("镇", "乡", "村"):
                region = found.marks.before(
                    position, lambda m: m.type == "Region" and drafts[m.entity].name.endswith(letter)
                )
                return region.entity if region else None
            return None
        return found.registry.region(division, letter or division.name, position).id

    def _unit(self, found: Found, region: str, unit: str, start: int, end: int) -> str:
        owner = found.registry.drafts[region].name
        unit += "部" if unit in ("组织", "宣传", "统战") else ""
        seat = "" if unit in ("人民武装部", "武装部", "纪委监委", "纪委", "党校") else "委"
        return found.registry.named("Organization", f"{owner}{seat}{unit}", found.text[start:end], start).id

    def _body_of_state(self, name: str) -> bool:
        """Whether a name is that of a division or of a public body."""
        return name.endswith(_STATE)

    def _inherited(self, found: Found, mark: Mark, previous: Post | None) -> str:
        """A bare 局长 or 总经理 belongs to the body of the post before it, or to the last body that fits."""
        drafts = found.registry.drafts
        suffixes = _BODY_SUFFIX.get(mark.kind)
        if previous is not None and previous.tail:
            draft = drafts[previous.tail]
            if mark.kind in self._region_members or mark.kind == "书记":
                return previous.tail
            if mark.kind in self._company and (
                draft.type == "Company" or not self._body_of_state(draft.name)
            ):
                return previous.tail
            if suffixes and draft.name.endswith(suffixes):
                return previous.tail
            if draft.type == "Park" and mark.kind == "主任":
                office = found.registry.find("Organization", f"{draft.name}管委会")
                if office is not None:
                    return office.id
            return ""
        if mark.kind in ("责任领导", "项目经理", "项目负责人"):
            project = found.last(mark.start, "Project", since=found.text.rfind("\n", 0, mark.start) + 1)
            return project.entity if project else ""
        if mark.kind in ("总指挥", "指挥长", "成员", "组长"):
            staff = found.marks.before(
                mark.start,
                lambda m: drafts[m.entity].name.endswith(("指挥部", "领导小组")) if m.entity else False,
            )
            return (
                staff.entity
                if staff and (mark.kind != "成员" or found.text[mark.end : mark.end + 1] == "：")
                else ""
            )
        since = found.sentence(mark.start)[0]
        if mark.kind in ("委员", "候补委员", "常委"):
            seat = found.marks.before(
                mark.start,
                lambda m: bool(m.entity) and drafts[m.entity].name.endswith(("人大常委会", "政协")),
                since=since,
            )
            return seat.entity if seat else ""
        if found.text[mark.start - 1 : mark.start] not in _BEFORE_BARE:
            return ""
        paragraph = found.text.rfind("\n", 0, mark.start) + 1
        if suffixes:
            fits = found.marks.before(
                mark.start,
                lambda m: m.type in ("Organization", "Company") and drafts[m.entity].name.endswith(suffixes),
                since=paragraph,
            )
            if fits is not None:
                return fits.entity
        if mark.kind in self._company and mark.kind not in _EXPERTS | {"会长", "理事长", "社长"}:
            company = found.last(mark.start, "Company", since=paragraph)
            if company is not None:
                return company.entity
        if (
            mark.kind in self._region_members
            and mark.text in ("领导",)
            and found.text[since : mark.start].endswith("等")
        ):
            return ""
        return ""


def _head_of(title: str, heads: frozenset[str]) -> str:
    return next((title[i:] for i in range(len(title)) if title[i:] in heads), "")
